"""The codebook that `codebook new` writes: small, commented, and whole. It passes `check` and `test`."""

from __future__ import annotations

from qualcode.problems import UsageError

ZH = """\
# yaml-language-server: $schema=codebook.schema.json
# 这是一份可以直接使用的小编码本；按自己的理论改写。
# 检查：qualcode codebook check 本文件      试例句：qualcode codebook test 本文件
# 用半角标点写 YAML：冒号后空一格，逗号后空一格，缩进用空格。
# 编辑器提示：qualcode codebook schema > codebook.schema.json（上面第一行指的就是它）

qualcode: 1                       # 文件格式，固定为 1
id: my_codebook                   # 小写字母、数字和 _
version: 0.1.0                    # 每次改动会影响结果时加一
title: {zh: 我的编码本, en: My codebook}
languages: [zh]                   # 材料的语言
unit: sentence                    # 编码单位：sentence clause turn paragraph article window:3
fold: [case, width, script]       # 不计大小写、全角半角、繁体简体之别

facets:                           # 维度：同一维度的编码回答同一个问题
  logic: {question: 这里说的行为出于什么逻辑？, exclusive: false}

lexicons:                         # 词表：在规则里写作 $refusal
  refusal: [不给, 不予, 拒绝, 挡回]

codes:
  - id: avoidance                 # 带点的 id 组成树
    name: 避责逻辑
    facet: logic
    definition: 是否做事取决于怎样不担责任，而不取决于任务是否完成。
    include: 以责任、风险、保密等理由推脱。
    exclude: 有具体法律依据的限制。

  - id: avoidance.security
    name: 以安全保密为由
    definition: 以涉密、安全、隐私为理由拒绝提供。
    include: 笼统说“涉密”而不给。
    exclude: 为共享而建的安全措施。
    examples:                     # 必须编上的句子
      - 一句涉密就挡回来了。
      - 他们以安全为由拖了半年。
    not_examples:                 # 不可编上的句子
      - 我们建了数据安全保障体系，谁也没有拒绝过。
    rules:
      - {id: sec_near, near: [[涉密, 泄密, 数据安全], $refusal], within: 20 characters}
      - {id: sec_terms, terms: [以安全为由, 以保密为由]}
      - {id: sec_regex, regex: '(涉密|保密).{0,6}(不能|不好)给'}
    except: [数据安全保障体系]    # 更长的、意思不同的说法

  - id: avoidance.fear
    name: 怕担责
    definition: 因担心被追究而不做。
    confused_with: [avoidance.security]
    examples: [谁也不敢签这个字。]
    not_examples: [大家敢闯敢试。]
    rules:
      - terms: [不敢签, 不敢给, 怕担责, 怕出事]
    # countable: {modality: [actual, hypothetical]}   # 哪些编码计数；不写则按材料种类
"""

EN = """\
# yaml-language-server: $schema=codebook.schema.json
# A small codebook that works as it stands; rewrite it after your own theory.
# Check it: qualcode codebook check FILE      Try its examples: qualcode codebook test FILE
# For your editor: qualcode codebook schema > codebook.schema.json (the first line names it)

qualcode: 1                       # the format of this file, always 1
id: my_codebook                   # small letters, digits and _
version: 0.1.0                    # raise it whenever a change may change results
title: My codebook
languages: [en]                   # of the material
unit: sentence                    # what is coded: sentence clause turn paragraph article window:3
fold: [case, width]               # differences that do not matter

facets:                           # a facet is a question that its codes answer
  logic: {question: "Which logic guides the behaviour told here?", exclusive: false}

lexicons:                         # term lists, used in rules as $refusal
  refusal: [refus*, cannot share, turned down, sent away]

codes:
  - id: avoidance                 # dotted ids make the tree
    name: Responsibility avoidance
    facet: logic
    definition: What is done depends on what keeps blame away, not on the task.
    include: Responsibility, risk or secrecy is the reason for not acting.
    exclude: A limit that a named law sets.

  - id: avoidance.security
    name: Security as pretext
    definition: Secrecy, security or privacy is invoked to refuse.
    include: A blanket "it is confidential" instead of the data.
    exclude: Safeguards that are built so that data can be shared.
    examples:                     # sentences that must be coded so
      - They said it was confidential and refused.
      - On security grounds nothing left that office.
    not_examples:                 # sentences that must not
      - We never refused anybody since the data security framework is in place.
    rules:
      - {id: sec_near, near: [[confidential, data security, classified], $refusal], within: 12 words}
      - {id: sec_terms, terms: [on security grounds, for security reasons]}
      - {id: sec_regex, regex: '\\b(confidential|classified)\\W+so\\s+(we|they)\\s+cannot\\b'}
    except: [data security framework]   # longer phrases that are something else

  - id: avoidance.fear
    name: Fear of blame
    definition: Nothing is done because somebody might be held to account.
    confused_with: [avoidance.security]
    examples: [Nobody was willing to take the blame for it.]
    not_examples: [They were willing to try.]
    rules:
      - terms: [take the blame, afraid to sign, held responsible]
    # countable: {modality: [actual, hypothetical]}   # which codings count; else by kind of document
"""

TEMPLATES = {"zh": ZH, "en": EN}


def template(lang: str) -> str:
    """Return a new codebook's text in a language, zh or en."""
    if lang not in TEMPLATES:
        raise UsageError("there is no template in {lang!r}", hint="there are: en, zh", lang=lang)
    return TEMPLATES[lang]
