# ruff: noqa: E501
"""简体中文，figures and pages. Keys are the English templates exactly as the code says them."""

CATALOGUE: dict[str, str] = {
    "Documents": "材料",
    "documents": "材料数",
    "{n} documents": "{n} 份材料",
    "met {n} times": "共现 {n} 次",
    "more often than chance (95 % interval)": "多于偶然（95% 区间）",
    "the interval includes chance, or none could be given": "区间包含偶然，或材料太少无法给出区间",
    "No two codes met at least twice and more often than chance would have it.": (
        "没有两个编码共现至少两次且多于偶然。"
    ),
    "No dated material with a code.": "没有带日期且有编码的材料。",
    "by when it was held, not the time it tells of": "按访谈日期，而非所述时间",
    "by date in force": "按生效日期",
    "by the time it tells of": "按所述时间",
    "Real time": "实时",
    "Told time": "讲述时间",
    "Interviews": "访谈",
    "Focus groups": "焦点小组",
    "Policies": "政策文件",
    "Minutes": "会议纪要",
    "Reports": "报告",
    "Field notes": "田野笔记",
    "Kind not known": "类型不明",
    "actual": "实然",
    "normative": "应然",
    "planned": "计划",
    "hypothetical": "假设",
    "question": "疑问",
    "unassessed": "未判断",
    ", ": "、",
    "segments": "语段",
    "speeches or articles": "发言段或条文",
    "whole documents": "整份材料",
    "cases": "案例",
    "runs of {k} segments inside a speech or article": "同一发言段或条文内连续 {k} 个语段",
    "runs of {k} segments of one document": "同一材料内连续 {k} 个语段",
    "rule-based deductive coding, not yet reviewed by a person": "基于规则的演绎式编码，尚未经人工复核",
    "Basis: {coded}": "依据：{coded}",
    "Basis: {coded}.": "依据：{coded}。",
    "rule-based deductive coding, human-reviewed": "基于规则的演绎式编码，经人工复核",
    "rule-based deductive coding alone; what people decided is left out": "仅为基于规则的演绎式编码；人工决定未计入",
    "only the {n} codings that people accepted or gave; what nobody looked at is left out": "仅含人工接受或给出的 {n} 个编码；无人看过的未计入",
    "rule-based deductive coding, reviewed by people in part: they decided on {decided} of the {n} codings that count, and set {aside} aside": "基于规则的演绎式编码，部分经人工复核：计数的 {n} 个编码中 {decided} 个由人工决定，另有 {aside} 个被人工否定或改码",
    "deductive coding by people": "人工演绎式编码",
    "Co-occurrence of codes ({coded}).": "编码共现网络（{coded}）。",
    (
        "Contexts are {unit}: {n} in {documents} documents. Codes are those of level {level} of the code "
        "tree; a code also counts where a descendant stands."
    ): "语境单位为{unit}，共 {n} 个，来自 {documents} 份材料；编码取编码树第 {level} 层，含其下级编码。",
    (
        "Circles: {n} codes, area by number of documents. Lines: {m} pairs that met in at least two "
        "contexts on words of their own and more often than independence would have it (lift > 1), width "
        "by number of contexts."
    ): (
        "圆：{n} 个编码，面积表示材料来源数。线：{m} 对编码，在至少两个语境中以各自的词句共现，且多于相互独立时的期望"
        "（提升度 > 1），线宽表示共现语境数。"
    ),
    (
        "Grey, dashed lines: the 95 % interval of lift (resampling documents, seed {seed}) includes 1, "
        "or too few documents have the codes to give one. No correction for the number of pairs was made."
    ): (
        "灰色虚线：提升度的 95% 区间（对材料重抽样，随机种子 {seed}）包含 1，或含该编码的材料太少而无法给出区间。"
        "未就配对数量作多重比较校正。"
    ),
    "Counts are mentions, not importance; lines are no causes.": "计数表示提及，不表示重要性；连线不表示因果。",
    "Not drawn, because without a line: {names}.": "无连线而未画出的编码：{names}。",
    "Codes over time ({coded}).": "编码随时间的分布（{coded}）。",
    (
        "Points: share of codable segments with the code, in each document first and then their mean; "
        "bars: 95 % interval, resampling documents (seed {seed}), where there are three or more. A year "
        "without material has no point. Numbers below: documents of the year."
    ): (
        "点：含该编码的语段占可编码语段的比例，先逐份材料计算再取均值；竖线：对材料重抽样的 95% 区间（随机种子 "
        "{seed}），至少三份材料时给出。没有材料的年份不画点。下方数字为当年材料数。"
    ),
    (
        "Real time: documents at the date they are in force from, else issued. Told time: talk at the "
        "time it tells of, a segment counting in each year by the share of its time there; talk whose "
        "time is not known is left out, and so are years at either end that fewer than a third of the "
        "documents, or fewer than three, tell of. Talk by the date it was held says nothing of the time it tells "
        "of. Kinds of material are never added together, and panels have scales of their own. Vertical "
        "lines: events, numbered as in the key, black where they part phases."
    ): "实时：文件置于生效日期（无则为发布日期）。讲述时间：访谈置于其所述的时间，一个语段按其时间在各年所占的份额计入；时间不明的语段不计，两端述及的材料不足三分之一或不足三份的年份不画。按访谈日期的图与所述时间无关。不同类型的材料从不相加，各图自有刻度。竖线为事件，编号见图下，黑色者为阶段分界。",
    "Codes: {names}.": "编码：{names}。",
    "Counts are mentions, not importance.": "计数表示提及，不表示重要性。",
    "Co-occurrence network": "编码共现网络",
    "Context": "语境单位",
    "Level of the code tree": "编码层级",
    "Facets": "编码族",
    "without a facet": "不属任何一族",
    "Material": "材料",
    "all": "全部",
    "interviews, focus groups, field notes": "访谈、焦点小组、田野笔记",
    "policies, minutes, reports": "政策文件、会议纪要、报告",
    "At least this many contexts": "最少共现语境数",
    "only more often than independence (lift > 1)": "仅显示多于独立期望者（提升度 > 1）",
    "Edges": "连线",
    "Pair": "编码对",
    "n": "n",
    "lift": "提升度",
    "95 % interval": "95% 区间",
    "p": "p",
    "{shown} edges shown.": "显示 {shown} 条连线。",
    "{hidden} more, with the fewest contexts, are not shown.": "另有 {hidden} 条共现最少的未显示。",
    "Show all": "全部显示",
    "No edge passes these filters.": "没有符合筛选条件的连线。",
    "Click an edge, or choose a pair in the table, to read the segments behind it.": (
        "点击连线，或在表中选择一对编码，即可阅读其依据的语段。"
    ),
    "Segments behind {a} – {b}": "“{a}”与“{b}”共现的语段",
    "{shown} of {n} contexts, spread over documents; all are in coded_segments.csv.": (
        "显示 {n} 个语境中的 {shown} 个，尽量取自不同材料；全部见 coded_segments.csv。"
    ),
    "{n} further contexts have both only on the same words; they are not counted.": (
        "另有 {n} 个语境，两个编码仅依据相同词句，不计入共现。"
    ),
    "Lift, interval and p are of all material together.": "提升度、区间与 p 按全部材料计算。",
    "withheld": "不予给出",
    "too few documents": "材料太少",
    (
        "Circle: documents with the code. Line: contexts; grey and dashed where the interval includes "
        "chance or none could be given."
    ): "圆：含该编码的材料数。线：共现语境数；区间包含偶然或无法给出区间者为灰色虚线。",
    "Picture of the network; the table holds the same edges.": "网络图；表格中列有相同的连线。",
    "Report": "编码报告",
    "Codebook": "编码手册",
    "What was read": "读入的材料",
    (
        "{n} documents were read and divided into {segments} segments ({unit}); {codable} of them "
        "can be coded."
    ): "共读入 {n} 份材料，切分为 {segments} 个语段（{unit}），其中 {codable} 个可编码。",
    "sentence": "句",
    "clause": "小句",
    "turn": "话轮",
    "paragraph": "段落",
    "article": "条",
    "Kind": "类型",
    "codable": "可编码语段",
    "characters": "字符数",
    "years": "年份",
    "Files with errors, not read or read in part:": "出错的文件，未能读入或仅部分读入：",
    "{n} documents repeat others and are counted nowhere.": "{n} 份材料与其他材料重复，未计入任何统计。",
    (
        "{n} of {all} interviews and focus groups have no known interviewer; there, questions are "
        "coded like answers."
    ): "{all} 份访谈和焦点小组中有 {n} 份未能确认访谈者，其提问与回答一样被编码。",
    "{n} documents have no date and are in no timeline.": "{n} 份材料没有日期，不在任何时间线中。",
    "{n} more are in problems.csv.": "另有 {n} 条见 problems.csv。",
    "Warnings": "警告",
    "Methods": "方法说明",
    (
        "The material comprises {n} documents ({talk} of talk), divided into {segments} segments "
        "({unit}), of which {codable} can be coded."
    ): "材料共 {n} 份（其中访谈类 {talk} 份），切分为 {segments} 个语段（{unit}），可编码语段 {codable} 个。",
    (
        "It was coded with the codebook {id} {version} ({codes} codes, {rules} rules) by {coded}; "
        "{share} of the codable segments carry a code."
    ): "依据编码手册 {id} {version}（{codes} 个编码，{rules} 条规则）进行{coded}；{share} 的可编码语段至少有一个编码。",
    (
        "Intervals are percentile intervals of a bootstrap over documents; p-values turn one code's "
        "places within documents and are withheld where the smallest attainable p is .05 or more. Seed "
        "{seed}, qualcode {version}."
    ): "区间为以材料为单位自助重抽样的百分位区间；p 值由编码位置在材料内循环移位得到，可达到的最小 p 不小于 .05 时不予给出。随机种子 {seed}，qualcode {version}。",
    "Codebook file {file}, sha256 {digest}.": "编码手册文件 {file}，sha256 {digest}。",
    "manifest.json holds the hashes of all inputs and results.": "全部输入与结果的哈希值见 manifest.json。",
    "What was coded": "编码结果",
    "Code": "编码",
    "Facet": "编码族",
    "codings": "参考点",
    "share of codable": "占可编码语段",
    (
        "A parent counts a segment once, however many of its descendants stand there. Counts are "
        "mentions, not importance."
    ): "上级编码对同一语段只计一次，无论其中有几个下级编码。计数表示提及，不表示重要性。",
    "No code was found anywhere.": "没有找到任何编码。",
    "Found nowhere: {names}.": "未出现的编码：{names}。",
    "How the words were meant": "语义判断",
    (
        "{n} of {all} codings are not assessed: no cue file is in force, so negations, wishes "
        "and hearsay are counted like statements of fact."
    ): "{all} 个编码中有 {n} 个未作语义判断：没有启用提示词文件，否定、愿望和转述与事实陈述一样被计数。",
    "yes": "是",
    "no": "否",
    "Polarity": "极性",
    "Modality": "情态",
    "counts": "计数",
    "affirmed": "肯定",
    "negated": "否定",
    "prohibited": "禁止",
    "segments without a code": "无编码语段",
    "share": "比例",
    "Some of them, evenly spread; all are in uncoded.csv": "其中若干语段，均匀抽取；全部见 uncoded.csv",
    "What was left uncoded": "未编码的语段",
    "they lie inside a longer term": "位于更长的词语之内",
    "they are part of an excepted phrase": "属于排除短语",
    "words nearby speak against them": "出现了使其无效的词语",
    "the rule is not for this material": "不在规则适用的材料中",
    "they are the interviewer's words": "是访谈者的话",
    "they weigh too little": "权重不足",
    "Refused matches are kept in matches.csv, each with its reason.": "被拒绝的匹配及其原因均保留在 matches.csv。",
    "Matches refused because": "匹配被拒绝的原因",
    "{code}: {shown} of {n}": "{code}：{n} 处中的 {shown} 处",
    "All codings with their evidence are in coded_segments.csv.": "全部编码及其依据见 coded_segments.csv。",
    "Quotes behind the numbers": "数字背后的原文",
    "in talk": "访谈类",
    "in documents": "文件类",
    "smallest p": "最小可能 p",
    (
        "Contexts: {unit}. The {shown} of {n} pairs with most contexts; p is not corrected for their "
        "number and is withheld (–) where no small one could come out."
    ): "语境单位：{unit}。列出 {n} 对中共现最多的 {shown} 对；p 未作多重比较校正，无法取得较小 p 时不予给出（–）。",
    "network.html has all pairs with the segments behind them.": "全部编码对及其依据的语段见 network.html。",
    "No two codes of this level met.": "该层级没有共现的编码。",
    "Which codes travel together": "编码共现",
    "No dated material, so no timeline.": "没有带日期的材料，因此没有时间线。",
    "Codes over time": "编码随时间的分布",
    "Period": "时期",
    "of codable": "可编码语段",
    "mean share": "平均比例",
    (
        "Real time: periods of documents by date in force. A share is taken in each document first, then "
        "their mean; a period without material has none (–). All periods, codes and kinds are in timeline.csv."
    ): "实时：文件按生效日期归入时期。比例先逐份材料计算再取均值；没有材料的时期无比例（–）。全部时期、编码与类型见 timeline.csv。",
    (
        "Told time: talk by the time it tells of, which is how people tell of that time, not what was said "
        "in it. A segment counts in a phase that holds at least four fifths of its time."
    ): "讲述时间：访谈按其所述的时间归入时期，反映的是人们如何讲述那段时间，而非当时的言论。一个阶段包含语段所述时间的五分之四以上，该语段才计入这一阶段。",
    "Talk by when it was held, which is not the time it tells of.": "访谈按访谈日期，而非所述时间。",
    (
        "Of {n} codable segments of talk, the time of {unknown} ({share}) is not known: nothing in or "
        "before them tells it, and they are in no period of told time. {carried} carry the time "
        "told last; the others tell it themselves."
    ): "在 {n} 个可编码的访谈语段中，{unknown} 个（{share}）所述时间不明：其中及其前文都没有说明时间，因此不归入任何讲述时期。{carried} 个沿用前文最后说明的时间，其余由语段自身说明。",
    (
        "{n} segments of talk tell of times that straddle phases and are in none; straddles.csv "
        "lists them with their shares."
    ): "{n} 个访谈语段所述时间跨越阶段，不归入任何阶段；straddles.csv 逐条列出及其所占比例。",
    (
        "{n} segments tell of a time before their speaker came; they are hearsay (t_note in segments.csv)."
    ): "{n} 个语段讲述的是说话人到任之前的事，属于转述（见 segments.csv 的 t_note）。",
    "No time is known in: {names}.": "下列材料中没有已知的时间：{names}。",
    "no material": "没有材料",
    "When codes were used": "编码的时间分布",
    "'{term}' is not a term that can be searched": "“{term}”不是可以检索的词语",
    "the codebook has no {what} '{name}'": "编码手册中没有 {what} “{name}”",
    "this is no table of {table}: it has no column '{column}'": "这不是 {table} 表：没有“{column}”列",
    # what rules brought, and explanations
    "no rule of any code finds anything here; ask about one with --code": "没有任何编码的规则在这里找到什么；用 --code 问某一个编码",
    "refused ({reason}): {why}": "被拒绝（{reason}）：{why}",
    ", so it does not count": "，所以不计数",
    "What the rules brought": "规则的收获",
    "Rule": "规则",
    "codings lost without it": "去掉它会失去的编码",
    "of its code": "占该编码",
    "matches": "匹配",
    "why": "为什么",
    "The rules most hangs on; all {n} are in ledger.csv.": "最多编码所系的规则；全部 {n} 条见 ledger.csv。",
    "{n} of {all} rules brought nothing here: {names}.": "{all} 条规则中有 {n} 条在这里没有收获：{names}。",
    "Mostly refused, so perhaps too wide: {names}.": "多数匹配被拒绝，也许过宽：{names}。",
    "in conflict with": "与之冲突的编码",
    "Codes of one facet that exclude each other or rest on the same words; nothing was decided. All {n} places are in conflicts.csv.": "同一族中互斥、或依据同样文字的编码；没有替你裁决。全部 {n} 处见 conflicts.csv。",
    "refused: {words} by {rule}, {place}: {why}": "被拒绝：{words}（{rule}，{place}）：{why}",
    "{words} by {rule}, {place}: {pattern}": "{words}（{rule}，{place}）：{pattern}",
}
