"""Place names as text: the form used for matching, and Vietnamese alphabetical order."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: position for position, letter in enumerate(_ALPHABET)}
# Level tone first, then huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
# Eth (ð) looks like đ and is found in its place in texts converted from older Vietnamese encodings.
_STROKED_D = str.maketrans({"đ": "d", "ð": "d"})
_SEPARATORS = re.compile(r"[\W_]+")
_PREFIX = re.compile(r"^(?P<kind>tinh|thanh pho|tp) (?=\S)")

_KINDS = [
    kind.split()
    for kind in (
        "thị trấn",
        "thị xã",
        "thành phố",
        "tp",
        "quận",
        "huyện",
        "phường",
        "xã",
        "đặc khu",
    )
]
"""What may stand before the name of a district or commune."""

SortKey = tuple[tuple[int, ...], tuple[int, ...], str]


# Headings, codes and names come again with every row and file.
@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Return `text` in lower case without tones, diacritics and punctuation, words apart.

    Parameters
    ----------
    text : str
        Any text, composed or decomposed Unicode.

    Returns
    -------
    str
        Letters and digits, one space between words: ``"TP. Huế"`` gives ``"tp hue"``.
    """
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    unmarked = "".join(c for c in spread if unicodedata.category(c) != "Mn")
    return _SEPARATORS.sub(" ", unmarked.translate(_STROKED_D)).strip()


@lru_cache(maxsize=8192)
def identity(text: str) -> str:
    """Return the form in which two spellings of one name are equal, and no two names are.

    Case, composition, punctuation, spaces and where in its syllable a tone mark stands ("Hoà", "Hòa")
    do not matter; tones and letters do: Xã Tân Thạnh and Xã Tân Thành are two communes. Folding
    (:func:`bare`) serves search and headings, never identity.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        Words in lower case, the tone of each behind its letters.
    """
    spread = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    words = _SEPARATORS.sub(" ", unicodedata.normalize("NFC", spread)).split()
    return " ".join(_letters_and_tone(word) for word in words)


def _letters_and_tone(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    tones = "".join(str(_TONES[part]) for part in parts if part in _TONES)
    letters = "".join(part for part in parts if part not in _TONES)
    return unicodedata.normalize("NFC", letters) + tones


def near_names(one: str, other: str) -> bool:
    """Tell whether two different names may be meant for one: i and y, missing tones, "Huyện" in front.

    Names that differ in a tone that both of them write are two names.

    Examples
    --------
    >>> near_names("Kì Anh", "Huyện Kỳ Anh"), near_names("Tan Thanh", "Tân Thạnh")
    (True, True)
    >>> near_names("Xã Tân Thạnh", "Xã Tân Thành"), near_names("Hòa Bình", "Hoà Bình")
    (False, False)
    """
    if identity(one) == identity(other):
        return False
    left, right = _words_of_name(one), _words_of_name(other)
    return len(left) == len(right) and all(map(_near_words, left, right))


def near_key(text: str) -> str:
    """Return what all names share that :func:`near_names` could find near."""
    return " ".join(bare(word).replace("y", "i") for word in _words_of_name(text))


def _words_of_name(text: str) -> list[str]:
    words = _SEPARATORS.sub(" ", unicodedata.normalize("NFC", text).casefold()).split()
    for kind in _KINDS:
        if words[: len(kind)] == kind and len(words) > len(kind):
            return words[len(kind) :]
    return words


def _near_words(one: str, other: str) -> bool:
    if bare(one).replace("y", "i") != bare(other).replace("y", "i"):
        return False
    same = identity(one).replace("y", "i") == identity(other).replace("y", "i")
    return same or one.isascii() or other.isascii()


def prefix(text: str) -> str | None:
    """Return the kind of unit that `text` begins with.

    Returns
    -------
    str or None
        ``"tỉnh"``, ``"thành phố"``, or None where the text begins with the name itself.
    """
    found = _PREFIX.match(bare(text))
    if found is None:
        return None
    return "tỉnh" if found["kind"] == "tinh" else "thành phố"


def fold(text: str) -> str:
    """Return the form of a place name in which spellings of the same name are equal.

    Tones, diacritics, case, hyphens, dots and extra spaces are dropped, đ is read as d, and
    "tỉnh", "thành phố" or "TP." in front is left out, as long as a name follows it. Two
    different names never become equal by this: the register refuses to load otherwise.

    Parameters
    ----------
    text : str
        A name as found in a report, a workbook or a command line.

    Returns
    -------
    str
        For example ``"thua thien hue"`` for ``"Thừa Thiên–Huế"``.
    """
    folded = bare(text)
    while (found := _PREFIX.match(folded)) is not None:
        folded = folded[found.end() :]
    return folded


def sort_key(text: str) -> SortKey:
    """Return a key that sorts text in Vietnamese alphabetical order.

    Letters first, in the order of the Vietnamese alphabet (a ă â b c d đ e ê …, in which ă, â, đ,
    ê, ô, ơ and ư are letters of their own); then tones (ngang, huyền, hỏi, ngã, sắc, nặng). This
    is the order of the Unicode CLDR collation for ``vi``. The default Unicode table would not
    do: it takes ă and â for accented forms of a and puts Cần Thơ before Cao Bằng.

    Parameters
    ----------
    text : str
        Any text; words are separated by whatever is neither letter nor digit.

    Returns
    -------
    tuple
        Comparable with the key of any other text.
    """
    letters: list[int] = []
    tones: list[int] = []
    words = _SEPARATORS.sub(" ", unicodedata.normalize("NFC", text).casefold()).strip()
    for character in words:
        parts = unicodedata.normalize("NFD", character)
        tone = next((_TONES[mark] for mark in parts if mark in _TONES), 0)
        letter = unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONES))
        letters.append(_weight(letter))
        tones.append(tone)
    return tuple(letters), tuple(tones), text


def unit_order(name: str) -> SortKey:
    """Return the key of a unit's printed name: "TP. Hồ Chí Minh" stands under H.

    Parameters
    ----------
    name : str
        As `Place.name` prints it.

    Returns
    -------
    tuple
        See `sort_key`.
    """
    return sort_key(re.sub(r"^TP\. ", "", name))


def _weight(letter: str) -> int:
    if letter == " ":
        return 0
    if letter.isascii() and letter.isdigit():
        return 1 + int(letter)
    # Letters of other languages come after z, in the order of Unicode.
    return 11 + _RANK[letter] if letter in _RANK else 100 + ord(letter[0])
