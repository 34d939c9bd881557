"""How much a reader is willing to take in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes past which a file is refused with a reason.

    Attributes:
        max_bytes: Largest file, in bytes.
        max_unpacked: Most bytes that a zipped document may unpack to in all.
        max_ratio: Largest ratio of unpacked to packed size of one member above 1 MiB.
        convert_timeout: Seconds a conversion through LibreOffice may take.
    """

    max_bytes: int = 20 * 1024 * 1024
    max_unpacked: int = 256 * 1024 * 1024
    max_ratio: int = 200
    convert_timeout: int = 120
