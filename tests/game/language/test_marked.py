"""Every sentence for the player is marked for translation, and as gettext can find it.

Read from the code, nothing is run: what looks like words must stand in a call of the marking
functions. What is for programmers, or is a name everywhere, is listed below with its reason.
"""

from __future__ import annotations

import ast
import re
import string
import symtable
from collections.abc import Iterator
from pathlib import Path

import pytest
from child import ROOT

MARKING = {"_": (0,), "N_": (0,), "ngettext": (0, 1), "pgettext": (0, 1), "npgettext": (0, 1, 2)}
SPEAKING = MARKING.keys() - {"N_"}  # these translate at once: never while a module is loaded
SHOWN = ("game/scenes", "game/ui", "game/rules", "game/app.py")  # of what the player sees
KEPT = "game/persistence"  # only what it raises is read
# Errors of programmers, whose sentences no player reads.
PROGRAMMERS = {"ValueError", "KeyError", "TypeError", "IndexError", "AttributeError",
               "RuntimeError", "NotImplementedError", "AssertionError", "OSError",
               "PermissionError", "FileExistsError"}  # fmt: skip
EXCEPTIONS: dict[str, str] = {
    "Digit Dash": "the game's name is the same everywhere",
    "Digit": "half of that name, in the wordmark",
    "Dash": "the other half",
    "YOLO": "a recognizer's name, measured",
    "RGB": "an order of bytes",
    "Mia": "a made-up player, as whose file the example is named",
    "0123456789+-*/×÷−:xX=? #": "what may be typed into a list",
    "like a z": "a form of a digit, by its key",
    "like an s": "likewise",
    "tally ": "a prompt as it is stored",
    "MODE": "what a module of a mode calls it",
    "Answers that found room in no file and are lost: ": "said when the window has gone",
    "it has ": "said by the command line, which speaks English",
    "it has none": "likewise",
    "there is ": "likewise",
    "there is none": "likewise",
}
FILE = re.compile(r"[\w-]+\.(ttf|otf|csv|json|png|gif|mp4|txt)")


def looks_like_words(text: str, *, whole: bool = True) -> bool:
    """Whether a player may read it: letters with a space between words, or a capital in front.

    What is not `whole` is a piece of a sentence: there a space at an end counts, too.
    """
    if not re.search(r"[^\W\d_]{2}", text):
        return False
    return " " in (text.strip() if whole else text) or text.strip()[0].isupper()


def unmarked(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The line and text of what looks like words and stands in no marking call."""
    if isinstance(tree, ast.Call) and _name(tree.func) in MARKING:
        return
    if isinstance(tree, ast.Call) and _is_pattern(tree.func):
        return
    if isinstance(tree, ast.Assert):
        yield from unmarked(tree.test)
        return
    if isinstance(tree, ast.Raise) and _raised(tree) in PROGRAMMERS:
        return
    if isinstance(tree, ast.Expr) and isinstance(tree.value, ast.Constant):
        return  # a docstring
    if isinstance(tree, ast.JoinedStr):
        for part in tree.values:
            if not isinstance(part, ast.Constant):
                yield from unmarked(part)
            elif looks_like_words(part.value, whole=False):
                yield tree.lineno, part.value
        return
    if isinstance(tree, ast.Constant):
        text = tree.value
        if isinstance(text, str) and looks_like_words(text) and not FILE.fullmatch(text):
            yield tree.lineno, text
        return
    for child in ast.iter_child_nodes(tree):
        yield from unmarked(child)


def _name(node: ast.AST | None) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _is_pattern(node: ast.expr) -> bool:
    """Whether it is one of the functions of `re`, or names a variable of types."""
    is_of_re = isinstance(node, ast.Attribute) and _name(node.value) == "re"
    return is_of_re or _name(node) == "TypeVar"


def _raised(node: ast.Raise) -> str:
    return _name(node.exc.func if isinstance(node.exc, ast.Call) else node.exc)


def raised(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Of a module, what looks like words in its `raise` statements only."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise):
            yield from unmarked(node)


def wrongly_marked(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The line of each marking call in which gettext finds nothing, and what is wrong there."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or _name(node.func) not in MARKING:
            continue
        name = _name(node.func)
        places = MARKING[name]
        if len(node.args) <= places[-1]:
            yield node.lineno, f"{name}() wants its messages in their places"
            continue
        for n in places:
            words = node.args[n]
            if isinstance(words, ast.Constant) and isinstance(words.value, str):
                continue
            if name != "_":
                yield node.lineno, f"{name}() takes literals"
            elif _is_put_together(words):
                yield node.lineno, "_() of a sentence that is put together"


def _is_put_together(words: ast.expr) -> bool:
    """Whether it is more than one of the sentences that are marked elsewhere."""
    if isinstance(words, ast.BoolOp):
        return any(_is_put_together(value) for value in words.values)
    if isinstance(words, ast.IfExp):
        return _is_put_together(words.body) or _is_put_together(words.orelse)
    if isinstance(words, ast.Call) and _name(words.func) == "str":  # an error's marked sentence
        words = words.args[0]
    return not isinstance(words, ast.Constant | ast.Name | ast.Attribute | ast.Subscript)


def wrongly_filled(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The line of each sentence whose gaps are not those that `.format()` fills."""
    for node in ast.walk(tree):
        if not (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "format"
            and isinstance(marking := node.func.value, ast.Call)
            and _name(marking.func) in MARKING
        ):
            continue
        first = 1 if _name(marking.func) in ("pgettext", "npgettext") else 0
        words = [marking.args[n] for n in MARKING[_name(marking.func)][first:]]
        if not all(isinstance(each, ast.Constant) for each in words):
            continue
        given = {keyword.arg for keyword in node.keywords}
        found = set[str]().union(*(_gaps(each.value) for each in words))  # type: ignore[attr-defined]
        if node.args or None in given or given != found:
            yield node.lineno, f"the gaps {sorted(found)} are filled with {given}"


def _gaps(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def shadowed(source: str, path: str) -> Iterator[tuple[int, str]]:
    """The line and name of each function in which `_` is a value of its own, and is called."""
    tables = [symtable.symtable(source, path, "exec")]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        if table.get_type() == "function" and "_" in table.get_identifiers():
            symbol = table.lookup("_")
            if (symbol.is_local() and symbol.is_referenced()) or symbol.is_free():
                yield table.get_lineno(), f"`_` is something else in {table.get_name()}"


def too_early(node: ast.AST) -> Iterator[tuple[int, str]]:
    """The line of each sentence that is translated while its module is loaded."""
    if isinstance(node, ast.Call) and _name(node.func) in SPEAKING:
        yield node.lineno, f"{_name(node.func)}() when the module is loaded"
    inner: list[ast.AST] = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        inner = [*node.decorator_list, node.args]
    elif isinstance(node, ast.Lambda):
        inner = [node.args]
    for child in inner:
        yield from too_early(child)


def files(*folders: str) -> list[Path]:
    paths = [ROOT / folder for folder in folders]
    return sorted(
        file for path in paths for file in ([path] if path.suffix else path.rglob("*.py"))
    )


def told(path: Path, found: Iterator[tuple[int, str]]) -> list[str]:
    """What was found, so that it can be found again."""
    return [f"{path.relative_to(ROOT)}:{line}: {text!r}" for line, text in found]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_what_the_player_sees_is_marked() -> None:
    found: list[str] = []
    seen: set[str] = set()
    for path in files(*SHOWN):
        for line, text in unmarked(parsed(path)):
            seen |= {text, text.strip()}
            if not {text, text.strip()} & EXCEPTIONS.keys():
                found += told(path, iter([(line, text)]))
    assert not found, "\n" + "\n".join(found)
    assert EXCEPTIONS.keys() <= seen, f"needless: {EXCEPTIONS.keys() - seen}"


def test_what_the_player_is_told_when_something_cannot_be_kept_is_marked() -> None:
    found = [line for path in files(KEPT) for line in told(path, raised(parsed(path)))]
    assert not found, "\n" + "\n".join(found)


def test_what_is_marked_can_be_found_and_is_filled() -> None:
    found: list[str] = []
    for path in files("game"):
        if path.parent.name != "language":
            source = path.read_text(encoding="utf-8")
            tree = ast.parse(source)
            found += told(path, wrongly_marked(tree))
            found += told(path, wrongly_filled(tree))
            found += told(path, too_early(tree))
            found += told(path, shadowed(source, str(path)))
    assert not found, "\n" + "\n".join(found)


# --- what would be found --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    ['x = "Well done"', 'x = "Well"', 'x = f"{n} right"', 'x = f"BEST {n}"', 'say("not yet")',
     'x = {1: "Night"}', 'x = f"{n} s, {_(a)} more"', 'raise ListError("is gone already")',
     'x = _("Well").format(name="Some body")', 'class A:\n    title = "Night"'],
)  # fmt: skip
def test_sentences_that_are_not_marked_are_seen(code: str) -> None:
    assert len(list(unmarked(ast.parse(code)))) == 1


@pytest.mark.parametrize(
    "code",
    ['x = _("Well done")', 'x = N_("Well")', 'x = ngettext("{n} day", "{n} days", n)',
     'x = "key"', 'x = f"{a}, {b}"', 'x = "%"', 'raise ValueError("No such key")',
     'assert x, "This cannot be"', '"""A docstring."""', 'def f():\n    """Says what it is."""',
     'x = pgettext("a key", "Enter")', 'x = "FredokaOne-Regular.ttf"'],
)  # fmt: skip
def test_other_strings_are_not(code: str) -> None:
    assert not list(unmarked(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    ['_(f"{n} right")', '_("a " + b)', 'N_(title)', 'ngettext(one, "many", n)', 'ngettext("one")',
     'pgettext(context, "Enter")', '_("{} of %d" % n)', '_(" ".join(x) + "a")'],
)  # fmt: skip
def test_marks_in_which_nothing_is_found_are_seen(code: str) -> None:
    assert list(wrongly_marked(ast.parse(code)))
    for right in ('_("a" "b")', "_(mode.title)", 'ngettext("one", "{n}", n)', "_(a or B[c])"):
        assert not list(wrongly_marked(ast.parse(right)))


@pytest.mark.parametrize(
    "code",
    ['_("{a} of {b}").format(a=1)', '_("{a}").format(1)', '_("{a}").format(a=1, b=2)',
     'ngettext("one", "{n}", n).format(m=n)', 'pgettext("{a}", "{b}").format(a=1)'],
)  # fmt: skip
def test_gaps_that_stay_open_are_seen(code: str) -> None:
    assert list(wrongly_filled(ast.parse(code)))
    for right in ('_("{a}").format(a=1)', 'ngettext("one", "{n}", n).format(n=n)', "x.format(1)",
                  'pgettext("{a}", "{b:02d}").format(b=1)'):  # fmt: skip
        assert not list(wrongly_filled(ast.parse(right)))


@pytest.mark.parametrize(
    "code",
    ["def f():\n    for _ in x: pass\n    return _('a')", "f = lambda _: _('a')",
     "def f():\n    a, _ = x\n    return lambda: _('a')", "def f():\n    [_('a') for _ in x]"],
)  # fmt: skip
def test_functions_that_call_a_throwaway_are_seen(code: str) -> None:
    assert list(shadowed(code, "made up"))
    for right in ("def f():\n    return _('a')", "def f():\n    for _ in x: pass"):
        assert not list(shadowed(right, "made up"))


@pytest.mark.parametrize(
    "code",
    ["A = _('a')", "class A:\n    a = pgettext('a', 'b')", "def f(a=_('a')): pass",
     "A = [lambda a=_('a'): a]"],
)  # fmt: skip
def test_what_is_translated_too_early_is_seen(code: str) -> None:
    assert list(too_early(ast.parse(code)))
    for right in ("A = N_('a')", "def f(): return _('a')", "A = lambda: _('a')"):
        assert not list(too_early(ast.parse(right)))
