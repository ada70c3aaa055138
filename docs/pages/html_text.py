"""HTML from Python values: what is not HTML already is escaped, so that nothing has to be remembered."""

from html import escape

EMPTY = ("meta", "input", "link")


class Html(str):
    """Text that is HTML already."""


def text(value):
    """A value as HTML: escaped, unless it is HTML; a list joined."""
    if isinstance(value, Html):
        return value
    if value is None:
        return Html("")
    if isinstance(value, (list, tuple)):
        return Html("".join(text(part) for part in value))
    return Html(escape(str(value), quote=True))


def el(name, /, *content, **attributes):
    """An element. `class_` is the attribute class; an attribute of None is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value), quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in EMPTY:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{text(content)}</{name}>")


def joined(parts, between=", "):
    """Parts with a separator."""
    return Html(text(between).join(text(part) for part in parts))
