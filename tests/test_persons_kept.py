"""What records say of persons stays with who keeps them: no label, no cache, no export tells it."""

from __future__ import annotations

import http.client
import os
import threading
from functools import partial
from http.server import ThreadingHTTPServer

import pytest
from entry_made import delivery, make_project

from helpers.display.csv_text import harmless
from helpers.inputs.delivery import Delivery
from helpers.inputs.office import Office
from helpers.inputs.records import read_records
from helpers.site.preview import Handler, own_name

SLUG, YEAR = "quang-nam", 2023
STORY = "Chồng bà Nguyễn Thị A mất vì tai nạn năm 2021"
HOUSEHOLDS = f"""ma_ho,huyen,thon,ten_chu_ho,dan_toc,phan_loai_cuoi_ky,nguyen_nhan
HO-0000001,Đồng Giang,Thôn Bí Mật,Nguyễn Thị A,Kinh,Hộ nghèo,{STORY}; Thiếu vốn
HO-0000002,Đồng Giang,Thôn Bí Mật,Trần B,cơ tu,Hộ nghèo,Ốm đau
HO-0000003,Đồng Giang,Thôn Bí Mật,Lê C,Người Pháp,Hộ nghèo,
"""
PETITIONS = """ma_pakn,don_vi,ma_ho_so,ngay_gui,noi_dung
PA-777001,Sở Nội vụ,HS-999001,02/03/2023,Cán bộ X đòi tiền
"""
SURVEY = """ma_phieu,huyen,co_quan,c9_1,c2,y_kien_khac
PHIEU-31337,Đồng Giang,Sở Nội vụ,4,qua bà hàng xóm tên Đào,Tôi tên là Mai
"""
PRIVATE = (
    *("Bí Mật", "Nguyễn Thị A", "HO-0000001", "PA-777001", "HS-999001", "đòi tiền"),
    *("PHIEU-31337", "tên là Mai", "hàng xóm", "tai nạn năm 2021", "Người Pháp"),
)


@pytest.fixture
def project(tmp_path):
    project = make_project(tmp_path, own_forms=False)
    folder = delivery(project)
    for name, text in (
        ("ho-dan.csv", HOUSEHOLDS),
        ("phan-anh-kien-nghi.csv", PETITIONS),
        ("phieu-khao-sat.csv", SURVEY),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    return project


def read(kind, project):
    return read_records(kind, Delivery(YEAR, SLUG), project, Office(office={"name": "Sở"}))


def test_a_text_that_no_form_lists_is_no_label_and_is_told(project):
    records = read("households", project)
    assert records.frame["nguyen_nhan"].to_list() == [
        "Khác; Thiếu vốn",
        "Ốm đau, bệnh nặng, tai nạn",
        None,
    ]
    assert records.frame["dan_toc"].to_list() == ["Kinh", "Cơ Tu", "Khác"]
    told = [one for one in records.problems if one.rule == "unlisted-label"]
    assert [one.line for one in told] == [4, 2]  # ethnic group, cause: their lines, not their texts
    assert not any(text in str(one) for one in told for text in PRIVATE)


def test_nothing_private_reaches_a_cache_and_its_files_are_for_the_owner(project):
    for kind in ("households", "petitions", "survey"):
        read(kind, project)
    files = [path for path in (project.cache / "records").rglob("*") if path.is_file()]
    assert len(files) == 7  # two a kind and the key
    for path in files:
        assert path.stat().st_mode & 0o077 == 0, path
    for kind in ("households", "petitions", "survey"):
        kept = read(kind, project)
        text = str(kept.frame.rows()) + str(kept.problems)
        assert [one for one in PRIVATE if one in text] == []


def test_digests_join_in_one_checkout_and_differ_between_two(project, tmp_path_factory):
    once = read("petitions", project).frame["ma_pakn"].to_list()
    assert read("petitions", project).frame["ma_pakn"].to_list() == once
    other = make_project(tmp_path_factory.mktemp("other"), own_forms=False)
    (delivery(other) / "phan-anh-kien-nghi.csv").write_text(PETITIONS, encoding="utf-8")
    assert read("petitions", other).frame["ma_pakn"].to_list() != once


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "＝1+1",
        "＋1+cmd",
        "－2+3",
        "＠SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u200b=1",
        "@x",
    ],
)
def test_nothing_in_an_export_is_a_formula(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-1,5", "+3", "Quảng Nam", "5.182", "−2,5", "a=b", ""])
def test_figures_and_words_stay_as_they_are(text):
    assert harmless(text) == text


@pytest.fixture
def port(tmp_path):
    (tmp_path / "index.html").write_text("<body>trang</body>", encoding="utf-8")
    (tmp_path / "404.html").write_text("<body>không có</body>", encoding="utf-8")
    handler = partial(Handler, site=tmp_path, stamp=tmp_path / "stamp")
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def asked(port, path="/", host=None, method="GET"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest(method, path, skip_host=True)
    if host is not None:
        connection.putheader("Host", host)
    connection.endheaders()
    return connection.getresponse().status


def test_the_preview_answers_its_own_names_alone(port):
    assert asked(port, host=f"127.0.0.1:{port}") == 200
    assert asked(port, host=f"localhost:{port}") == 200
    for host in (f"tin.example:{port}", "127.0.0.1.example", None, "localhost:x", "127.0.0.1@x"):
        assert asked(port, host=host) == 403, host
        assert asked(port, host=host, method="HEAD") == 403, host
    assert not own_name("")


def test_a_request_path_of_any_length_is_answered(port, capfd):
    for path in ("/" + "a" * 5_000, "/" + "a/" * 4_000, "/%00", "/" + "%C4%91" * 200):
        assert asked(port, path, host="localhost") == 404, path[:20]
    assert "Traceback" not in capfd.readouterr().err


def test_no_cache_follows_the_umask(project):
    old = os.umask(0)
    try:
        read("petitions", project)
    finally:
        os.umask(old)
    folders = list((project.cache / "records").rglob("*.parquet"))
    assert [path.parent.stat().st_mode & 0o077 for path in folders] == [0]
