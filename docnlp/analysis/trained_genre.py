"""The trained genre model: what the title leaves open is decided by a linear score over the whole part."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, takewhile
from pathlib import Path
from typing import cast

from docnlp.analysis.base import GENRE_NAMES, GENRES, AnalysisOptions, Genre, GenreLabel
from docnlp.analysis.features import words_of
from docnlp.analysis.lexicon import genre_lexicon, section_lexicon
from docnlp.analysis.linear import LinearModel, load, softmax
from docnlp.analysis.shelf import load_once
from docnlp.document.kinds import kind_of_title
from docnlp.document.model import Block, Document, Part
from docnlp.errors import ModelError

#: Label of texts that are no report at all.
NONE = "none"
#: Between genre and subgenre in a label of the model.
SEPARATOR = "/"
#: How features begin that are only looked at once the genre is decided.
SIGN = "#sign:"

_WINDOW = 20_000  # characters that are looked at; a genre shows long before
_EARLY, _LATE = 600, 300  # where the cues count that open and close a document
_HEAD, _TAIL = 400, 200  # characters that are spelt out
_HEADINGS = 30  # headings that are looked at
_DIGITS = re.compile(r"\d+")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_OTHER = re.compile(r"[^\u4e00-\u9fff0]+")

_CALLED = "self:"  # what the text calls itself

# What documents call themselves.
_SELF = (
    "实施方案", "活动方案", "工作方案", "方案", "工作计划", "计划", "规划", "思路", "打算", "安排", "活动", "要点", "总结", "小结",
    "情况汇报", "汇报", "报告", "自查", "自评", "申报", "经验", "交流", "材料", "发言", "讲话", "意见", "通知", "倡议", "公约", "承诺",
)  # fmt: skip
_ANY = "|".join(_SELF)
# Those that seldom mean anything else, so that the bare word is a sign.
_NAMES = tuple(name for name in _SELF if name not in ("规划", "思路", "打算", "安排", "活动", "交流", "材料", "发言", "公约", "承诺"))
_SAID = re.compile(
    rf"(?:制定|制订|订立|提出|拟定|形成|作|做|发出|整理|归纳)[^。,;\n]{{0,14}}?(?P<a>{_ANY})"
    rf"|(?:本|此|该|现将)[^。,;\n]{{0,2}}?(?P<b>{_ANY})"
    rf"|(?P<c>{_ANY})[^。,;\n]{{0,3}}如下"
    rf"|(?:如下|以下|下面)[^。,;\n]{{0,8}}?(?P<d>{_ANY})"
    rf"|(?P<e>{_ANY})(?:的?通知|完毕|人)"
)

# Names in full, which a text that calls itself so bears like a title.
_FULL = ("实施方案", "活动方案", "工作方案", "工作计划")

# Words that tell the subgenres of a genre apart, wherever they stand.
_SIGNS = (
    "上半年", "下半年", "半年", "一年来", "全年", "近年来", "申报", "复查", "测评", "自查", "失分", "汇报", "各位", "经验", "活动主题",
    "活动时间", "本次活动", "阶段", "步骤", "月底前", "印发", "转发", "同志们", "倡议",
)  # fmt: skip
# Subgenres that some word makes what they are; a text without any of the words has another one.
_NEEDED: Mapping[str, tuple[str, ...]] = {"半年总结": ("半年",), "印发通知": ("印发", "转发")}

_NEVER_WANTED = ("重要", "主要", "需要", "要求", "要点")  # 要 that asks for nothing
_MOOD = (0.01, 1, 2, 3, 5, 8, 12)
_BALANCE = (-20, -10, -5, -2, 0, 2, 5, 10, 20)
_LENGTHS = (150, 400, 800, 1500, 3000)
_COUNTS = (1, 3, 6, 10, 20)
_FIELD = (3, 6, 12, 20, 30)
_SCORES = (1, 3, 5, 8, 12, 18)


def genre_features(document: Document, part: Part) -> list[str]:
    """What the model looks at: strings, each at most once, the same in training and in use.

    The title counts only where cues are looked for. Pairs and triples of characters begin with `h` (start), `t` (end)
    or `w` (headings); everything else comes before them and begins with `#`; amounts have a `>`.

    Args:
        document: The document.
        part: One of its parts.

    Returns:
        No features for a part that has nothing but titles.
    """
    blocks = document.blocks[part.first : part.last]
    inner = _inner(blocks)
    if not inner:
        return []
    folded = document.folded
    start, end = inner[0].start, inner[-1].end
    text = folded[start : min(end, start + _WINDOW)]
    head, tail = text[:_HEAD], folded[max(start + _HEAD, end - _TAIL) : end]
    headings = [b for b in blocks if b.kind == "heading"][:_HEADINGS]
    wordings = [words_of(document, b, 30) for b in headings]
    out = [*_shape(blocks, inner, headings, len(text)), *_mood(text), *_cues(folded[part.start : min(part.end, part.start + _WINDOW)])]
    out += _names(head[:300], folded[max(start, end - _TAIL) : end])
    out += _sections(headings, wordings)
    out += _addressee(document, inner)
    if part.date:
        out.append(f"#month:{part.date.month}")
    out = list(dict.fromkeys(out))
    out += _grams("h", _DIGITS.sub("0", head))
    out += _grams("t", _DIGITS.sub("0", tail))
    out += _grams("w", "\n".join(wordings))
    return out


def _inner(blocks: Sequence[Block]) -> list[Block]:
    """The blocks behind the title: no title, no 附件 line in front of it."""
    inner = [b for b in blocks if b.kind != "title"]
    while inner and inner[0].kind == "attachment":
        del inner[0]
    return inner


def _shape(blocks: Sequence[Block], inner: Sequence[Block], headings: Sequence[Block], length: int) -> Iterator[str]:
    kinds = {b.kind for b in blocks}
    for kind in ("addressee", "signature", "date", "attachment"):
        if kind in kinds:
            yield f"#has:{kind}"
    yield f"#first:{inner[0].kind}{inner[0].level or ''}"
    yield from (f"#headings>{n}" for n in _COUNTS if len(headings) >= n)
    yield from (f"#length>{n}" for n in _LENGTHS if length >= n)
    yield f"#depth:{max((b.level or 0 for b in headings), default=0)}"


def _done_and_wanted(text: str) -> tuple[float, float]:
    """How often 了 and 要 stand in 1,000 characters: what is done and what is to be done."""
    rate = 1000 / max(len(text), 200)
    return text.count("了") * rate, (text.count("要") - sum(text.count(w) for w in _NEVER_WANTED)) * rate


def _mood(text: str) -> Iterator[str]:
    """了 against 要 is the clearest sign between summary and plan."""
    rate = 1000 / max(len(text), 200)
    done, wanted = _done_and_wanted(text)
    others = ((word, text.count(word) * rate) for word in ("将", "请", "我们"))
    for name, density in (("了", done), ("要", wanted), *others, ("0", len(_DIGITS.findall(text)) * rate)):
        yield from (f"#{name}>{bound}" for bound in _MOOD if density >= bound)
    yield f"#balance:{bisect_right(_BALANCE, done - wanted)}"


@cache
def _cue_terms() -> tuple[Mapping[str, tuple[tuple[str, float], ...]], Mapping[str, tuple[tuple[str, float], ...]], tuple[str, ...]]:
    lexicon = genre_lexicon()
    return dict(lexicon.early.items()), dict(lexicon.terms.items()), tuple(term for term, _ in lexicon.field.items())


def _found(text: str) -> Iterator[tuple[str, str, tuple[tuple[str, float], ...]]]:
    """Cues of genre.toml in a text: where (early, late, anywhere), the term, (genre, weight) pairs."""
    early, anywhere, _ = _cue_terms()
    opening, ending = text[:_EARLY], text[-_LATE:] if len(text) > 2 * _EARLY else ""
    for term, speaks in early.items():
        if term in opening:
            yield "early", term, speaks
        if term in ending:
            yield "late", term, speaks
    for term, speaks in anywhere.items():
        if term in text:
            yield "any", term, speaks


def _cues(text: str) -> Iterator[str]:
    """The cues of genre.toml, and what the lexicon model makes of them."""
    scores = dict.fromkeys(GENRES, 0.0)
    for place, term, speaks in _found(text):
        yield f"#{place}:{term}"
        for genre, weight in speaks:
            scores[cast("Genre", genre)] += weight
    done, wanted = _done_and_wanted(text)
    scores["summary"] += min(4.0, max(0.0, done - 2) * 0.6)
    scores["plan"] += min(4.0, max(0.0, wanted - 2) * 0.5) + (0.5 if wanted > done else 0.0)
    for genre, score in scores.items():
        yield from (f"#{genre}>{bound}" for bound in _SCORES if score >= bound)
    best = max(GENRES, key=lambda genre: scores[genre])
    yield f"#best:{best if scores[best] else NONE}"
    field = sum(text.count(term) for term in _cue_terms()[2])
    yield from (f"#field>{bound}" for bound in _FIELD if field * 1000 / max(len(text), 1) >= bound)
    yield from (f"#fields>{bound}" for bound in (1, 3, 8) if field >= bound)
    yield from (f"{SIGN}{sign}" for sign in _SIGNS if sign in text)


def _names(head: str, tail: str) -> Iterator[str]:
    """What the text calls itself: 制定本方案, 现将…汇报如下, 以上汇报."""
    for place, text in (("^", head), ("$", tail)):
        yield from (f"#{place}{_CALLED}{m[m.lastgroup]}" for m in _SAID.finditer(text) if m.lastgroup)
        yield from (f"#{place}name:{name}" for name in _NAMES if name in text)


def _sections(headings: Sequence[Block], wordings: Sequence[str]) -> Iterator[str]:
    """Which sections the headings name, and in which the top level begins and ends."""
    if not headings:
        return
    lexicon = section_lexicon()
    named = [found.section if (found := lexicon.match_heading(words)) else "-" for words in wordings]
    top = min(b.level or 1 for b in headings)
    chapters = [name for b, name in zip(headings, named, strict=True) if (b.level or 1) == top]
    yield from (f"#section:{name}" for name in named)
    yield from (f"#chapter:{name}" for name in chapters)
    yield f"#from:{chapters[0]}"
    yield f"#to:{chapters[-1]}"
    for name in ("-", "tasks"):
        yield f"#share:{name}{4 * chapters.count(name) // len(chapters)}"


def _addressee(document: Document, inner: Sequence[Block]) -> Iterator[str]:
    for block in inner[:2]:
        if block.kind == "addressee":
            words = "".join(_HAN.findall(document.folded, block.start, block.end))
            yield f"#to whom:{words[-2:]}"
            yield f"#to whom^{words[:2]}"


def _grams(sign: str, text: str) -> list[str]:
    """Pairs and triples of neighbouring Chinese characters and numbers behind a sign, each once, in order."""
    text = _OTHER.sub(" ", text)
    pairs = [sign + a + b for a, b in pairwise(text)]
    return [gram for gram in dict.fromkeys((*pairs, *map(str.__add__, pairs, text[2:]))) if " " not in gram]


@dataclass(frozen=True, slots=True)
class Guess:
    """What the model says of a part that has words.

    Attributes:
        probabilities: Of every genre the model knows and of `NONE`, calibrated.
        subgenres: For each genre its subgenres with their probabilities within it.
    """

    probabilities: Mapping[str, float]
    subgenres: Mapping[str, Mapping[str, float]]

    @property
    def genre(self) -> str:
        """The most probable genre or `NONE`; of equal ones the first in the order of the model."""
        return max(self.probabilities, key=self.probabilities.__getitem__)

    def subgenre(self, genre: str) -> str | None:
        """The most probable subgenre of a genre; None where the model knows none."""
        row = self.subgenres.get(genre)
        return max(row, key=row.__getitem__) if row else None


class TrainedGenre:
    """Genre by the title's tail, else by a trained model.

    Args:
        model: Loaded with `load_genre`.
        options: What the user told the models; nothing of it bears on the genre so far.
    """

    def __init__(self, model: LinearModel, options: AnalysisOptions) -> None:
        self._model = model
        self._genres = [k for k, label in enumerate(model.labels) if SEPARATOR not in label]
        self._subgenres: dict[str, list[int]] = {}
        for k, label in enumerate(model.labels):
            genre, separator, _ = label.partition(SEPARATOR)
            if separator:
                self._subgenres.setdefault(genre, []).append(k)
        self._heat = float(model.meta["temperature"])

    def genre(self, document: Document, part: Part) -> GenreLabel:
        """Label of one part."""
        if part.title and (kind := kind_of_title(part.title)):
            reason = f"标题以“{kind.subgenre or GENRE_NAMES[kind.genre]}”一类的字样结尾"
            return GenreLabel(cast("Genre", kind.genre), kind.subgenre, 0.98, reason)
        features = genre_features(document, part)
        guess = self.guess(features)
        if guess is None:
            return GenreLabel(None, None, 0.5)
        genre = guess.genre
        confidence = round(guess.probabilities[genre], 3)
        if genre == NONE:
            return GenreLabel(None, None, confidence, "没有公文的标题、层次和用语")
        marks = list(takewhile(lambda feature: feature[0] == "#", features))
        subgenre = _subgenre(marks, guess.subgenres.get(genre, {}))
        return GenreLabel(cast("Genre", genre), subgenre, confidence, _reason(marks, genre))

    def guess(self, features: Sequence[str]) -> Guess | None:
        """What the model says of features; None where there are none.

        Args:
            features: See `genre_features`.
        """
        if not features:
            return None
        scores, labels = self._model.scores(features), self._model.labels

        shares = softmax([scores[k] / self._heat for k in self._genres])
        genres = {labels[k]: p for k, p in zip(self._genres, shares, strict=True)}
        subgenres = {
            genre: {labels[k].partition(SEPARATOR)[2]: p for k, p in zip(columns, softmax([scores[k] for k in columns]), strict=True)}
            for genre, columns in self._subgenres.items()
        }
        return Guess(genres, subgenres)


def _reason(marks: Sequence[str], genre: str) -> str:
    """Up to four cues that speak for the genre, the weightiest first.

    Args:
        marks: The features that are no pairs and triples.
        genre: What was decided.
    """
    early, anywhere, _ = _cue_terms()
    cues = []
    for mark in marks:
        place, _, term = mark[1:].partition(":")
        speaks = anywhere.get(term, ()) if place == "any" else early.get(term, ()) if place in ("early", "late") else ()
        cues += [(weight, term) for name, weight in speaks if name == genre]
    terms = dict.fromkeys(term for _, term in sorted(cues, key=lambda cue: -cue[0]))
    return "正文用语：" + "、".join(list(terms)[:4]) if terms else "据开头、结尾、标题和语气判断"


def _subgenre(marks: Sequence[str], shares: Mapping[str, float]) -> str | None:
    """The full name that a text gives itself at its start, else the most probable subgenre that it has the words for.

    Args:
        marks: The features that are no pairs and triples.
        shares: Subgenres of its genre with their probabilities.

    Returns:
        None where there are no subgenres.
    """
    called = f"#^{_CALLED}"
    for mark in marks:
        if mark.startswith(called) and (name := mark.removeprefix(called)) in _FULL and name in shares:
            return name
    fitting = [name for name in shares if name not in _NEEDED or any(SIGN + word in marks for word in _NEEDED[name])]
    return max(fitting or shares, key=shares.__getitem__, default=None)


def load_genre(folder: Path) -> LinearModel:
    """The genre model of a models folder.

    Args:
        folder: Where `genre.model` lies.

    Raises:
        ModelError: Missing, damaged, altered, of a newer format, or for something else.
    """
    return load_once("genre", folder, _read)


def _read(path: Path) -> LinearModel:
    model = load(path, "genre")
    try:
        pairs = [label.partition(SEPARATOR) for label in model.labels]
        genres = [genre for genre, separator, _ in pairs if not separator]
        heat = model.meta["temperature"]
        fits = (
            bool(genres)
            and set(genres) <= {*GENRES, NONE}
            and all(genre in genres and genre != NONE and name for genre, separator, name in pairs if separator)
            and len(set(model.labels)) == len(model.labels) == len(model.bias)
            and all(isinstance(number, float) for number in (*model.bias, heat))
            and heat > 0
        )
    except (KeyError, TypeError, AttributeError):
        fits = False
    if not fits:
        raise ModelError("模型文件里的内容不全", "请重新训练", str(path))
    return model
