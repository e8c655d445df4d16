"""简体中文：理论所说的链条。"""

# ruff: noqa: E501

CATALOGUE: dict[str, str] = {
    "Do levels of codes go together as a theory says?": "各层编码是否如理论所说那样相连？",
    "{theory}, {kind}: {complete} of {n} speeches with a code of the chain hold all its levels": "{theory}，{kind}：{n} 段含链条编码的发言中，有 {complete} 段各层齐全",
    "the codebook states no path": "编码本没有写出任何路径",
    "name the facets that are its levels under 'paths'; see docs/codebook.md": "请在 'paths' 下写明哪些类属（facet）是各层；见 docs/codebook.md",
    "no unit has a code of any level": "没有一个单元含任何一层的编码",
    "being said together is no cause; n_asserted counts where a speaker says so": "一起说到不等于因果；n_asserted 数的是说话者自己这样说的地方",
    "{theory}: the codebook states no path; nothing to conform to": "{theory}：编码本没有写出路径；无从谈相符",
    "{code!r} is no code of the level {level!r}": "{code!r} 不是 {level!r} 这一层的编码",
    "its codes: {known}": "这一层的编码：{known}",
    "the levels of a path are {least} to {most} different facets": "路径的各层是 {least} 至 {most} 个不同的类属（facet）",
    "name them in the order of the chain": "请按链条的先后写出",
    "a stated path names codes of two levels or more": "写出的路径至少要有两层的编码",
    "levels: {levels}": "各层：{levels}",
    "'paths' takes a list": "'paths' 应是一个列表",
    "begin each with '- id: ...'": "每一项以 '- id: …' 开头",
}
NOUNS: dict[str, str] = {"a path": "路径", "a stated path": "写出的路径"}
