"""Closed member lists of what is signed, as small rules that return or refuse."""
