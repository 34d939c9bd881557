"""Slips that need no dictionary: something written twice, 的 for 地, and pairs of words that lost their half."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import compress
from operator import eq
from typing import NamedTuple

from docnlp.rules.base import Severity
from docnlp.rules.typ_lexicon import Lexicon


class Slip(NamedTuple):
    """A slip: its place, what should stand there (best first), and what to say of it."""

    start: int
    end: int
    meant: tuple[str, ...]
    message: str
    severity: Severity = "warning"


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _tuple(words: str) -> tuple[str, ...]:
    return tuple(words.split("|"))


def _han(text: str) -> bool:
    return all("\u4e00" <= c <= "\u9fff" for c in text)


# ── written twice ────────────────────────────────────────────────────────────────────────────────────────────────────

#: Words that are rightly said twice.
_TWICE = _set("研究 讨论 商量 考虑 打扫 活动 锻炼 休息 了解 交流 学习 比较 介绍 分析 整理 收拾 热闹 高兴 放松 清理 检查 总结 体验 感受 帮助 照顾 教育 宣传 非常 许多 很多 多少 处处 时时 "
    "常常 往往 见识 鼓励 提醒 意思 鉴定 那么 这么 大片 大把 极少 如何 怎么 什么 代表 表示 不敢当 细长 慢慢 人人 天天 哈哈 谢谢 个个 家家 户户 代代 年年 层层 步步 点点 滴滴 一一 永远 好多 特别 十分")
#: Particles that never stand twice, but for what may stand before and behind the two.
_PARTICLES: dict[str, tuple[str, str]] = {
    "的": ("目标打似是", "确士"),
    "了": ("不除为到未", "解断结却事然望不"),
    "和": ("总温平饱缓调柔祥附亲随谐", "谐睦气美平顺解善蔼畅风煦乐约议"),
    "是": ("但可只就要还于都不总若或凡便乃算更正既国求而非如", "非"),
    "与": ("参赠授付给", "会"),
    "为": ("行作认以成称人视因较大更最甚名所有", "民人"),
    "在": ("存现实内所潜正外好自旨贵重健", "校职岗场线建"),
    "把": ("一两几", "关手握脉"),
    "被": ("棉植", "子褥"),
    "及": ("以普涉波危遍", "时格早其物"),
}
_PARTICLE = re.compile("([" + "".join(_PARTICLES) + r"])\1")


def doubled(text: str, lexicon: Lexicon) -> Iterator[Slip]:
    """Words and particles that stand twice in a row.

    Args:
        text: The text view.
        lexicon: What is known of the language.
    """
    for m in _PARTICLE.finditer(text):
        char = m.group(1)
        before, behind = _PARTICLES[char]
        previous, following = text[m.start() - 1 : m.start()], text[m.end() : m.end() + 1]
        if m.start() > 1 and previous == text[m.start() - 2]:
            continue
        if previous == char or following == char or (previous and previous in before) or (following and following in behind):
            continue
        yield Slip(m.start(), m.end(), (char,), f"“{char}”重复，请删去一个")
    for size in (2, 3, 4):
        run, last = 0, -2
        for at in compress(range(len(text)), map(eq, text, text[size:])):
            run = run + 1 if at == last + 1 else 1
            last = at
            if run >= size and (slip := _twice(text, at - size + 1, size, lexicon)):
                run = 0
                yield slip


def _twice(text: str, start: int, size: int, lexicon: Lexicon) -> Slip | None:
    """The slip where [start, start + size) stands twice in a row, and is a word that should not."""
    word = text[start : start + size]
    end = start + 2 * size
    if not _han(word) or word in _TWICE or word[0] == "一" or len(set(word)) < 2 or text.startswith(word, end):
        return None
    if size == 2:
        if lexicon.weight(word) < 8 or lexicon.weight(word[::-1]) >= 8:
            return None
        if end < len(text) and lexicon.weight(text[end - 2 : end + 1]) >= 5:
            return None
    elif lexicon.weight(word[1:] + word[0]) >= 8:
        return None
    return Slip(start, end, (word,), f"“{word}”重复，请删去一个")


def repeated_clauses(text: str) -> Iterator[Slip]:
    """Clauses that stand twice between two full stops or semicolons."""
    for m in _SENTENCE.finditer(text):
        clauses = _CLAUSE.findall(m.group())
        if len(clauses) == len(set(clauses)):
            continue
        seen: set[str] = set()
        for c in _CLAUSE.finditer(m.group()):
            clause = c.group()
            if clause in seen and sum(map(str.isalnum, clause)) >= CLAUSE:
                yield Slip(m.start() + c.start(), m.start() + c.end(), (), f"“{_short(clause)}”在这一句里写了两遍，请删去一处")
            seen.add(clause)


#: The shortest clause that is not written twice on purpose.
CLAUSE = 6
_SENTENCE = re.compile("[^。；！？;!?\n]{14,}")
_CLAUSE = re.compile("[^，：,:]{6,}")


def _short(text: str) -> str:
    return text if len(text) <= 14 else f"{text[:12]}……"


# ── 的 for 地 ────────────────────────────────────────────────────────────────────────────────────────────────────────

_ADVERBS = _set("不断 持之以恒 坚持不懈 锲而不舍 定期或不定期 定期不定期 不定期 定期 深入 深入细致 扎实 扎扎实实 认真 认认真真 积极 积极主动 主动 自觉 充分 广泛 全面 切实 进一步 更好 逐步 及时 严格 坚决 大力 "
    "有效 有序 有力 有计划 有步骤 有重点 有组织 有针对性 有目的 创造性 卓有成效 实实在在 脚踏实地 千方百计 旗帜鲜明 因地制宜 循序渐进 毫不动摇 毫不松懈 毫不犹豫 一如既往 自始至终 始终如一 全心全意 真心实意 "
    "满腔热情 尽心尽力 最大限度 深入浅出 轰轰烈烈 如火如荼 顺利 圆满 高标准 高质量 高效 快速 稳步 稳妥 极大 潜移默化 一项一项 一步一步 一件一件 富有成效 富有创造性 有声有色 有条不紊 扎实有效 深入持久 "
    "深入扎实 广泛深入 全面深入 全面系统 持续 持续深入 科学 科学合理 合理 统一 集中 不间断 反复 经常 经常性 随时 自发 踊跃 更加 更加有效 更加深入 更加自觉 更加积极 更加主动 更加广泛 更有效 更深入 更广泛 "
    "更多 较好 很好 较为全面 真正 具体 详细 大胆 灵活 灵活多样 如期 按时 按期 如实 准确 明确 牢牢 牢固 紧紧 时刻 义无反顾 理直气壮 齐心协力 同心协力 群策群力 雷厉风行 不折不扣 原原本本")
_VERBS = _set("加强 提高 提升 抓好 抓紧 抓实 抓住 做好 搞好 办好 推进 推动 开展 完成 落实 促进 增强 改进 改善 解决 贯彻 执行 履行 进行 深化 完善 探索 投入到 投身 参加 参与到 调动 发挥 掌握 "
    "了解 融入 组织 组织开展 引导 调查 走访 实施 巩固 拓展 推广 普及 倡导 弘扬 营造 树立 培养 培育 满足 丰富 激发 保证 确保 保障 维护 防止 避免 遏制 预防 整治 清理 排查 "
    "处理 化解 反映 宣讲 传播 展示 体现 实现 达到 建立 健全 打造 构建 建设 改造 修订 制定 抓 做 查找 查摆 对照 剖析 遵守 践行 坚持 学习贯彻 贯彻落实 学习领会 领会 理解 把握 运用 利用 "
    "检查 督促 指导 帮助 服务 服务于 为 向 把 将 对 从 在 走 投入 参与 接受 承担 关心 支持 配合 协助 依靠 团结 凝聚 鼓励 带动 引领 影响 感染 教育 熏陶 渗透")
#: Verbs that are also nouns behind 的: they count only where an object follows.
_NOUNS = _set("提高 提升 改进 改善 促进 推动 保证 保障 教育 影响 检查 指导 帮助 服务 支持 配合 投入 参与 调查 探索 处理 整治 体现 学习贯彻 了解 理解 领会 把握 建设 改造 运用 利用 反映 展示 引导 传播 普及 拓展 巩固 满足 "
    "丰富 落实 贯彻 执行 加强 增强 解决 完善 深化 发挥 推广 倡导 培养 培育 实施 维护 组织 化解 预防 清理 排查 熏陶 渗透 感染 关心 鼓励 带动 引领 坚持 走访 督促 开展 推进 实现 完成 进行 剖析 理解 凝聚 团结")
#: Adverbs that are as often adjectives: only certain verbs may follow.
_ADJECTIVES = _set("科学 合理 统一 集中 具体 详细 明确 准确 真正 更多 较好 很好 经常性 更加 灵活 高效 快速 有效 有力 持续 充分 积极 全面 广泛 极大 深入 严格 主动 稳定 经常 高质量 高标准 大力 更有效")
_FIRM = _set("抓好 抓紧 抓实 做好 搞好 办好 开展 推进 完成 落实 加强 进行 贯彻 执行 履行 组织开展 参加 参与到 投入到 融入 调动 发挥 提高 提升 促进 增强 改善 解决 推动 营造 弘扬 实施 丰富 激发 防止 遏制 掌握 维护 满足 保证 确保")
_LIGHT = _set("为 向 把 将 对 从 在 走 抓 做")
_AFTER_NOUN = ("作用", "力量", "意义", "因素", "效果", "成果", "成效", "工作", "过程", "措施", "方式", "能力", "水平", "态势", "机制", "计划", "活动", "力度", "方法", "途径", "手段", "形式", "制度", "体系", "要求", "目标",
    "任务", "方向", "条件", "基础", "载体", "平台", "内容", "情况", "问题", "意见", "精神", "环境", "政策", "方案", "部门", "单位", "人员", "队伍", "者", "率", "性", "情", "会", "力", "品", "点", "面", "期", "员", "资料", "材料", "报告", "阶段")  # fmt: skip
#: Verbs whose object may be any work, task or activity.
_DOING = _set("开展 完成 落实 履行 推进 加强 组织 组织开展 实施 执行")
_NO_OBJECT = tuple(n for n in _AFTER_NOUN if n not in ("工作", "任务", "活动"))
_DE = re.compile("的(?=[" + "".join(sorted({v[0] for v in _VERBS})) + "])")
_HAVING = _tuple("有|得到|得|不到|成为|在|取得|获得|作出|做出|进行|给予|予以|带来|提供|是|起到|发挥|具有|建立|形成|开展|实行|实施|制定|完善|良好|之|一个|一种|一项|一次|这种|该|各种|实现|多|了|着|过|需要|通过|经过|随着|加以|最|最为")
_STOP = frozenset("。，、；：！？,;:!?\n）)”\"’的》和与及或等")


def adverbs(text: str) -> Iterator[Slip]:
    """的 between an adverb and a verb with its object.

    Args:
        text: The text view.
    """
    for m in _DE.finditer(text):
        at = m.start()
        adverb = next((text[at - n : at] for n in (6, 5, 4, 3, 2) if at >= n and text[at - n : at] in _ADVERBS), "")
        verb = next((text[at + 1 : at + 1 + n] for n in (4, 3, 2, 1) if text[at + 1 : at + 1 + n] in _VERBS), "")
        if not adverb or not verb or (adverb in _ADJECTIVES and verb not in _FIRM) or (len(adverb) < 4 and verb in _LIGHT):
            continue
        end = at + 1 + len(verb)
        if verb in _NOUNS:
            behind = text[end : end + 1]
            nouns = _AFTER_NOUN if verb not in _DOING else _NO_OBJECT
            if not behind or behind in _STOP or text.startswith(nouns, end):
                continue
        elif text.startswith(_AFTER_NOUN, end) and len(verb) == 1:
            continue
        head = text[max(0, at - len(adverb) - 4) : at - len(adverb)]
        if head.endswith(_HAVING):
            continue
        yield Slip(at, at + 1, ("地",), f"“{adverb}”修饰动词“{verb}”，“的”应为“地”")


# ── pairs that lost their half ───────────────────────────────────────────────────────────────────────────────────────

_GAP = "[^，。；：！？,;:!?\n]"


class _Half(NamedTuple):
    """A pattern, looked for where one of `needles` is in the text; its first group is wrong, `meant` right."""

    needles: tuple[str, ...]
    pattern: str
    meant: tuple[str, ...]
    message: str
    severity: Severity = "warning"


_HALVES = (
    _Half(("围绕",), f"(围绕)(?={_GAP}{{2,24}}为(?:主题|主线|核心|中心|重点|目标|载体|抓手))", ("以",), "“围绕……”与“以……为……”混用，请改用其中一个"),
    _Half(
        ("任组长", "任主任", "任总指挥", "任队长"),
        f"(?<![所加难予可])(以)(?![后来及前上下内外免便])(?={_GAP}{{2,16}}任(?:组长|主任|总指挥|队长))",
        ("由",), "“以……为……”与“由……任……”混用，请改为“由……任……”",
    ),
    _Half(
        ("为重", "为首", "为中心", "为基础性", "为长期", "为突破口", "为抓手", "为载体", "为切入点", "为着力点", "为一项"),
        f"(?<![\u4e00-\u9fff])把{_GAP}{{2,20}}?(?<![作成列定变视评认称转化命设确分改翻建办当看摆])(为)(?=(?:一项)?(?:重要|重点|首要|中心|基础性|长期|突破口|抓手|载体|切入点|着力点))",
        ("作为",), "“把……作为……”少了“作”",
    ),
    _Half(
        ("不再发生", "不再出现", "不再重演"),
        f"(?:防止|避免|杜绝|严防){_GAP}{{2,20}}?(不再(?:发生|出现|重演))", (), "“防止”“避免”本是不让发生，后面再用“不”就说反了",
    ),
    _Half(("的原因", "的缘故"), f"之所以[^。！？\n]{{2,40}}?(?:因为|由于){_GAP}{{2,30}}(的原因|的缘故)(?=[，。；,;\n])", ("",), "“因为”与“的原因”意思重复，请删去一处"),
    _Half(("目的是为了", "目的就是为了"), "目的(?:就)?是(为了)", ("",), "“目的是”与“为了”意思重复，请删去“为了”", "info"),
    _Half(("，使", ",使"), f"(?<![\u4e00-\u9fff])((?:通过|经过){_GAP}{{4,40}}[，,]使得?)(?=[\u4e00-\u9fff])", (), "“通过……，使……”这一句没有主语，可删去“通过”或“使”", "info"),
)  # fmt: skip


@cache
def _compiled(half: _Half) -> re.Pattern[str]:
    return re.compile(half.pattern)


def halves(text: str) -> Iterator[Slip]:
    """Fixed pairs of words that are mixed up or lost their half.

    Args:
        text: The text view.
    """
    for half in _HALVES:
        if not any(needle in text for needle in half.needles):
            continue
        for m in _compiled(half).finditer(text):
            wrong = m.group(1)
            meant = (wrong[1:],) if wrong.startswith("不再") else half.meant
            yield Slip(m.start(1), m.end(1), meant, half.message, half.severity)
