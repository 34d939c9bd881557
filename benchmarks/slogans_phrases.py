"""Ways to find slogans without learning where they stand: regular expressions and key phrases.

Key-phrase tools rank the phrases of a text. How many of them to take, in phrases per thousand characters, is tuned on the
training documents; every occurrence of a phrase taken is reported.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from math import log2
from typing import Any

from benchmarks.slogans_common import Found, Types, need, slogans, splitter
from docnlp.document.model import Document
from docnlp.text.folding import is_han
from docnlp.training.markup import CorpusDocument
from docnlp.training.scoring import SloganScores, phrases, slogan_scores

#: Phrases per thousand characters that are tried.
DENSITIES = (2, 4, 6, 8, 12, 16, 24, 32, 48)

_QUOTED = re.compile(r"“[^“”\n]{2,24}”")
_NUMERAL = re.compile(
    r"(?<![第一二三四五六七八九十两双百千\d])"
    r"(?:[两三四五六七八九十]个[\u4e00-\u9fff]{2}"  # 四个意识
    r"|(?:[一二两三四五六七八九十双][创进讲评比送树爱有带联帮访保建抓提争]){2}"  # 三创一争
    r"|[两三四五六七八九十双][进讲创评比送爱有包](?![\u4e00-\u9fff])"  # 五进,
    r")"
)


class QuotesAndNumerals:
    """Strings in quotation marks, and numerals that look like an abbreviation."""

    name = "引号和数字（正则表达式）"

    def __init__(self) -> None:
        self.types = Types()

    def fit(self, train: Sequence[CorpusDocument]) -> None:
        """Only the type of a shape is learnt."""
        self.types.fit(train)

    def extract(self, text: str, document: Document) -> list[Found]:
        """See `Method`."""
        quoted = [m.span() for m in _QUOTED.finditer(text)]
        inside = {i for start, end in quoted for i in range(start, end)}
        numerals = [m.span() for m in _NUMERAL.finditer(text) if m.start() not in inside]
        return [Found(start, end, self.types.of(text[start:end])) for start, end in sorted(quoted + numerals)]


def occurrences(text: str, wanted: Iterable[str]) -> list[tuple[int, int]]:
    """Where phrases stand in a text, in any case of Latin letters; of two that overlap the longer one, then the first.

    Args:
        text: The text.
        wanted: The phrases.
    """
    lower = text.lower()
    if len(lower) != len(text):  # a letter whose lower case is longer
        lower = text
    taken = bytearray(len(text))
    out = []
    for phrase in sorted({w.lower() for w in wanted if w}, key=lambda w: (-len(w), w)):
        at = lower.find(phrase)
        while at >= 0:
            end = at + len(phrase)
            if not any(taken[at:end]):
                taken[at:end] = b"\x01" * len(phrase)
                out.append((at, end))
            at = lower.find(phrase, at + 1)
    return sorted(out)


class Ranked:
    """Base of the key-phrase tools: `rank` gives the phrases of a text, best first; `fit` tunes how many to take."""

    name: str

    def __init__(self) -> None:
        self.types = Types()
        self.density: float = DENSITIES[0]
        self._ranks: dict[str, list[str]] = {}
        self._scores: dict[tuple[str, float], SloganScores] = {}

    def rank(self, text: str) -> list[str]:
        """The phrases of a text, best first."""
        raise NotImplementedError

    def ranked(self, text: str) -> list[str]:
        """`rank`, kept for the next time."""
        if text not in self._ranks:
            self._ranks[text] = self.rank(text)
        return self._ranks[text]

    def fit(self, train: Sequence[CorpusDocument]) -> None:
        """Take the density with the best F1 on the training documents."""
        self.types.fit(train)
        best = -1.0
        for density in DENSITIES:
            f1 = sum((self.score(document, density) for document in train), SloganScores()).f1
            if f1 > best:
                best, self.density = f1, density

    def score(self, document: CorpusDocument, density: float) -> SloganScores:
        """Scores of a document at a density, kept for the next time; without regard to types."""
        key = document.text, density
        if key not in self._scores:
            found = phrases(document.text, slogans(self.take(document.text, density)))
            self._scores[key] = slogan_scores(found, phrases(document.text, document.slogans))
        return self._scores[key]

    def take(self, text: str, density: float) -> list[Found]:
        """Occurrences of the best `density` phrases per thousand characters, at least one."""
        count = max(1, round(len(text) * density / 1000))
        places = occurrences(text, self.ranked(text)[:count])
        return [Found(start, end, self.types.of(text[start:end])) for start, end in places]

    def extract(self, text: str, document: Document) -> list[Found]:
        """See `Method`."""
        return self.take(text, self.density)


#: More phrases than any density takes.
_TOP = 400


class TfIdf(Ranked):
    """jieba's TF-IDF, with the document frequencies that come with it."""

    name = "jieba TF-IDF"

    def rank(self, text: str) -> list[str]:
        """See `Ranked`."""
        return list(self.tool.extract_tags(text, topK=_TOP))

    @cached_property
    def tool(self) -> Any:
        """jieba's extractor, on our own tokenizer."""
        tool = need("jieba.analyse").TFIDF()
        tool.tokenizer = splitter()
        return tool


class TextRank(Ranked):
    """jieba's TextRank over nouns and verbs."""

    name = "jieba TextRank"

    def rank(self, text: str) -> list[str]:
        """See `Ranked`."""
        return list(self.tool.textrank(text, topK=_TOP))

    @cached_property
    def tool(self) -> Any:
        """jieba's extractor, on our own tokenizer."""
        tool = need("jieba.analyse").TextRank()
        tool.tokenizer = tool.postokenizer = need("jieba.posseg").POSTokenizer(splitter())
        return tool


class Yake(Ranked):
    """YAKE on text that jieba has split into words, up to four of them."""

    name = "YAKE（jieba 分词）"

    def rank(self, text: str) -> list[str]:
        """See `Ranked`."""
        tool = need("yake").KeywordExtractor(lan="zh", n=4, top=_TOP)
        words = splitter()
        spaced = "\n".join(" ".join(words.cut(line)) for line in text.split("\n"))
        return [phrase.replace(" ", "") for phrase, _ in tool.extract_keywords(spaced)]


# --- C-value ---------------------------------------------------------------------------------------------------------

Term = tuple[str, ...]

#: Words of a term, and how often a term must occur.
MOST_WORDS = 6
LEAST = 2

#: Words that no term begins or ends with.
_EDGES = frozenset("的了和与及或在是为对把被由向从以于等并而也都就将要使让到中上下内后前时按各本我其该此这那") | {
    "以及", "对于", "通过", "进行", "根据", "按照", "为了", "关于", "一是", "二是", "三是", "四是", "五是", "我们", "他们", "不断", "进一步",
    "认真", "积极", "切实",
}  # fmt: skip


def words_of(text: str) -> list[str]:
    """The words of a text, its line ends as words of their own."""
    return [word for line in text.split("\n") for word in (*splitter().cut(line), "\n")]


def terms_of(words: Iterable[str]) -> Iterator[Term]:
    """Every run of up to six words that no mark interrupts and that neither begins nor ends with a function word.

    Args:
        words: Words and marks in order.
    """
    run: list[str] = []
    for word in [*words, ""]:
        if word and all(map(is_han, word)):
            run.append(word)
            continue
        for i in range(len(run)):
            for j in range(i + 1, min(i + MOST_WORDS, len(run)) + 1):
                if run[i] not in _EDGES and run[j - 1] not in _EDGES and sum(map(len, run[i:j])) >= 3:
                    yield tuple(run[i:j])
        run = []


def inner(term: Term) -> set[Term]:
    """The shorter runs of words inside a term."""
    n = len(term)
    return {term[i:j] for i in range(n) for j in range(i + 1, n + 1) if j - i < n}


def c_value(length: float, frequency: int, nested: int, containers: int) -> float:
    """The C-value of a term: K. Frantzi, S. Ananiadou, H. Mima, "Automatic recognition of multi-word terms: the
    C-value/NC-value method", International Journal on Digital Libraries 3 (2000), 115-130.

    Args:
        length: Its length; here in characters, since a slogan may be a single word of the dictionary.
        frequency: How often it occurs.
        nested: How often in all the longer terms occur that hold it.
        containers: How many such longer terms there are.
    """
    inside = nested / containers if containers else 0.0
    return log2(length) * (frequency - inside)


class CValue(Ranked):
    """Terms of a text by C-value; frequencies are those of the training documents and the text together."""

    name = "C-value"

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[Term] = Counter()
        self.nested: Counter[Term] = Counter()
        self.containers: Counter[Term] = Counter()

    def fit(self, train: Sequence[CorpusDocument]) -> None:
        """Count the terms, then tune as all key-phrase tools."""
        self.learn(document.text for document in train)
        self._ranks, self._scores = {}, {}  # they depend on what was learnt
        super().fit(train)

    def learn(self, texts: Iterable[str]) -> None:
        """Count the terms of texts; forgets earlier ones."""
        self.counts = Counter(term for text in texts for term in terms_of(words_of(text)))
        self.nested, self.containers = Counter(), Counter()
        for term, n in self.counts.items():
            if n >= LEAST:
                for part in inner(term):
                    self.nested[part] += n
                    self.containers[part] += 1

    def values(self, text: str) -> dict[Term, float]:
        """C-values of the terms of a text that occur often enough there and in what was learnt together."""
        own = Counter(terms_of(words_of(text)))
        nested: dict[Term, int] = defaultdict(int)
        containers: dict[Term, int] = defaultdict(int)
        for term, n in own.items():
            before = self.counts[term]
            if before + n < LEAST:
                continue
            for part in inner(term):
                nested[part] += n if before >= LEAST else before + n
                containers[part] += before < LEAST
        return {
            term: c_value(
                sum(map(len, term)), self.counts[term] + n, self.nested[term] + nested[term], self.containers[term] + containers[term]
            )
            for term, n in own.items()
            if self.counts[term] + n >= LEAST
        }

    def rank(self, text: str) -> list[str]:
        """See `Ranked`."""
        values = self.values(text)
        return ["".join(term) for term, value in sorted(values.items(), key=lambda x: (-x[1], x[0])) if value > 0]
