"""`python -m game.language`: take the sentences from the code into the catalogues, and compile.

Needs Babel. `CODE` as an argument begins a new language: fill its `.po` file in, run it again, and
the game offers it. `--check` changes nothing and fails where something is missing.
"""

from __future__ import annotations

import argparse
import io
import struct
import sys
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

GAME = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "catalogues"
KEYWORDS = {
    "_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
Key = tuple[str | None, tuple[object, ...]]  # a message's context, and its forms
WIDTH = 100  # characters a line


def main() -> int:
    """Bring every catalogue up to date; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m game.language", description=__doc__)
    parser.add_argument("begin", nargs="*", metavar="CODE", help="languages to begin, such as fr")
    parser.add_argument("--check", action="store_true", help="change nothing, only say what lacks")
    given = parser.parse_args()
    try:
        for code in given.begin:
            Locale.parse(code)
    except (ValueError, UnknownLocaleError) as error:
        parser.error(str(error))
    template = extracted()
    codes = {path.stem for path in FOLDER.glob("*.po")} | set(given.begin)
    troubles = []
    for code in sorted(codes):
        made = updated(code, template)
        missing = [str(message.id) for message in made if message.id and not _is_done(message)]
        if missing:
            troubles.append(f"{code}: {len(missing)} not translated, such as {missing[0]!r}")
        po, mo = FOLDER / f"{code}.po", FOLDER / f"{code}.mo"
        if given.check:
            old = [] if _has_all(po, made) else [po.name]
            old += [] if _is_compiled(mo, made) else [mo.name]
            troubles += [f"{name} is not up to date; run python -m game.language" for name in old]
        else:
            po.write_bytes(_po(made))
            mo.write_bytes(_mo(made))
    print(
        "\n".join(troubles) or f"{len(template)} sentences, complete in {', '.join(sorted(codes))}"
    )
    return 1 if troubles and given.check else 0


def extracted() -> Catalog:
    """All that the code has to say."""
    template = Catalog(project="digit-dash", charset="utf-8")
    found = extract_from_dir(
        GAME, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",),
        strip_comment_tags=True,
    )  # fmt: skip
    for file, _line, message, comments, context in sorted(found, key=lambda each: each[:2]):
        # Without line numbers: a catalogue changes where a sentence does, and nowhere else.
        template.add(message, None, [(file.replace("\\", "/"), 0)], (), comments, context=context)
    return template


def updated(code: str, template: Catalog) -> Catalog:
    """A language's catalogue with the sentences that there are now; what is gone is dropped."""
    path = FOLDER / f"{code}.po"
    if path.is_file():
        catalog = read_po(io.BytesIO(path.read_bytes()), locale=code)
    else:
        catalog = Catalog(locale=code, charset="utf-8", fuzzy=False)
    catalog.header_comment = f"# Digit Dash: all that the game says, in {_name(code)}."
    catalog.project, catalog.version, catalog.fuzzy = "digit-dash", "", False
    catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = ""
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def _name(code: str) -> str:
    return Locale.parse(code).english_name or code


def _is_done(message: object) -> bool:
    string = getattr(message, "string", "")
    return all(_forms(string))


def _has_all(path: Path, made: Catalog) -> bool:
    """Whether a file has those sentences, with what is told of them to translators."""
    if not path.is_file():
        return False
    return _told(read_po(io.BytesIO(path.read_bytes()))) == _told(made)


def _told(catalog: Catalog) -> dict[Key, tuple[object, ...]]:
    """All but how it is written down, for that depends on Babel's version."""
    return {
        _key(each): (_forms(each.string), each.auto_comments, [file for file, _ in each.locations])
        for each in catalog
        if each.id
    }


def _is_compiled(path: Path, made: Catalog) -> bool:
    """Whether a file that the game reads says what the catalogue says."""
    if not path.is_file():
        return False
    try:
        read = read_mo(io.BytesIO(path.read_bytes()))
    except (OSError, ValueError, struct.error):
        return False
    said, wanted = (
        {_key(each): _forms(each.string) for each in catalog if each.id and _is_done(each)}
        for catalog in (read, made)
    )
    return said == wanted


def _key(message: Message) -> Key:
    return message.context, _forms(message.id)


def _forms(words: object) -> tuple[object, ...]:
    return tuple(words) if isinstance(words, list | tuple) else (words,)


def _po(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_po(file, catalog, width=WIDTH, omit_header=False, sort_output=False, include_lineno=False)
    return file.getvalue()


def _mo(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main())
