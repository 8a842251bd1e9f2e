"""The verbs that ask golden questions: `eval`, `calibrate`."""
