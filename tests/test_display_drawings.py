"""Drawings by themselves: readable at every width, the same every time, and colourful by class."""

import os
import re
import subprocess
import sys
from functools import partial

import pytest
from drawn import faults, roles, texts

from helpers import charts, papi
from helpers.display import history, strips
from helpers.display.chart import Chart, both
from helpers.display.keys import SIGNS, Entry, group_entries
from helpers.display.lettering import lines_of, width_of
from helpers.display.theme import COLOURS, NARROW, STYLES, WIDE, chart_css
from helpers.project import find_project
from helpers.publishing.drawing import inline_drawings, is_plain
from helpers.publishing.fonts import page_font_css

COLUMNS = (288, 358, 559, 560, 700)
"""Pixels of a column: on phones of 320 and 390, on both sides of the turn, on a screen."""


def made_up(seed: int, years: range = range(2011, 2025)) -> history.Panel:
    """A long series with gaps, breaks and steep stretches, the same for the same number."""
    points, segment, breaks = [], 0, []
    for place, year in enumerate(years):
        turn = (seed * 37 + place * 53) % 11
        if turn == 7 and place < len(years) - 1:
            continue
        if turn == 3 and points:
            segment += 1
            breaks.append(year)
        value = 40 + ((seed * 29 + place * place * 7) % 60) / 10
        middle = None if turn == 5 else 41 + ((seed * 13 + place * 17) % 40) / 10
        points.append(history.Point(year, value, middle, segment, turn == 9))
    return history.Panel(str(seed), "Điểm tổng hợp", tuple(points), tuple(breaks), 2, (2011, 2024))


def long_series(columns: int) -> Chart:
    panels = [made_up(seed) for seed in range(20)]
    entries = [Entry("own-line", "Bà Rịa – Vũng Tàu"), Entry("break", "Đổi cách tính")]
    return Chart(partial(history.history, panels, entries, columns=columns), "Hình", "Lời")


def row(values, name="Một tiêu chí có tên rất dài viết ra nhiều dòng"):
    return strips.Strip(
        name, tuple(values), (), sum(values) / len(values), ("1,00\nBà Rịa – Vũng Tàu",)
    )


@pytest.fixture(scope="module")
def country():
    return papi.evaluate_country(2024)


@pytest.fixture(scope="module")
def of_all(country):
    """The charts of every province, and of long made-up series."""
    results = [papi.of_province(place, country) for place in country.measured]
    found = {f"{r.place.slug} strip": charts.dimensions(r) for r in results}
    found |= {f"{r.place.slug} history": charts.history(r) for r in results}
    for columns in (1, 2, 3):
        found[f"long {columns}"] = long_series(columns)
    found["spread"], found["regions"] = charts.spread(country), charts.regions(country)
    return found


def test_no_text_meets_another_leaves_its_drawing_or_is_small(of_all):
    assert {name: wrong for name, chart in of_all.items() if (wrong := faults(chart))} == {}


def test_drawings_hold_shapes_and_text_only_and_no_variable(of_all):
    for name, chart in of_all.items():
        for width in (NARROW, WIDE):
            svg = chart.svg(width)
            assert is_plain(svg), name
            assert "var(" not in svg
            assert " id=" not in svg


def test_every_class_of_a_drawing_has_a_rule_that_takes_its_colours_from_the_page(of_all):
    css = chart_css()
    used = {role for chart in of_all.values() for role in roles(chart.svg())}
    assert len(used) > 15
    for role in {*used, *STYLES}:
        (rule,) = re.findall(rf"(?m)^\.c-{role}\{{(.*)\}}$", css)
        named = [name for name, value in STYLES[role].items() if value in COLOURS]
        assert [part.partition(":")[0] for part in rule.split(";")] == named
    for scheme in ("prefers-color-scheme:dark", "forced-colors:active", "print"):
        assert f"@media ({scheme})" in css or f"@media {scheme}" in css


def test_the_same_rows_give_the_same_bytes_whatever_the_hash_seed():
    program = (
        "import hashlib; from helpers import charts, papi\n"
        "c = papi.evaluate_country(2024); r = papi.of_province(c.measured[3], c)\n"
        "svgs = [f(r).svg(w) for f in (charts.dimensions, charts.history) for w in (320, 660)]\n"
        "print(hashlib.sha256(''.join(svgs).encode()).hexdigest())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1


def test_the_report_draws_its_first_charts_without_matplotlib():
    program = (
        "import sys; from helpers import charts, papi\n"
        "c = papi.evaluate_country(2024); r = papi.of_province(c.measured[3], c)\n"
        "charts.dimensions(r)._repr_mimebundle_(); charts.history(r)._repr_mimebundle_()\n"
        "print([name for name in ('matplotlib', 'seaborn') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert done.stdout.decode().strip() == "[]"


def test_a_line_joins_years_of_one_segment_and_is_dotted_across_a_gap():
    points = [
        history.Point(2019, 1.0, 1.5, 0),
        history.Point(2021, 2.0, 1.5, 1),
        history.Point(2022, 2.5, 1.5, 1),
        history.Point(2024, 2.0, 1.5, 1),
    ]
    found = [(s.old.year, s.new.year, s.dotted) for s in history.stretches(points)]
    assert found == [(2021, 2022, False), (2022, 2024, True)]
    panel = history.Panel("x", "X", tuple(points), (2021,), 2, (2019, 2024))
    drawn = roles(history.history([panel], [], WIDE, 1))
    assert (drawn.count("own-line"), drawn.count("own-dotted"), drawn.count("band")) == (1, 1, 1)
    assert drawn.count("own") == 4


def test_a_doubted_value_is_hollow_and_an_unknown_middle_is_not_drawn():
    points = (history.Point(2023, 1.0, None, 0, True), history.Point(2024, 2.0, None, 1))
    drawn = roles(
        history.history([history.Panel("x", "X", points, (), 2, (2023, 2024))], [], WIDE, 1)
    )
    assert (drawn.count("own-hollow"), drawn.count("own")) == (1, 1)
    assert "mid-line" not in drawn


def test_one_value_alone_and_equal_values_are_drawn():
    alone = history.Panel("x", "X", (history.Point(2024, 5.0, 5.0, 0),), (), 2, (2024, 2024))
    assert "5,00" in texts(Chart(partial(history.history, [alone], [], columns=1), "", "a"))
    look = strips.Look(("Cao nhất",), (), "Điểm")
    chart = Chart(partial(strips.strip, [row([3.0, 3.0, 3.0])], look), "", "a")
    assert faults(chart) == []


def test_letters_of_names_cannot_leave_their_text():
    hostile = "</text></svg><script>alert(1)</script> & \"x\" 'y'"
    look = strips.Look(("Cao nhất",), (Entry("dot", hostile),), hostile)
    chart = Chart(partial(strips.strip, [row([1.0, 2.0], hostile)], look), "Hình", hostile)
    assert all(is_plain(chart.svg(width)) for width in (NARROW, WIDE))
    assert "<script" not in chart.html()
    assert chart.html().endswith("<figcaption>Hình</figcaption></figure>"), (
        "for JupyterLab, nbconvert"
    )
    data, metadata = chart._repr_mimebundle_()
    shown = {"data": data, "metadata": metadata}
    assert inline_drawings(shown) == (chart.svg(NARROW), chart.svg(WIDE))


def shown(narrow, wide):
    return {"data": {"image/svg+xml": wide}, "metadata": {"chiso": {"narrow": narrow}}}


@pytest.mark.parametrize(
    "change",
    [
        ("<g ", '<g onclick="alert(1)" '),
        ("<g ", '<g style="color:red" '),
        ('fill="#ffffff"', 'fill="url(https://evil.example/)"'),
        ("</svg>", "<script>alert(1)</script></svg>"),
        ("</svg>", '<image href="https://evil.example/x.png"/></svg>'),
        ("</svg>", "<!-- x --></svg>"),
        ('class="c-ground"', 'class="skip"'),
        ("</svg>", "<g></svg>"),
    ],
)
def test_a_drawing_that_holds_anything_else_may_not_stand_in_a_page(change):
    svg = strips.strip([row([1.0, 2.0])], strips.Look(("Cao nhất",), (), "Điểm"), WIDE)
    assert is_plain(svg)
    assert not is_plain(svg.replace(*change, 1))
    narrow = svg.replace('class="wide"', 'class="narrow"')
    assert inline_drawings(shown(narrow, svg)) == (narrow, svg)
    assert inline_drawings(shown(narrow, svg.replace(*change, 1))) is None
    assert inline_drawings(shown(narrow.replace(*change, 1), svg)) is None
    assert inline_drawings({"data": {"image/svg+xml": svg}}) is None


def test_lines_break_between_words_and_fit_their_room():
    lines = lines_of("Bắc Trung Bộ và duyên hải miền Trung", 13, 100)
    assert " ".join(lines) == "Bắc Trung Bộ và duyên hải miền Trung"
    assert all(width_of(line, 13) <= 100 for line in lines)
    assert lines_of("một\nhai", 13, 100) == ["một", "hai"]


def test_every_sign_of_a_legend_is_drawn_and_groups_stand_from_high_to_low():
    look = strips.Look(("Cao nhất",), tuple(Entry(sign, sign) for sign in SIGNS), "Điểm")
    chart = Chart(partial(strips.strip, [row([1.0, 2.0])], look), "", "a")
    assert faults(chart) == []
    assert set(SIGNS) <= set(texts(chart))
    names = ("Thấp", "Trung bình thấp", "Trung bình cao", "Cao")
    assert [entry.label for entry in group_entries(names, marked=True)] == [*reversed(names)]


MEASURE = """() => [...document.querySelectorAll('figure')].map((figure) => {
  const seen = [...figure.querySelectorAll('svg')].filter((svg) => svg.getClientRects().length);
  const texts = seen.flatMap((svg) => [...svg.querySelectorAll('text')].map((text) => {
    const box = text.getBoundingClientRect(), scale = box.width / text.getBBox().width;
    return {
      text: text.textContent, x: box.x, right: box.right, y: box.y, bottom: box.bottom,
      pixels: parseFloat(getComputedStyle(text).fontSize) * scale,
      wide: text.getComputedTextLength(), size: parseFloat(getComputedStyle(text).fontSize),
      bold: getComputedStyle(text).fontWeight === '600',
    };
  }));
  return { shown: seen.map((svg) => svg.getAttribute('class')), texts };
})"""


@pytest.mark.browser
def test_a_browser_shows_one_width_and_every_text_readable_and_apart(browser, of_all):
    names = [
        "quang-nam strip",
        "kien-giang strip",
        "quang-nam history",
        "long 1",
        "spread",
        "regions",
    ]
    body = "".join(
        f"<figure>{both(c.svg(NARROW), c.svg(WIDE), 'a')}</figure>"
        for c in (of_all[name] for name in names)
    )
    css = page_font_css(find_project()) + chart_css()
    tab = browser.new_page()
    tab.set_content(f"<style>{css} figure,body{{margin:0}}</style><main>{body}</main>")
    for column in COLUMNS:
        tab.set_viewport_size({"width": column, "height": 900})
        tab.evaluate("document.fonts.ready")
        for name, figure in zip(names, tab.evaluate(MEASURE), strict=True):
            assert figure["shown"] == ["wide" if column >= 560 else "narrow"], (name, column)
            found = figure["texts"]
            assert len(found) > 10
            for place, one in enumerate(found):
                told = (name, column, one["text"])
                assert one["pixels"] >= 10.95, told
                assert one["x"] >= -1, told
                assert one["right"] <= column + 1, told
                measured = width_of(one["text"], one["size"], bold=one["bold"])
                assert -0.02 <= measured / one["wide"] - 1 <= 0.05, told
                # Boxes hold the room of accents; letters of lines below each other do not meet.
                inner = 0.3 * one["pixels"]
                for other in found[place + 1 :]:
                    apart = (
                        one["right"] <= other["x"] + 1
                        or other["right"] <= one["x"] + 1
                        or one["bottom"] - inner <= other["y"] + inner
                        or other["bottom"] - inner <= one["y"] + inner
                    )
                    assert apart, (*told, other["text"])
    tab.close()


@pytest.mark.browser
def test_paper_gets_the_wide_drawing_and_screens_their_colours(browser, of_all):
    chart = of_all["quang-nam strip"]
    tab = browser.new_page(viewport={"width": 390, "height": 900})
    tab.set_content(f"<style>{chart_css()}</style>{both(chart.svg(NARROW), chart.svg(WIDE), 'a')}")
    fill = "getComputedStyle(document.querySelector('.narrow .c-mark1')).fill"
    light = tab.evaluate(fill)
    tab.emulate_media(color_scheme="dark")
    assert tab.evaluate(fill) != light
    tab.emulate_media(media="print", color_scheme="dark")
    assert tab.evaluate(fill) == light
    assert tab.evaluate("document.querySelector('svg.wide').getClientRects().length") == 1
    assert tab.evaluate("document.querySelector('svg.narrow').getClientRects().length") == 0
    tab.close()
