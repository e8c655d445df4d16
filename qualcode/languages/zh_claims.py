"""简体中文：转变的陈述、制度与论断。"""

# ruff: noqa: E501

CATALOGUE: dict[str, str] = {
    # statements of a change
    "nobody says in so many words that one of these codes turned into another": "没有人明说其中一个编码转为另一个",
    "{n} sentences speak of a change, {whole} of them with a code on either side; read each": "有 {n} 句话说到转变，其中 {whole} 句两边都有编码；请逐句阅读",
}
