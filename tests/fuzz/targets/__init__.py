"""What is fuzzed: one module a reader, with `one(data)`, `seeds()` and `WORDS`."""
