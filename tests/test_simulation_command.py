"""The command ``chiso simulate``."""

from __future__ import annotations

import re
import shutil

import pytest

from helpers.cli import main
from helpers.project import find_project


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    shutil.copytree(find_project().root / "params", tmp_path / "params")
    monkeypatch.setenv("CHISO_PROJECT", str(tmp_path))
    return tmp_path


def run(monkeypatch, *arguments):
    monkeypatch.setattr("sys.argv", ["chiso", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code


def test_it_says_what_it_made_and_that_it_is_made_up(checkout, monkeypatch, capsys):
    assert run(monkeypatch, "simulate", "--scale", "0.002", "--year", "2024") == 0
    told = capsys.readouterr().out
    assert "data/provinces/tinh-mau/2024" in told
    rows = int(re.search(r"ho-so\.parquet: (\d+) dòng", told)[1])
    assert 440 < rows < 500
    assert "Số liệu này là giả" in told
    assert (checkout / "data" / "provinces" / "tinh-mau" / "2024" / "ho-so.parquet").is_file()
    assert not (checkout / "data" / "provinces" / "tinh-mau" / "2023").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--year", "2019"), "Không mô phỏng năm 2019"),
        (("--scale", "99"), "Tỷ lệ quy mô"),
    ],
)
def test_mistakes_end_in_one_sentence(checkout, monkeypatch, capsys, arguments, words):
    assert run(monkeypatch, "simulate", *arguments) == 2
    assert words in capsys.readouterr().err


def test_a_persons_file_ends_in_one_sentence(checkout, monkeypatch, capsys):
    own = checkout / "data" / "provinces" / "tinh-mau" / "2024" / "ho-so.parquet"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"x")
    assert run(monkeypatch, "simulate", "--scale", "0.002", "--year", "2024") == 2
    assert "Không ghi đè" in capsys.readouterr().err
    assert own.read_bytes() == b"x"
