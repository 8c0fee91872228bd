"""What docstrings have to say: the fields of settings, the shapes of arrays, the errors that a person may see."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.architecture.test_rules import ROOT, parsed, sources

SETTINGS = ("Settings", "Options", "Choice", "Config", "Preferences", "Limits", "Preset")
"""How the names of classes end whose fields are documented one by one."""
ARRAYS = {"NDArray", "ndarray", "Tensor", "Floats"}
"""Types that say nothing of an array's shape; an alias of one that is documented with a shape does."""
SHAPE = re.compile(r"\([^()]*,[^()]*\)|\b(as|see|like|inverse of) `", re.IGNORECASE)
"""A shape such as (K, h, w), or whose docstring has it."""
ELSEWHERE = re.compile(r"\braises (what|as)\b|\b(as|see) `", re.IGNORECASE)

Function = tuple[ast.ClassDef | None, ast.FunctionDef]


def undocumented_fields(source: str) -> Iterator[str]:
    """Fields of settings dataclasses without a docstring of their own below them."""
    # parsing all modules for the few of them would take seconds
    if not re.search(rf"class \w+({'|'.join(SETTINGS)})\b", source):
        return
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.ClassDef) and node.name.endswith(SETTINGS) and _is_dataclass(node)):
            continue
        for statement, after in zip(node.body, [*node.body[1:], None], strict=True):
            if isinstance(statement, ast.AnnAssign) and not _text(after):
                yield f"{node.name}.{ast.unparse(statement.target)}"


def _is_dataclass(node: ast.ClassDef) -> bool:
    return any("dataclass" in ast.unparse(decorator) for decorator in node.decorator_list)


def _text(statement: ast.stmt | None) -> str:
    value = statement.value if isinstance(statement, ast.Expr) else None
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


def faults(module: ast.Module) -> Iterator[str]:
    """Public functions and methods without a docstring, and what docstrings leave out of shapes and errors."""
    shapeless = _shapeless(module)
    for owner, function in _public(module):
        name = f"{function.lineno} {owner.name if owner else ''}.{function.name}"
        around = (ast.get_docstring(owner) or "") if owner else ""
        text = ast.get_docstring(function) or (inherited(function.name) if owner else "")
        if function.name == "__init__":
            text = f"{text} {around}"
        if not text.strip():
            yield f"{name}: no docstring"
            continue
        if (
            function.name != "__init__"
            and _names(*_annotations(function)) & shapeless
            and not SHAPE.search(text + around)
        ):
            yield f"{name}: an array without its shape"
        missing = [error for error in _raised(function) if not any(kind in text for kind in lineage(error))]
        if missing and not ELSEWHERE.search(text):
            yield f"{name}: may raise {', '.join(missing)}"


def _public(module: ast.Module) -> Iterator[Function]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield None, node
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for part in node.body:
                if isinstance(part, ast.FunctionDef) and not re.match(r"_(?!_(init|call)__$)", part.name):
                    yield node, part


def _annotations(function: ast.FunctionDef) -> Iterator[ast.expr]:
    for argument in (*function.args.args, *function.args.kwonlyargs):
        if argument.annotation is not None:
            yield argument.annotation
    if function.returns is not None:
        yield function.returns


def _names(*nodes: ast.AST) -> set[str]:
    inside = [part for node in nodes for part in ast.walk(node)]
    return {part.id for part in inside if isinstance(part, ast.Name)} | {
        part.attr for part in inside if isinstance(part, ast.Attribute)
    }


def _shapeless(module: ast.Module) -> set[str]:
    """Array types whose shape is not known by their name in a module: those of `ARRAYS`, and undocumented aliases."""
    found, shaped = set(ARRAYS), set[str]()
    for statement, after in zip(module.body, [*module.body[1:], None], strict=True):
        if (
            isinstance(statement, ast.Assign)
            and not isinstance(statement.value, ast.Call)
            and _names(statement.value) & ARRAYS
        ):
            (shaped if SHAPE.search(_text(after)) else found).update(_names(*statement.targets))
    return found - shaped


def _raised(function: ast.FunctionDef) -> list[str]:
    """Errors for people that a function raises itself, by name."""
    found: set[str] = set()
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.Lambda, ast.ClassDef)):
            continue
        if isinstance(node, ast.Raise) and node.exc is not None:
            error = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            found.add(ast.unparse(error).split(".")[-1])
        waiting += ast.iter_child_nodes(node)
    return sorted(found & set(typed_errors()))


@cache
def typed_errors() -> dict[str, list[str]]:
    """The classes of core/errors.py with their bases."""
    module = ast.parse((ROOT / "core/errors.py").read_text(encoding="utf-8"))
    return {
        node.name: [ast.unparse(base) for base in node.bases] for node in module.body if isinstance(node, ast.ClassDef)
    }


def lineage(error: str) -> list[str]:
    """An error and those it is a kind of."""
    return [error, *(kind for base in typed_errors().get(error, []) for kind in lineage(base))]


@cache
def modules() -> dict[str, ast.Module]:
    """The modules of core by path."""
    return {str(path.relative_to(ROOT)): parsed(path) for path in sources("core")}


@cache
def inherited(name: str) -> str:
    """The docstrings of the methods of that name in core: of a base, a protocol, or what the method passes on to."""
    found = (
        ast.get_docstring(function)
        for module in modules().values()
        for owner, function in _public(module)
        if owner is not None and function.name == name
    )
    return "\n".join(text for text in found if text)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("@dataclass\nclass ASettings:\n    size: int\n    'Pixels.'\n    hard: bool = True", ["ASettings.hard"]),
        ("@dataclass(frozen=True)\nclass AChoice:\n    path: Path\n    'Where to.'", []),
        ("@dataclass\nclass Point:\n    x: float", []),
        ("class Options(QWidget):\n    changed: Signal", []),
    ],
)
def test_a_field_without_a_docstring_is_found(source: str, found: list[str]) -> None:
    assert list(undocumented_fields(source)) == found


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("def size(a: int) -> int: return a", "no docstring"),
        ("class A:\n    @property\n    def quite_new(self) -> int: return 1", "no docstring"),
        ("def mean(a: Floats) -> float:\n    'The mean.'", "an array without its shape"),
        (
            "Way = NDArray[np.float32]\ndef turn(a: Way) -> float:\n    'How far it turns.'",
            "an array without its shape",
        ),
        ("def read() -> int:\n    'A number.'\n    raise MediaError('x')", "may raise MediaError"),
    ],
)
def test_what_a_docstring_leaves_out_is_found(source: str, fault: str) -> None:
    assert [text.partition(": ")[2] for text in faults(ast.parse(source))] == [fault]


@pytest.mark.parametrize(
    "source",
    [
        "def _size(a: Floats) -> int: return a",
        "def mean(a: Floats) -> float:\n    'The mean of `a`, (N,) in [0, 1].'",
        "def mean(a: Floats) -> float:\n    'As `median`, but for the mean.'",
        "Way = NDArray[np.float32]\n'Points (N, 2).'\ndef turn(a: Way) -> float:\n    'How far it turns.'",
        "def read() -> int:\n    'A number. Raises RotoflowError.'\n    raise MediaError('x')",
        "def read() -> int:\n    'A number.'\n    raise ValueError('for programmers')",
    ],
)
def test_complete_docstrings_are_accepted(source: str) -> None:
    assert not list(faults(ast.parse(source)))


def test_every_field_of_settings_is_documented() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {field}"
        for path in sources("core", "desktop", "benchmarks", "tools")
        for field in undocumented_fields(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_docstrings_of_the_core_name_shapes_and_errors() -> None:
    found = [f"{path}:{fault}" for path, module in modules().items() for fault in faults(module)]
    assert not found, "\n".join(found)
