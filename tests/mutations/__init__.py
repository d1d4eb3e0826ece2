"""Mutations: one line of the game is changed at a time, and the tests named beside the change must notice.

    python -m tests.mutations                  try all
    python -m tests.mutations veto scroll      those whose name holds one of these words
    python -m tests.mutations --list           name them, with the file each is found in

A test that passes whatever the code says proves nothing. What is listed in the `.txt` files here holds, kind by kind,
that the tests do not: each entry is a name, the test modules that must fail, and a piece of a line before and after.
The piece is looked for in the whole package and has to stand there once, so that an entry outlives a move of its file.

    veto-of-a-loose-ally: policies/test_appraisal
    - ALLIED = 0.8
    + ALLIED = 0.9

Goldens are never named: a changed digest says that something differs, not what is wrong.
"""
