"""TYP: wrong characters and words, and the office's own terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, cast

from docnlp.rules import typ_grammar
from docnlp.rules.base import Bad, Basis, Context, Fix, Good, Hit, Rule, Severity
from docnlp.rules.typ_confused import Confused, table
from docnlp.rules.typ_lexicon import lexicon
from docnlp.rules.typ_nearmiss import Miss, find, parted_phrases
from docnlp.text.folding import fold
from docnlp.text.spans import SpanSet

_DICTIONARY = Basis("《现代汉语词典》和公文校对惯例", note="词形以通用规范写法为准")
_LANGUAGE = Basis("《中华人民共和国国家通用语言文字法》", note="公文应当使用规范汉字、合乎语法")

#: Score from which a near miss of a set phrase is beyond doubt.
_CERTAIN = 3.0


class _Term(Protocol):
    @property
    def found(self) -> str: ...
    @property
    def use(self) -> tuple[str, ...]: ...
    @property
    def message(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def source(self) -> str: ...


def office_terms(context: Context) -> Iterator[Hit]:
    """Occurrences of the terms that the user's packs and settings name."""
    terms = cast("Sequence[_Term]", context.options.get("terms", ()))
    for term in terms:
        needle = fold(term.found)
        at = context.folded.find(needle) if needle else -1
        right = [fold(use) for use in term.use if needle in fold(use)]
        while at >= 0:
            end = at + len(needle)
            if _is_right(context.folded, at, needle, right):
                at = context.folded.find(needle, end)
                continue
            cure = f"，请改用“{term.use[0]}”" if term.use else "，请核"
            why = f"：{term.message}" if term.message else ""
            where = f"（依据：{term.source}）" if term.source else ""
            yield Hit(at, end, f"本单位词表要求不写“{context.text[at:end]}”{cure}{why}{where}", term.use, severity=term.severity)
            at = context.folded.find(needle, end)


def _is_right(folded: str, at: int, needle: str, right: Sequence[str]) -> bool:
    """Whether the occurrence is part of the wording that the office wants (文明办 inside 区文明办)."""
    for use in right:
        inside = use.find(needle)
        while inside >= 0:
            if folded.startswith(use, at - inside) and at >= inside:
                return True
            inside = use.find(needle, inside + 1)
    return False


# ── near misses ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _pairs(context: Context) -> set[str]:
    """Pairs of neighbouring characters of the text."""
    return set(map(str.__add__, context.text, context.text[1:]))


def _titles(context: Context) -> SpanSet:
    """What stands between 《 and 》."""
    text = context.text
    spans = []
    at = text.find("《")
    while at >= 0:
        end = text.find("》", at, at + 80)
        if end >= 0:
            spans.append((at, end + 1))
        at = text.find("《", at + 1)
    return SpanSet(spans)


def _names(context: Context) -> frozenset[str]:
    """Wordings of the names of issuers, which nobody corrects."""
    return frozenset(p.issuer for p in context.document.parts if p.issuer)


def _left_alone(context: Context, start: int, end: int) -> bool:
    """Whether [start, end) is an address or a blank."""
    return context.protected.touches(start, end)


def _misses(context: Context) -> list[Miss]:
    text, data = context.text, lexicon()
    return [*find(text, data, context.shared(_pairs)), *parted_phrases(text, data)]


def _confused(context: Context) -> list[Confused]:
    return list(table().find(context.text, context.shared(_pairs)))


def _listed(context: Context) -> SpanSet:
    """What the table of confused words speaks of."""
    return SpanSet((c.start, c.end) for c in context.shared(_confused))


def near_misses(context: Context) -> Iterator[Hit]:
    """Places where one other character makes a word or a set phrase."""
    titles, names, listed = context.shared(_titles), context.shared(_names), context.shared(_listed)
    for miss in context.shared(_misses):
        word = context.text[miss.start : miss.end]
        if _left_alone(context, miss.start, miss.end) or listed.touches(miss.start, miss.end):
            continue
        if not miss.phrase and (titles.touches(miss.start, miss.end) or any(word in name for name in names)):
            continue
        others = f"，也可能是{'、'.join(f'“{m}”' for m in miss.meant[1:])}" if len(miss.meant) > 1 else ""
        message = f"“{word}”疑为“{miss.meant[0]}”之误{others}，请核"
        yield Hit(miss.start, miss.end, message, miss.meant, severity="error" if miss.phrase and miss.score >= _CERTAIN else None)


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────────────────


def confused_words(context: Context) -> Iterator[Hit]:
    """Words of the table of confused words."""
    for c in context.shared(_confused):
        if not _left_alone(context, c.start, c.end):
            why = f"（{c.why}）" if c.why else ""
            message = f"“{context.text[c.start : c.end]}”应为“{c.meant[0]}”{why}"
            fix = Fix.SHOWN if c.severity == "info" else None
            yield Hit(c.start, c.end, message, c.meant, severity=c.severity, fix=fix)


# ── grammar ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _hits(context: Context, slips: Iterable[typ_grammar.Slip]) -> Iterator[Hit]:
    for s in slips:
        if not _left_alone(context, s.start, s.end):
            yield Hit(s.start, s.end, s.message, s.meant, severity=s.severity)


def doubled_words(context: Context) -> Iterator[Hit]:
    """Words and particles that stand twice in a row."""
    return _hits(context, typ_grammar.doubled(context.text, lexicon()))


def adverbs_with_de(context: Context) -> Iterator[Hit]:
    """的 between an adverb and a verb."""
    return _hits(context, typ_grammar.adverbs(context.text))


def repeated_clauses(context: Context) -> Iterator[Hit]:
    """Clauses that stand twice in one sentence."""
    return _hits(context, typ_grammar.repeated_clauses(context.text))


def lost_halves(context: Context) -> Iterator[Hit]:
    """Fixed pairs of words that are mixed up or lost their half."""
    return _hits(context, typ_grammar.halves(context.text))


RULES: tuple[Rule, ...] = (
    Rule(
        code="TYP001",
        name="near-miss",
        title="疑似错字",
        severity="warning",
        why="形近、音近的字最容易打错，也最容易漏过。这里没有人这样写，换一个字就是常用的词或者固定说法。人名、地名、单位名不报。",
        basis=(_DICTIONARY,),
        check=near_misses,
        fix=Fix.UNSAFE,
        examples=(
            Bad("各单位要把精神【文民】建设摆上重要位置。", fixed="各单位要把精神文明建设摆上重要位置。"),
            Bad("全体队员【吃苦耐牢】，冲锋在前。", fixed="全体队员吃苦耐劳，冲锋在前。", severity="error"),
            Good("各单位要把精神文明建设摆上重要位置。", "没有错字"),
            Good("由赵玉楠、钱书阔任联络员，钱家坳村协办。", "人名、地名不是错字"),
        ),
    ),
    Rule(
        code="TYP002",
        name="doubled-word",
        title="字词重复",
        severity="warning",
        why="修改、粘贴时最容易把同一个词留下两遍，读稿时眼睛又容易跳过去。",
        basis=(_LANGUAGE,),
        check=doubled_words,
        fix=Fix.UNSAFE,
        examples=(
            Bad("进一步【建立建立】长效机制。", fixed="进一步建立长效机制。"),
            Bad("巩固创建活动【的的】成果。", fixed="巩固创建活动的成果。"),
            Good("这件事要认真研究研究。", "动词本来可以重叠"),
            Good("增进了了解，达到了活动的目的。", "前后分属两个词"),
        ),
    ),
    Rule(
        code="TYP003",
        name="de-before-verb",
        title="“的”“地”不分",
        severity="warning",
        why="“的”后面是名词，“地”后面是动词。“持之以恒地抓好”写成“的”，是材料里最多的一种语法毛病。",
        basis=(_LANGUAGE,),
        check=adverbs_with_de,
        fix=Fix.UNSAFE,
        examples=(
            Bad("要持之以恒【的】抓好队伍建设。", fixed="要持之以恒地抓好队伍建设。"),
            Bad("各科室积极【的】开展读书活动。", fixed="各科室积极地开展读书活动。"),
            Good("干部素质有了进一步的提高。", "“提高”在这里是名词"),
            Good("发挥积极的推动作用。", "“推动作用”是名词"),
        ),
    ),
    Rule(
        code="TYP004",
        name="confused-word",
        title="易混、易错的词",
        severity="error",
        why="这些写法是校对中最常见的错误，有的本身就错，有的用错了地方。",
        basis=(_DICTIONARY,),
        check=confused_words,
        fix=Fix.UNSAFE,
        examples=(
            Bad("各科室要认真【布署】，抓好落实。", fixed="各科室要认真部署，抓好落实。"),
            Bad("打造【二个】文明示范点。", fixed="打造两个文明示范点。", severity="warning"),
            Good("第二个阶段：组织实施。", "次序用“二”"),
            Good("用法治思维化解矛盾，以法治理念引领工作。", "这里不是“依法治理”"),
        ),
    ),
    Rule(
        code="TYP005",
        name="repeated-clause",
        title="一句话里分句重复",
        severity="warning",
        why="一句话里同样的分句写了两遍，多半是改稿时忘了删去原来的。",
        basis=(_LANGUAGE,),
        check=repeated_clauses,
        examples=(
            Bad("我局成立领导小组，制定工作方案，明确工作责任，【制定工作方案】。"),
            Good("人人参与，人人尽力，人人享有。", "分句各不相同"),
        ),
    ),
    Rule(
        code="TYP006",
        name="lost-half",
        title="搭配杂糅、残缺",
        severity="warning",
        why="“以……为……”“把……作为……”“防止……发生”这类说法前后要配套，改了一半就成了病句。",
        basis=(_LANGUAGE,),
        check=lost_halves,
        examples=(
            Bad("成立【以】局长任组长的领导小组。", suggestion="由"),
            Bad("严格管理，防止类似问题【不再发生】。", suggestion="再发生"),
            Bad("【围绕】“做文明市民”为主题开展活动。", suggestion="以"),
            Good("成立以局长为组长的领导小组。", "前后配套"),
            Good("围绕“做文明市民”这一主题开展活动。", "前后配套"),
        ),
    ),
    Rule(
        code="TYP100",
        name="office-term",
        title="本单位词表里的不规范用语",
        severity="warning",
        why="各单位对机构简称、活动名称有自己的写法。写在配置或词包里，检查时就按本单位的规矩来。",
        basis=(Basis("用户的配置文件或词包"),),
        check=office_terms,
        examples=(),
        options=("terms",),
    ),
)
