"""NUM: the sequence and level of ordinals, and announced counts against what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docnlp.document.model import Block, Marker, Part
from docnlp.document.numbering import ITEM
from docnlp.rules.base import Bad, Basis, Context, Good, Hit, Rule
from docnlp.text.late import late
from docnlp.text.numerals import parse_int, to_han

_LAYOUT = Basis("GB/T 9704—2012《党政机关公文格式》", "7.3.3", "文中结构层次序数依次用“一、”“（一）”“1.”“（1）”标注")
_USAGE = Basis("公文写作通行要求", note="序号要连续、成套，说了几项就写几项")


class _Seen(NamedTuple):
    level: int
    value: int
    block: int


def _level(marker: Marker) -> int:
    """Level for the sequence: 第一部分 stands above 一、, and ① below （1）."""
    if marker.style.startswith("第"):
        return 0
    return 5 if marker.style == "①" else marker.level


def _show(marker: Marker, value: int) -> str:
    """The marker with another number in it."""
    number = to_han(value) if marker.han and 0 < value < 100 else str(value)
    if marker.style == "①":
        return chr(0x245F + value) if 0 < value <= 20 else f"({value})"
    return marker.style.replace("_", number).replace("(", "（").replace(")", "）") if marker.style != "_)" else f"{number})"


def _marked(context: Context, part: Part) -> Iterator[tuple[int, Block, Marker]]:
    paragraphs = context.document.paragraphs
    for i in range(part.first, part.last):
        block = context.document.blocks[i]
        if block.marker is not None and block.kind in ("heading", "body") and paragraphs[block.paragraph].cell is None:
            yield i, block, block.marker


def ordinal_sequence(context: Context) -> Iterator[Hit]:
    """Numbers that skip, repeat or run backwards among their neighbours."""
    for part in context.document.parts:
        stack: list[_Seen] = []
        last: dict[int, int] = {}  # last number of each level in this part, for numbers that run on across chapters
        for i, _block, marker in _marked(context, part):
            level, value = _level(marker), marker.value
            while stack and stack[-1].level > level:
                stack.pop()
            top = stack[-1] if stack and stack[-1].level == level else None
            runs_on = value == last.get(level, 0) + 1
            if top is None:
                if value != 1 and not runs_on:
                    yield Hit(marker.start, _tight(context, marker), f"“{_words(context, marker)}”是这一层的第一个序号，应从“{_show(marker, 1)}”写起；请补上前面的内容，或者改正序号")
            elif value == top.value:
                yield Hit(marker.start, _tight(context, marker), f"序号“{_words(context, marker)}”重复；请从“{_show(marker, top.value + 1)}”往下改")
            elif value > top.value + 1 and not runs_on:
                gap = _show(marker, top.value + 1)
                yield Hit(marker.start, _tight(context, marker), f"序号从“{_show(marker, top.value)}”跳到“{_words(context, marker)}”，中间缺“{gap}”；请补上或者改正")
            elif 1 < value < top.value:
                yield Hit(marker.start, _tight(context, marker), f"序号“{_words(context, marker)}”排在“{_show(marker, top.value)}”之后，顺序倒了；请改正")
            elif value == 1 and level <= 2 and not _interrupted(context, top.block, i):
                yield Hit(marker.start, _tight(context, marker), f"同一层序号写到“{_show(marker, top.value)}”又从“{_words(context, marker)}”起；请接着编，或者补上上一级标题")
            if top is not None:
                stack.pop()
            stack.append(_Seen(level, value, i))
            last[level] = value


def _interrupted(context: Context, before: int, now: int) -> bool:
    """Whether a heading without a number, a title or a lead-in ending on a colon stands between two blocks."""
    for block in context.document.blocks[before + 1 : now]:
        if (block.kind == "heading" and block.marker is None) or block.kind in ("title", "attachment", "date"):
            return True
        if block.kind == "body" and block.marker is None and context.folded[block.end - 1] == ":":
            return True
    return False


def _tight(context: Context, marker: Marker) -> int:
    """End of the marker without the blanks behind it."""
    end = marker.end
    while end > marker.start + 1 and context.text[end - 1].isspace():
        end -= 1
    return end


def _words(context: Context, marker: Marker) -> str:
    return context.text[marker.start : _tight(context, marker)]


def lost_upper_level(context: Context) -> Iterator[Hit]:
    """A document that begins with （一） or 1. although nothing of a higher level stands above."""
    for part, genre in context.parts():
        if genre.genre is None:
            continue
        marked = list(_marked(context, part))
        if not marked:
            continue
        i, _block, marker = marked[0]
        top = min(_level(m) for _, _, m in marked)
        above = context.document.blocks[part.first : i]
        if any(b.kind == "heading" for b in above):
            continue
        alone = not any(b.kind in ("title", "addressee", "body") for b in above)
        if top == 2 and marker.level == 2 and sum(1 for _, _, m in marked if m.level == 2) > 1:
            yield Hit(marker.start, _tight(context, marker), f"全文从“{_words(context, marker)}”起，上面没有“一、”一级；请补上一级标题，或者把序号升为“一、”")
        elif top >= 3 and alone and marker.value == 1:
            yield Hit(marker.start, _tight(context, marker), f"正文一开头就是“{_words(context, marker)}”，前面没有标题、引言和上一级序号；请补上，或者核对是否漏了前文")


def level_jump(context: Context) -> Iterator[Hit]:
    """（1） straight below 一、; （一） below 1.; 1. below （1）."""
    for part in context.document.parts:
        marked = list(_marked(context, part))
        stack: list[tuple[int, Marker]] = []
        for _i, _block, marker in marked:
            level = _level(marker)
            if level in (0, 5):
                continue
            known = [lv for lv, _ in stack]
            if level in known:
                while stack and stack[-1][0] != level:
                    stack.pop()
                stack.pop()
                stack.append((level, marker))
                continue
            while stack and stack[-1][0] > level and any(lv < level for lv, _ in stack):
                if stack[-1][0] > level and len(stack) > 1 and stack[-2][0] < level:
                    # 一、 1. （一）: the middle level was opened with the wrong number
                    yield Hit(marker.start, _tight(context, marker), f"“{_words(context, marker)}”用在“{_words(context, stack[-1][1])}”之下，层次倒了；顺序应为“一、”“（一）”“1.”“（1）”")
                    stack.clear()
                    break
                stack.pop()
            above = stack[-1][0] if stack else None
            # 一、 and 1. is good usage where a chapter has two levels only
            if above is not None and level > above + 1 and marker.value == 1 and (above, level) != (1, 3):
                right = {1: "（一）", 2: "1.", 3: "（1）"}.get(above, "")
                yield Hit(marker.start, _tight(context, marker), f"“{_words(context, stack[-1][1])}”之下跳级用了“{_words(context, marker)}”；下一级应当用“{right}”")
            stack.append((level, marker))


def only_child(context: Context) -> Iterator[Hit]:
    """A （一） without a （二）."""
    for part in context.document.parts:
        marked = [(lv, m) for _, _, m in _marked(context, part) if (lv := _level(m)) <= 4]
        for n, (level, marker) in enumerate(marked):
            if marker.value != 1 or level < 2:
                continue
            rest = marked[n + 1 :]
            sibling = next((m for lv, m in rest if lv <= level), None)
            nxt = next((lv for lv, m in rest if lv <= level), None)
            if not (nxt == level and sibling is not None and sibling.value == 2) and n and marked[n - 1][0] < level:
                yield Hit(marker.start, _tight(context, marker), f"这一层只有“{_words(context, marker)}”一项；只有一项时不必编号")


# --- 一是…二是… -----------------------------------------------------------------------------------------------------


class _Item(NamedTuple):
    start: int
    end: int
    value: int
    style: str  # 是, 要, 第 …


_STOP_BEFORE = "。;:,、!? \n)”“("


def _items(context: Context, start: int, end: int) -> Iterator[_Item]:
    folded = context.folded
    for m in ITEM.finditer(folded, start, end):
        if m.start() > start and folded[m.start() - 1] not in _STOP_BEFORE:
            continue
        if m[1]:
            verb = m[2]
            if m[0].startswith("第"):
                if verb not in ("是", "要", "是要"):
                    continue
                style = "第"
            else:
                style = "是" if verb.startswith("是") else "要" if verb.startswith("要") else verb
            number, stop = m[1], m.end(2)
            if verb == "则" or (folded[stop : stop + 1] in ("一", "二", "否") and verb == "是"):  # 一是一，二是二
                continue
        elif m[3]:
            number, style, stop = m[3], "第", m.end()
        else:
            number, style, stop = m[5], "其", m.end()
        value = parse_int(number)
        if value is not None and 0 < value <= 20:
            yield _Item(m.start(), stop, value, style)


def _runs(context: Context, part: Part) -> Iterator[list[tuple[int, int]]]:
    """Stretches of body text between two headings: each a list of block spans."""
    run: list[tuple[int, int]] = []
    for block in context.document.blocks[part.first : part.last]:
        if block.kind == "body":
            if block.marker is not None and run:
                yield run
                run = []
            run.append((block.marker.end if block.marker else block.start, block.end))
        elif run:
            yield run
            run = []
    if run:
        yield run


class _Open:
    """One running list of items."""

    __slots__ = ("first", "items", "style")

    def __init__(self, item: _Item) -> None:
        self.items = [item]
        self.style = item.style


def inline_items(context: Context) -> Iterator[Hit]:
    """一是…二是… that skip, repeat, begin in the middle, stop after the first or change their form."""
    for part in context.document.parts:
        for run in _runs(context, part):
            lists: list[_Open] = []
            for start, end in run:
                for item in _items(context, start, end):
                    yield from _place(context, lists, item)
            for ended in lists:
                yield from _lonely(context, ended, run)


def _place(context: Context, lists: list[_Open], item: _Item) -> Iterator[Hit]:
    words = context.text[item.start : item.end]
    if item.value == 1:
        lists.append(_Open(item))
        return
    # the list it goes on with: the newest of its own form, else the newest that waits for this number
    home = next((o for o in reversed(lists) if o.style == item.style and o.items[-1].value == item.value - 1), None)
    mixed = None
    if home is None:
        mixed = next((o for o in reversed(lists) if o.items[-1].value == item.value - 1 and {o.style, item.style} <= {"是", "要"}), None)
    if home is not None:
        home.items.append(item)
    elif mixed is not None:
        first = context.text[mixed.items[0].start : mixed.items[0].end]
        yield Hit(item.start, item.end, f"前面用“{first}”，这里改用“{words}”，写法不一；请统一成“{to_han(item.value)}{mixed.style}”", suggestions=(f"{to_han(item.value)}{mixed.style}",))
        mixed.items.append(item)
    elif lists and (same := next((o for o in reversed(lists) if o.style == item.style), None)):
        before = same.items[-1]
        if item.value == before.value:
            yield Hit(item.start, item.end, f"“{words}”重复；请往下改")
        elif item.value > before.value:
            yield Hit(item.start, item.end, f"从“{context.text[before.start:before.end]}”跳到“{words}”，中间缺“{to_han(before.value + 1)}{same.style}”；请补上或者改正")
        else:
            return
        same.items.append(item)
    else:
        yield Hit(item.start, item.end, f"有“{words}”而前面没有“{_first(item)}”；请补上第一项，或者改正序号")
        lists.append(_Open(item))


def _first(item: _Item) -> str:
    return {"第": "第一", "其": "其一"}.get(item.style, f"一{item.style}")


_GOES_ON = late(r"二来|二则|其次|另一方面|再者|此外|另外|再一个|同时")


def _lonely(context: Context, ended: _Open, run: Sequence[tuple[int, int]]) -> Iterator[Hit]:
    item = ended.items[0]
    if len(ended.items) > 1 or item.value != 1 or item.style == "其":
        return
    stop = run[-1][1]
    if _GOES_ON.search(context.folded, item.end, min(stop, item.end + 400)):
        return
    words = context.text[item.start : item.end]
    yield Hit(item.start, item.end, f"只有“{words}”，后面没有第二项；请补上其余各项，或者去掉“{words}”")


# --- announced counts -----------------------------------------------------------------------------------------------

# number, measure, a few words, then what introduces the list
_ANNOUNCE = late(
    r"([二两三四五六七八九十]{1,3}|\d{1,2})(?:个|项|大|条|点|种|类|步|件|句|方面)"
    r"([^。;:,!?()“”、\n]{0,14})(?:(?:,|\()?(?:即|分别(?:是|为)|包括|是|为|具体(?:是|为)|就是)?:|,即|\(即|\()"
)
_QUOTED_COUNT = late(r"“([二两三四五六七八九十])(?:个)?([^\W\da-zA-Z_])”[^\W\da-zA-Z_]{0,8}(?:(?:,|\()?(?:即|分别(?:是|为)|具体(?:是|为)|就是)?:|,即|\(即:?|\()")
_QUOTES = late(r"(?:[“《][^”》\n]{1,40}[”》](?:\([^()\n]{1,20}\))?(?:、|和|以及|及|与|,)?){2,}")
_ONE_QUOTE = late(r"[“《][^”》\n]{1,40}[”》]")
_HARD = late(r"、|,")
_SOFT = late(r"和|及|与|以及|并|或")
_APPROX = "几余多约近第逾超另每各这那其前后"


def announced_count(context: Context) -> Iterator[Hit]:
    """`抓好以下八项工作：` with seven items behind it; “三进”活动（进机关、进社区）."""
    folded = context.folded
    for pattern, quoted in ((_ANNOUNCE, False), (_QUOTED_COUNT, True)):
        for m in pattern.finditer(folded):
            n = parse_int(m[1])
            if n is None or not 2 <= n <= 20 or (m.start() and folded[m.start() - 1] in _APPROX + "0123456789一二三四五六七八九十.-—~"):
                continue
            counted = _delivered(context, m.end(), n, m[2] if quoted else "", folded[m.end() - 1])
            if counted is None:
                continue
            low, high, how = counted
            if not low <= n <= high:
                stop = m.start() + len(m[0].rstrip(":,(即分别是为包括具体就"))
                end = m.end(1) + 1 if not quoted else m.start() + m[0].index("”") + 1
                end = min(max(end, m.end(1)), stop)
                got = str(low) if low == high else f"{low}到{high}"
                yield Hit(m.start(), end, f"说是{m[1]}项，{how}实有{got}项；请核对数目，补上漏写的或者改正数字")


def _delivered(context: Context, at: int, n: int, verb: str, opener: str) -> tuple[int, int, str] | None:
    """Least and greatest number of items that follow, and how they were counted; None where no list is given."""
    folded = context.folded
    index = context.document.block_at(at - 1)
    if index is None:
        return None
    block = context.document.blocks[index]
    end = block.end
    if opener == "(":
        close = folded.find(")", at, min(end, at + 200))
        return _short_list(folded[at:close], verb) if close > at else None
    if at >= end - 1:
        return _following(context, index)
    items = list(_items(context, at, end))
    if items and items[0].value == 1 and items[0].start - at <= 2:
        count = 0
        style = items[0].style
        for item in items:
            if item.style == style and item.value == count + 1:
                count += 1
            elif item.value == 1:
                break
        # the list may go on in paragraphs of its own
        count = _continued(context, index + 1, count, style)
        return (count, count, "后面用序号列出的") if count >= 2 else None
    stop = folded.find("。", at, end)
    stop = end if stop < 0 else stop
    tail = folded[at:stop]
    if len(tail) > 600:
        return None
    if ";" in tail:
        pieces = [p for p in tail.split(";") if p.strip()]
        if re.match(r"[(]?[1一①]", pieces[0]) and not re.match(r"[(]?[2二②]", pieces[1] if len(pieces) > 1 else ""):
            return None
        return (len(pieces), len(pieces), "后面用分号隔开的") if len(pieces) >= 2 else None
    if (q := _QUOTES.match(tail)) is not None:
        count = len(_ONE_QUOTE.findall(q[0]))
        return count, count, "后面加引号或书名号的"
    return _short_list(tail, verb)


def _short_list(text: str, verb: str) -> tuple[int, int, str] | None:
    """Count words set apart by 、 and ，. With a verb that every item must begin with, those items are counted."""
    text = text.strip(" 即:。")
    if not text or len(text) > 160:
        return None
    hard = [p for p in _HARD.split(text) if p.strip()]
    if verb:
        starts = [p for p in hard if p.strip("“” ").startswith(verb)]
        if len(starts) >= 2:
            inner = sum(len(re.findall(rf"(?:和|及|与){verb}", p)) for p in hard)
            return len(starts) + inner, len(starts) + inner, f"后面以“{verb}”开头的"
        return None
    pieces = text.split("、")
    if len(pieces) < 2 or "," in text or max(len(p) for p in pieces) > 14:
        return None
    extra = sum(len(_SOFT.findall(p)) for p in pieces)
    return len(pieces), len(pieces) + extra, "后面用顿号隔开的"


def _continued(context: Context, index: int, count: int, style: str) -> int:
    blocks = context.document.blocks
    while index < len(blocks) and blocks[index].kind == "body" and blocks[index].marker is None:
        nxt = next(_items(context, blocks[index].start, min(blocks[index].end, blocks[index].start + 8)), None)
        if nxt is None or nxt.start != blocks[index].start or nxt.style != style or nxt.value != count + 1:
            break
        for item in _items(context, blocks[index].start, blocks[index].end):
            if item.style == style and item.value == count + 1:
                count += 1
        index += 1
    return count


def _following(context: Context, index: int) -> tuple[int, int, str] | None:
    """Items in paragraphs of their own behind a line that ends on a colon."""
    blocks = context.document.blocks
    part = blocks[index].part
    i = index + 1
    if i >= len(blocks) or blocks[i].part != part:
        return None
    first = blocks[i].marker
    if first is None:
        if blocks[i].kind != "body":
            return None
        count = _continued(context, i, 0, _style_of(context, blocks[i]))
        return (count, count, "后面用序号列出的") if count >= 2 else None
    if first.value != 1:
        return None
    level, count = _level(first), 0
    home = blocks[index].marker
    for block in blocks[i:]:
        if block.part != part or block.kind in ("signature", "date", "attachment", "title"):
            break
        if block.marker is None:
            if block.kind == "heading":
                break
            continue
        if _level(block.marker) < level or (home is not None and _level(block.marker) <= _level(home)):
            break
        if _level(block.marker) == level:
            if block.marker.value != count + 1:
                return None  # the sequence itself is wrong; that is another finding
            count += 1
    return (count, count, "后面编号列出的") if count >= 2 else None


def _style_of(context: Context, block: Block) -> str:
    item = next(_items(context, block.start, min(block.end, block.start + 8)), None)
    return item.style if item else ""


def mixed_automatic_numbers(context: Context) -> Iterator[Hit]:
    """Word's automatic numbers and typed ones at one level."""
    paragraphs = context.document.paragraphs
    if context.document.source.format != "docx":
        return
    for part in context.document.parts:
        automatic = {_level(m) for _, b, m in _marked(context, part) if paragraphs[b.paragraph].numbered}
        told: set[int] = set()
        for _i, block, marker in _marked(context, part):
            level = _level(marker)
            if level in automatic and not paragraphs[block.paragraph].numbered and level not in told and block.kind == "heading":
                told.add(level)
                yield Hit(marker.start, _tight(context, marker), f"同一层里有的序号是 Word 自动编号，“{_words(context, marker)}”是手工输入的；改动以后容易错位，请统一")


_HEAD = "清溪小学2024年文明校园创建工作方案\n"

RULES: tuple[Rule, ...] = (
    Rule(
        code="NUM001",
        name="ordinal-sequence",
        title="序号跳号、重号、倒序、另起",
        severity="error",
        why="序号断了，多半是删改时漏了一段，或者把几份材料拼在了一起。上级一眼就看得出来。",
        basis=(_LAYOUT, _USAGE),
        check=ordinal_sequence,
        examples=(
            Bad(_HEAD + "一、指导思想\n坚持立德树人。\n二、工作目标\n建成文明校园。\n【四、】主要任务\n开展读书活动。\n"),
            Bad(_HEAD + "一、指导思想\n坚持立德树人。\n二、工作目标\n建成文明校园。\n【二、】主要任务\n开展读书活动。\n"),
            Bad(_HEAD + "一、主要任务\n【2．】开展读书活动。每班每周一次。\n3．开展劳动教育。每月一次。\n"),
            Bad(_HEAD + "一、主要任务\n（一）开展读书活动\n每班每周一次。\n（二）开展劳动教育\n每月一次。\n【（一）】开展文明礼仪教育\n每月一次。\n"),
            Good(_HEAD + "一、指导思想\n坚持立德树人。\n二、主要任务\n（一）开展读书活动。每班每周一次。\n（二）开展劳动教育。每月一次。\n三、保障措施\n（一）加强领导。校长任组长。\n（二）落实经费。安排2万元。\n", "每一章下面重新从（一）起"),
            Good(_HEAD + "一、学习教育\n1. 开展读书活动，每班每周一次。\n2. 开展主题班会，每月一次。\n二、实践活动\n3. 开展劳动教育，每月一次。\n4. 开展志愿服务，每季度一次。\n", "全文条目连着编号也是通行写法"),
            Good(_HEAD + "一、二年级同学参加绘画活动。\n3.15前后开展诚信教育。\n", "“一、二年级”和日期不是序号"),
        ),
    ),
    Rule(
        code="NUM002",
        name="lost-upper-level",
        title="缺上一级序号",
        severity="warning",
        why="正文从“（一）”起，说明上面的“一、”连同标题丢了，常见于从网页上截取的材料。",
        basis=(_LAYOUT,),
        check=lost_upper_level,
        examples=(
            Bad("清溪小学文明校园创建工作方案\n为推进文明校园创建，制定本方案。\n【（一）】加强学习教育\n组织教师每周学习。\n（二）开展志愿服务\n每月走进社区一次。\n"),
            Bad("【1、】各学校要在3月底前报送活动方案，由德育处负责。\n2、各班级要认真开展活动，并报送照片和总结，逾期视为放弃。\n联系人：德育处，联系电话：8651207。\n"),
            Good("清溪小学文明校园创建工作方案\n为推进文明校园创建，制定本方案。\n一、主要任务\n（一）加强学习教育\n组织教师每周学习。\n（二）开展志愿服务\n每月走进社区一次。\n", "上面有“一、”"),
            Good("清溪小学文明校园创建工作方案\n为推进文明校园创建，制定本方案。\n主要任务\n（一）加强学习教育\n组织教师每周学习。\n（二）开展志愿服务\n每月走进社区一次。\n", "上面有不编号的标题"),
        ),
    ),
    Rule(
        code="NUM003",
        name="level-jump",
        title="层次跳级、倒置",
        severity="warning",
        why="层次序号有固定的顺序，跳级和倒置会让读的人弄不清谁管着谁。只有两级时，“一、”下面直接用“1.”是可以的。",
        basis=(_LAYOUT,),
        check=level_jump,
        examples=(
            Bad(_HEAD + "一、主要任务\n【（1）】开展读书活动。每班每周一次。\n（2）开展劳动教育。每月一次。\n"),
            Bad(_HEAD + "一、主要任务\n1.学习教育\n【（一）】开展读书活动。每班每周一次。\n（二）开展主题班会。每月一次。\n2.实践活动\n开展劳动教育。\n"),
            Good(_HEAD + "一、主要任务\n1. 开展读书活动。每班每周一次。\n2. 开展劳动教育。每月一次。\n", "只有两级"),
            Good(_HEAD + "一、主要任务\n（一）学习教育\n1. 开展读书活动。每班每周一次。\n2. 开展主题班会。每月一次。\n（二）实践活动\n开展劳动教育。\n", "逐级往下"),
        ),
    ),
    Rule(
        code="NUM004",
        name="only-child",
        title="只有一项也编号",
        severity="info",
        why="有“（一）”没有“（二）”，不是漏了内容，就是不必编号。",
        basis=(_USAGE,),
        check=only_child,
        examples=(
            Bad(_HEAD + "一、主要任务\n【（一）】开展读书活动\n每班每周一次。\n二、保障措施\n安排经费2万元。\n"),
            Good(_HEAD + "一、主要任务\n（一）开展读书活动\n每班每周一次。\n（二）开展劳动教育\n每月一次。\n二、保障措施\n安排经费2万元。\n", "有两项"),
        ),
    ),
    Rule(
        code="NUM005",
        name="inline-items",
        title="“一是……二是……”不成套",
        severity="warning",
        why="有“二是”没有“一是”、只有“一是”没有“二是”、前面“一要”后面“三是”，都是改写或者拼接没有改干净。",
        basis=(_USAGE,),
        check=inline_items,
        examples=(
            Bad(_HEAD + "加强宣传教育，提高师生素质。【二是】加强校园绿化，改善环境。\n"),
            Bad(_HEAD + "做好关爱工作。【一是要】以助学项目为抓手，让困难学生安心读书。\n"),
            Bad(_HEAD + "一是加强学习。二是加强宣传。【四是】加强检查。\n"),
            Bad(_HEAD + "一要加强学习。\n二要加强宣传。\n【三是要】加强检查。\n", suggestion="三要"),
            Good(_HEAD + "一是加强学习。二是加强宣传。三是加强检查。\n", "成套"),
            Good(_HEAD + "一是要加强学习，二是加强宣传，三是要加强检查。\n", "“一是要”和“二是”可以通用"),
            Good(_HEAD + "一要落实责任，二要抓好宣传。具体做法：一是用好广播；二是办好板报。\n", "两套各自完整"),
            Good(_HEAD + "办事要一是一，二是二，这是我们统一是非标准的第一步。\n", "成语和词中的“一是”"),
            Good(_HEAD + "第一，抓学习；第二，抓宣传。\n", "成套"),
        ),
    ),
    Rule(
        code="NUM006",
        name="announced-count",
        title="说的数目与列的不符",
        severity="warning",
        why="说“八项工作”只写了七项，说明漏写了一项，或者抄来的数字没有改。",
        basis=(_USAGE,),
        check=announced_count,
        examples=(
            Bad(_HEAD + "重点抓好以下【三项】工作：一是学习；二是宣传。\n"),
            Bad(_HEAD + "开展【“四进”】活动（进机关、进社区、进校园）。\n"),
            Bad(_HEAD + "实施【三大】工程，即：“明德工程”“书香工程”。\n"),
            Bad(_HEAD + "重点做好【四项】工作：\n1. 开展读书活动，每周一次。\n2. 开展劳动教育，每月一次。\n3. 开展志愿服务，每季度一次。\n"),
            Good(_HEAD + "重点抓好以下三项工作：一是学习；二是宣传；三是检查。\n", "数目相符"),
            Good(_HEAD + "开展“三进”活动（进机关、进社区、进校园）。\n", "数目相符"),
            Good(_HEAD + "围绕五个方面开展工作，取得了明显成效。\n", "没有列出，不数"),
            Good(_HEAD + "涌现出十多个先进班级：一班、二班、三班。\n", "约数"),
            Good(_HEAD + "做好两项工作：思想和组织建设、宣传和教育工作。\n", "“和”字两边算一项还是两项说不准时不报"),
        ),
    ),
    Rule(
        code="NUM007",
        name="mixed-automatic-numbers",
        title="自动编号与手工编号混用",
        severity="info",
        why="同一层里有的是 Word 自动编号，有的是手工打的，删改以后序号就会重复或者错位。",
        basis=(_USAGE,),
        check=mixed_automatic_numbers,
        examples=(),
    ),
)
