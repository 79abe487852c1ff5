"""A table of results of any index comes in with its source, and nothing known gets lost."""

from __future__ import annotations

import shutil

import pytest
from openpyxl import Workbook

from helpers.inputs.problems import InputError
from helpers.inputs.published import published
from helpers.inputs.table_import import Stated, read_table, take_back, write_table
from helpers.project import Project, find_project

CHECKOUT = find_project()
SOURCE = Stated("official", "https://moha.gov.vn/par-index-2024", "Bộ Nội vụ")
HEAD = "Tỉnh;Điểm;Xếp hạng"


@pytest.fixture
def project(tmp_path):
    for name in ("params/places", "params/indices", "params/entry", "data/published"):
        shutil.copytree(CHECKOUT.root / name, tmp_path / name)
    (tmp_path / "data/published/par_index/2016.csv").unlink()
    return Project(tmp_path)


@pytest.fixture
def table(tmp_path):
    def write(*lines, name="bang.csv"):
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


def value_of(project, index, year, slug):
    rows = published(index, project)
    rows = rows[(rows["year"] == year) & (rows["slug"] == slug) & (rows["code"] == "total")]
    return [
        (row.value, row.rank, row.status, row.publisher, row.source) for row in rows.itertuples()
    ]


def test_a_table_is_added_with_what_was_stated_of_it(project, table):
    path = table(HEAD, "Hà Giang;84,10;50", "TP. Cần Thơ;86,4;31")
    made = read_table(path, "par_index", 2016, SOURCE, project)
    assert (made.added, made.same, made.replaced) == (2, 0, ())
    assert not made.file.is_file()
    write_table(made, "par_index", 2016, project)
    assert value_of(project, "par_index", 2016, "can-tho") == [
        (86.4, 31, "official", "Bộ Nội vụ", "https://moha.gov.vn/par-index-2024")
    ]
    again = read_table(path, "par_index", 2016, SOURCE, project)
    assert (again.added, again.same) == (0, 2)


def test_values_keep_the_digits_that_their_column_is_printed_with(project, table):
    made = read_table(table(HEAD, "Hà Giang;84,1;", "Cần Thơ;86,44;"), "dti", 2016, SOURCE, project)
    assert ",84.10," in made.content


def test_a_workbook_with_headings_of_its_own_is_read(project, tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["BẢNG XẾP HẠNG"])
    sheet.append(["STT", "Tên tỉnh, TP", "Tổng số"])
    sheet.append([1, "Hà Giang", 84.1])
    book.save(tmp_path / "bang.xlsx")
    own = {"unit": "Tên tỉnh, TP", "value": "Tổng số"}
    stated = Stated("official", "Quyết định 1/QĐ", columns=own)
    made = read_table(tmp_path / "bang.xlsx", "par_index", 2016, stated, project)
    assert made.added == 1


def test_what_is_known_is_changed_only_when_asked_for(project, table):
    write_table(
        read_table(table(HEAD, "Hà Giang;84,10;50"), "par_index", 2016, SOURCE, project),
        *("par_index", 2016, project),
    )
    other = Stated("official", "https://elsewhere.vn")
    again = read_table(table(HEAD, "Hà Giang;84,10;50"), "par_index", 2016, other, project)
    assert (again.same, again.replaced) == (1, ())
    assert "elsewhere" not in again.content
    for line in ("Hà Giang;84,90;50", "Hà Giang;84,10;", "Hà Giang;;50"):
        made = read_table(table(HEAD, line), "par_index", 2016, other, project)
        assert len(made.poorer) == 1, line
        assert "84.1, thứ 50 → " in made.poorer[0]


def kept_of(project, *lines):
    """Write what is known of PAR INDEX in 2016, as people keep it: without slugs."""
    file = project.published / "par_index" / "2016.csv"
    head = "unit,code,value,rank,status,publisher,source,read_from,doubt,note,name,unit_of_measure"
    named = [f"{line},Chỉ số tổng hợp PAR INDEX,%" for line in lines]
    file.write_text("\n".join((head, *named)) + "\n", encoding="utf-8")
    return file


def test_a_file_without_slugs_is_known_by_the_names_of_its_units(project, table):
    kept_of(project, "Hà Giang,total,84.10,50,official,Bộ Nội vụ,https://a.vn,,,")
    made = read_table(table(HEAD, "Hà Giang;84,10;50"), "par_index", 2016, SOURCE, project)
    assert (made.added, made.same) == (0, 1)
    made = read_table(table(HEAD, "Hà Giang;84,90;50"), "par_index", 2016, SOURCE, project)
    assert (made.added, len(made.poorer)) == (0, 1)


def test_other_figures_take_no_doubt_note_or_origin_of_the_old_line(project, table):
    kept_of(
        project,
        "Hà Giang,total,84.10,50,official,Báo X,https://a.vn,bang.pdf,in mờ,chép tay",
    )
    other = Stated("official", "https://elsewhere.vn")
    made = read_table(table(HEAD, "Hà Giang;84,90;50"), "par_index", 2016, other, project)
    assert "https://elsewhere.vn" in made.content
    for old in ("Báo X", "bang.pdf", "in mờ", "chép tay", "https://a.vn"):
        assert old not in made.content


def test_a_richer_line_takes_one_place_and_another_source_stays(project, table):
    kept_of(
        project,
        "Hà Giang,total,84.10,,official,,https://a.vn,,,",
        "Hà Giang,total,84.20,,official,,https://b.vn,,hai nguồn khác nhau,",
    )
    made = read_table(table(HEAD, "Hà Giang;84,10;50"), "par_index", 2016, SOURCE, project)
    assert (len(made.replaced), made.poorer) == (1, ())
    assert "https://b.vn" in made.content
    assert "https://a.vn" not in made.content
    made = read_table(table(HEAD, "Hà Giang;84,90;50"), "par_index", 2016, SOURCE, project)
    assert len(made.poorer) == 1
    assert "https://a.vn" not in made.content
    assert "https://b.vn" not in made.content


def test_what_the_file_may_not_hold_is_told_by_the_row_of_the_table(project, table):
    (project.published / "pci" / "2016.csv").unlink()
    path = table(HEAD, "Cà Mau;61,10;2", "Hà Giang;184,10;1")
    with pytest.raises(InputError) as caught:
        read_table(path, "pci", 2016, SOURCE, project)
    assert {(one.file, one.line) for one in caught.value.problems} == {("bang.csv", 3)}


@pytest.mark.parametrize(
    ("lines", "rule", "told"),
    [
        (("Hà Gian;84,10;1",), "unknown-place", "Hà Giang"),
        (("Hà Giang;84,10;1", "Ha Giang;84,20;2"), "duplicate", "Hà Giang"),
        (("Hà Giang;=A1+;1",), "number", "«=A1+»"),
        (("Hà Giang;0,8410;1", "Cần Thơ;0,9;2"), "scale", "%"),
    ],
)
def test_a_wrong_row_is_named(project, table, lines, rule, told):
    with pytest.raises(InputError) as caught:
        read_table(table(HEAD, *lines), "par_index", 2016, SOURCE, project)
    problem = next(one for one in caught.value.problems if told in str(one))
    assert "bang.csv" in str(problem)
    if rule in ("unknown-place", "duplicate"):
        assert (problem.rule, problem.line) == (rule, len(lines) + 1)


def test_an_import_is_taken_back_but_never_somebodys_later_work(project, table):
    file = project.published / "par_index" / "2024.csv"
    before = file.read_bytes()
    made = read_table(table(HEAD, "Cà Mau;81,10;"), "par_index", 2024, SOURCE, project)
    write_table(made, "par_index", 2024, project)
    assert take_back("par_index", 2024, project) == file
    assert file.read_bytes() == before
    with pytest.raises(InputError, match="Chưa có lần nạp"):
        take_back("par_index", 2024, project)
    write_table(made, "par_index", 2024, project)
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(InputError, match="sửa sau lần nạp"):
        take_back("par_index", 2024, project)
    new = read_table(table(HEAD, "Cà Mau;81,10;"), "par_index", 2016, SOURCE, project)
    write_table(new, "par_index", 2016, project)
    assert not take_back("par_index", 2016, project).exists()


def test_the_command_asks_for_source_and_status_and_tries_without_writing(
    project, table, monkeypatch, capsys
):
    from helpers.cli import main

    monkeypatch.chdir(project.root)
    path = str(table(HEAD, "Cà Mau;81,10;"))

    def told(*arguments):
        monkeypatch.setattr("sys.argv", ["chiso", "import", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        output = capsys.readouterr()
        return ended.value.code, output.out + output.err

    file = project.published / "par_index" / "2024.csv"
    before = file.read_bytes()
    year = ("--year", "2024")
    assert told("par_index", path)[0] == 2
    status, said = told("par_index", path, *year, "--status", "official")
    assert status == 2
    assert "--source" in said
    stated = ("--status", "official", "--source", "https://moha.gov.vn")
    status, said = told("par_index", path, *year, *stated, "--dry-run")
    assert status in (0, None)
    assert "thêm" in said
    assert file.read_bytes() == before
    assert told("khong-co", path, *year, *stated)[0] == 2
    assert told("par_index", path, *year, *stated)[0] in (0, None)
    assert "Cà Mau" in file.read_text(encoding="utf-8")
    assert told("par_index", "--undo", *year)[0] in (0, None)
    assert file.read_bytes() == before
