"""What a person reads is made from a template with fields, so that it can be translated."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest

from tools.core_messages import message_calls, templates

ROOT = Path(__file__).resolve().parents[2]
CORE = sorted((ROOT / "core").rglob("*.py"))


def faults(source: str) -> list[str]:
    """Errors and messages of a module whose text is put together before they get it, and notes that are no message."""
    module = ast.parse(source)
    found = [
        f"{call.lineno}: {ast.unparse(call)}"
        for call in message_calls(module)
        if not templates(call.args[0]) and not _is_message(call.args[0])
    ]
    return found + [
        f"{call.lineno}: {ast.unparse(call)}"
        for call in ast.walk(module)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in ("append", "remark")
        and ast.unparse(call.func.value).endswith("notes")
        and isinstance(call.args[0], ast.Constant | ast.JoinedStr | ast.BinOp)
    ]


def _is_message(argument: ast.expr) -> bool:
    """Whether an argument is a whole message, of another error or put together from others."""
    if isinstance(argument, ast.Attribute):
        return argument.attr == "message"
    if isinstance(argument, ast.Call):
        return getattr(argument.func, "id", "") in ("Message", "join", "message_of", "verbatim")
    return False


@pytest.mark.parametrize(
    "source",
    [
        'raise MediaError(f"{path}: no clip")',
        'raise MediaError("%s: no clip" % path)',
        'raise errors.MediaError("{}: no clip".format(path))',
        'raise MediaError("no clip: " + path)',
        'text = f"{path}: no clip"\nraise MediaError(text)',
        "raise MediaError(str(error))",
        'reason = Message(f"no {what}")',
        'notes.append(f"{count} frames are damaged")',
        'self._notes.remark("a note")',
    ],
)
def test_a_text_put_together_is_found(source: str) -> None:
    assert faults(source)


@pytest.mark.parametrize(
    "source",
    [
        'raise MediaError("{path}: no clip", path=path)',
        'raise MediaError("no clip" if lost else "no file")',
        "raise MediaError(error.message) from error",
        'notes.append(Message("{count} frames are damaged", count=3))',
        'raise ValueError(f"{path}: not for people")',
    ],
)
def test_templates_are_accepted(source: str) -> None:
    assert not faults(source)


def test_errors_and_notes_of_the_core_are_made_from_templates() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{fault}"
        for path in CORE
        if path.relative_to(ROOT / "core").as_posix() not in ("messages.py", "errors.py")
        for fault in faults(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_templates_name_their_fields_and_are_given_them() -> None:
    """A template that is filled in wrongly would raise another error while the first one is reported."""
    wrong = []
    for path in CORE:
        for call in message_calls(ast.parse(path.read_text(encoding="utf-8"))):
            names = {keyword.arg for keyword in call.keywords}
            for template in templates(call.args[0]) if names else []:
                used = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
                if used != names:
                    wrong.append(f"{path.relative_to(ROOT)}:{call.lineno}: {sorted(map(str, used ^ names))}")
    assert not wrong
