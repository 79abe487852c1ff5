"""What was made of files is made again when, and only when, one of them changes."""

from __future__ import annotations

import os

import pytest

from helpers.kept import stamp, while_unchanged


@pytest.fixture
def read():
    calls = []

    @while_unchanged(lambda folder, word="": sorted(folder.glob("*.txt")), size=4)
    def texts(folder, word=""):
        """Read all."""
        calls.append(word)
        return word.join(path.read_text("utf-8") for path in sorted(folder.glob("*.txt")))

    texts.calls = calls
    return texts


def test_unchanged_files_are_read_once(read, tmp_path):
    (tmp_path / "a.txt").write_text("một", "utf-8")
    assert read(tmp_path) == read(tmp_path) == "một"
    assert len(read.calls) == 1
    assert read.__doc__ == "Read all."


def test_an_edited_a_new_and_a_removed_file_are_seen(read, tmp_path):
    (tmp_path / "a.txt").write_text("một", "utf-8")
    assert read(tmp_path) == "một"
    (tmp_path / "a.txt").write_text("một hai", "utf-8")
    assert read(tmp_path) == "một hai"
    (tmp_path / "b.txt").write_text("ba", "utf-8")
    assert read(tmp_path) == "một haiba"
    (tmp_path / "b.txt").unlink()
    assert read(tmp_path) == "một hai"


def test_a_file_of_the_same_size_and_another_time_is_read_again(read, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("1", "utf-8")
    read(tmp_path)
    path.write_text("2", "utf-8")
    os.utime(path, ns=(1, 1))
    assert read(tmp_path) == "2"


def test_other_arguments_are_another_result(read, tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(name, "utf-8")
    assert [read(tmp_path), read(tmp_path, word="-"), read(tmp_path)] == ["ab", "a-b", "ab"]
    assert read.calls == ["", "-"]


def test_what_is_forgotten_is_made_again(read, tmp_path):
    read(tmp_path)
    read.forget()
    read(tmp_path)
    assert len(read.calls) == 2


def test_a_fault_is_not_kept(tmp_path):
    @while_unchanged(lambda path: [path])
    def read(path):
        return path.read_text("utf-8")

    path = tmp_path / "a.txt"
    with pytest.raises(FileNotFoundError):
        read(path)
    path.write_text("có", "utf-8")
    assert read(path) == "có"
    assert stamp(tmp_path / "a.txt" / "không") == ((tmp_path / "a.txt" / "không").as_posix(), 0, 0)
