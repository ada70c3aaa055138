"""The machinery of benches/run.

`environment` builds what is measured and installs the peers; `corpora` draws texts and lexicons;
`prepared` keeps what was drawn and checked for a quiet hour; `measure` runs a command under a clock and keeps the record; `campaign` says what is run and in
which order; `checks` demands that outputs are right; `table` turns records into the rows of the
table; `report` writes them down. A report is made from records alone, so that a kept folder of
benches/runs can be reported again.
"""
