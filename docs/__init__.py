"""The docs of the house; `python -m docs.draw` draws their pictures from the code."""
