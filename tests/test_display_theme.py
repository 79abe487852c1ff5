"""The look of charts: every letter drawn, every mark seen, no setting left behind."""

import itertools
import unicodedata

import numpy as np
import pytest
from fontTools.ttLib import TTFont

from helpers.display import theme
from helpers.display.lettering import font_folder
from helpers.display.theme import COLOURS

VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
PRINTED = "0123456789,.;:()/%+−–·- "

WHITE = "#ffffff"

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
SIMULATIONS = {
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
    "grey": [[0.2126, 0.7152, 0.0722]] * 3,
}


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(np.dot(linear(colour), [0.2126, 0.7152, 0.0722]))


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    x, y, z = to_xyz @ np.clip(rgb, 0, 1) / [0.9505, 1, 1.089]
    fx, fy, fz = (np.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return np.array([116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)])


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_font_has_every_vietnamese_letter_in_both_forms(form):
    needed = set(unicodedata.normalize(form, VIETNAMESE + VIETNAMESE.upper() + PRINTED))
    for weight in ("Regular", "SemiBold", "Italic"):
        file = font_folder() / f"{theme.FONT.replace(' ', '')}-{weight}.ttf"
        missing = needed - {chr(code) for code in TTFont(file).getBestCmap()}
        assert not missing, f"{file.name}: {missing}"


@pytest.mark.parametrize(
    "colour",
    [*(style.colour for style in theme.GROUPS.values()), theme.DOT, theme.OWN, theme.QUIET],
)
def test_marks_stand_out_from_white(colour):
    assert contrast(colour, WHITE) >= 3


@pytest.mark.parametrize("name", ["ink", "quiet", "dot", "own", "fill", "g1", "g2", "g3", "g4"])
def test_marks_stand_out_from_a_dark_screen(name):
    dark = COLOURS["paper"].dark
    assert contrast(COLOURS[name].dark, dark) >= (4.5 if name in ("ink", "quiet", "own") else 3)
    if name.startswith("g"):
        assert contrast(COLOURS[name].dark, COLOURS[f"on{name[1]}"].dark) >= 4.5


@pytest.mark.parametrize("style", theme.GROUPS.values())
def test_text_on_a_group_and_on_white_is_readable(style):
    assert contrast(style.colour, style.on_colour) >= 4.5
    assert contrast(theme.OWN, WHITE) >= 4.5
    assert contrast(theme.QUIET, WHITE) >= 4.5


@pytest.mark.parametrize("sight", SIMULATIONS)
def test_groups_are_told_apart_by_colour_blind_readers_and_in_grey(sight):
    seen = [
        lab(np.array(SIMULATIONS[sight]) @ linear(style.colour)) for style in theme.GROUPS.values()
    ]
    apart = [np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)]
    assert min(apart) >= (8 if sight == "grey" else 20)


def test_groups_darken_with_every_step_and_differ_in_shape():
    values = [luminance(theme.GROUPS[group].colour) for group in (1, 2, 3, 4)]
    assert values == sorted(values, reverse=True)
    assert len({style.marker for style in theme.GROUPS.values()}) == 4
