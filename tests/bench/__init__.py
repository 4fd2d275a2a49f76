"""`python -m tests.bench`: how fast Digit Dash reads, starts and draws, against what one would take
in its place. Every comparison is a module here; what answers runs in a process of its own, from
`workers/`, and all of them are asked in turn, so that a busy machine is busy for all.
"""
