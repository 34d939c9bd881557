"""Provinces, cities and counties of China by name: what stands under what, and what is gone since when.

The data (`places_data/places.txt`) is made by tools/gen_places.py from two open sources named there. It is read when
a name is first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

#: Short names of provinces that are not simply the name without 省 or 市.
_SHORT_PROVINCES = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
    "香港特别行政区": "香港",
    "澳门特别行政区": "澳门",
}
_PEOPLES = re.compile(
    r"(?:土家族|苗族|藏族|羌族|彝族|布依族|侗族|哈尼族|壮族|傣族|白族|景颇族|傈僳族|朝鲜族|回族|蒙古族|蒙古|哈萨克|柯尔克孜)+自治州\Z"
)
#: Short names of cities that are common words.
_COMMON = frozenset(
    ("长治", "安康", "白银", "东方", "三明", "平安", "文昌", "和平", "大同", "通化", "中山", "海东", "海西", "山南")
)


class Place(NamedTuple):
    """A division, or one that is gone.

    Attributes:
        name: Its full name.
        province: Full name of its province; empty for a province.
        city: Full name of its city; empty for a city and for what belongs to the province itself.
        until: The last year at the end of which it stood there; None for what is in force.
        heir: What it became, where that is known.
    """

    name: str
    province: str
    city: str
    until: int | None = None
    heir: str = ""


class Gazetteer:
    """The names and where they stand; parsed when a name is asked for that occurs in the data at all.

    Args:
        text: Content of the data file.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _places(self) -> dict[str, list[Place]]:
        places: dict[str, list[Place]] = {}
        province = ""
        for line in self._text.splitlines():
            if line.startswith("#") or not line:
                continue
            head, colon, rest = line.partition(":")
            if not colon:
                province = line
                places[province] = [Place(province, "", "")]
            elif head.startswith("<"):
                city = head[1:]
                for entry in rest.split():
                    former, _, heir = entry.partition("=")
                    places.setdefault(former[:-4], []).append(
                        Place(former[:-4], province, city, int(former[-4:]), heir)
                    )
            else:
                if head and Place(head, province, "") not in places.get(head, ()):
                    places.setdefault(head, []).append(Place(head, province, ""))
                for name in rest.split():
                    places.setdefault(name, []).append(Place(name, province, head))
        return places

    @cached_property
    def as_of(self) -> str:
        """The day (YYYY-MM-DD) of the list of what is in force."""
        dated = re.search(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", self._text)
        return dated[0] if dated else ""

    @cached_property
    def provinces(self) -> dict[str, str]:
        """Short and full names of provinces to the full name."""
        full = [name for name, (first, *_) in self._places.items() if not first.province] + ["台湾省"]
        return {name: name for name in full} | {_SHORT_PROVINCES.get(name, name[:-1]): name for name in full}

    @cached_property
    def cities(self) -> dict[str, str]:
        """Short names of cities to the full name: those in force; without common words, and without names of provinces.

        Cities of county rank count from three characters up.
        """
        found: dict[str, str] = {}
        for name, places in self._places.items():
            if all(p.until is not None for p in places) or not places[0].province:
                continue
            if any(not p.city and p.until is None for p in places):
                short = _PEOPLES.sub("", name) if name.endswith("自治州") else name.removesuffix("地区").rstrip("市盟")
            else:
                short = name[:-1] if name.endswith("市") and len(name) >= 4 else ""
            if len(short) >= 2 and short != name and short not in self.provinces and short not in _COMMON:
                found.setdefault(short, name)
        return found

    def find(self, name: str) -> Sequence[Place]:
        """Every division that bears or bore this full name.

        Args:
            name: Full name, e.g. `江干区`, `襄樊市`, `湖南省`.
        """
        if "_places" not in self.__dict__ and name not in self._text:
            return ()  # most names of a report are no divisions: no need to parse anything
        return self._places.get(name, ())

    def in_force(self, name: str) -> bool:
        """Whether some division bears this full name today."""
        return any(p.until is None for p in self.find(name))

    def province_of(self, name: str) -> frozenset[str]:
        """Full names of the provinces that have, or had, a division of this name.

        Args:
            name: Full name of a division.
        """
        return frozenset(p.province or p.name for p in self.find(name))


@cache
def gazetteer() -> Gazetteer:
    """The shipped gazetteer."""
    path = Path(__file__).with_name("places_data") / "places.txt"
    return Gazetteer(path.read_text(encoding="utf-8"))
