"""简体中文：各命令的 --help。键是一段英文说明，空白合为一个空格。"""

# ruff: noqa: E501

CATALOGUE: dict[str, str] = {
    "Deductive qualitative coding that can be checked: a folder of interviews and policy documents, a codebook in YAML, and one command give coded segments, a co-occurrence network, timeline tables and a report.": "可核验的演绎式质性编码：一个访谈稿和政策文件的文件夹、一份 YAML 编码本、一条命令，得到编码语段、共现网络、时间表和报告。",
    "Show this message and exit.": "显示本说明。",
    "Show the version.": "显示版本。",
    "Language of messages; else QUALCODE_LANG or the locale.": "提示语言；不写则按 QUALCODE_LANG 或系统语言。",
    "Say nothing but problems.": "只说问题，不说其他。",
    "No colours; NO_COLOR in the environment does the same.": "不用颜色；环境变量 NO_COLOR 也可以。",
    "Show where in qualcode an error came from.": "显示错误出自 qualcode 何处。",
    # init
    "Two short invented texts, a codebook, a qualcode.yaml, a read-me and a .gitignore are written to FOLDER. Nothing that is there already is overwritten.": "在 FOLDER 里写入两份虚构的短文、编码本、qualcode.yaml、说明和 .gitignore。已有的文件绝不覆盖。",
    "Language of the study; else that of messages.": "研究的语言；不写则与提示语言相同。",
    # run
    "STUDY is a folder with a qualcode.yaml, or such a file; without it, the nearest one from here upward. Options override the file. Exit code 1 means that something was found to look at, such as a document that could not be read; the results are there all the same.": "STUDY 是有 qualcode.yaml 的文件夹，或这个文件；不写则从当前位置向上找。选项优先于文件。退出码 1 表示有需要看一看的地方，例如有材料无法读取；结果照样写出。",
    "Folder of documents, instead of the study's.": "材料文件夹，代替研究文件里的。",
    "Codebook, instead of the study's.": "编码本，代替研究文件里的。",
    "Result folder, instead of the study's.": "结果文件夹，代替研究文件里的。",
    "Coding unit: sentence, clause, turn, paragraph, article, window or window:k.": "编码单位：sentence、clause、turn、paragraph、article、window 或 window:k。",
    "Seed of everything drawn at random.": "随机数种子。",
    "Begin CSV files with a byte order mark, for Excel.": "CSV 开头加字节顺序标记，供 Excel 使用。",
    "Write the tables as Parquet too.": "表格另存为 Parquet。",
    "Write the tables as one Excel workbook too.": "表格另存为一个 Excel 工作簿。",
    "Replace results that were edited by hand; a copy is kept.": "替换手工改过的结果；会留一份。",
    "Print the result as JSON on stdout.": "以 JSON 输出结果。",
    # code
    "Writes documents.csv, segments.csv, coded_segments.csv and matches.csv, with problems.csv and manifest.json, into the folder given with --out.": "在 --out 给出的文件夹里写入 documents.csv、segments.csv、coded_segments.csv 和 matches.csv，以及 problems.csv 和 manifest.json。",
    "The codebook.": "编码本。",
    "Folder to write.": "要写入的文件夹。",
    # network, timeline
    "RESULTS is a folder that 'qualcode run' or 'qualcode code' wrote. Without --out the pairs are printed, most frequent first; with it nodes, edges and everything drawn from them are written to that folder.": "RESULTS 是 'qualcode run' 或 'qualcode code' 写出的文件夹。不写 --out 时按次数从多到少输出各对编码；写了则把节点、边和图写入该文件夹。",
    "Where codes meet: segment, speech, run3, speech-run3, document, case; may be repeated.": "编码在哪里相遇：segment、speech、run3、speech-run3、document、case；可重复。",
    "Where the codebook is now, if it was moved.": "编码本若已移动，写现在的位置。",
    "Folder to write all tables and figures to.": "写入全部表格和图的文件夹。",
    "Form on stdout.": "输出的形式。",
    "RESULTS is a folder that 'qualcode run' or 'qualcode code' wrote. Without --out the table is printed; with it table, events and everything drawn from them are written to that folder. Kinds of document and bases of dating are never added together.": "RESULTS 是 'qualcode run' 或 'qualcode code' 写出的文件夹。不写 --out 时输出表格；写了则把表格、事件和图写入该文件夹。不同类型的材料、不同的定年依据从不相加。",
    "Periods to count in; may be repeated.": "按什么时段计数；可重复。",
    "Months of a rolling window; it moves by a quarter.": "滚动时段的月数；每次移动一个季度。",
    "Show this code only; may be repeated.": "只看这个编码；可重复。",
    # kwic
    "RESULTS is a folder that a run wrote. TERM is written as in a codebook (涉密, shar*, 打…招呼), or code:ID for a code and all below it, or rule:ID. Exit code 1: found nowhere.": "RESULTS 是运行写出的文件夹。TERM 的写法与编码本相同（涉密、shar*、打…招呼），或用 code:ID 表示编码及其下级，或 rule:ID。退出码 1：没有找到。",
    "Characters on either side.": "两侧各多少字。",
    "Order of the lines.": "各行的顺序。",
    "Form of the list.": "列表的形式。",
    "File to write, instead of stdout.": "写入文件，代替屏幕输出。",
    # verify
    "RESULTS is a folder that a run wrote. Nothing in it is changed. Exit code 0: every file came out the same. Exit code 1: something did not, and the table says what: a file that differs, is missing or was edited, an input that changed.": "RESULTS 是运行写出的文件夹，不会被改动。退出码 0：每个文件都相同。退出码 1：有不同，表中说明是哪些：文件不同、缺少或被改过，或输入已改。",
    "Where the study is now, if it was moved.": "研究若已移动，写现在的位置。",
    "Where the corpus is now, if it was moved.": "材料若已移动，写现在的位置。",
    # corpus
    "Show file by file what was understood: kind, dates, speakers, roles, segments, doubts.": "逐个文件显示读懂了什么：类型、日期、说话人、角色、语段、疑问。",
    "FOLDER is a folder of documents, or a study with a qualcode.yaml. Roles are declared, known by a label such as 访谈者, or unknown; what is only a guess is marked so and is never applied.": "FOLDER 是材料文件夹，或有 qualcode.yaml 的研究。角色或已声明，或由标签（如 访谈者）得知，或不明；只是猜测的会注明，从不采用。",
    "Write documents.xlsx and speakers.xlsx into the corpus folder, to fill in with Excel.": "在材料文件夹里写入 documents.xlsx 和 speakers.xlsx，用 Excel 填写。",
    "Run again, it adds rows for new documents and speakers and never changes a filled cell. What is filled in there is read by every command and wins over file names and front matter.": "再次运行时，为新的材料和说话人加行，已填的单元格绝不改动。填写的内容各命令都会读取，优先于文件名和文件开头。",
    "Write the segments as CSV, before anything is coded.": "把语段写成 CSV，尚未编码。",
    "File to write; else stdout.": "要写的文件；不写则输出到屏幕。",
    "Begin the CSV with a byte order mark, for Excel.": "CSV 开头加字节顺序标记，供 Excel 使用。",
    # codebook
    "Check, test, show and begin codebooks.": "检查、试验、显示和新建编码本。",
    "Code a codebook's own examples: each must be coded as the codebook says.": "对编码本自己的例句编码：每句都应如编码本所写。",
    "Print the tree of codes, or all that is written of one code and those below it.": "显示编码树，或某个编码及其下级的全部内容。",
    "Print a JSON Schema that lets an editor complete and check a codebook.": "输出 JSON Schema，供编辑器补全和检查编码本。",
    "Write a small commented codebook to begin with; never over a file that is there.": "写一份带注释的小编码本供起步；绝不覆盖已有文件。",
}
