"""简体中文：人的决定——decide、review、corpus changes。"""

# ruff: noqa: E501

CATALOGUE: dict[str, str] = {
    # journals
    "'{name}' cannot be the name of a coder": "'{name}' 不能作编码者的名字",
    "a name or initials, without # @ ; = and not 'machine'": "请用姓名或代号，不含 # @ ; =，也不能是 'machine'",
    "the last line is cut off; it was never confirmed and is not read": "最后一行不完整；它从未得到确认，没有读入",
    "look whether the last decision is missing, and make it again": "请看最后一个决定是否缺失，缺则重做",
    "this line is damaged or was changed by hand, and is not read": "这一行损坏或被手工改过，没有读入",
    "take the file from a copy or from git; 'qualcode decide' takes decisions back": "请从备份或 git 取回文件；撤回决定请用 'qualcode decide'",
    "{coder} has made no decision '{id}'": "{coder} 没有作过决定 '{id}'",
    "'qualcode corpus changes' lists them with their ids": "'qualcode corpus changes' 列出各决定及其编号",
    "the last line was cut off by a crash and is taken away ({n} bytes)": "最后一行因崩溃而不完整，已去掉（{n} 字节）",
    "decisions about documents that are not in the corpus are kept and do not count: {names}": "有些决定所涉的材料不在语料里；决定保留，但不起作用：{names}",
    "'qualcode corpus changes' lists them": "'qualcode corpus changes' 会列出它们",
}
