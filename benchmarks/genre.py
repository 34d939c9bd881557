"""How well genre and subgenre are told, by docnlp and by baselines; writes the tables of docs/models-genre.md.

    python -m benchmarks.genre                                  # measure and write
    python -m benchmarks.genre --samples 文件夹 --gold 文件夹    # also on reports of one's own, which are printed only
    python -m benchmarks.genre --print                          # print the tables without writing the page
    python -m benchmarks.genre --quick                          # a short round to see that it runs, printed only

`--samples` holds reports as NAME.txt, `--gold` for each a NAME.json with {"genre": …} and, where several answers are
right, {"genre_also": […]}.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from statistics import mean
from time import process_time
from typing import Any, Protocol

from benchmarks.slogans_common import ROOT
from benchmarks.speed import batch, read, rows, say, write
from docnlp import __version__
from docnlp.analysis import AnalysisOptions
from docnlp.analysis.base import GENRE_NAMES, GENRES, GenreLabel, GenreModel
from docnlp.analysis.genre import LexiconGenre
from docnlp.analysis.linear import unpack
from docnlp.analysis.trained_genre import NONE, TrainedGenre
from docnlp.document.build import build
from docnlp.document.model import Document
from docnlp.errors import DocnlpError
from docnlp.readers.plain import source_from_text
from docnlp.training.augment import TRANSFORM_NAMES, augment
from docnlp.training.genre import (
    VARIANTS,
    GenreScores,
    GenreTrainer,
    Sample,
    calibration_error,
    majority,
    negatives,
    predict,
    read_negatives,
    sample,
    score,
    titled,
    untitled,
)
from docnlp.training.making import held_out_groups
from docnlp.training.markup import CorpusDocument, load_corpus

CORPORA = ROOT / "corpora"
PAGE = ROOT / "docs" / "models-genre.md"

#: Groups that the table's models are trained on; one further row is trained on everything that is not held out.
TRAIN = ("a", "b", "c", "d", "e", "f", "g", "h", "k")
#: Variants that change the words, not only marks and breaks: what a bag of characters can learn from.
_WORDED = ("web-copy", "beheaded", "flattened")

Answer = tuple[str, str | None]


@dataclass(frozen=True)
class Piece:
    """A text to be judged: with its structure for those who look at it, with features for docnlp's model."""

    sample: Sample
    document: Document


def pieces(documents: Iterable[CorpusDocument]) -> list[Piece]:
    """Parts, or variants of parts, to be judged or learnt from."""
    return [Piece(sample(d), build(source_from_text(d.text))) for d in documents]


@dataclass(frozen=True)
class Material:
    """A set of reports in every form.

    Attributes:
        titled: Parts with their titles.
        plain: The same without.
        variants: Variants of `plain`.
    """

    titled: list[Piece]
    plain: list[Piece]
    variants: list[Piece]

    def only(self, wanted: Callable[[str], bool]) -> Material:
        """What author groups have of it."""
        titled, plain, variants = ([p for p in ps if wanted(p.sample.group)] for ps in (self.titled, self.plain, self.variants))
        return Material(titled, plain, variants)


def material(corpus: Sequence[CorpusDocument]) -> Material:
    """Every form of a corpus."""
    parts = untitled(corpus)
    return Material(pieces(titled(corpus)), pieces(parts), pieces(augment(parts, VARIANTS)))


def nonsense(folds: int) -> list[list[Piece]]:
    """The texts that are no reports, dealt out to folds; the joined ones are for docnlp's own model alone."""
    texts = read_negatives()
    out = []
    for n, fold in enumerate(negatives(texts, folds)):
        mine = texts[n::folds]
        joined = [s for s in fold if s.variant]
        alone = [s for s in fold if not s.variant]
        out.append([Piece(s, build(source_from_text(t))) for s, t in zip(alone, mine, strict=True)])
        out[-1] += [Piece(s, build(source_from_text(""))) for s in joined]
    return out


# --- the ways ---------------------------------------------------------------------------------------------------------


class Way(Protocol):
    """A way to tell kinds.

    Attributes:
        name: In Chinese, for the tables.
        learns: Whether training makes a difference.
    """

    name: str
    learns: bool

    def fit(self, train: Material, none: Sequence[Piece], titles: bool) -> None:
        """Learn from reports and from texts that are none; forgets what was learnt before.

        Args:
            train: The reports.
            none: The other texts.
            titles: Whether titles will be there to be read.
        """

    def predict(self, data: Sequence[Piece]) -> list[Answer]:
        """Genre (or `NONE`) and subgenre of each."""


class Majority:
    """The most frequent kind."""

    name = "多数类"
    learns = True

    def __init__(self) -> None:
        self._train: list[Sample] = []

    def fit(self, train: Material, none: Sequence[Piece], titles: bool) -> None:
        """See `Way`."""
        self._train = [p.sample for p in train.plain]

    def predict(self, data: Sequence[Piece]) -> list[Answer]:
        """See `Way`."""
        return majority(self._train, [p.sample for p in data])


class Lexicon:
    """docnlp without a model: the title's tail, else weighted cues."""

    name = "docnlp 词表"
    learns = False

    def fit(self, train: Material, none: Sequence[Piece], titles: bool) -> None:
        """See `Way`."""

    def predict(self, data: Sequence[Piece]) -> list[Answer]:
        """See `Way`."""
        return [_answer(LexiconGenre().genre(p.document, p.document.parts[0])) for p in data]


class TfIdf:
    """Pairs and triples of characters, TF-IDF, linear support vector machines: genre, then subgenre within it."""

    name = "TF-IDF 加线性分类"
    learns = True

    def __init__(self) -> None:
        self._vectorizer: Any = None
        self._genre: Any = None
        self._subgenres: dict[str, Any] = {}

    def fit(self, train: Material, none: Sequence[Piece], titles: bool) -> None:
        """See `Way`."""
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.svm import LinearSVC

        worded = {sample.variant for sample in (p.sample for p in train.variants)} & {_suffix(v) for v in _WORDED}
        data = [*train.plain, *(p for p in train.variants if p.sample.variant in worded)]
        data += train.titled if titles else []
        data += [p for p in none if p.document.text]
        self._vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True, max_features=50_000)
        table = self._vectorizer.fit_transform([p.document.folded for p in data])
        genres = [p.sample.genre for p in data]
        self._genre = LinearSVC(C=1.0, random_state=0).fit(table, genres)
        self._subgenres = {}
        for genre in sorted(set(genres) - {NONE}):
            inside = [i for i, g in enumerate(genres) if g == genre]
            kinds = [data[i].sample.subgenre for i in inside]
            alone = len(set(kinds)) == 1
            self._subgenres[genre] = kinds[0] if alone else LinearSVC(C=1.0, random_state=0).fit(table[inside], kinds)

    def predict(self, data: Sequence[Piece]) -> list[Answer]:
        """See `Way`."""
        if not data:
            return []
        table = self._vectorizer.transform([p.document.folded for p in data])
        out: list[Answer] = []
        for i, genre in enumerate(str(g) for g in self._genre.predict(table)):
            judge = self._subgenres.get(genre)
            out.append((genre, judge if judge is None or isinstance(judge, str) else str(judge.predict(table[i])[0])))
        return out


class Trained:
    """docnlp's model, trained anew.

    Args:
        name: In Chinese, for the tables.
        trainer: Makes it.
    """

    learns = True

    def __init__(self, name: str, trainer: GenreTrainer) -> None:
        self.name = name
        self.trainer = trainer
        self.content = b""

    def fit(self, train: Material, none: Sequence[Piece], titles: bool) -> None:
        """See `Way`; titles are read by rule, so they need no training."""
        if not titles or not self.content:
            self.content = self.trainer.pack([p.sample for p in (*train.plain, *train.variants, *none)])

    def predict(self, data: Sequence[Piece]) -> list[Answer]:
        """See `Way`."""
        trained = TrainedGenre(unpack(self.content, "genre"), AnalysisOptions())
        return [_answer(trained.genre(p.document, p.document.parts[0])) for p in data]


def ways() -> list[Way]:
    """Every way, the plainest first; the last one is what docnlp trains."""
    return [
        Majority(),
        Lexicon(),
        TfIdf(),
        Trained("docnlp 只用字组", GenreTrainer(without="#")),
        Trained("docnlp 不用字组", GenreTrainer(grams=0)),
        Trained("docnlp 模型", GenreTrainer()),
    ]


def _answer(label: GenreLabel) -> Answer:
    return label.genre or NONE, label.subgenre


def _suffix(kind: str) -> str:
    """What a transform is called in samples."""
    return {"web-copy": "web", "beheaded": "cut", "flattened": "flat"}.get(kind, kind)


# --- measuring --------------------------------------------------------------------------------------------------------


@dataclass
class Result:
    """What came of one way.

    Attributes:
        name: In Chinese.
        plain: Held-out parts without titles: all, then by group.
        titled: The same parts with titles.
        variants: Transform to the scores of the held-out parts' variants.
        left: Group to the scores of its parts without titles, by what was trained on the other training groups.
        none: Texts that are no reports: how many of them were told, by what had not seen them.
        false: How many parts of reports were called none by what had not seen their group.
    """

    name: str
    plain: dict[str | None, GenreScores] = field(default_factory=dict)
    titled: dict[str | None, GenreScores] = field(default_factory=dict)
    variants: dict[str, GenreScores] = field(default_factory=dict)
    left: dict[str, GenreScores] = field(default_factory=dict)
    none: int | None = None
    false: int | None = None


def judged(data: Sequence[Piece], answers: Sequence[Answer]) -> dict[str | None, GenreScores]:
    """Scores of everything and of each group."""
    out: dict[str | None, GenreScores] = {None: score([p.sample for p in data], answers)}
    for group in sorted({p.sample.group for p in data}):
        chosen = [(p.sample, a) for p, a in zip(data, answers, strict=True) if p.sample.group == group]
        out[group] = score([s for s, _ in chosen], [a for _, a in chosen])
    return out


def measure(way: Way, train: Material, none: Sequence[Piece], test: Material) -> Result:
    """Train a way and score it on the held-out groups.

    Args:
        way: The way.
        train: Reports to learn from.
        none: Texts that are no reports.
        test: Held-out reports.
    """
    result = Result(way.name)
    way.fit(train, none, titles=False)
    result.plain = judged(test.plain, way.predict(test.plain))
    for kind in VARIANTS:
        chosen = [p for p in test.variants if p.sample.variant == _suffix(kind)]
        result.variants[kind] = score([p.sample for p in chosen], way.predict(chosen))
    way.fit(train, none, titles=True)
    result.titled = judged(test.titled, way.predict(test.titled))
    return result


def leave_out(way: Way, result: Result, train: Material, folds: Sequence[Sequence[Piece]]) -> None:
    """Score every training group by what was trained on the others; never on the groups held out for testing.

    Args:
        way: The way.
        result: Gets the scores.
        train: Reports of the training groups.
        folds: Texts that are no reports, one list a group.
    """
    result.none = result.false = 0
    for n, group in enumerate(sorted({p.sample.group for p in train.plain})):
        rest = [p for k, fold in enumerate(folds) for p in fold if k != n]
        if way.learns:
            way.fit(train.only(lambda g, group=group: g != group), rest, titles=False)  # type: ignore[misc]
        inside = train.only(lambda g, group=group: g == group)  # type: ignore[misc]
        answers = way.predict(inside.plain)
        result.left[group] = score([p.sample for p in inside.plain], answers)
        result.false += sum(genre == NONE for genre, _ in answers)
        alone = [p for p in folds[n] if not p.sample.variant]
        result.none += sum(genre == NONE for genre, _ in way.predict(alone))


@dataclass(frozen=True)
class Calibration:
    """Expected calibration error of the genre's confidence before and after.

    Attributes:
        name: What was judged, in Chinese.
        before, after: Calibration errors.
        count: How many answers.
    """

    name: str
    before: float
    after: float
    count: int


def calibrations(content: bytes, heat: float, test: Material, trainer: GenreTrainer, data: Sequence[Sample]) -> tuple[bytes, list[Calibration]]:
    """The model with its temperature, and how sure it is against how often it is right.

    Args:
        content: The model without its temperature.
        heat: Temperature, from the training groups.
        test: Held-out reports.
        trainer: Packs the model again.
        data: What it was trained on.
    """
    heated = trainer.pack(data, heat)
    out = []
    for name, chosen in (("去掉标题", test.plain), ("去掉标题的和它们的变体", [*test.plain, *test.variants])):
        samples = [p.sample for p in chosen]
        errors = []
        for model in (content, heated):
            known = [(g, s) for g, s in zip(predict(unpack(model, "genre"), samples), samples, strict=True) if g is not None]
            errors.append(calibration_error([g.probabilities[g.genre] for g, _ in known], [g.genre == s.genre for g, s in known]))
        out.append(Calibration(name, errors[0], errors[1], len(samples)))
    return heated, out


def speeds(content: bytes, count: int) -> tuple[float, float, float]:
    """Milliseconds a document of about 3,000 characters, without reading its structure: docnlp's lexicon, its model;
    and the characters of a document.

    Args:
        content: The model.
        count: Documents.
    """
    documents = [read(text) for text in batch(count)]
    bare = [(d, replace(d.parts[0], title=None)) for d in documents]
    trained = TrainedGenre(unpack(content, "genre"), AnalysisOptions())
    models: tuple[GenreModel, ...] = (LexiconGenre(), trained)
    best = []
    for model in models:
        times = []
        for _ in range(5):
            begin = process_time()
            for document, part in bare:
                model.genre(document, part)
            times.append(process_time() - begin)
        best.append(min(times) / len(bare) * 1000)
    return best[0], best[1], mean(len(d.text) for d in documents)


# --- reports of one's own ---------------------------------------------------------------------------------------------


def own_reports(samples: Path, gold: Path) -> list[tuple[str, Document, list[str]]]:
    """Reports of one's own: name, document, genres that are right.

    Args:
        samples: Folder of NAME.txt.
        gold: Folder of NAME.json.

    Raises:
        DocnlpError: There is none, or a file is not as described.
    """
    out = []
    for file in sorted(gold.glob("*.json")):
        try:
            text = (samples / f"{file.stem}.txt").read_text(encoding="utf-8")
            answer: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            right = [answer["genre"], *answer.get("genre_also", [])]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DocnlpError(f"读不出标注（{error}）", "写法见 benchmarks/genre.py 开头", file.name) from None
        out.append((file.stem, build(source_from_text(text)), [genre or NONE for genre in right]))
    if not out:
        raise DocnlpError("没有标注（.json 文件）", "写法见 benchmarks/genre.py 开头", str(gold))
    return out


def own_table(reports: Sequence[tuple[str, Document, list[str]]], content: bytes) -> str:
    """What the lexicon and the model say of one's own reports, for printing only.

    Args:
        reports: See `own_reports`.
        content: The model.
    """
    trained = TrainedGenre(unpack(content, "genre"), AnalysisOptions())
    models: tuple[GenreModel, ...] = (LexiconGenre(), trained)
    body, right = [], [0, 0]
    for name, document, wanted in reports:
        line = [name, "或".join(wanted)]
        for k, model in enumerate(models):
            label = model.genre(document, document.parts[0])
            right[k] += (label.genre or NONE) in wanted
            line.append(f"{label.genre or NONE} {label.subgenre or ''} {label.confidence:.2f}")
        body.append(line)
    body.append(["对的", str(len(reports)), str(right[0]), str(right[1])])
    return "\n".join(["自己的公文（只打印，不写进文档）", "", *rows(["文稿", "标注", "词表", "模型"], body)])


# --- the page ---------------------------------------------------------------------------------------------------------


def number(value: float) -> str:
    """A share as the tables show it."""
    return f"{value:.3f}".removeprefix("0")


def tables(results: Sequence[Result], more: Result, test: Material, calibrated: Sequence[Calibration], none: int, notes: Sequence[str]) -> str:
    """The generated part of the page.

    Args:
        results: Of the ways.
        more: Of docnlp's model, trained on everything that is not held out.
        test: Held-out reports.
        calibrated: How sure the model is against how often it is right.
        none: How many texts that are no reports there are.
        notes: What was measured on what, a line each.
    """
    every = [*results, more]
    groups = sorted({p.sample.group for p in test.plain})
    lines = [*notes, "", "### 得分", ""]
    head = ["办法", "去掉标题：文种", "各文种 F1 的平均", "文种和名称", "保留标题：文种", "各文种 F1 的平均", "文种和名称"]
    lines += rows(head, [
        [r.name, *(number(x) for s in (r.plain[None], r.titled[None]) for x in (s.genre, s.macro_f1, s.subgenre))] for r in every
    ])  # fmt: skip
    for title, which in (("去掉标题", "plain"), ("保留标题", "titled")):
        lines += ["", f"### 各文种的 F1（{title}）", ""]
        counts = {g: sum(p.sample.genre == g for p in test.plain) for g in GENRES}
        head = ["办法", *(f"{GENRE_NAMES[g]}（{counts[g]} 份）" for g in GENRES if counts[g])]
        lines += rows(head, [[r.name, *(number(getattr(r, which)[None].f1[g]) for g in GENRES if counts[g])] for r in every])
    lines += ["", "### 分散的程度", "", "每格先是文种，再是文种和名称。", ""]
    head = ["办法", *(f"{g} 组去掉标题" for g in groups), *(f"{g} 组保留标题" for g in groups), "轮流留一组：平均", "最低～最高"]
    body = []
    for r in every:
        left = list(r.left.values())
        ends = [[s.genre for s in left], [s.subgenre for s in left]]
        spread = [" / ".join(number(mean(e)) for e in ends), " / ".join(f"{number(min(e))}～{number(max(e))}" for e in ends)] if left else ["—", "—"]
        cells = [f"{number(s[g].genre)} / {number(s[g].subgenre)}" for s in (r.plain, r.titled) for g in groups]
        body.append([r.name, *cells, *spread])
    lines += rows(head, body)
    lines += ["", "### 残缺、粘连的文稿（文种准确率）", ""]
    head = ["办法", "去掉标题", *(TRANSFORM_NAMES[v] for v in VARIANTS)]
    lines += rows(head, [[r.name, number(r.plain[None].genre), *(number(r.variants[v].genre) for v in VARIANTS)] for r in every])
    if any(r.none is not None for r in every):
        lines += ["", "### 不是公文的文字", ""]
        head = ["办法", f"{none} 篇里认出", "公文误认作不是公文"]
        lines += rows(head, [[r.name, str(r.none), str(r.false)] for r in every if r.none is not None])
    lines += ["", "### 把握准不准", ""]
    head = ["测试组", "份数", "校准前的误差", "校准后的误差"]
    lines += rows(head, [[c.name, str(c.count), number(c.before), number(c.after)] for c in calibrated])
    return "\n".join(lines)


def run(options: argparse.Namespace) -> tuple[str, str]:
    """Measure; returns the tables, and what is to be printed only.

    Raises:
        DocnlpError: Files are not as they should be.
    """
    tests = held_out_groups([CORPORA])
    corpus = load_corpus([CORPORA])
    own = own_reports(options.samples, options.gold) if options.gold else []
    names = TRAIN[:2] if options.quick else TRAIN
    if options.quick:
        corpus = [d for d in corpus if d.meta["group"] in names or d.meta["group"] in tests]
    say("取特征…")
    everything = material(corpus)
    train = everything.only(lambda g: g in names)
    test = everything.only(lambda g: g in tests)
    folds = nonsense(len(names))
    (none,) = nonsense(1)
    results = []
    for way in ways():
        say(f"{way.name}…")
        result = measure(way, train, none, test)
        results.append(result)
        say(f"  去掉标题 {result.plain[None].genre:.3f} / {result.plain[None].subgenre:.3f}")
        if not options.quick:
            leave_out(way, result, train, folds)
    trainer = GenreTrainer()
    data = [p.sample for p in (*train.plain, *train.variants, *none)]
    say("校准…")
    heat = trainer.temperature([s for s in data if s.genre != NONE])
    content, calibrated = calibrations(trainer.pack(data), heat, test, trainer, data)
    wider = everything.only(lambda g: g not in tests)
    rest = sorted({p.sample.group for p in wider.plain} - set(names))
    say("其余各组也用来训练…")
    more = measure(Trained(f"docnlp 模型，另加 {'、'.join(rest) or '—'} 组", trainer), wider, none, test)
    slow, fast, length = speeds(content, 20 if options.quick else 100)
    trained, tested = ({p.sample.document for p in m.plain} for m in (train, test))
    notes = [
        f"docnlp {__version__}，Python {platform.python_version()}，{os.cpu_count()} 核，{date.today().isoformat()}。",
        "",
        f"训练：{'、'.join(names)} 组，{len(trained)} 份文件，{len(train.plain)} 份公文，另有它们的变体 {len(train.variants)} 份；不是公文的文字 {len(read_negatives())} 篇。",
        f"测试：{'、'.join(sorted(tests))} 组，{len(tested)} 份文件，{len(test.plain)} 份公文。",
        f"模型 {len(content):,} 字节，{len(unpack(content, 'genre')):,} 个特征；一份 {length:,.0f} 字的文稿，词表用 {slow:.2f} 毫秒，模型用 {fast:.2f} 毫秒（不含读文件和分析结构）。",
    ]
    text = tables(results, more, test, calibrated, len(read_negatives()), notes)
    return text, own_table(own, content) if own else ""


def main(arguments: list[str] | None = None) -> int:
    """Measure and write the page; the exit status is 2 where that is not possible."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=Path, metavar="DIR", help="reports of your own")
    parser.add_argument("--gold", type=Path, metavar="DIR", help="what is annotated in them")
    parser.add_argument("--quick", action="store_true", help="few training documents, nothing left out in turn; prints only")
    parser.add_argument("--print", action="store_true", help="print the tables without writing the page")
    options = parser.parse_args(arguments)
    if (options.samples is None) != (options.gold is None):
        parser.error("--samples and --gold go together")
    try:
        text, own = run(options)
        print(text)
        if not (options.quick or options.print):
            write(PAGE, "benchmarks.genre", text)
            say(f"{PAGE.relative_to(ROOT)}")
        if own:
            print(f"\n{own}")
    except DocnlpError as error:
        say(str(error))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
