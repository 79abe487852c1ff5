"""Many offices of one province: each has its own folder, report and last year."""

from __future__ import annotations

import json
import shutil

import pytest
from batch_project import CHECKOUT

from helpers.cli.available import Availability
from helpers.cli.choose import NothingToDoError, find_office, plan
from helpers.execution.record import read_record
from helpers.facts.joined import joined
from helpers.facts.value import Value
from helpers.indices.procedures.result import evaluate as procedures
from helpers.indices.sipas.result import NoSatisfactionError
from helpers.indices.sipas.result import evaluate as sipas
from helpers.inputs.delivery import Delivery, all_deliveries, deliveries_of, office_slug
from helpers.places import register
from helpers.project import Project
from helpers.publishing.index import list_reports
from helpers.reports.annual.result import evaluate as annual
from helpers.reports.annual.text import section
from helpers.reports.review.result import evaluate as review
from helpers.site.inventory import take_stock

HEALTH = ("so-y-te", "Sở Y tế")
HOME = ("so-noi-vu", "Sở Nội vụ")
TRADE = ("so-cong-thuong", "Sở Công Thương")


def deliver(project, office, year, satisfaction, received, *, name="", code=None):
    slug, usual = office
    delivery = Delivery(year, "ha-tinh", slug if code is None else code)
    delivery.settings(project).parent.mkdir(parents=True, exist_ok=True)
    delivery.settings(project).write_text(f"office: {{name: {name or usual}}}\n", encoding="utf-8")
    folder = delivery.folder(project)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "so-lieu.csv").write_text(
        "ma,gia_tri,don_vi,nam\n"
        f'sipas.overall,"{satisfaction}%",%,{year}\n'
        f"procedures.received,{received},hồ sơ,{year}\n"
        f"procedures.resolved,{received},hồ sơ,{year}\n",
        encoding="utf-8",
    )
    return delivery


@pytest.fixture
def project(shipped, tmp_path, monkeypatch):
    made = Project(tmp_path / "checkout")
    shutil.copytree(shipped.root, made.root)
    monkeypatch.setenv("CHISO_PROJECT", str(made.root))
    for slug in made.offices.iterdir():
        shutil.rmtree(slug)
    deliver(made, HOME, 2024, "90,25", 120)
    deliver(made, HEALTH, 2024, "85,15", 9800)
    return made


def overall(result):
    return result.found.measured["total"].value.known


def earlier(result):
    return result.found.measured["total"].before("previous").measured.value.known


def whose(wanted):
    return {job.whose for job in wanted.jobs}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Sở Y tế", "so-y-te"),
        ("Sở LĐ-TB&XH", "so-ld-tb-xh"),
        ("UBND xã Tân Thạnh", "ubnd-xa-tan-thanh"),
        ("so-y-te", "so-y-te"),
    ],
)
def test_the_folder_of_an_office_follows_from_its_name(name, slug):
    assert office_slug(name) == slug


def test_all_that_delivered_are_listed(project):
    deliver(project, ("", "UBND tỉnh"), 2024, "80", 10)
    (project.offices / "ha-tinh" / "2024" / "mo-dau.md").write_text("Lời.", encoding="utf-8")
    assert all_deliveries(project) == (
        Delivery(2024, "ha-tinh"),
        Delivery(2024, "ha-tinh", "so-noi-vu"),
        Delivery(2024, "ha-tinh", "so-y-te"),
    )
    assert deliveries_of("ha-tinh", 2023, project) == ()


def test_an_office_reports_its_own_figures(project):
    health, home = (sipas("ha-tinh", 2024, project, slug) for slug, _ in (HEALTH, HOME))
    assert health.office.office.name == "Sở Y tế"
    assert (overall(health), overall(home)) == (85.15, 90.25)
    assert procedures("ha-tinh", 2024, project, "so-y-te").total["tn_tong"].value == 9800
    with pytest.raises(NoSatisfactionError, match=r"chiso new ha-tinh 2024$"):
        sipas("ha-tinh", 2024, project)
    with pytest.raises(NoSatisfactionError, match="chiso new ha-tinh 2024 --office so-cong-thuong"):
        sipas("ha-tinh", 2024, project, "so-cong-thuong")


def test_last_year_is_that_of_the_same_office(project):
    deliver(project, HEALTH, 2023, "84,00", 9000)
    deliver(project, ("", ""), 2023, "70,00", 100, name="Sở Tư pháp")
    assert earlier(sipas("ha-tinh", 2024, project, "so-y-te")) == 84
    # The province's folder was another's by name; with the same name it was this office's.
    assert sipas("ha-tinh", 2024, project, "so-noi-vu").earlier is None
    Delivery(2023, "ha-tinh").settings(project).write_text(
        "office: {name: Sở Nội vụ}\n", encoding="utf-8"
    )
    assert earlier(sipas("ha-tinh", 2024, project, "so-noi-vu")) == 70


def test_what_another_office_wrote_wrong_stops_nobody_else(project, chiso):
    Delivery(2024, "ha-tinh", "so-y-te").settings(project).write_text("a: [", encoding="utf-8")
    assert chiso("check", "ha-tinh", "2024", "--office", "so-noi-vu")[0] == 0
    status, told = chiso("check", "ha-tinh", "2024", "--office", "so-y-te")
    assert status == 1
    assert "params/provinces/ha-tinh/2024/so-y-te.yml" in told


def test_new_lays_out_a_folder_for_each_office(project, chiso):
    status, told = chiso("new", "ha-tinh", "2025", "--office", "Sở Y tế")
    assert status == 0
    assert "params/provinces/ha-tinh/2025/so-y-te.yml" in told
    assert "data/provinces/ha-tinh/2025/so-y-te/nhap-lieu.xlsx" in told
    assert "Đã chép số liệu và các dòng của năm 2024" in told
    assert "chiso check ha-tinh 2025 --office so-y-te" in told
    text = Delivery(2025, "ha-tinh", "so-y-te").settings(project).read_text(encoding="utf-8")
    assert "«chiso check ha-tinh 2025 --office so-y-te»" in text
    # A slug is no name; last year's settings know it, or it must be said.
    assert chiso("new", "ha-tinh", "2025", "--office", "so-noi-vu")[0] == 0
    status, told = chiso("new", "ha-tinh", "2025", "--office", "so-tai-chinh")
    assert status == 2
    assert "chưa biết tên đầy đủ của cơ quan «so-tai-chinh»" in told
    assert not Delivery(2025, "ha-tinh", "so-tai-chinh").settings(project).exists()


def test_two_communes_that_differ_by_a_tone_do_not_share_a_folder(project, chiso):
    assert chiso("new", "long-an", "2024", "--office", "UBND xã Tân Thạnh")[0] == 0
    status, told = chiso("new", "long-an", "2024", "--office", "UBND xã Tân Thành")
    assert status == 2
    assert "đã có tệp của UBND xã Tân Thạnh" in told
    again = 'chiso new long-an 2024 --office ubnd-xa-tan-thanh-2 --unit "UBND xã Tân Thành"'
    assert again in told
    assert (
        chiso("new", "long-an", "2024", *again.split("2024 ")[1].split(" --unit ")[0].split(),
              "--unit", "UBND xã Tân Thành")[0] == 0
    )  # fmt: skip


def test_which_reports_are_made(project):
    everything = plan(project, ["sipas"], None, 2024)
    assert whose(everything) == {"ha-tinh/so-noi-vu", "ha-tinh/so-y-te"}
    both = {"ha-tinh/so-noi-vu", "ha-tinh/so-y-te"}
    assert whose(plan(project, None, ["ha-tinh"], 2024)) == {"ha-tinh", *both}
    assert whose(plan(project, ["sipas"], ["ha-tinh"], 2024, ["all"])) == both
    assert whose(plan(project, None, ["ha-tinh"], 2024, ["Sở Y tế"])) == {"ha-tinh/so-y-te"}
    assert whose(plan(project, ["sipas"], None, None, ["so-y-te"])) == {"ha-tinh/so-y-te"}
    assert whose(plan(project, ["sipas"], None, 2024, delivered=True)) == both
    # A kind that is named is the province's own; who has it is said.
    with pytest.raises(NothingToDoError, match="--office so-noi-vu, hoặc --office all"):
        plan(project, ["sipas", "procedures"], ["ha-tinh"], 2024)
    with pytest.raises(NothingToDoError, match="không có số liệu của cơ quan đã nêu năm 2024"):
        plan(project, ["sipas"], ["ha-tinh"], 2024, ["so-cong-thuong"])
    deliver(project, ("", "UBND tỉnh"), 2024, "80", 10)
    assert whose(plan(project, ["sipas"], ["ha-tinh"], 2024)) == {"ha-tinh"}


def test_no_office_has_a_report_on_what_is_the_provinces(project):
    assert Availability(project).offices("papi") == ()
    assert Availability(project).offices("province") == ()
    assert Availability(project).offices("sipas") == (
        Delivery(2024, "ha-tinh", "so-noi-vu"),
        Delivery(2024, "ha-tinh", "so-y-te"),
    )


def test_an_office_is_found_by_slug_or_name(project):
    place = register(project).find("ha-tinh", "63")
    for text in ("so-y-te", "Sở Y tế", "SỞ Y TẾ"):
        assert find_office(place, 2024, text, project).office == "so-y-te"
    with pytest.raises(NothingToDoError, match="Các cơ quan đã có: so-noi-vu, so-y-te"):
        find_office(place, 2024, "Sở Ý tế", project)


def test_reports_of_two_offices_lie_apart_and_read_nothing_of_each_other(project, chiso):
    status, told = chiso(
        "run", "--report", "sipas", "--province", "ha-tinh", "--office", "all", "--format", "html"
    )
    assert status == 0, told
    folder = project.outputs / "reports" / "2024" / "ha-tinh"
    assert {path.name for path in folder.iterdir()} == {"so-noi-vu", "so-y-te"}
    for slug, other in ((HEALTH[0], HOME[0]), (HOME[0], HEALTH[0])):
        record = read_record(folder / slug / "sipas.record.json")
        assert record.office == slug
        assert record.parameters == {"province": "ha-tinh", "year": 2024, "office": slug}
        read = [name for name in record.inputs if "data/provinces" in name or "params/prov" in name]
        assert any(f"/{slug}" in name for name in read)
        assert not [name for name in read if f"/{other}" in name]
    # What one of them changes is nothing to the other.
    (project.deliveries / "ha-tinh/2024/so-y-te/so-lieu.csv").open("a").write("\n")
    _, told = chiso("run", "--report", "sipas", "--office", "all", "--format", "html", "--dry-run")
    assert "sipas · ha-tinh/so-y-te · 2024" in told
    assert "1 báo cáo sẽ được lập, 1 báo cáo còn đúng" in told
    listed = list_reports(project)
    assert {(entry.year, entry.unit) for entry in listed} == {("2024", "ha-tinh")}
    stock = take_stock(project)
    assert {report.address for report in stock.reports} == {
        "tinh/ha-tinh/2024/co-quan/so-noi-vu/sipas/",
        "tinh/ha-tinh/2024/co-quan/so-y-te/sipas/",
    }
    assert {report.whom for report in stock.reports} == {"Sở Nội vụ, Hà Tĩnh", "Sở Y tế, Hà Tĩnh"}
    assert {report.whose for report in stock.reports} == {"ha-tinh/so-noi-vu", "ha-tinh/so-y-te"}
    manifest = json.loads((project.outputs / "manifest.json").read_text(encoding="utf-8"))
    assert {one["office"] for one in manifest["reports"]} == {"so-noi-vu", "so-y-te"}


def test_a_province_joins_its_offices(project):
    deliver(project, TRADE, 2024, "85,15", 200)
    result = annual("ha-tinh", 2024, project)
    offices = result.offices
    assert [one.name for one in offices.rows] == ["Sở Công Thương", "Sở Nội vụ", "Sở Y tế"]
    assert offices.sum("received").known == 120 + 9800 + 200
    assert offices.sum("planned") is None
    places = {one.name: offices.joined("sipas").place(one.delivery.office) for one in offices.rows}
    # What prints alike shares its place.
    assert places == {"Sở Nội vụ": 1, "Sở Công Thương": 2, "Sở Y tế": 2}
    told = section(result, "co-quan").markdown
    assert "10.120" in told
    assert "Chưa gửi" not in told
    assert annual("ha-tinh", 2024, project, "so-y-te").offices.rows == ()


def test_who_sent_nothing_and_whose_figures_are_wrong_is_said(project):
    settings = Delivery(2024, "ha-tinh").settings(project)
    settings.write_text(
        "office: {name: Ủy ban nhân dân tỉnh Hà Tĩnh}\noffices: [SỞ Y TẾ, so-noi-vu, Sở Tài chính]\n",
        encoding="utf-8",
    )
    (Delivery(2024, "ha-tinh", "so-y-te").folder(project) / "so-lieu.csv").write_text(
        "ma,gia_tri\nsipas.overall,x\n", encoding="utf-8"
    )
    trade = deliver(project, TRADE, 2024, "85,15", 200)
    (trade.folder(project) / "so-lieu.csv").unlink()
    result = annual("ha-tinh", 2024, project)
    assert result.offices.absent == ("Sở Công Thương", "Sở Tài chính")
    assert result.offices.broken == ("Sở Y tế",)
    told = section(result, "co-quan").markdown
    assert "Chưa gửi số liệu: Sở Công Thương, Sở Tài chính." in told
    assert "Số liệu đã gửi còn lỗi, chưa tổng hợp được: Sở Y tế." in told
    # A sum of those who told is said to be no more than that.
    assert "Các cơ quan có số liệu tiếp nhận" in told


@pytest.mark.parametrize(
    ("stated", "silent", "wrong"),
    [(9920, False, False), (9919, False, True), (9921, False, True), (9919, True, True),
     (9921, True, False)],
)  # fmt: skip
def test_what_the_province_states_is_held_against_its_offices(project, stated, silent, wrong):
    deliver(project, ("", "Ủy ban nhân dân tỉnh Hà Tĩnh"), 2024, "80", stated)
    if silent:
        trade = deliver(project, TRADE, 2024, "85,15", 200)
        (trade.folder(project) / "so-lieu.csv").unlink()
    result = annual("ha-tinh", 2024, project)
    kinds = {kind for kind, _, _ in result.offices.contradictions}
    assert ("received" in kinds) == wrong
    items = [one for one in review("ha-tinh", 2024, project).items if one.kind == "contradiction"]
    assert any(one.what.rule == "review_offices" for one in items) == wrong


def test_a_bound_is_no_number_that_is_added():
    exact = Value(3.0, "dossier", 0)
    made = joined({"a": exact, "b": Value(4.0, "dossier", 0, bound="at_least"), "c": None})
    assert made.sum("x").known == 3
    assert made.silent == ("b", "c")
    assert made.ranks is None
    assert joined({"a": None}).sum("x") is None


def test_one_command_makes_the_report_of_the_province(project, chiso):
    wanted = plan(project, ["annual"], ["ha-tinh"], 2024)
    assert whose(wanted) == {"ha-tinh"}
    assert "ha-tinh" in whose(plan(project, ["annual"], None, 2024, delivered=True))
    status, told = chiso(
        "run", "--report", "annual", "--province", "ha-tinh", "--year", "2024", "--format", "html"
    )
    assert status == 0, told
    page = (project.outputs / "reports/2024/ha-tinh/annual.html").read_text(encoding="utf-8")
    assert "Kết quả của các cơ quan" in page


def test_what_lay_under_the_province_moves_to_its_office(project, chiso):
    own = deliver(project, ("", "Sở Tư pháp"), 2024, "80", 10)
    text = own.settings(project).with_suffix("") / "mo-dau.md"
    text.write_text("Lời của Sở.", encoding="utf-8")
    status, told = chiso("move", "ha-tinh", "2024", "--dry-run")
    assert (status, "Sẽ chuyển 3 tệp; chưa chuyển gì." in told) == (0, True)
    assert own.settings(project).is_file()
    before = sipas("ha-tinh", 2024, project)
    status, told = chiso("move", "ha-tinh", "2024")
    assert status == 0
    assert (
        "data/provinces/ha-tinh/2024/so-lieu.csv → data/provinces/ha-tinh/2024/so-tu-phap/so-lieu.csv"
    ) in told
    moved = sipas("ha-tinh", 2024, project, "so-tu-phap")
    assert overall(moved) == overall(before)
    assert annual("ha-tinh", 2024, project, "so-tu-phap").own[0].text == "Lời của Sở."
    # The other offices are where they were.
    assert [one.office for one in deliveries_of("ha-tinh", 2024, project)] == [
        "so-noi-vu",
        "so-tu-phap",
        "so-y-te",
    ]
    status, told = chiso("move", "ha-tinh", "2024", "--office", "so-tu-phap")
    assert status == 2
    assert "không có gì để chuyển" in told


def test_a_move_overwrites_nothing(project, chiso):
    own = deliver(project, ("", "Sở Y tế"), 2024, "80", 10)
    kept = (project.deliveries / "ha-tinh/2024/so-y-te/so-lieu.csv").read_bytes()
    status, told = chiso("move", "ha-tinh", "2024")
    assert status == 2
    assert "data/provinces/ha-tinh/2024/so-y-te/so-lieu.csv: đã có tệp này" in told
    assert own.settings(project).is_file()
    assert (project.deliveries / "ha-tinh/2024/so-y-te/so-lieu.csv").read_bytes() == kept


def test_quarto_runs_the_template_of_an_office(project, chiso, monkeypatch):
    for name in ("_language-vi.yml", "_quarto.yml"):
        shutil.copy(CHECKOUT / name, project.root / name)
    monkeypatch.setattr("shutil.which", lambda name: None)
    status, told = chiso(
        "quarto", "sipas", "--province", "ha-tinh", "--office", "so-y-te", "--year", "2024"
    )
    assert status == 0, told
    assert "outputs/quarto/notebooks/2024/ha-tinh/so-y-te/sipas.ipynb" in told
    assert "office:so-y-te" in told


def test_a_department_that_delivers_in_its_provinces_name_joins_nobody(project):
    deliver(project, ("", "Sở Tư pháp"), 2024, "80", 10)
    result = annual("ha-tinh", 2024, project)
    assert result.offices.rows == ()
    assert section(result, "co-quan").markdown == ""


def test_what_was_made_up_joins_no_report_that_was_not(project):
    settings = Delivery(2024, "ha-tinh", "so-y-te").settings(project)
    settings.write_text("office: {name: Sở Y tế}\nstatus: simulated\n", encoding="utf-8")
    result = annual("ha-tinh", 2024, project)
    assert result.status == "official"
    assert [one.name for one in result.offices.rows] == ["Sở Nội vụ"]
    assert result.offices.absent == ("Sở Y tế",)
    home = Delivery(2024, "ha-tinh", "so-noi-vu").settings(project)
    home.write_text("office: {name: Sở Nội vụ}\nstatus: simulated\n", encoding="utf-8")
    result = annual("ha-tinh", 2024, project)
    assert result.status == "simulated"
    assert len(result.offices.rows) == 2


def test_a_bound_of_one_office_is_in_no_sum_and_rules_that_fail_stop_nobody(project):
    folder = Delivery(2024, "ha-tinh", "so-y-te").folder(project)
    (folder / "so-lieu.csv").write_text(
        "ma,gia_tri,don_vi,nam,cau\n"
        "procedures.received,9800,hồ sơ,2024,Tiếp nhận hơn 9800 hồ sơ.\n",
        encoding="utf-8",
    )
    offices = annual("ha-tinh", 2024, project).offices
    assert offices.sum("received").known == 120
    assert offices.joined("received").silent == ("so-y-te",)
    home = Delivery(2024, "ha-tinh", "so-noi-vu").settings(project)
    own = Delivery(2024, "ha-tinh", "so-noi-vu").folder(project) / "so-lieu.csv"
    own.write_text('ma,gia_tri,don_vi,nam\npar_index.index,"88,75%",%,2024\n', encoding="utf-8")
    home.write_text(
        "office: {name: Sở Nội vụ}\nrules: {par_index: {rule_set: khong-co.yml}}\n",
        encoding="utf-8",
    )
    assert annual("ha-tinh", 2024, project).offices.broken == ("Sở Nội vụ",)


@pytest.mark.parametrize("name", ["all", "2024", "../2024", "///"])
def test_a_name_that_means_something_else_is_no_office(project, chiso, name):
    status, told = chiso("new", "ha-tinh", "2024", "--office", name)
    assert status == 2
    assert "cần tên cơ quan" in told
