"""The environment names the project by a path that every locale can read."""

from __future__ import annotations

import site
import sys
from typing import TYPE_CHECKING

import _bootstrap

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_folder_with_chinese_characters_is_found_in_any_locale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found: LC_ALL=C ended every command of a clone in such a folder."""
    root = tmp_path / "看 碳"
    packages = root / ".venv/lib/python3.11/site-packages"
    packages.mkdir(parents=True)
    (root / ".editable").mkdir()
    file = packages / "_rootprint.pth"
    file.write_text(f"{root / '.editable'}\n", encoding="utf-8")
    monkeypatch.setattr(_bootstrap, "ROOT", root)
    monkeypatch.setattr(_bootstrap, "environment", lambda: root / ".venv")
    _bootstrap._place_relatively()
    assert file.read_bytes().isascii()
    monkeypatch.setattr(sys, "path", list(sys.path))
    site.addpackage(str(packages), file.name, set())
    assert str(root / ".editable") in sys.path
