"""The commands: options, examples and help; what they do is in the verbs' own modules."""
