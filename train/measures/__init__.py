"""What the models are worth: every measure is one module with one function of the same shape.

`measure(readers, sets, folder)` reads test sets with the models under test, writes its JSON and its
pictures into the folder, and returns its section of the report as Markdown; `train.report` is the
list of them. Readings and test sets are shared: whoever asks second finds them made
(`readers.Reader`, `test_sets.TestSets`).
"""
