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
    "rule-based deductive coding, human-reviewed": "基于规则的演绎式编码，经人工复核",
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
        "（lift > 1），线宽表示共现语境数。"
    ),
    (
        "Grey, dashed lines: the 95 % interval of lift (resampling documents, seed {seed}) includes 1, "
        "or too few documents have the codes to give one. No correction for the number of pairs was made."
    ): (
        "灰色虚线：lift 的 95% 区间（对材料重抽样，随机种子 {seed}）包含 1，或含该编码的材料太少而无法给出区间。"
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
        "Documents stand at the date they are in force from, else issued; talk at the date it was held, "
        "which is not the time it tells of. Kinds of material are never added together, and panels have "
        "scales of their own. Vertical lines: events, black where they part phases."
    ): (
        "文件按生效日期（无则发布日期）排列，访谈按访谈日期排列，后者不是所述事情发生的时间。不同类型的材料从不相加，"
        "各图纵轴刻度不同。竖直虚线为事件，黑色者划分阶段。"
    ),
    "Codes: {names}.": "编码：{names}。",
    "Counts are mentions, not importance.": "计数表示提及，不表示重要性。",
    "Co-occurrence network": "编码共现网络",
    "Context": "语境单位",
    "Level of the code tree": "编码层级",
    "Facets": "维度",
    "without a facet": "无维度",
    "Material": "材料",
    "all": "全部",
    "interviews, focus groups, field notes": "访谈、焦点小组、田野笔记",
    "policies, minutes, reports": "政策文件、会议纪要、报告",
    "At least this many contexts": "最少共现语境数",
    "only more often than independence (lift > 1)": "仅显示多于独立期望者（lift > 1）",
    "Edges": "连线",
    "Pair": "编码对",
    "n": "n",
    "lift": "lift",
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
    "Lift, interval and p are of all material together.": "lift、区间与 p 按全部材料计算。",
    "withheld": "不予给出",
    "too few documents": "材料太少",
    (
        "Circle: documents with the code. Line: contexts; grey and dashed where the interval includes "
        "chance or none could be given."
    ): "圆：含该编码的材料数。线：共现语境数；区间包含偶然或无法给出区间者为灰色虚线。",
    "Picture of the network; the table holds the same edges.": "网络图；表格中列有相同的连线。",
}
