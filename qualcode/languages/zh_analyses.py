"""简体中文：analyze 与各项分析。"""

# ruff: noqa: E501

CATALOGUE: dict[str, str] = {
    # the call
    "One named analysis of a result folder.": "对结果文件夹做一项指定的分析。",
    "Without NAME the analyses are listed. RESULTS is a folder that 'qualcode run' or 'qualcode code' wrote. Prints CSV; with --out all tables of the analysis are written to that folder. What must be read beside the numbers goes to stderr.": "不写 NAME 则列出各项分析。RESULTS 是 'qualcode run' 或 'qualcode code' 写出的文件夹。输出 CSV；用 --out 则把该分析的全部表格写入那个文件夹。必须与数字一起读的说明输出到 stderr。",
    "Ask about this code; may be repeated, order counts.": "问这个编码；可重复，顺序有意义。",
    "Date that divides before from after; else the borders of phases.": "区分之前与之后的日期；不写则用阶段的边界。",
    "Another date to test in the same way; may be repeated. Else the node's day in other years.": "以同样方式检验的另一个日期；可重复。不写则取节点在其他年份的同一天。",
    "CSV with the columns code, found, wrong, missed: how validated segments were coded.": "含 code、found、wrong、missed 列的 CSV：经检验的语段编码得怎样。",
    "Print this table of the analysis; else its first.": "输出该分析的这张表；不写则输出第一张。",
    "Folder to write all tables to.": "写入全部表格的文件夹。",
    "name the result folder too": "还要写出结果文件夹",
    "qualcode analyze NAME RESULTS": "qualcode analyze NAME RESULTS",
    "this analysis has no table '{table}'; it has {tables}": "这项分析没有表 '{table}'；它有 {tables}",
    "{path} does not say how codes were validated: {reason}": "{path} 没有说明编码怎样检验过：{reason}",
    "a CSV with the columns code, found, wrong, missed, whole numbers": "含 code、found、wrong、missed 列（整数）的 CSV",
    "'{date}' is no date and no event of the study": "'{date}' 既不是日期，也不是本研究的事件",
    "e.g. 2019-06-25": "例如 2019-06-25",
    # what there is
    "Which code of a family leads in each phase.": "每个阶段里，一族编码中哪一个占主导。",
    "Did codes change at a node, and only there?": "编码是否在节点上改变，而且只在那里？",
    "Does one code link two others?": "一个编码是否联结另外两个？",
    "name three codes, none below another: the two ends, then what may link them": "请写三个互不从属的编码：先写两端，再写可能联结它们的",
    "Does one code turn into another, and where?": "一个编码是否转为另一个，在哪里？",
    "name at least two codes to go between": "请写至少两个编码，看它们之间的转换",
    "How much is new in each further interview?": "每多一次访谈，有多少是新的？",
    "Which places speak against the findings?": "哪些地方与结论相反？",
    "name three codes: the one before, the one after, and what may link them": "请写三个编码：之前的、之后的、可能联结它们的",
    # beside the numbers
    "the study names no phases; nothing can be placed before or after": "本研究没有写明阶段；无法区分之前与之后",
    "level comparison not identified: give what validation found with --validation; else only each code's own change can be read": "编码之间的高低无法比较：请用 --validation 给出检验结果；否则只能读各编码自身的变化",
    "{n} of {all} segments of talk are in no phase": "{all} 个谈话语段中有 {n} 个不属于任何阶段",
    "no two phases of the study touch; name a date with --node": "本研究没有两个相接的阶段；请用 --node 写明日期",
    "within a year of {date}: {events}": "{date} 前后一年之内：{events}",
    "a contrast of talk is narrated change: what people say of before and after": "谈话的前后之差是讲述中的变化：人们怎样说起之前与之后",
    "{kind}: {code} has no empty cell and is at switches more often than its place in talk explains; it bridges only if the quotes give it as the reason": "{kind}：{code} 在每份材料的每个阶段都有，且出现在转换处多于按其位置所能解释的；只有引文把它说成原因，才可称为桥梁",
    "{kind}: {code} is present, not shown to bridge": "{kind}：{code} 存在，但未显示出桥接作用",
    "the order of talk follows the questions asked; read it beside the interview guide": "谈话的先后随提问而定；请对照访谈提纲来读",
    "statements of a change are quotes, not steps: look for them with 'qualcode kwic'": "关于转变的陈述是引文，不是步骤：请用 'qualcode kwic' 查找",
    "a closed codebook can only be used up; code new material openly to look for what it lacks": "封闭的编码本只会被用尽；要看它缺什么，请对新材料做开放编码",
    "{n} of at least {least} documents of talk: no ratio": "谈话材料 {n} 份，至少需要 {least} 份：不给比率",
    "{n} cases to answer; no finding is ready while one is not resolved": "有 {n} 个反例要回答；还有未解决的，结论就没有完成",
    "no negative case by these rules; that is no proof there is none": "按这些规则没有反例；这不证明没有反例",
}
