"""Cases replayed: what was reported of real groups, beside what the model does in their place (``conf/case``)."""
