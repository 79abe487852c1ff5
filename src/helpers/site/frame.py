"""What every page shares: head, navigation, foot, and the way templates are filled."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from helpers import __version__
from helpers.site import addresses
from helpers.site.settings import Site

ROOM = Path(__file__).parent
SECTIONS = (
    ("Tỉnh, thành phố", addresses.PROVINCES),
    ("Chỉ số", addresses.INDICES),
    ("Phương pháp", addresses.METHODS),
    ("Dữ liệu", addresses.DATA),
)
# `file:` beside 'self': a page opened from a folder has no origin that 'self' could stand for.
POLICY = (
    "default-src 'none'; img-src 'self' file: data:; font-src 'self' file:; "
    "style-src 'self' file:; style-src-attr 'unsafe-inline'; script-src 'self' file:; "
    "connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
# What would end a script element or open a comment, inside a JSON text.
_IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@cache
def environment() -> Environment:
    """Return the templates; whatever is not marked as HTML comes out as text."""
    return Environment(
        loader=FileSystemLoader(ROOM / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(
    template: str,
    site: Site,
    address: str,
    title: str,
    *,
    section: str,
    description: str = "",
    dataset: Mapping[str, Any] | None = None,
    simulated: bool = False,
    anywhere: bool = False,
    window: str = "",
    **values: Any,
) -> bytes:
    """Fill a template.

    Parameters
    ----------
    template : str
        File name in ``templates/``.
    site : Site
    address : str
        Where the page will stand.
    title : str
        Of the page; the site's name follows it in the window's title.
    section : str
        Address of the part of the site that the navigation marks; ``"home"`` for the home page.
    description : str
        For search engines.
    dataset : mapping, optional
        schema.org description of the figures on the page.
    simulated : bool
        Whether the page must say that its data are simulated.
    anywhere : bool
        Whether the page is shown at any address, as that of a missing page is.
    window : str
        What the window's title says instead of `title`, where two pages have one name.
    **values
        What the template of the page asks for.

    Returns
    -------
    bytes
        UTF-8.
    """
    to = _to_anywhere(site) if anywhere else _to(address)
    html = (
        environment()
        .get_template(template)
        .render(
            site=site,
            address=address,
            root=urlsplit(site.address).path if anywhere else addresses.root_of(address),
            title=title,
            page_title=title if section == "home" else f"{window or title} · {site.name}",
            section=section,
            sections=SECTIONS,
            description=" ".join(description.split()),
            dataset=Markup(json_in_page(dataset)) if dataset else "",  # noqa: S704 – escaped
            simulated=simulated,
            policy=POLICY,
            nowhere=anywhere,
            version=__version__,
            to=to,
            **values,
        )
    )
    return html.encode()


def json_in_page(value: Mapping[str, Any]) -> str:
    """Write JSON so that nothing in it can end the element that holds it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True).translate(_IN_SCRIPT)


def _to(address: str) -> Callable[[str], str]:
    def to(target: str) -> str:
        return addresses.link(address, target)

    return to


def _to_anywhere(site: Site) -> Callable[[str], str]:
    path = urlsplit(site.address).path

    def to(target: str) -> str:
        return f"{path}{target}"

    return to
