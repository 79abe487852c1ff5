"""No command shows a Python traceback; a fault of the program leaves one in a file, and says where."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys

import pytest
from batch_project import CHECKOUT, READS, chiso, make_project

from helpers.cli import border
from helpers.project import Project


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("border"), tiny=[READS])


@pytest.fixture
def project(made):
    yield made
    for folder in (made.outputs, made.deliveries):
        shutil.rmtree(folder, ignore_errors=True)
        folder.unlink(missing_ok=True)
    shutil.rmtree(made.offices)
    shutil.copytree(CHECKOUT / "params" / "provinces", made.offices)


def told(project, *arguments):
    process = chiso(project, *arguments)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def after(project, first, *arguments):
    """Run the command in a process in which something else was done before."""
    environment = {**os.environ, "CHISO_PROJECT": str(project.root)}
    code = f"import sys\n{first}\nfrom helpers.cli import main\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        cwd=project.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done.returncode, done.stdout, done.stderr


def log_named_in(err, project):
    (name,) = re.findall(r"^Nhật ký: (.+)$", err, re.MULTILINE)
    return (project.root / name).read_text(encoding="utf-8")


def test_a_fault_of_the_program_leaves_a_log_and_says_where(project):
    broken = (
        "import helpers.inputs.checking as checking\n"
        "def check_delivery(*given): return {}['không có']\n"
        "checking.check_delivery = check_delivery"
    )
    status, out, err = after(project, broken, "check", "ha-tinh", "2024")
    assert (status, out) == (border.BUG, "")
    assert err.startswith("Lỗi của chương trình chiso, không phải của số liệu: KeyError")
    log = log_named_in(err, project)
    assert "outputs/logs/" in err
    assert "Traceback (most recent call last)" in log
    assert "KeyError: 'không có'" in log
    assert "check ha-tinh 2024" in log


@pytest.mark.parametrize("module", ["yaml", "rich", "typer"])
def test_a_missing_package_is_named_with_what_to_do(project, module):
    status, _, err = after(project, f"sys.modules['{module}'] = None", "doctor")
    assert status == border.REFUSED
    assert f"không nạp được gói Python «{module}»" in err
    assert "tools/setup.sh" in err
    assert "ModuleNotFoundError" in log_named_in(err, project)


def test_a_package_needed_late_is_named_too(project):
    hidden = "sys.modules['polars'] = None"
    status, _, err = after(project, hidden, "check", "ha-tinh", "2024")
    assert status == border.REFUSED
    assert "«polars»" in err


def test_a_file_where_a_folder_should_be_is_named(project):
    project.outputs.write_text("", encoding="utf-8")
    status, _, err = told(
        project, "run", "--report", "tiny", "--province", "ha-noi", "--format", "html"
    )
    assert status == border.REFUSED
    assert "outputs" in err.splitlines()[0]
    assert "Cách xử lý: " in err
    assert "Traceback" not in err
    assert (project.root / "outputs").is_file()


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("simulate", "--scale", "0.001"), "data/provinces/tinh-mau/"),
        (("new", "ha-tinh", "2024"), ""),  # a library writes a temporary file of its own first
    ],
)
def test_a_file_that_cannot_be_written_whole_is_named(project, arguments, names):
    def limited():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    done = subprocess.run(
        [sys.executable, "-m", "helpers.cli", *arguments],
        env={**os.environ, "CHISO_PROJECT": str(project.root), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=project.root,
        preexec_fn=limited,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == border.REFUSED, done.stderr
    assert "lớn hơn mức mà hệ thống cho phép" in done.stderr
    assert names in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(project.deliveries.rglob(".*"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(project):
    project.deliveries.mkdir(parents=True, exist_ok=True)
    project.deliveries.chmod(0o555)
    try:
        status, _, err = told(project, "new", "ha-tinh", "2024")
    finally:
        project.deliveries.chmod(0o755)
    assert status == border.REFUSED
    assert "không có quyền đọc hoặc ghi" in err


@pytest.mark.parametrize(
    ("number", "says"),
    [(28, "đĩa đã đầy khi ghi «outputs/a.pdf»"), (13, "không có quyền"), (122, "đĩa đã đầy")],
)
def test_what_the_machine_refuses_is_said_in_words(project, number, says):
    fails = (
        "import helpers.inputs.checking as checking\n"
        "def check_delivery(*given):\n"
        f"    raise OSError({number}, 'x', '{project.outputs}/a.pdf')\n"
        "checking.check_delivery = check_delivery"
    )
    status, _, err = after(project, fails, "check", "ha-tinh", "2024")
    assert status == border.REFUSED
    assert says in err


def test_where_no_log_can_be_written_it_lies_with_the_temporary_files(project, tmp_path):
    project.outputs.write_text("", encoding="utf-8")
    fails = (
        f"import tempfile; tempfile.tempdir = {str(tmp_path)!r}\n"
        "import helpers.inputs.checking as checking\n"
        "def check_delivery(*given): return 1 // 0\n"
        "checking.check_delivery = check_delivery"
    )
    status, _, err = after(project, fails, "check", "ha-tinh", "2024")
    assert status == border.BUG
    assert str(tmp_path) in err
    assert "ZeroDivisionError" in log_named_in(err, project)


def test_outside_a_checkout_there_is_no_traceback_either(tmp_path):
    status, _, err = told(Project(tmp_path), "doctor")
    assert status == border.REFUSED
    assert "CHISO_PROJECT" in err
    assert "Traceback" not in err


def test_ctrl_c_says_nothing_and_has_its_own_status(project):
    status, out, err = after(
        project,
        "import helpers.inputs.checking as checking\n"
        "def check_delivery(*given): raise KeyboardInterrupt\n"
        "checking.check_delivery = check_delivery",
        *("check", "ha-tinh", "2024"),
    )
    assert (status, out, err.strip()) == (border.INTERRUPTED, "", "")


def test_a_terminal_without_vietnamese_letters_is_no_reason_to_stop(project):
    done = subprocess.run(
        [sys.executable, "-m", "helpers.cli", "check", "khong-co", "2024"],
        env={**os.environ, "CHISO_PROJECT": str(project.root), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == border.REFUSED
    assert b"Traceback" not in done.stderr


HOSTILE = {
    "date": ("office: {name: Sở X}\ndocument: {date: 2024-02-30}\n", 2, "không phải ngày có thật"),
    "number": ("office: {name: Sở X}\ntargets: {a: !!int x}\n", 2, "không phải giá trị hợp lệ"),
    "key": ("office: {name: Sở X}\n? [a, b]\n: c\n", 2, "khóa phải là chữ"),
    "twice": ("office: {name: Sở X}\noffice: {name: Sở Y}\n", 2, "lặp lại"),
}


def test_settings_that_are_no_yaml_are_told_with_file_line_and_remedy(project):
    path = project.offices / "ha-tinh" / "2024.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    for text, line, says in HOSTILE.values():
        path.write_text(text, encoding="utf-8")
        status, out, err = told(project, "check", "ha-tinh", "2024")
        assert status == 1
        assert f"lỗi · params/provinces/ha-tinh/2024.yml · dòng {line}: " in out
        assert says in out
        assert "Cách xử lý: " in out
        assert "Traceback" not in err


def test_settings_and_own_text_in_an_old_encoding_are_told_with_their_line(project):
    settings = project.offices / "quang-nam" / "2023.yml"
    words = settings.with_suffix("") / "mo-dau.md"
    words.parent.mkdir(exist_ok=True)
    shutil.copytree(CHECKOUT / "data" / "provinces" / "quang-nam", project.deliveries / "quang-nam")
    words.write_bytes("Mở đầu\n".encode() + "Năm 2023".encode("cp1258"))
    _, out, err = told(project, "check", "quang-nam", "2023")
    assert "lỗi · params/provinces/quang-nam/2023/mo-dau.md · dòng 2: " in out
    settings.write_bytes("# Sở\noffice: {name: ".encode() + "Sở Nội vụ}".encode("utf-16-le"))
    _, out, err = told(project, "check", "quang-nam", "2023")
    assert "lỗi · params/provinces/quang-nam/2023.yml · dòng 2: " in out
    assert "UTF-8" in out
    assert "Traceback" not in err
    # With the mark that Notepad writes, the same encoding is read.
    settings.write_bytes("office: {name: Sở Nội vụ}\n".encode("utf-16"))
    _, out, err = told(project, "check", "quang-nam", "2023")
    assert "2023.yml" not in out


def test_only_the_border_is_needed_to_tell_of_a_missing_package():
    code = (
        "import sys, helpers.cli; print(sorted(m for m in sys.modules if m.startswith('helpers')))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert "helpers.cli.app" not in loaded
