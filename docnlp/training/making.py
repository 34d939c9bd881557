"""From a corpus to a models folder: which groups are kept for testing, every model, its card."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from docnlp.analysis import AnalysisOptions
from docnlp.analysis.linear import LinearModel, unpack
from docnlp.analysis.shelf import FILES, folder_of
from docnlp.analysis.trained import load_sections
from docnlp.analysis.trained_genre import TrainedGenre, load_genre
from docnlp.analysis.trained_slogans import TrainedSlogans, load_slogans
from docnlp.errors import DocnlpError
from docnlp.training import genre, sections, slogans
from docnlp.training.evaluation import Models, evaluate, to_dict
from docnlp.training.markup import CorpusDocument, MarkupError

#: What a corpus folder may say of itself.
CORPUS = "corpus.toml"

_TRAIN: dict[str, Callable[[Sequence[CorpusDocument], Callable[[str], None]], bytes]] = {
    "sections": sections.train,
    "genre": genre.train,
    "slogans": slogans.train,
}
#: How often training all kinds tells what comes next.
STEPS = sections.STEPS + genre.STEPS + slogans.STEPS


@dataclass(frozen=True)
class Made:
    """What training made.

    Attributes:
        files: Contents of the model files by kind.
        lacking: Kinds that could not be trained, with the reason.
        trained_on: The author groups.
        held_out: The author groups that were kept for testing.
    """

    files: dict[str, bytes]
    lacking: dict[str, str]
    trained_on: tuple[str, ...]
    held_out: tuple[str, ...]


def held_out_groups(folders: Iterable[Path]) -> frozenset[str]:
    """The author groups that corpus folders keep for testing, as their `corpus.toml` says.

    Raises:
        MarkupError: It cannot be read, or does not say so in the right way.
    """
    out: set[str] = set()
    for path in (folder / CORPUS for folder in folders):
        if not path.is_file():
            continue
        try:
            said = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise MarkupError(f"读不了（{error}）", "请核对写法，例如 held_out = [\"i\", \"j\"]", path.as_posix()) from None
        if unknown := sorted(said.keys() - {"held_out"}):
            raise MarkupError(f"没有“{unknown[0]}”这一项", "可以写的是 held_out", path.as_posix())
        groups = said.get("held_out", [])
        if not isinstance(groups, list) or not all(isinstance(g, str) for g in groups):
            raise MarkupError("held_out 应是一串组名", "例如 held_out = [\"i\", \"j\"]", path.as_posix())
        out.update(groups)
    return frozenset(out)


def make(
    corpus: Sequence[CorpusDocument], held_out: Collection[str], progress: Callable[[str], None], kinds: Collection[str] = tuple(FILES)
) -> Made:
    """Train every model on all groups but those held out.

    Args:
        corpus: The documents.
        held_out: Groups that are kept for testing.
        progress: Told what comes next.
        kinds: Which models, keys of `FILES`.

    Raises:
        DocnlpError: Nothing is left to train on, or the section model cannot be trained.
    """
    chosen = [d for d in corpus if d.meta["group"] not in held_out]
    if not chosen:
        raise DocnlpError("语料都留作测试了，没有可以训练的", f"请核对 {CORPUS} 里的 held_out")
    files: dict[str, bytes] = {}
    lacking: dict[str, str] = {}
    for kind in kinds:
        try:
            files[kind] = _TRAIN[kind](chosen, progress)
        except DocnlpError as error:
            if kind == "sections":
                raise
            lacking[kind] = error.reason
    groups = {d.meta["group"] for d in corpus}
    return Made(files, lacking, tuple(sorted(groups - set(held_out))), tuple(sorted(groups & set(held_out))))


def load_models(own: Path | None) -> dict[str, LinearModel]:
    """The models that are in use, by kind: those of the user's folder, else the shipped ones.

    Args:
        own: The user's models folder.

    Raises:
        ModelError: A model cannot be used.
    """
    readers = {"sections": load_sections, "genre": load_genre, "slogans": load_slogans}
    return {kind: read(folder) for kind, read in readers.items() if (folder := folder_of(kind, own)) is not None}


def models_of(files: dict[str, LinearModel]) -> Models:
    """Loaded files as models that can be judged."""
    options = AnalysisOptions()
    return Models(
        files.get("sections"),
        TrainedGenre(files["genre"], options) if "genre" in files else None,
        TrainedSlogans(files["slogans"], options) if "slogans" in files else None,
    )


def cards(corpus: Sequence[CorpusDocument], made: Made) -> dict[str, dict[str, Any]]:
    """What each model was made from and how good it is on the groups held out. The same training gives the same cards.

    Args:
        corpus: The documents that `make` was given.
        made: What it made.
    """
    trained = [d for d in corpus if d.meta["group"] in made.trained_on]
    tests = [d for d in corpus if d.meta["group"] in made.held_out]
    models = {kind: unpack(content, kind) for kind, content in made.files.items()}
    rows = evaluate(tests, models_of(models)) if tests else {}
    out = {}
    for kind, model in models.items():
        *groups, whole = [to_dict(row) for row in rows[kind]] if rows else [None]
        out[kind] = {
            "kind": kind,
            "corpus": {
                "documents": len(trained),
                "characters": sum(len(d.text) for d in trained),
                "newest": max(d.date for d in trained).isoformat(),
                "groups": list(made.trained_on),
                "held_out": list(made.held_out),
            },
            "model": {
                "bytes": len(made.files[kind]),
                "features": len(model),
                "sha256": model.meta["sha256"],
                "scikit-learn": version("scikit-learn"),
            },
            "scores": {"by": "held-out groups", "all": whole, "groups": groups} if whole else None,
        }
    return out
