"""Fuzzing: any bytes into whatever parses or takes ink: `python -m tests.fuzz TARGET`.

Each module of `targets` has a function `one(data)` that hands bytes to one reader and holds it to
its contract: only the errors that it documents, with a sentence, and what comes out is sound and
can be written and read again. `python -m tests.fuzz` looks for bytes that break it, guided by
coverage where atheris is installed; a short seeded run of each is among the ordinary tests. What
was found stands in `tests/fixtures/fuzz/TARGET`, and is tried again with every run.

Nothing here imports what is fuzzed before a target is loaded: it has to be instrumented first.
"""
