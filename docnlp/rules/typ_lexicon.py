"""What TYP knows of the language: words with their weight, pairs of characters, sounds and shapes.

The data is plain text, a line for every first character, and is taken apart only where a text gives cause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path

_FOLDER = Path(__file__).parent

#: Bits that a word of weight 0 costs: the logarithm of everything that was counted.
TOTAL = 27
#: What a character costs that is no word.
STRAY = TOTAL + 1
#: The longest word.
LONGEST = 12

#: From so many questions on it is quicker to take apart all that begins with a character.
OFTEN_ASKED = 12

_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"))


def _bytes(folder: Path, name: str) -> bytes:
    return (folder / name).read_bytes().replace(b"\r\n", b"\n")  # git may have written them on Windows


def _lines(folder: Path, name: str) -> list[str]:
    return _bytes(folder, name).decode().split("\n")[1:-1]


def _rows(folder: Path, name: str) -> dict[str, str]:
    """A line for each character of the first line."""
    heads, *rows = _lines(folder, name)
    return dict(zip(heads, rows, strict=True))


def near_sound(syllable: str) -> str:
    """The syllable with what many speakers do not tell apart made one: zh and z, n and l, ng and n."""
    for wide, narrow in _INITIALS:
        if syllable.startswith(wide):
            syllable = narrow + syllable[len(wide) :]
    if syllable.startswith("n") and len(syllable) > 1:
        syllable = "l" + syllable[1:]
    return syllable[:-1] if syllable.endswith("ng") else syllable


class Entries:
    """Words that begin with one character.

    Args:
        row: What the data says of them: the weight of the character alone as a letter, then for each weight a letter
            (upper case for names) and the rests of the words, divided by blanks; commas between the weights.

    Attributes:
        weights: The rest of each word, and its weight (about the binary logarithm of its count).
        names: Rests of the words that are names of persons and places.
        longest: Length of the longest word.
    """

    def __init__(self, row: str) -> None:
        self.weights: dict[str, int] = {"": ord(row[0]) - 97}
        self.names: set[str] = set()
        for group in row[1:].split(",") if len(row) > 1 else ():
            rests = group[1:].split(" ")
            self.weights.update(dict.fromkeys(rests, ord(group[0].lower()) - 97))
            if group[0] < "a":
                self.names.update(rests)
        self.longest = 1 + max(map(len, self.weights))

    @cached_property
    def long(self) -> list[str]:
        """Sorted rests of the words of four characters or more."""
        return sorted(r for r in self.weights if len(r) >= 3 and r not in self.names)


_NOTHING = Entries("a")


class Lexicon:
    """The data of one folder.

    Args:
        folder: Where the files are.

    Raises:
        OSError: A file is missing.
    """

    def __init__(self, folder: Path = _FOLDER) -> None:
        heads, *rows = _bytes(folder, "typ_words.txt").split(b"\n")[1:-1]
        self._raw = dict(zip(heads.decode(), rows, strict=True))
        self._rows: dict[str, str] = {}
        self._entries: dict[str, Entries] = {}
        #: A character, and those that may follow it.
        self.followers = _rows(folder, "typ_pairs.txt")
        #: A character, and those that follow it in phrases of four characters or more and nowhere else.
        self.bound = _rows(folder, "typ_bound.txt")
        #: Pairs of characters that were looked up and are in order.
        self.met: set[str] = set()
        #: Places that were looked up, and whether they lie between two words.
        self.parted: dict[str, bool] = {}
        #: How often words that begin with a character were asked for before they were taken apart.
        self._asked: dict[str, int] = {}
        self._folder = folder
        self._confusions: dict[str, dict[str, int]] = {}

    @property
    def heads(self) -> Iterable[str]:
        """Characters that words begin with."""
        return self._raw.keys()

    def _row(self, head: str) -> str:
        row = self._rows.get(head)
        if row is None:
            row = self._rows[head] = self._raw.get(head, b"").decode()
        return row

    def entries(self, char: str) -> Entries:
        """Words that begin with `char`."""
        found = self._entries.get(char)
        if found is None:
            row = self._row(char)
            found = self._entries[char] = Entries(row) if row else _NOTHING
        return found

    def gapped(self, head: str, pair: str) -> Iterator[str]:
        """Rests of the words of four characters or more, no names, whose second and third character are `pair`."""
        row = self._row(head)
        at = row.find(pair)
        while at > 1:
            if row[at - 1] >= "\x80" > row[at - 2]:
                end = at + len(pair)
                while row[end : end + 1] >= "\x80":
                    end += 1
                comma = row.rfind(",", 0, at)
                if row[comma + 1 if comma > 0 else 1] >= "a":
                    yield row[at - 1 : end]
            at = row.find(pair, at + 1)

    def begins(self, head: str, rest: str) -> bool:
        """Whether words with `head` and `rest` at their beginning are likely, without taking anything apart."""
        return rest in self._row(head)

    def is_word(self, head: str, rest: str) -> bool:
        """Whether the data has the word, without taking apart what it has under `head`."""
        row = self._row(head)
        at = row.find(rest)
        while at >= 0:
            if at and row[at - 1] < "\x80" and row[at + len(rest) : at + len(rest) + 1] < "\x80":
                return True
            at = row.find(rest, at + 1)
        return False

    def weight(self, word: str) -> int:
        """Weight of a word, -1 where it is none."""
        head = word[0]
        found = self._entries.get(head)
        if found is None:
            asked = self._asked[head] = self._asked.get(head, 0) + 1
            if asked < OFTEN_ASKED:
                return self._weight_in_row(head, word[1:])
            found = self.entries(head)
        return found.weights.get(word[1:], -1)

    def _weight_in_row(self, head: str, rest: str) -> int:
        """The same without taking apart what the data has under `head`."""
        row = self._row(head)
        if not row:
            return -1
        if not rest:
            return ord(row[0]) - 97
        at = row.rfind(rest, 1)
        while at > 0:
            if row[at - 1] < "\x80" and row[at + len(rest) : at + len(rest) + 1] < "\x80":
                comma = row.rfind(",", 0, at)
                return ord(row[comma + 1 if comma > 0 else 1].lower()) - 97
            at = row.rfind(rest, 1, at + len(rest) - 1)
        return -1

    @cached_property
    def weights(self) -> dict[str, float]:
        """What each feature of a reading counts."""
        rows = (line.split() for line in _lines(self._folder, "typ_weights.txt"))
        return {name: float(value) for name, value in rows}

    def known(self, pair: str) -> bool:
        """Whether the two characters of `pair` were seen in this order."""
        return pair[1] in self.followers.get(pair[0], "")

    def cost(self, text: str) -> int:
        """Bits that the cheapest way to cut `text` into words costs."""
        size = len(text)
        best = [0] + [1 << 30] * size
        for i in range(size):
            here = best[i]
            entries = self.entries(text[i])
            weights = entries.weights
            stray = here + STRAY - max(0, weights.get("", -1))
            if stray < best[i + 1]:
                best[i + 1] = stray
            for end in range(i + 2, min(size, i + entries.longest) + 1):
                weight = weights.get(text[i + 1 : end])
                if weight is not None and here + TOTAL - weight < best[end]:
                    best[end] = here + TOTAL - weight
        return best[size]

    def confusions(self, char: str) -> dict[str, int]:
        """Characters that may be meant by `char`: 0 for the same sound, 1 for a like shape, 2 for a near sound."""
        found = self._confusions.get(char)
        if found is None:
            found = self._confusions[char] = self._confused(char)
        return found

    def _confused(self, char: str) -> dict[str, int]:
        out: dict[str, int] = {}
        own = self._with_sound(char)
        near = {self._sounds[number][0] for number in own}
        alike = sorted({number for sound in near for number in self._by_near[sound]}.difference(own))
        for number in alike:
            out.update(dict.fromkeys(self._sounds[number][1], 2))
        out.update(dict.fromkeys(self._shapes.get(char, ""), 1))
        for number in own:
            out.update(dict.fromkeys(self._sounds[number][1], 0))
        out.pop(char, None)
        return out

    def _with_sound(self, char: str) -> list[int]:
        """Numbers of the rows of one sound that `char` is in."""
        text, found = self._sound_text, []
        at = text.find(char)
        while at >= 0:
            found.append(text.count("\n", 0, at))
            at = text.find(char, at + 1)
        return found

    @cached_property
    def _sound_text(self) -> str:
        return "\n".join(row for _, row in self._sounds)

    @cached_property
    def _by_near(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, (sound, _) in enumerate(self._sounds):
            found.setdefault(sound, []).append(number)
        return found

    @cached_property
    def _sounds(self) -> list[tuple[str, str]]:
        rows = (line.partition(" ") for line in _lines(self._folder, "typ_sounds.txt"))
        return [(near_sound(syllable), row) for syllable, _, row in rows]

    @cached_property
    def _shapes(self) -> dict[str, str]:
        return _rows(self._folder, "typ_shapes.txt")


@cache
def lexicon() -> Lexicon:
    """The shipped data, loaded when first asked."""
    return Lexicon()
