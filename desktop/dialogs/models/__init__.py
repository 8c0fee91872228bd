"""The list of models that engines can use."""
