"""`python -m game.language`: take the sentences from the code into the catalogues, and compile.

Needs Babel. `CODE` as an argument begins a new language: fill its `.po` file in, run it again, and
the game offers it. `--check` changes nothing and fails where something is missing.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

GAME = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "catalogues"
KEYWORDS = {
    "_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
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
        for path, content in (
            (FOLDER / f"{code}.po", _po(made)),
            (FOLDER / f"{code}.mo", _mo(made)),
        ):
            if given.check:
                if not path.is_file() or path.read_bytes() != content:
                    troubles.append(f"{path.name} is not up to date; run python -m game.language")
            else:
                path.write_bytes(content)
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
    return all(string) if isinstance(string, tuple | list) else bool(string)


def _po(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_po(file, catalog, width=WIDTH, omit_header=False, sort_output=False, include_lineno=False)
    return file.getvalue()


def _mo(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def untranslated(code: str) -> Iterator[str]:
    """The sentences that a language lacks."""
    for message in updated(code, extracted()):
        if message.id and not _is_done(message):
            yield str(message.id)


if __name__ == "__main__":
    sys.exit(main())
