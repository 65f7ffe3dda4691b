"""Who made a zipped document, taken out: author, company, who changed it last, who commented and who struck what."""

from __future__ import annotations

import re

from lxml import etree

from .packed import Parts, rewritten

# Somebody signed it: with anything changed the signature no longer holds, so it stays as it is.
_SIGNATURES = re.compile(r"^(?:_xmlsignatures/|meta-inf/documentsignatures\.xml)", re.IGNORECASE)
# Parts in which names of people stand beside the text.
_PARTS = re.compile(
    r"^(?:docprops/(?:core|app|custom)\.xml|meta\.xml|(?:.*/)?content\.xml|(?:.*/)?styles\.xml|word/[^/]+\.xml"
    r"|xl/comments[^/]*\.xml|xl/(?:comments|threadedcomments|persons|revisions)/[^/]+\.xml"
    r"|ppt/(?:commentauthors|authors)\.xml|ppt/comments/[^/]+\.xml)$",
    re.IGNORECASE,
)
# Elements of which the text is emptied.
_EMPTIED = {
    "creator", "lastModifiedBy", "Company", "Manager", "HyperlinkBase", "Template", "initial-creator", "printed-by",
    "creator-initials", "sender-firstname", "sender-lastname", "author", "keywords",
} - {"keywords"}  # fmt: skip
# Elements that go with all they hold: what an organisation adds itself, such as a case number or a name.
_REMOVED = {"property", "user-defined", "template"}
_REMOVED_IN = re.compile(r"(?:^docprops/custom|^meta)\.xml$", re.IGNORECASE)
# Attributes that name somebody.
_ATTRIBUTES = {"author", "initials", "displayName", "userId", "userName"}
_NAMED = ("name",)
_HOLDS_NAME = {"cmAuthor", "author"}


def without_makers(content: bytes, parts: Parts) -> bytes:
    """The same document, in which nothing says who made it."""
    if any(_SIGNATURES.match(name) for name in parts.names):
        return content
    changed = {}
    for name in parts.names:
        if _PARTS.match(name):
            before = parts.read(name)
            after = _cleaned(name, before)
            if after is not None:
                changed[name] = after
    return rewritten(parts, changed) if changed else content


def _cleaned(name: str, content: bytes) -> bytes | None:
    """The part without names; None where there are none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(content, parser)
    changes = [_clean(name, element) for element in list(root.iter(etree.Element))]
    if not any(changes):
        return None
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _clean(part: str, element: etree._Element) -> bool:
    """Empty one element. Returns whether anything was there."""
    kind = etree.QName(element).localname
    if kind in _REMOVED and _REMOVED_IN.search(part):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
        return True
    changed = False
    if kind in _EMPTIED and element.text and len(element) == 0:
        element.text, changed = "", True
    for key in list(element.attrib):
        if etree.QName(key).localname in _ATTRIBUTES or (kind in _HOLDS_NAME and key in _NAMED):
            changed = changed or bool(element.attrib[key])
            element.attrib[key] = ""
    return changed
