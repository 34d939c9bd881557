r"""spaCy components that say what a report is: `docnlp_genre`, `docnlp_sections` and `docnlp_slogans`.

They are registered by entry points, so that `spacy.blank("zh").add_pipe("docnlp_slogans")` needs no import of docnlp.
All offsets are characters of `doc.text`, which stays as it was given. What each component writes:

- `docnlp_genre`: `doc._.genre`, `doc._.subgenre`, `doc._.genre_confidence`.
- `docnlp_sections`: `doc.spans["sections"]`, a span for every block, labelled with its section; on each span
  `_.kind`, `_.level`, `_.number` and `_.confidence`.
- `docnlp_slogans`: `doc.spans["slogans"]`, labelled with the type; on each span `_.score`.

Where a block or a slogan begins or ends inside a token, its span holds the whole token. Both span groups say in
`attrs["offsets"]` where each one stands to the character, and in `attrs["scores"]` how sure docnlp is of it.

A `Doc` is analysed once, by the first of the components that sees it. What the others need waits in memory for as long
as the `Doc` lives; it is neither pickled nor serialised.
"""

# No postponed annotations here: spaCy reads the signatures of the factories to check a config.

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.pipeline.spancat import spancat_score
from spacy.scorer import Scorer
from spacy.tokens import Doc, Span, SpanGroup
from spacy.training import Example
from spacy.util import ensure_path, from_bytes, from_disk, to_bytes, to_disk
from spacy.vocab import Vocab
from thinc.api import ConfigValidationError

from docnlp.analysis import Analysis, AnalysisOptions, analyse
from docnlp.analysis.base import GENRES, SECTION_NAMES, SECTIONS, SLOGAN_NAMES
from docnlp.document.build import build
from docnlp.readers.plain import source_from_text
from docnlp.text.folding import fold

# Sections that wordings may be given for; the frame of a document is no chapter of it.
_CHAPTERS = tuple(section for section in SECTIONS if section != "frame")

# What each component writes, as spaCy says it.
_GENRE = ("doc._.genre", "doc._.subgenre", "doc._.genre_confidence")
_SECTIONS = ("doc.spans", "span._.kind", "span._.level", "span._.number", "span._.confidence")
_SLOGANS = ("doc.spans", "span._.score")


def _register(assigns: Iterable[str]) -> Iterator[tuple[type[Doc] | type[Span], str]]:
    """Register the extension attributes among `assigns`, but those that are there, and name each with its owner."""
    for path in assigns:
        kind, _, name = path.partition("._.")
        if name:
            owner: type[Doc] | type[Span] = Doc if kind == "doc" else Span
            if not owner.has_extension(name):
                owner.set_extension(name, default=None)
            yield owner, name


list(_register((*_GENRE, *_SECTIONS, *_SLOGANS)))  # also for those who only read what a pipeline has saved


class _Look:
    """The structure of a `Doc` and what was analysed of it so far."""

    def __init__(self, doc: Doc) -> None:
        text = doc.text
        self.tokens = len(doc)
        self._document = build(source_from_text(text))
        self._analyses: list[tuple[AnalysisOptions, Analysis]] = []
        # Places of the text view before which the text has a character that the view has not.
        self._dropped = [0] if text.startswith("\ufeff") else []
        at = text.find("\r\n")
        while at >= 0:
            self._dropped.append(at - len(self._dropped))
            at = text.find("\r\n", at + 2)

    def analysis(self, options: AnalysisOptions) -> Analysis:
        """The analysis with these options."""
        for known, analysis in self._analyses:
            if known == options:
                return analysis
        analysis = analyse(self._document, options)
        self._analyses.append((options, analysis))
        return analysis

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of the text view as offsets of `doc.text`."""
        if not self._dropped:
            return start, end
        return start + bisect_right(self._dropped, start), end + bisect_right(self._dropped, end - 1)


_looks: WeakKeyDictionary[Doc, _Look] = WeakKeyDictionary()


def _look(doc: Doc) -> _Look:
    look = _looks.get(doc)
    if look is None or look.tokens != len(doc):
        look = _looks[doc] = _Look(doc)
    return look


def _write(doc: Doc, key: str, found: Iterable[tuple[int, int, str, float]]) -> list[tuple[Span, float]]:
    """Make a span group of (start, end, label, score) and give its spans back with their scores."""
    out: list[tuple[Span, float]] = []
    offsets: list[list[int]] = []
    for start, end, label, score in found:
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
        assert span is not None, "the text has no such place"
        out.append((span, round(score, 3)))
        offsets.append([start, end])
    attrs = {"scores": [score for _, score in out], "offsets": offsets}
    doc.spans[key] = SpanGroup(doc, name=key, attrs=attrs, spans=[span for span, _ in out])
    return out


class _Component(Pipe):
    """What the three components share: their settings, checked, kept and restored.

    Args:
        name: Name in the pipeline.
        settings: Name to value; None where the user left it open.

    Raises:
        ConfigValidationError: A value is wrong.
        ModelError: The models folder cannot be used.
        ValueError: An attribute it sets belongs to somebody else.
    """

    assigns: tuple[str, ...] = ()

    def __init__(self, name: str, settings: Mapping[str, Any]) -> None:
        for owner, attribute in _register(self.assigns):
            _, method, getter, setter = owner.get_extension(attribute)
            if method is not None or (getter is not None and setter is None):
                place = owner.__name__
                advice = f"请先运行 {place}.remove_extension({attribute!r})，再添加这个组件"
                raise ValueError(f"{place}._.{attribute} 已被别的组件占用，docnlp 写不进去。{advice}。")
        self.name = name
        self.cfg: dict[str, Any] = {}
        self._options = AnalysisOptions()
        self._set(settings)

    def _set(self, settings: Mapping[str, Any]) -> None:
        errors = list(_faults(settings))
        if errors:
            raise ConfigValidationError(
                title="组件的设置不对", config=dict(settings), errors=errors, parent=self.name
            )
        models = settings.get("models")
        self.cfg = dict(settings)
        self._options = AnalysisOptions(
            wordings={section: tuple(words) for section, words in (settings.get("wordings") or {}).items()},
            allow=tuple(settings.get("allow") or ()),
            models=None if models is None else Path(models),
        )
        self(Doc(Vocab()))  # loads the models, so that one that cannot be used is named here and not amid a batch

    def _restore(self, saved: Mapping[str, Any]) -> None:
        """Take over saved settings where none were given: a pipeline may find its models elsewhere than it did."""
        self._set({key: saved.get(key) if value is None else value for key, value in self.cfg.items()})

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The settings as bytes.

        Args:
            exclude: Fields to leave out.
        """
        return to_bytes({"cfg": lambda: json.dumps(self.cfg).encode()}, exclude)

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "_Component":
        """Restore settings; what was set when the component was made stays.

        Args:
            data: From `to_bytes`.
            exclude: Fields to leave out.

        Raises:
            ConfigValidationError: A value is wrong.
            ModelError: The models folder cannot be used.
        """
        from_bytes(data, {"cfg": lambda b: self._restore(json.loads(b))}, exclude)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the settings into a folder.

        Args:
            path: The folder; it is made where it is not there.
            exclude: Fields to leave out.
        """
        to_disk(ensure_path(path), {"cfg": lambda p: _save(p, self.cfg)}, exclude)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "_Component":
        """Restore settings; what was set when the component was made stays.

        Args:
            path: The folder, written by `to_disk`.
            exclude: Fields to leave out.

        Raises:
            ConfigValidationError: A value is wrong.
            ModelError: The models folder cannot be used.
        """
        from_disk(ensure_path(path), {"cfg": lambda p: self._restore(json.loads(p.read_text("utf-8")))}, exclude)
        return self


def _save(path: Path, settings: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(settings, ensure_ascii=False), "utf-8")


def _faults(settings: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """What is wrong with settings whose types are right, as pydantic would say it."""

    def fault(message: str, *place: str) -> dict[str, Any]:
        return {"loc": place, "msg": message}

    owner: dict[str, str] = {}
    for section, words in (settings.get("wordings") or {}).items():
        if section not in _CHAPTERS:
            known = "、".join(f"{s}（{SECTION_NAMES[s].replace('（', '、').rstrip('）')}）" for s in _CHAPTERS)
            yield fault(f"没有这个部分，可以写 {known}", "wordings", section)
        for word in words:
            if not word.strip():
                yield fault("标题的写法不能是空的", "wordings", section)
            elif (other := owner.setdefault(fold(word), section)) != section:
                yield fault(f"“{word}”已经写在 {other} 下，一种标题只能归一个部分", "wordings", section)
    if not all(word.strip() for word in settings.get("allow") or ()):
        yield fault("放行的词语不能是空的", "allow")
    if settings.get("models") is not None and not settings["models"].strip():
        yield fault("模型文件夹不能是空的，不用自己的模型就不写", "models")


class GenreComponent(_Component):
    """Sets `doc._.genre`, `doc._.subgenre` and `doc._.genre_confidence`.

    The genre is that of the first document where a text holds several; None where it is no report.

    Args:
        name: Name in the pipeline.
        models: Folder of trained models, None for the shipped ones.

    Raises:
        ConfigValidationError: A value is wrong.
        ModelError: The models folder cannot be used.
    """

    assigns = _GENRE

    def __init__(self, name: str = "docnlp_genre", *, models: str | None = None) -> None:
        super().__init__(name, {"models": models})

    def __call__(self, doc: Doc) -> Doc:
        """Label a `Doc`."""
        label = _look(doc).analysis(self._options).genre
        doc._.genre = label.genre
        doc._.subgenre = label.subgenre
        doc._.genre_confidence = round(label.confidence, 3)
        return doc

    @property
    def labels(self) -> tuple[str, ...]:
        """The genres there are."""
        return GENRES

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        """Compare `doc._.genre` with the gold documents, which bear it there or in `doc.cats`.

        Args:
            examples: Predictions with their gold documents.
            kwargs: Not needed.

        Returns:
            The scores of `Scorer.score_cats` under `genre_…`; `genre_micro_f` is the accuracy.
        """
        return Scorer.score_cats(examples, "genre", getter=_genres, labels=GENRES, multi_label=True)


def _genres(doc: Doc, _: str) -> dict[str, float]:
    cats = {doc._.genre: 1.0} if doc._.genre else doc.cats
    return {genre: cats.get(genre, 0.0) for genre in GENRES}


class SectionsComponent(_Component):
    """Sets `doc.spans["sections"]`, and on each of its spans `_.kind`, `_.level`, `_.number` and `_.confidence`.

    Args:
        name: Name in the pipeline.
        wordings: Section to heading wordings on top of the shipped ones.
        models: Folder of trained models, None for the shipped ones.

    Raises:
        ConfigValidationError: A value is wrong.
        ModelError: The models folder cannot be used.
    """

    assigns = _SECTIONS

    def __init__(
        self,
        name: str = "docnlp_sections",
        *,
        wordings: dict[str, list[str]] | None = None,
        models: str | None = None,
    ) -> None:
        super().__init__(name, {"wordings": wordings, "models": models})

    def __call__(self, doc: Doc) -> Doc:
        """Label the blocks of a `Doc`."""
        look = _look(doc)
        analysis = look.analysis(self._options)
        blocks = analysis.document.blocks
        found = [
            (*look.place(block.start, block.end), label.section, label.confidence)
            for block, label in zip(blocks, analysis.sections, strict=True)
        ]
        for block, (span, confidence) in zip(blocks, _write(doc, "sections", found), strict=True):
            span._.kind = block.kind
            span._.level = block.level
            span._.number = block.number
            span._.confidence = confidence
        return doc

    @property
    def labels(self) -> tuple[str, ...]:
        """The sections there are."""
        return SECTIONS

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        """Compare the spans with those of the gold documents.

        Args:
            examples: Predictions with their gold documents.
            kwargs: Not needed.

        Returns:
            Precision, recall and F of spans whose place and label are right: `spans_sections_p`, `_r`, `_f` and
            `spans_sections_per_type`.
        """
        return spancat_score(examples, spans_key="sections")


class SlogansComponent(_Component):
    """Sets `doc.spans["slogans"]`, and on each of its spans `_.score`.

    Args:
        name: Name in the pipeline.
        allow: Words and names that are no slogans.
        models: Folder of trained models, None for the shipped ones.

    Raises:
        ConfigValidationError: A value is wrong.
        ModelError: The models folder cannot be used.
    """

    assigns = _SLOGANS

    def __init__(
        self, name: str = "docnlp_slogans", *, allow: list[str] | None = None, models: str | None = None
    ) -> None:
        super().__init__(name, {"allow": allow, "models": models})

    def __call__(self, doc: Doc) -> Doc:
        """Mark the slogans of a `Doc`."""
        look = _look(doc)
        slogans = look.analysis(self._options).slogans
        found = [(*look.place(s.start, s.end), s.type, s.score) for s in slogans]
        for span, score in _write(doc, "slogans", found):
            span._.score = score
        return doc

    @property
    def labels(self) -> tuple[str, ...]:
        """The types of slogans."""
        return tuple(SLOGAN_NAMES)

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        """Compare the spans with those of the gold documents.

        Args:
            examples: Predictions with their gold documents.
            kwargs: Not needed.

        Returns:
            Precision, recall and F of spans whose place and type are right: `spans_slogans_p`, `_r`, `_f` and
            `spans_slogans_per_type`.
        """
        return spancat_score(examples, spans_key="slogans")


@Language.factory("docnlp_genre", assigns=_GENRE, default_config={"models": None})
def make_genre(nlp: Language, name: str, models: str | None) -> GenreComponent:
    """Factory of `docnlp_genre`; see `GenreComponent`."""
    return GenreComponent(name, models=models)


@Language.factory("docnlp_sections", assigns=_SECTIONS, default_config={"wordings": None, "models": None})
def make_sections(
    nlp: Language, name: str, wordings: dict[str, list[str]] | None, models: str | None
) -> SectionsComponent:
    """Factory of `docnlp_sections`; see `SectionsComponent`."""
    return SectionsComponent(name, wordings=wordings, models=models)


@Language.factory("docnlp_slogans", assigns=_SLOGANS, default_config={"allow": None, "models": None})
def make_slogans(nlp: Language, name: str, allow: list[str] | None, models: str | None) -> SlogansComponent:
    """Factory of `docnlp_slogans`; see `SlogansComponent`."""
    return SlogansComponent(name, allow=allow, models=models)
