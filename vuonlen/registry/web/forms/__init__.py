"""Forms of the verbs, one class each."""
