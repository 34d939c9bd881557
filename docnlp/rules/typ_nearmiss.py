"""Near misses: places that read like no Chinese, where one changed character makes a word or a set phrase.

Pairs of characters that nobody writes are looked for first; only there the words around are weighed, once as they
stand and once with a character exchanged or added, or two swapped. How much a better reading must weigh was fitted on
slips planted in documents that the word data had not seen (`tools/gen_typ.py weights`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Set
from itertools import compress, pairwise
from math import log2
from typing import NamedTuple

from docnlp.rules.typ_lexicon import LONGEST, Lexicon

#: What was looked up once and is not looked up again: no more than this, for the sake of memory.
MET = 100_000
#: How far the words around are weighed.
BEFORE, BEHIND = 6, 9
#: The kinds of slips, in the order of `Lexicon.confusions`.
_CONFUSED = ("same", "shape", "near")
#: From this weight on a word is taken to stand where it seems to stand.
_WORD = 6
#: A word below this weight is not offered.
_LEAST = 5
#: Bits above which more saved says nothing more.
_ENOUGH = 30
#: A word that is marked inside a long phrase weighs so much.
_PART = 8
#: Score from which a reading is reported.
BAR = 1.5
#: The same for a missing character: what looks like one is as often an abbreviation.
BAR_MISSING = 3.0
#: Score from which it is reported even where it might be a name.
BEYOND = 6.0
#: A wording that stands so often in a document is a name.
OFTEN = 3
#: So few characters between two marks are rather a name or an abbreviation than a misspelling.
SHORT = 3
#: A number in front of anything makes a new word (百村、双创).
_NUMBERS = frozenset("一二三四五六七八九十百千万亿两双几半零〇首")
#: Behind a name of a place.
_PLACES = frozenset("山岭坪村镇乡街路巷湖河桥坡沟坳冲湾塘溪江岛洲县市区州省港寨屯庄园坊峰岗墩渡场站厂矿院馆祠寺庙亭楼塔碑")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范廖石金韦贾夏付方白邹孟熊秦邱江尹薛闫段雷侯龙史"
    "陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤祁樊耿翟倪"
)
#: Of these, those with which hardly a word begins.
_ONLY_SURNAMES = frozenset("王李刘陈杨赵吴周徐孙朱胡郭罗郑梁谢宋韩冯邓曹彭曾萧肖董袁潘蒋蔡杜苏魏吕沈姚卢姜崔谭汪廖贾邹孟秦邱尹薛闫侯陶黎郝龚邵戴祁樊耿翟倪")


class Miss(NamedTuple):
    """A near miss: its place, what was probably meant (best first), the score, and whether it was a set phrase."""

    start: int
    end: int
    meant: tuple[str, ...]
    score: float
    phrase: bool


class Reading(NamedTuple):
    """Another reading of a place.

    Attributes:
        start, end: The word or the part of a phrase that would be put right, in the window.
        meant: What would stand there.
        features: Names and values that the score is made of.
        size: Length of the word or phrase.
    """

    start: int
    end: int
    meant: str
    features: tuple[tuple[str, float], ...]
    size: int


#: Characters that are words by themselves, beside which a pair is often odd and rarely wrong.
_ALONE = frozenset("的了在和与及把被对从向到是为各每全由于并或以所不有能会可应须着过之内外前后里间时年月日人次名项件元镇村县区市乡校局院厅处科班组队站所户个位家等")
_HAN = re.compile("[\u4e00-\u9fff]+")
_SPLIT = re.compile("(?<=([\u4e00-\u9fff]{2}))的(?=([\u4e00-\u9fff]{2}))")


def is_han(char: str) -> bool:
    """Whether `char` is a common Chinese character."""
    return "\u4e00" <= char <= "\u9fff"


def odd_pairs(pairs: Set[str], lexicon: Lexicon) -> set[str]:
    """Of pairs of neighbouring characters, those of Chinese characters that nobody writes."""
    followers, met = lexicon.followers, lexicon.met
    odd: set[str] = set()
    fine: list[str] = []
    for pair in pairs - met:
        first, second = pair[0], pair[1]
        if "\u4e00" <= first <= "\u9fff" and "\u4e00" <= second <= "\u9fff" and second not in followers.get(first, ""):
            odd.add(pair)
        else:
            fine.append(pair)
    if len(met) < MET:
        met.update(fine)
    return odd


def windows(text: str, odd: set[str], lexicon: Lexicon) -> Iterator[tuple[int, int, int]]:
    """Where odd pairs stand that do not lie between two words.

    Args:
        text: The text view.
        odd: The odd pairs.
        lexicon: What is known of the language.

    Yields:
        Start and end of the Chinese characters around, and the place of the pair.
    """
    parted = lexicon.parted
    if len(parted) > MET:
        parted.clear()
    for at in compress(range(len(text)), map(odd.__contains__, map(str.__add__, text, text[1:]))):
        around = text[at - 3 : at + 6] if at > 2 else ""
        between = parted.get(around)
        if between is None or not around:
            between = parted[around] = _between_words(text, at, lexicon)
        if between:
            continue
        low = at
        while low and at - low < BEFORE and "\u4e00" <= text[low - 1] <= "\u9fff":
            low -= 1
        high = _HAN.match(text, at, at + BEHIND)
        yield low, high.end() if high else at + 2, at


def find(text: str, lexicon: Lexicon, pairs: Set[str]) -> Iterator[Miss]:
    """Near misses of words and phrases, in order.

    Args:
        text: The text view.
        lexicon: What is known of the language.
        pairs: The pairs of neighbouring characters of the text.
    """
    read: dict[tuple[str, int], list[tuple[float, Reading]]] = {}
    often: dict[str, bool] = {}
    last = -1
    odd = odd_pairs(pairs, lexicon)
    for low, high, at in windows(text, odd, lexicon) if odd else ():
        key = text[low:high], at - low
        found = read.get(key)
        if found is None:
            found = read[key] = rated(readings(*key, lexicon), lexicon)
        if not found:
            continue
        score, best = found[0]
        start, end = low + best.start, low + best.end
        added = len(best.meant) > end - start
        if score < (BAR_MISSING if added else BAR) or start < last:
            continue
        if score < BEYOND and (added or best.size < 4):
            if high - low <= SHORT or may_be_name(text, start, end, lexicon):
                continue
            word = text[start:end]
            if word not in often:
                often[word] = text.count(word) >= OFTEN
            if often[word]:
                continue
        last = end
        meant = dict.fromkeys(r.meant for s, r in found if (r.start, r.end) == (best.start, best.end))
        yield Miss(start, end, tuple(meant)[:3], score, best.size >= 4)


def parted_phrases(text: str, lexicon: Lexicon) -> Iterator[Miss]:
    """Set phrases of four characters with a 的 in the middle, whose second half is no word (拥军的优属).

    Args:
        text: The text view.
        lexicon: What is known of the language.
    """
    for m in _SPLIT.finditer(text):
        left, right = m.group(1), m.group(2)
        if lexicon.weight(left + right) < _LEAST or lexicon.weight(right) >= 0:
            continue
        longer = (text[m.end() : m.end() + 3], text[m.end() : m.end() + 4], text[m.end() + 1 : m.end() + 3])
        if all(lexicon.weight(word) < 0 for word in longer):
            yield Miss(m.start() - 2, m.end() + 2, (left + right,), BEYOND, True)


def rated(found: Iterable[Reading], lexicon: Lexicon) -> list[tuple[float, Reading]]:
    """Readings with their scores, the best first."""
    weights = lexicon.weights
    out = [(weights["base"] + sum(weights.get(name, 0.0) * value for name, value in r.features), r) for r in found]
    out.sort(key=lambda x: -x[0])
    return out


def readings(text: str, at: int, lexicon: Lexicon) -> list[Reading]:
    """Other readings of the odd pair at `at`.

    Args:
        text: A window of Chinese characters.
        at: Where the pair is.
        lexicon: What is known of the language.
    """
    if _inside_phrase(text, at, lexicon):
        return []
    window = _Window(text, at, lexicon)
    found = [*window.exchanged(), *window.phrases(), *window.swapped()]
    return list(dict.fromkeys(found))


def _between_words(text: str, at: int, lexicon: Lexicon) -> bool:
    """Whether the pair lies between two whole words of two to four characters, as most odd pairs do."""
    weight, size = lexicon.weight, len(text)
    left, right = text[at], text[at + 1]
    if right not in _ALONE:
        for high in (at + 3, at + 4, at + 5):
            if high <= size and weight(text[at + 1 : high]) >= _WORD:
                break
        else:
            return False
    elif left in _ALONE:
        return False
    return left in _ALONE or any(low >= 0 and weight(text[low : at + 1]) >= _WORD for low in (at - 1, at - 2, at - 3))


def _inside_phrase(text: str, at: int, lexicon: Lexicon) -> bool:
    """Whether the pair is part of a longer word or phrase that stands there as it should."""
    for low in range(max(0, at + 2 - LONGEST), at + 1):
        weights = lexicon.entries(text[low]).weights
        for high in range(max(at + 2, low + 3), min(len(text), low + LONGEST) + 1):
            if text[low + 1 : high] in weights:
                return True
    return False


class _Window:
    def __init__(self, text: str, at: int, lexicon: Lexicon) -> None:
        self._text = text
        self._at = at
        self._lexicon = lexicon
        self._cost = -1
        self._odd = 0

    def exchanged(self) -> Iterator[Reading]:
        """One of the pair exchanged for a character of like sound or shape."""
        text, at, lexicon = self._text, self._at, self._lexicon
        first, second = text[at], text[at + 1]
        behind = lexicon.followers.get(first, "")
        for char, kind in lexicon.confusions(second).items():
            if char in behind and self._makes_word(at + 1, char):
                yield from self._weigh(at + 1, at + 2, char, _CONFUSED[kind])
        followers = lexicon.followers
        for char, kind in lexicon.confusions(first).items():
            if char in followers and second in followers[char] and self._makes_word(at, char):
                yield from self._weigh(at, at + 1, char, _CONFUSED[kind])

    def _makes_word(self, place: int, char: str) -> bool:
        """Whether `char` at `place` makes a word of two or three characters."""
        text, entries = self._text, self._lexicon.entries
        if place:
            left = entries(text[place - 1]).weights
            if char in left or char + text[place + 1 : place + 2] in left:
                return True
            if place > 1 and text[place - 1] + char in entries(text[place - 2]).weights:
                return True
        right = text[place + 1 : place + 3]
        is_word = self._lexicon.is_word
        return bool(right) and (is_word(char, right[0]) or (len(right) == 2 and is_word(char, right)))

    def phrases(self) -> Iterator[Reading]:
        """Phrases of four characters or more with one character other, or one missing, near the pair."""
        text, at, lexicon = self._text, self._at, self._lexicon
        entries = lexicon.entries
        near = 0
        if text[at + 1] in lexicon.bound.get(text[at], ""):
            near = 1
            for place in (at - 2, at - 1):
                head = text[place + 1 : place + 4]
                for char, kind in lexicon.confusions(text[place]).items() if place >= 0 and len(head) == 3 else ():
                    if lexicon.begins(char, head):
                        yield from self._weigh(place, place + 1, char, _CONFUSED[kind])
        for place in range(max(0, at - near), min(len(text), at + 2 + near)):
            for low in range(max(0, place - 5), place):
                size = place - low - 1
                if size:
                    known = entries(text[low])
                    head = text[low + 1 : place]
                    k = bisect_left(known.long, head)
                    while k < len(known.long) and known.long[k].startswith(head):
                        yield from self._phrase(place, size, known.long[k])
                        k += 1
                else:
                    for k in (place + 1, place):
                        pair = text[k : k + 2]
                        for rest in lexicon.gapped(text[low], pair) if len(pair) == 2 else ():
                            yield from self._phrase(place, 0, rest)

    def _phrase(self, place: int, size: int, rest: str) -> Iterator[Reading]:
        """The phrase whose character after `size` others of `rest` should stand at `place`, or in front of it."""
        text = self._text
        char, tail = rest[size : size + 1], rest[size + 1 :]
        if not char:
            return
        if char != text[place] and text.startswith(tail, place + 1):
            kind = self._lexicon.confusions(text[place]).get(char)
            if kind is not None or tail:
                yield from self._weigh(place, place + 1, char, "other" if kind is None else _CONFUSED[kind])
        if tail and place == self._at + 1 and text.startswith(tail, place):
            yield from self._weigh(place, place, char, "missing")

    def swapped(self) -> Iterator[Reading]:
        """Two characters at the pair swapped, or swapped and one of them another (籍慰)."""
        text, at, known = self._text, self._at, self._lexicon.known
        for place in range(max(0, at - 1), min(at + 2, len(text) - 1)):
            pair = text[place : place + 2]
            if pair[0] != pair[1]:
                yield from self._weigh(place, place + 2, pair[::-1], "swapped")
        if (at and not known(text[at - 1 : at + 1])) or (at + 2 < len(text) and not known(text[at + 1 : at + 3])):
            first, second = text[at], text[at + 1]
            words = self._lexicon.entries(second).weights
            for char in self._lexicon.confusions(first):
                if words.get(char, -1) >= _LEAST:
                    yield from self._weigh(at, at + 2, second + char, "turned")
            for char in self._lexicon.confusions(second):
                if known(char + first) and self._lexicon.weight(char + first) >= _LEAST:
                    yield from self._weigh(at, at + 2, char + first, "turned")

    def _weigh(self, start: int, end: int, put: str, kind: str) -> Iterator[Reading]:
        """The reading with `put` in the place of [start, end), where it makes a word and is cheaper."""
        text, lexicon = self._text, self._lexicon
        new = text[:start] + put + text[end:]
        word = self._word(new, start, start + len(put))
        if word is None:
            return
        if self._cost < 0:
            self._cost, self._odd = lexicon.cost(text), self._odds(text)
        saved = self._cost - lexicon.cost(new)
        if saved <= 0:
            return
        size = word[1] - word[0]
        low, high = word if size <= 4 else self._part(new, word, start, start + len(put))
        fewer = self._odd - self._odds(new[: word[0] + 1]) - self._odds(new[word[1] - 1 :])
        wrong, right = text[start], new[start]
        followers = lexicon.followers
        stiff = sum(
            new[k + 1] not in followers.get(new[k], "") for k in (word[0] - 1, word[1] - 1) if k >= 0 and k + 1 < len(new)
        )
        features = (
            ("saved", float(min(saved, _ENOUGH))),
            (f"{kind}-{min(size, 5)}", 1.0),
            (f"fewer-{max(0, min(2, fewer))}", 1.0),
            (f"stiff-{stiff}", 1.0),
            ("listed", float(max(0, lexicon.weight(text[self._at : self._at + 2])))),
            ("weight", float(lexicon.weight(new[word[0] : word[1]]))),
            ("first", self._busy(text[self._at])),
            ("second", self._busy(text[self._at + 1])),
            ("wrong", float(lexicon.weight(wrong))),
            ("right", float(lexicon.weight(right))),
        )
        yield Reading(low, high - len(put) + end - start, new[low:high], features, size)

    def _part(self, text: str, phrase: tuple[int, int], start: int, end: int) -> tuple[int, int]:
        """The word inside a long phrase that holds [start, end)."""
        for size in (2, 3, 4):
            for low in range(max(phrase[0], end - size), min(start, phrase[1] - size) + 1):
                if self._lexicon.weight(text[low : low + size]) >= _PART:
                    return low, low + size
        return max(phrase[0], start - 1), min(phrase[1], end + 1)

    def _busy(self, char: str) -> float:
        return log2(1 + len(self._lexicon.followers.get(char, "")))

    def _odds(self, text: str) -> int:
        followers = self._lexicon.followers
        return sum(b not in followers.get(a, "") for a, b in pairwise(text))

    def _word(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The longest word over [start, end) that is no name."""
        best: tuple[int, int] | None = None
        for low in range(max(0, end - LONGEST), start + 1):
            entries = self._lexicon.entries(text[low])
            for high in range(min(len(text), low + entries.longest), max(end, low + 2) - 1, -1):
                if best is not None and high - low <= best[1] - best[0]:
                    break
                rest = text[low + 1 : high]
                if entries.weights.get(rest, -1) >= _LEAST and rest not in entries.names:
                    best = low, high
                    break
        return best


def _named(text: str, start: int, lexicon: Lexicon) -> bool:
    """Whether a surname that is no part of a word stands before `start`."""
    if not start or text[start - 1] not in _SURNAMES:
        return False
    return start < 2 or lexicon.weight(text[start - 2 : start]) < _WORD


def may_be_name(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the wording at [start, end) may be a name or an abbreviation.

    It is one before 村 or 路, behind a surname, or with a number.
    """
    if end - start <= 3 and not _NUMBERS.isdisjoint(text[start:end]):
        return True
    behind = text[end : end + 2]
    if behind and is_han(behind[0]) and not _PLACES.isdisjoint(behind):
        return True
    if end - start == 2 and (text[start] in _ONLY_SURNAMES or _named(text, start, lexicon)):
        return True
    for k in range(max(0, start - 2), start + 1):
        if text[k] in _SURNAMES and (k == 0 or not is_han(text[k - 1])):
            run = k
            while run < len(text) and is_han(text[run]) and run - k < 4:
                run += 1
            if run - k < 4:
                return True
    return False
