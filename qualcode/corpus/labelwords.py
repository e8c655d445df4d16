"""The words that make a label a speaker's, and those that show it is not one.

`KNOWN` names speakers in any transcript. `CODE` are letters and numbers given to speakers (Q, A1, I03-A).
`FIELD` names fields of a form or title page (时间：, 地址：, Note:), `NUMBERING` items (第一条：, 一是：),
`PHRASE` the beginnings and ends of sentences that stop at a colon (也就是说：, 会议议定：, The point is:).
All are meant for `fullmatch`.
"""

import re

from qualcode.expressions import expression


def _any(words: str) -> str:
    return "|".join(words.split())


_SUFFIX = r"[ ]?(?:[-_#＃]?[A-Za-z0-9Ａ-Ｚ０-９一二三四五六七八九十甲乙丙丁]{0,3}|[-_ ]?\d{1,3})"
_QUALIFIED = r"(?:[ ]?[(（][^()（）\n]{1,24}[)）])?"  # 受访者A（男，45岁）

ASKING_ZH = _any("""
    访谈者 访谈人 访谈员 訪談者 訪談人 訪談員 采访者 采访人 採訪者 採訪人 访问者 访问员 訪問者 訪問員 提问者
    提問者 提问 提問 问 問 记者 記者 研究者 研究员 調研員 调研员 调研人 調研人 调研者 调查员
    """)
ANSWERING_ZH = _any("""
    受访者 受访人 受訪者 受訪人 被访者 被访人 被訪者 被訪人 被访谈者 被访谈人 被采访者 被采访人 被採訪者
    受访对象 被访对象 访谈对象 答 嘉宾 嘉賓
    """)
LEADING_ZH = _any("主持人 主持者 主持")
OTHERS_ZH = _any("""
    说话人 說話人 发言人 發言人 讲话人 讲者 講者 与会者 與會者 参会者 参会人 来宾 未知说话人 未知发言人 网友
    網友
    """)
ASKING_EN = "interviewer|researcher|question"
ANSWERING_EN = "interviewee|respondent|informant|participant|answer"
LEADING_EN = "moderator|facilitator"
OTHERS_EN = "speaker|unknown speaker|host|guest"


def _speaker(*words: str) -> re.Pattern[str]:
    return expression(f"(?:{'|'.join(words)}){_SUFFIX}{_QUALIFIED}", re.IGNORECASE)


ASKING_WORD = _speaker(ASKING_ZH, ASKING_EN)
ANSWERING_WORD = _speaker(ANSWERING_ZH, ANSWERING_EN)
LEADING_WORD = _speaker(LEADING_ZH, LEADING_EN)
KNOWN = _speaker(
    ASKING_ZH, ANSWERING_ZH, LEADING_ZH, OTHERS_ZH, ASKING_EN, ANSWERING_EN, LEADING_EN, OTHERS_EN
)

CODE = expression(r"[QAIRPＱＡＩＲＰ][ ]?\d{0,3}|[A-Z]{1,3}\d{1,3}(?:[-_][A-Z0-9]{1,3})?")

FIELD = expression(
    "(?:"
    + _any("""
    时间 時間 日期 地点 地點 地址 电话 電話 邮箱 郵箱 传真 邮编 网址 網址 网站 網站 附件 附录 附錄 附 注 註
    备注 備註 说明 說明 注释 来源 來源 标题 標題 题目 題目 题名 主题 主題 议题 議題 议程 關鍵詞 关键词
    关键字 摘要 内容 內容 内容提要 全文 正文 目录 目錄 文号 编号 編號 序号 索引号 主题词 单位 單位 部门 部門
    人员 人員 名单 名單 对象 對象 方式 形式 时长 時長 录音 錄音 文字记录 文字記錄 文字稿 逐字稿 转写 记录
    記錄 记录人 記錄人 整理 整理人 校对 审核 出席 列席 缺席 参加 主持单位 牵头单位 责任单位 配合单位 抄送
    主送 签发 印发 联系人 联系方式 姓名 性别 年龄 职务 職務 职位 学历 提示 图 表 例 案例 优点 缺点 优势 劣势
    背景 目的 目标 结论 总结 總結 小结 建议 原因 结果 问题 办法 措施 date time place location venue address
    phone tel email e-mail fax website url http https ftp mailto note notes nb ps source subject title topic
    keywords? abstract summary contents? duration length attendees participants present appendix annex
    figure table example file recording transcript transcription page from to cc re attachment see cf agenda
    background conclusion results? reason warning tip todo version id isbn doi problem solution
    """)
    + r"|key[ ]words|transcribed[ ]by)[ ]?[0-9０-９一二三四五六七八九十]{0,3}"
    r"|.{0,12}(?:时间|時間|日期|地点|地點|地址|电话|電話|邮箱|网址|网站|时限|编号|文号|名单|方式|附件)"
    r"|(?:责任|牵头|配合|主管|主持|主办|申报|实施|承办|协办|参与|参加|参会|与会|出席|列席|有关|相关)(?:单位|部门|人员)",
    re.IGNORECASE,
)

NUMBERING = expression(
    r"第[0-9０-９一二三四五六七八九十百千零〇两兩]+.{0,6}"
    r"|[（(]?[0-9０-９一二三四五六七八九十]{1,3}[)）]?(?:是|[、.．].*)?"
    r"|[0-9０-９年月日时時分秒点點./\-— ]+"
    r"|.*\d{4}年.*|.*\d月\d.*"
)

PHRASE = expression(
    r".*(?:"
    + _any("""
    是 说 說 讲 講 认为 認為 表示 指出 强调 強調 觉得 覺得 问道 問道 答道 看 知道 发现 發現 包括 例如 比如
    比方 等等 的 了 呢 吗 嗎 吧 啊 什么 什麼 怎么 怎麼 为何 如下 事项 要求 标准 条件 材料 原则
    """)
    + r")|(?:"
    + _any("""
    也 就 即 但 而 所以 因此 因为 因為 如果 比如 比方 例如 譬如 像 其中 其实 其實 首先 其次 再次 再者 最后
    最後 另外 此外 同时 同時 总之 總之 然后 然後 我 你 您 他 她 它 这 這 那个 那個 那么 那麼 哪 一个 一個
    一方面 另一 简单 簡單 具体 具體 举例 舉例 换句话 換句話 主要 关键在 有
    """)
    + r").*|(?:"
    + _any("""
    and but so or because if when for in on at of the this that these those it i we you they he she there
    here then what why how where who which first second third finally one two three also my our your his her
    its as is are was were
    """)
    + r")\b.+"
    r"|(?:本次|这次|這次|该|該)?(?:会议|會議|大会|大會).{0,6}(?:"
    + _any("""
    议定 議定 明确 明確 决定 決定 同意 确定 確定 听取 聽取 研究 审议 審議 讨论 討論 部署 通过 通過 形成 结论
    結論 决议 決議
    """)
    + r")了?",
    re.IGNORECASE,
)

_APART = expression(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")


def squeeze(name: str) -> str:
    """Close up a name whose characters are set apart: 受 访 者."""
    return _APART.sub("", name)
