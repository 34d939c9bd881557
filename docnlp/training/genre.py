"""Training the genre model: two levels of logistic regression over parts without their titles.

What is trained on: every part of every document as a document of its own, its title taken away; variants of it (see
`docnlp.training.augment`); and the texts of negatives.txt, which are no reports at all. Features are those of
`docnlp.analysis.trained_genre`. First the genre is decided (or none), then the subgenre within it. How sure the model is
of the genre gets calibrated by a temperature, for which every author group is scored by a model that has not seen it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

from docnlp.analysis.base import GENRES, AnalysisOptions
from docnlp.analysis.genre import LexiconGenre
from docnlp.analysis.linear import LinearModel, pack, unpack
from docnlp.analysis.trained_genre import NONE, SEPARATOR, SIGN, Guess, TrainedGenre, genre_features
from docnlp.document.build import build
from docnlp.errors import DocnlpError
from docnlp.readers.plain import source_from_text
from docnlp.training import logistic
from docnlp.training.augment import augment, keep
from docnlp.training.markup import CorpusDocument

#: Transforms of the augmenter that are trained on besides the parts themselves.
VARIANTS = ("web-copy", "beheaded", "flattened", "unnumbered", "one-line", "one-line-blanks", "width", "redacted")
#: Texts that are no reports.
NEGATIVES = Path(__file__).with_name("negatives.txt")

_RULE = "---"  # between two texts of negatives.txt
_VARIANT = 0.4  # what a variant weighs beside the part it is made from
_JOINED = 3  # negatives that are also shown as one longer text
_FEWEST = 3  # documents that a feature must occur in
_SETS = 4  # of author groups, for calibration
#: How often a feature counts in training, by how it begins: the penalty on weights holds the surer ones back less.
_TIMES = {"#^self:": 8, "#$self:": 8, "#": 4}
_LEAST = 1e-9


@dataclass(frozen=True)
class Sample:
    """One part as the model sees it.

    Attributes:
        group: Author group; "" for a text that is no report.
        document: Identifier of the document it comes from; variants share it.
        variant: Name of the transform, "" for the part itself.
        genre: As annotated, or `NONE`.
        subgenre: As annotated, "" for no report.
        features: See `docnlp.analysis.trained_genre.genre_features`.
        rough: What the lexicon model says without the title: genre or `NONE`, subgenre.
    """

    group: str
    document: str
    variant: str
    genre: str
    subgenre: str
    features: tuple[str, ...]
    rough: tuple[str, str | None]


# --- what is trained on -----------------------------------------------------------------------------------------------


def untitled(corpus: Iterable[CorpusDocument]) -> list[CorpusDocument]:
    """Every part as a document of its own, without title; parts of which nothing is left are passed over."""
    return [part for document in corpus for part in _parts(document, titled=False)]


def titled(corpus: Iterable[CorpusDocument]) -> list[CorpusDocument]:
    """Every part as a document of its own."""
    return [part for document in corpus for part in _parts(document, titled=True)]


def _parts(document: CorpusDocument, titled: bool) -> list[CorpusDocument]:
    out = []
    for k in range(len(document.parts)):
        part = keep(document, lambda _, b, k=k: b.part == k and (titled or b.kind != "title"), f"-{k}")  # type: ignore[misc]
        if part.blocks:
            out.append(part)
    return out


def samples(corpus: Iterable[CorpusDocument], variants: Collection[str] = VARIANTS, seed: int = 0) -> list[Sample]:
    """What the parts of a corpus and their variants look like to the model.

    Args:
        corpus: The documents.
        variants: Names of transforms, none for the parts alone.
        seed: What chance starts from.

    Raises:
        DocnlpError: There is no transform of that name.
    """
    parts = untitled(corpus)
    return [sample(part) for part in (*parts, *augment(parts, tuple(variants), seed))]


def sample(item: CorpusDocument) -> Sample:
    """What a part looks like to the model; where the reader finds several in its text, the first counts.

    Args:
        item: A part or a variant of one, see `untitled`.
    """
    meta, gold = item.meta, item.parts[0]
    variant = meta.get("variant", "").partition(" ")[2]
    features, rough = _looked_at(item.text)
    return Sample(meta["group"], _origin(meta), variant, gold.genre, gold.subgenre, features, rough)


def _origin(meta: Mapping[str, str]) -> str:
    """Identifier of the document that a part or a variant was made from."""
    return meta["id"].removesuffix("-" + "-".join(meta["variant"].split()))


def _looked_at(text: str) -> tuple[tuple[str, ...], tuple[str, str | None]]:
    document = build(source_from_text(text))
    part = document.parts[0]
    rough = LexiconGenre().genre(document, part)
    return tuple(genre_features(document, part)), (rough.genre or NONE, rough.subgenre)


def read_negatives(path: Path = NEGATIVES) -> list[str]:
    """The texts of a file of negatives: parted by lines of ---, lines that begin with % left out.

    Args:
        path: The file.

    Raises:
        DocnlpError: It cannot be read, or holds no text.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DocnlpError(f"读不了（{error}）", "请核对文件，另存为 UTF-8", str(path)) from None
    texts: list[list[str]] = [[]]
    for line in lines:
        if line.strip() == _RULE:
            texts.append([])
        elif not line.startswith("%"):
            texts[-1].append(line)
    out = ["\n".join(text).strip() for text in texts]
    if not any(out):
        raise DocnlpError("里面没有文字", "一段一篇，各篇之间隔一行 ---", str(path))
    return [text for text in out if text]


def negatives(texts: Sequence[str] | None = None, folds: int = 1) -> list[list[Sample]]:
    """What texts that are no reports look like to the model, each alone and a few of its fold pasted together.

    Args:
        texts: The texts; None for the shipped ones.
        folds: How many sets they are dealt out to, in turn.

    Returns:
        One list a fold.
    """
    texts = read_negatives() if texts is None else texts
    out = []
    for fold in range(folds):
        mine = list(enumerate(texts))[fold::folds]
        longer = [mine[i : i + _JOINED] for i in range(len(mine) - _JOINED + 1)]
        alone = [_negative(f"negative-{n}", "", text) for n, text in mine]
        joined = [_negative(f"negative-{run[0][0]}", "joined", "\n".join(text for _, text in run)) for run in longer]
        out.append([*alone, *joined])
    return out


def _negative(name: str, variant: str, text: str) -> Sample:
    features, rough = _looked_at(text)
    return Sample("", name, variant, NONE, "", features, rough)


# --- fitting ----------------------------------------------------------------------------------------------------------


class GenreTrainer:
    """Fits the two levels and makes the model file.

    Args:
        strength: Inverse of the L2 penalty of the genres.
        substrength: Inverse of the L2 penalty of the subgenres.
        grams: How many pairs and triples of characters are kept, those that tell the kinds apart best (chi-square).
        prune: Weights smaller than this are left out of the file.
        without: First characters of features that are not looked at, to measure what they are worth.
    """

    def __init__(
        self, strength: float = 0.03, substrength: float = 0.06, grams: int = 1000, prune: float = 0.005, without: str = ""
    ) -> None:
        self.strength, self.substrength, self.grams, self.prune, self.without = strength, substrength, grams, prune, without

    def fit(
        self,
        corpus: Sequence[CorpusDocument],
        variants: Collection[str] = VARIANTS,
        progress: Callable[[str], None] = lambda _: None,
    ) -> bytes:
        """A model file with calibrated confidence; the same corpus gives the same bytes on one machine and release of
        scikit-learn.

        Args:
            corpus: The documents.
            variants: Names of transforms to train on besides.
            progress: Told what comes next.

        Raises:
            DocnlpError: The corpus holds no document that has more than a title.
        """
        progress("文种：造变体、取特征")
        data = samples(corpus, variants)
        progress("文种：校准把握")
        heat = self.temperature(data)
        progress("文种：训练")
        return self.pack([*data, *negatives()[0]], heat)

    def temperature(self, data: Sequence[Sample]) -> float:
        """What the scores of genres are divided by; 1 where there is only one author group.

        The groups are dealt out to a few sets, and each set is scored by a model trained on the others. The parts count
        with their variants, and so do texts that are no reports.

        Args:
            data: Of reports.
        """
        groups = sorted({s.group for s in data})
        if len(groups) < 2:
            return 1.0
        sets = [groups[n::_SETS] for n in range(min(_SETS, len(groups)))]
        folds = negatives(folds=len(sets))
        guesses = held_out(self, data, folds, sets)
        everything = [*data, *(s for fold in folds for s in fold)]
        known = [(g.probabilities, s.genre) for s, g in zip(everything, guesses, strict=True) if g and s.genre in g.probabilities]
        scores = [{genre: log(max(p, _LEAST)) for genre, p in probabilities.items()} for probabilities, _ in known]
        return logistic.temperature(scores, [genre for _, genre in known])

    def pack(self, data: Sequence[Sample], heat: float = 1.0) -> bytes:
        """A model file from samples.

        Args:
            data: Reports and texts that are none.
            heat: Temperature of the genres.

        Raises:
            DocnlpError: There are not both reports and texts that are none.
        """
        data = [s for s in data if s.features]
        genres = [g for g in (*GENRES, NONE) if any(s.genre == g for s in data)]
        if len(genres) < 2 or NONE not in genres:
            raise DocnlpError("语料里没有标出文种的正文，训练不出模型", "请再加些标好的文稿")
        names = self._names(data)
        finer = {f for f in names if f[0] != "#" or ">" not in f}  # amounts tell genres apart, not subgenres
        first = self.classifier(data, [s.genre for s in data], {f for f in names if not f.startswith(SIGN)}, self.strength)
        levels = {"": first}
        labels = list(genres)
        for genre in genres:
            inside = [s for s in data if s.genre == genre]
            kinds = sorted({s.subgenre for s in inside} - {""})
            labels += [f"{genre}{SEPARATOR}{kind}" for kind in kinds]
            if len(kinds) > 1:
                levels[genre + SEPARATOR] = self.classifier(
                    inside, [s.subgenre for s in inside], finer, self.substrength
                )
        rows: dict[str, list[tuple[int, float]]] = {}
        bias = [0.0] * len(labels)
        for prefix, fitted in levels.items():
            for label, intercept, weights in fitted.rows():
                k = labels.index(prefix + label)
                bias[k] = intercept
                logistic.store(rows, fitted.names, [w * _times(n) for n, w in zip(fitted.names, weights, strict=True)], k, self.prune)
        groups = sorted({s.group for s in data} - {""})
        meta = {
            "temperature": float(heat), "groups": groups,
            "parts": len({(s.document, s.genre, s.subgenre) for s in data if s.genre != NONE}),
        }  # fmt: skip
        return pack("genre", labels, bias, rows, meta)

    def classifier(
        self, data: Sequence[Sample], labels: Sequence[str], names: Collection[str], strength: float
    ) -> logistic.Fitted:
        """A fitted classifier.

        Args:
            data: The samples.
            labels: What each is to be called.
            names: Features that may be used.
            strength: Inverse of the L2 penalty.
        """
        rows = [[f for f in s.features if f in names for _ in range(_times(f))] for s in data]
        return logistic.fit(rows, labels, strength, _FEWEST, [_VARIANT if s.variant and s.genre != NONE else 1.0 for s in data])

    def _names(self, data: Sequence[Sample]) -> set[str]:
        """Features that occur in enough documents; of the pairs and triples the best."""
        import numpy as np
        from sklearn.feature_selection import chi2

        homes: defaultdict[str, set[str]] = defaultdict(set)
        for s in data:
            for f in s.features:
                homes[f].add(s.document)
        often = {f for f, documents in homes.items() if len(documents) >= _FEWEST and f[0] not in self.without}
        grams = sorted(f for f in often if f[0] != "#")
        names = {f for f in often if f[0] == "#"}
        if not self.grams or not grams:
            return names
        originals = [s for s in data if not s.variant]
        kinds = [s.genre + SEPARATOR + s.subgenre for s in originals]
        worth = np.nan_to_num(chi2(logistic.matrix([s.features for s in originals], grams), kinds)[0])
        order = np.argsort(-worth, kind="stable")[: self.grams]
        return names | {grams[j] for j in order}


def _times(feature: str) -> int:
    return next((n for sign, n in _TIMES.items() if feature.startswith(sign)), 1)


#: How often `train` tells what comes next.
STEPS = 3


def train(documents: Sequence[CorpusDocument], progress: Callable[[str], None] = lambda _: None) -> bytes:
    """The shipped kind of model from documents; see `GenreTrainer.fit`."""
    return GenreTrainer().fit(documents, progress=progress)


def predict(model: LinearModel, data: Sequence[Sample]) -> list[Guess | None]:
    """What a packed model says, as in use; None for a sample without words."""
    trained = TrainedGenre(model, AnalysisOptions())
    return [trained.guess(s.features) for s in data]


def held_out(
    trainer: GenreTrainer,
    data: Sequence[Sample],
    folds: Sequence[Sequence[Sample]],
    sets: Sequence[Sequence[str]],
    progress: Callable[[str], None] = lambda _: None,
) -> list[Guess | None]:
    """What models say that have not seen the author group, uncalibrated.

    Args:
        trainer: Makes the models.
        data: Of reports.
        folds: Of texts that are no reports, one list a set: they are held out together with it.
        sets: Author groups that are held out together, at least two sets; every group stands in one.
        progress: Told the groups of a set before the others are trained on.

    Returns:
        One guess for each of `data`, then for each of `folds`; None where a sample has no words.

    Raises:
        DocnlpError: What the other sets hold is too little to train on.
    """
    home = {group: n for n, groups in enumerate(sets) for group in groups}
    everything = [(s, home[s.group]) for s in data] + [(s, n) for n, fold in enumerate(folds) for s in fold]
    out: list[Guess | None] = [None] * len(everything)
    for n, groups in enumerate(sets):
        progress("、".join(groups))
        model = unpack(trainer.pack([s for s, k in everything if k != n]), "genre")
        inside = [i for i, (_, k) in enumerate(everything) if k == n]
        for i, guess in zip(inside, predict(model, [everything[i][0] for i in inside]), strict=True):
            out[i] = guess
    return out


# --- scoring ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GenreScores:
    """How well genres fit.

    Attributes:
        genre: Share of the samples whose genre is right; for texts that are no report, whether that is said.
        subgenre: Share of the reports whose genre and subgenre are right.
        macro_f1: Mean F1 of the genres that occur.
        f1: F1 of each genre that occurs.
    """

    genre: float
    subgenre: float
    macro_f1: float
    f1: dict[str, float]


def score(data: Sequence[Sample], predicted: Sequence[tuple[str, str | None]]) -> GenreScores:
    """Compare genres.

    Args:
        data: Samples with the right labels.
        predicted: Genre (or `NONE`) and subgenre of each.
    """
    table = Counter((s.genre, genre) for s, (genre, _) in zip(data, predicted, strict=True))
    right = sum(n for (wanted, got), n in table.items() if wanted == got)
    reports = [(s, p) for s, p in zip(data, predicted, strict=True) if s.genre != NONE]
    exact = sum((s.genre, s.subgenre) == p for s, p in reports)
    f1 = {}
    for genre in (*GENRES, NONE):
        wanted = sum(n for (label, _), n in table.items() if label == genre)
        got = sum(n for (_, label), n in table.items() if label == genre)
        if wanted:
            f1[genre] = 2 * table[genre, genre] / (wanted + got)
    return GenreScores(
        right / len(data) if data else 0.0,
        exact / len(reports) if reports else 0.0,
        sum(f1.values()) / len(f1) if f1 else 0.0,
        f1,
    )


def chosen(guesses: Sequence[Guess | None]) -> list[tuple[str, str | None]]:
    """Genre (or `NONE`) and subgenre of guesses."""
    return [(NONE, None) if g is None else (g.genre, g.subgenre(g.genre)) for g in guesses]


def majority(train: Sequence[Sample], data: Sequence[Sample]) -> list[tuple[str, str | None]]:
    """The baseline that gives every sample the most frequent kind.

    Args:
        train: What is counted.
        data: What is labelled.
    """
    genres = Counter(s.genre for s in train)
    genre = max(sorted(genres), key=genres.__getitem__)
    kinds = Counter(s.subgenre for s in train if s.genre == genre)
    return [(genre, max(sorted(kinds), key=kinds.__getitem__))] * len(data)


def by_lexicon(data: Sequence[Sample]) -> list[tuple[str, str | None]]:
    """What the lexicon model says."""
    return [s.rough for s in data]


def calibration_error(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error: how far confidence and share of right answers lie apart, in equal bins, weighted.

    Args:
        confidences: From 0 to 1.
        right: Whether each answer is right.
        bins: How many.
    """
    rows: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, hit in zip(confidences, right, strict=True):
        rows[min(int(confidence * bins), bins - 1)].append((confidence, hit))
    gaps = (abs(sum(c for c, _ in row) - sum(hit for _, hit in row)) for row in rows.values())
    return sum(gaps) / len(confidences) if confidences else 0.0
