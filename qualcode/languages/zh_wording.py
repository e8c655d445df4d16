"""简体中文：提问与回答、政策用语、阶段网络、行动者网络。"""

# ruff: noqa: E501

CATALOGUE: dict[str, str] = {
    # what there is
    "Who shares stances with whom?": "谁与谁立场相同？",
    "Which codes came together, or drew apart?": "哪些编码走近了，哪些疏远了？",
    "Prompted by the question, or spontaneous?": "是提问引出来的，还是自己说的？",
    "Is policy wording repeated in talk?": "谈话里是否复述了政策用语？",
    # beside the numbers
    "{n} of {all} documents of talk have no known interviewer: nothing is said of them": "{all} 份谈话材料中有 {n} 份不知谁是访谈者：对它们不作说明",
    "{n} codings of answers are prompted, {words} of them by the very words; no proof of leading: read the questions in 'prompted'": "回答中有 {n} 条编码由提问引出，其中 {words} 条连词句都一样；这不证明诱导：请读 prompted 表中的提问",
    "talk and documents are both needed to look for wording of the one in the other": "要查用语的复述，谈话与文件缺一不可",
    "there is too much material to look for wording in all of it: nothing was looked for": "材料太多，无法逐一查找用语：没有查找",
    "{n} stretches of wording; {early} of them in talk held before the document was issued, which cannot have them from there": "共有 {n} 处用语；其中 {early} 处出现在文件印发之前的谈话里，不可能来自那份文件",
    "'{name}' is no way to leave out repeats": "'{name}' 不是一种去重方式",
    "one of include, document, month, year": "可选 include、document、month、year",
    "{n} of {all} codings neither affirm nor negate (not assessed): left out": "{all} 条编码中有 {n} 条既非肯定也非否定（未判断）：不计入",
    "no coding with a known actor affirms or negates: there is no network": "没有一条知其单位的编码表示肯定或否定：没有网络可画",
    "the same stance is no alliance: read what each of them says": "立场相同不等于结盟：请读各方说了什么",
    "the study names fewer than two phases: there is nothing to compare": "本研究写明的阶段不足两个：无从比较",
    "{n} pairs were compared and {sure} have an interval without 0; some {chance} would by chance if nothing had changed": "比较了 {n} 对编码，其中 {sure} 对的区间不含 0；即使毫无变化，也会有约 {chance} 对出于偶然",
    "{n} of {all} contexts lie in no one phase": "{all} 个语境中有 {n} 个不完全属于任何一个阶段",
    "Does the change hang on how times are placed?": "变化是否取决于时间怎样归属？",
    "{n} differences change their sign with the way times are placed": "有 {n} 个差异随时间归属方式而改变正负",
    "From quotes to codes, themes and dimensions.": "从引文到编码、主题与维度。",
    "the ladder is the codebook's; it was not found in the data unless people added codes": "这一层级是编码本的；除非由人新增编码，否则不是从材料中发现的",
    # the report again
    "The report of a result folder, in another language.": "结果文件夹的报告，可换一种语言。",
    "The report of a result folder once more, in the language asked for.": "按指定语言重新生成结果文件夹的报告。",
    "RESULTS is a folder that 'qualcode run' wrote. Nothing is coded anew, and the folder stays as it is.": "RESULTS 是 'qualcode run' 写出的文件夹。不重新编码，文件夹保持不变。",
    "Language of the report; else the study's.": "报告的语言；不写则用研究的语言。",
    "File to write it to.": "写入的文件。",
    "Replace a file that is there.": "替换已有的文件。",
    "{path} is there already": "{path} 已经存在",
    "name another file, or add --force": "请换一个文件名，或加 --force",
    "report: {path}": "报告：{path}",
    # asked of a run
    "'{name}' is no analysis": "'{name}' 不是一项分析",
    "{meant} one of all, none, {known}": "{meant} 可写 all、none、{known}",
    "the analysis '{name}' was not made: {reason}": "分析 '{name}' 没有做：{reason}",
}
