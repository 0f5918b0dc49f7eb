"""An article from a saved web page: text by trafilatura, publication time from the page's metadata only."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

# Where pages say when they were published, most trusted first: attribute and value of a meta element.
_META = (
    ("property", "article:published_time"), ("property", "og:article:published_time"),
    ("itemprop", "datepublished"), ("name", "article:published_time"), ("name", "datepublished"),
    ("name", "parsely-pub-date"), ("name", "publishdate"), ("name", "pubdate"), ("name", "publish-date"),
    ("name", "publication_date"), ("name", "sailthru.date"), ("name", "dc.date.issued"), ("name", "dcterms.created"),
    ("name", "dc.date"), ("name", "date"), ("property", "og:published_time"), ("name", "cxenseparse:recs:publishtime"),
)  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)


class PageError(ValueError):
    """A page that cannot be decoded or holds no article."""


def decoded(page: bytes) -> str:
    """The page as text: byte order mark, else the charset it declares, else UTF-8. Raises PageError."""
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    encoding = next((name for mark, name in marks.items() if page.startswith(mark)), "")
    if not encoding:
        declared = _CHARSET.search(page[:4096])
        encoding = declared[1].decode("ascii") if declared else "utf-8"
    for name in dict.fromkeys(("utf-8", encoding) if not encoding.startswith("utf-16") else (encoding,)):
        try:
            return page.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    raise PageError(f"the page is not in the encoding it declares ({encoding}); save it as UTF-8")


def page_fields(page: bytes) -> dict[str, Any]:
    """The fields of the input contract that the page gives: title, text, published_at, source, url.

    Raises PageError when the bytes cannot be decoded or no article is found in them.
    """
    import trafilatura
    from lxml import etree
    from lxml import html as parser

    text = decoded(page)
    try:
        tree = parser.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise PageError(f"no HTML page: {error}") from error
    published = _published(tree)
    found: Any = trafilatura.bare_extraction(
        tree, fast=True, include_comments=False, include_tables=False, with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )  # fmt: skip
    if found is None or not (found.text or "").strip():
        raise PageError("no article text was found in the page")
    title = (found.title or "").strip()
    return {
        "title": title,
        "text": found.text.strip().removeprefix(f"{title}\n") if title else found.text,
        "published_at": published,
        "source": found.sitename or "",
        "url": found.url or "",
    }


def _published(tree: Any) -> str | None:
    """The publication time as the page's metadata print it, None when they do not."""
    metas: dict[tuple[str, str], str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            if content and (value := element.get(attribute)):
                metas.setdefault((attribute, value.strip().lower()), content)
    for key in _META[:2]:
        if key in metas:
            return metas[key]
    for element in tree.iter("script"):
        if (element.get("type") or "").strip().lower() == "application/ld+json" and element.text:
            for stamp in _linked_data(element.text):
                return stamp
    for key in _META[2:]:
        if key in metas:
            return metas[key]
    for element in tree.iter("time"):
        if (element.get("itemprop") or "").lower() == "datepublished" and element.get("datetime"):
            return str(element.get("datetime"))
    return None


def _linked_data(text: str) -> Iterator[str]:
    """datePublished of the articles in a JSON-LD block; nothing when it is no JSON."""
    try:
        waiting: list[Any] = [json.loads(text, strict=False)]
    except ValueError:
        return
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            kinds = item.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if isinstance(item.get("datePublished"), str) and any("Article" in str(n) or n == "Report" for n in names):
                yield item["datePublished"]
            waiting.extend(item.get("@graph") or [])
