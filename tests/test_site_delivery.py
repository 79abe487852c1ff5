"""How the site gets online: the workflows call what exists, and the docs say what is true."""

from __future__ import annotations

import re
import shlex

import pytest
import yaml
from batch_project import CHECKOUT
from typer.main import get_command

from helpers.cli.app import app
from helpers.execution import reports
from helpers.keys import module_of
from helpers.project import Project
from helpers.site.frame import POLICY


def workflows():
    github = yaml.safe_load((CHECKOUT / ".github/workflows/publish.yml").read_text("utf-8"))
    gitlab = yaml.safe_load((CHECKOUT / ".gitlab-ci.yml").read_text("utf-8"))
    lines = [step["run"] for step in github["jobs"]["build"]["steps"] if "run" in step]
    return {"github": "\n".join(lines), "gitlab": "\n".join(gitlab["pages"]["script"])}


@pytest.mark.parametrize("where", ["github", "gitlab"])
def test_a_workflow_calls_commands_and_options_that_exist(where):
    commands = get_command(app).commands
    called = re.findall(r"chiso (\w+)([^;|\n]*)", workflows()[where])
    assert {name for name, _ in called} == {"run", "publish"}
    for name, rest in called:
        known = {option for parameter in commands[name].params for option in parameter.opts}
        for word in shlex.split(rest):
            if word.startswith("--"):
                assert word in known, (name, word)


@pytest.mark.parametrize("where", ["github", "gitlab"])
def test_a_workflow_builds_every_year_that_there_is(where, shipped):
    first, last = re.search(r"seq (\d+) (\d+)", workflows()[where]).groups()
    wanted = set()
    for kind in reports(shipped):
        wanted |= set(module_of(kind.index).available(shipped))
    assert wanted <= set(range(int(first), int(last) + 1))
    assert {int(first), int(last)} <= wanted


def test_workflows_publish_on_tags():
    text = (CHECKOUT / ".github/workflows/publish.yml").read_text("utf-8")
    # YAML 1.1 reads the key `on` as true.
    assert yaml.safe_load(text)[True]["push"]["tags"] == ["v*"]
    gitlab = yaml.safe_load((CHECKOUT / ".gitlab-ci.yml").read_text("utf-8"))
    assert gitlab["pages"]["artifacts"]["paths"] == ["public"]


def test_the_docs_give_nginx_the_policy_of_the_pages():
    text = (CHECKOUT / "docs" / "website.md").read_text(encoding="utf-8")
    header = re.search(r'add_header Content-Security-Policy "([^"]+)"', text)[1]
    served = POLICY.replace(" file:", "")
    assert header == f"{served}; frame-ancestors 'self'"
    for name in ("X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"):
        assert name in text


def test_the_docs_name_only_files_that_exist():
    text = (CHECKOUT / "docs" / "website.md").read_text(encoding="utf-8")
    for name in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (CHECKOUT / "docs" / name).exists(), name
    for name in re.findall(r"`((?:params|src|tests|\.github)/[\w./-]+)`", text):
        assert (CHECKOUT / name).exists(), name


def test_params_of_the_site_are_read(checkout):
    from helpers.site.settings import read_releases, read_site

    site = read_site(Project(CHECKOUT))
    assert site.address.endswith("/")
    releases = read_releases(checkout)
    assert [r.date for r in releases] == sorted((r.date for r in releases), reverse=True)
