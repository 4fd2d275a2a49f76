"""Tables in Markdown, and how a size stands in them."""

from collections.abc import Collection, Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]], left: Collection[int] = (0,)) -> str:
    """A table with these columns; those at the places `left` are flush left, the others right."""
    rule = "|".join("---" if place in left else "---:" for place in range(len(head)))
    return "\n".join([_line(head), f"|{rule}|", *map(_line, rows)])


def file_size(count: int) -> str:
    """A number of bytes for people: megabytes, or kilobytes where those are next to none."""
    return f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{count / 1e3:.0f} KB"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
