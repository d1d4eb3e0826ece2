"""The dialect of the core, checked over syntax trees: nothing whose last bit, order or answer depends on the machine.

`problems(source)` lists every departure as (line, what, instead). It judges by form, so it errs on the strict side:
what it can't tell from a floating-point sum (a sum of integers, say) has a spelling that it accepts.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

SUM = "add on the grid with `game.kernel.numerics.total`; add integers with `.sum(dtype=np.int64)`"
PRODUCT = "add the products up in the loop of a kernel, each on the grid"
SMOOTH = "build it from `game.kernel.numerics` (exponential_of, logarithm_of, sigmoid_of)"
POWER = "write the product, or use `game.kernel.numerics`"
LUCK = "take it from `game.kernel.draws`"
CLOCK = "pass the time in: the core has no clock"
SHELL = "read and write in the shell; the core gets values"
STABLE = "say `kind='stable'`: ties come out in another order on another processor"
ORDERED = "sort it first, or keep a tuple or a dict: a set has another order in every process"
NOBODY = "use the field's own key: it changes from process to process"

NUMPY = {
    **dict.fromkeys(("exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "logaddexp", "logaddexp2"), SMOOTH),
    **dict.fromkeys(("sin", "cos", "tan", "arcsin", "arccos", "arctan", "arctan2", "hypot", "cbrt"), SMOOTH),
    **dict.fromkeys(("sinh", "cosh", "tanh", "arcsinh", "arccosh", "arctanh", "sinc", "i0"), SMOOTH),
    **dict.fromkeys(("power", "float_power", "pow", "geomspace", "logspace", "emath"), POWER),
    **dict.fromkeys(("dot", "vdot", "matmul", "matvec", "vecmat", "vecdot", "inner", "tensordot", "einsum"), PRODUCT),
    **dict.fromkeys(("linalg", "fft", "convolve", "correlate", "cov", "corrcoef", "polyfit", "polyval"), PRODUCT),
    **dict.fromkeys(("sum", "nansum", "mean", "nanmean", "average", "prod", "nanprod", "trace", "trapezoid"), SUM),
    **dict.fromkeys(("std", "nanstd", "var", "nanvar"), SUM),
    **dict.fromkeys(("argpartition", "partition"), STABLE),
    **dict.fromkeys(("load", "save", "savez", "loadtxt", "savetxt", "genfromtxt", "fromfile", "memmap"), SHELL),
    "random": LUCK,
}
METHODS = {
    **dict.fromkeys(("sum", "mean", "prod", "std", "var", "trace"), SUM),
    "dot": PRODUCT,
    "argpartition": STABLE,
    **dict.fromkeys(("now", "today", "utcnow"), CLOCK),
    **dict.fromkeys(("open", "read_text", "read_bytes", "write_text", "write_bytes", "tofile"), SHELL),
}
BUILTINS = {
    "sum": f"Python 3.12 adds floats another way than 3.11; {SUM}",
    "pow": POWER,
    "hash": NOBODY,
    **dict.fromkeys(("open", "print", "input"), SHELL),
    **dict.fromkeys(("eval", "exec", "compile", "__import__"), "nothing is evaluated here"),
}
MODULES = {
    "math": SMOOTH,
    "cmath": SMOOTH,
    "statistics": SUM,
    "scipy": SMOOTH,
    **dict.fromkeys(("random", "secrets", "uuid"), LUCK),
    "time": CLOCK,
    **dict.fromkeys(("os", "io", "subprocess", "pathlib", "shutil", "tempfile", "socket", "locale"), SHELL),
}
ADDING = {"add", "subtract", "multiply"}
ORDER_FREE = {"sorted", "set", "frozenset", "len", "any", "all", "min", "max", "isinstance", "bool"}
ORDERING = {"list", "tuple", "enumerate", "zip", "map", "filter", "iter", "next", "reversed", "dict"}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One departure: where, what, and what to write there."""

    line: int
    what: str
    instead: str


def problems(source: str) -> list[Problem]:
    """Every departure from the dialect in a module's text, by line."""
    checker = Checker()
    checker.visit(ast.parse(source))
    return sorted(set(checker.found))


def dotted(node: ast.expr) -> str:
    """`np.add.reduce` for such a chain of names, else an empty text."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(names)]) if isinstance(node, ast.Name) else ""


def is_literal(node: ast.expr, *kinds: type) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    return isinstance(node, ast.Constant) and type(node.value) in kinds


def is_exact_power(base: ast.expr, exponent: ast.expr) -> bool:
    """Squares are products in numpy, and powers of two literals are computed once, by the compiler."""
    square = isinstance(exponent, ast.Constant) and type(exponent.value) is int and exponent.value == 2
    return square or (is_literal(base, int, float) and is_literal(exponent, int))


@dataclass
class Checker(ast.NodeVisitor):
    """Walks one module; `scopes` holds the names that are sets, innermost function last.

    `excused` holds the iterables whose order goes nowhere: those of `any(...)`, of `{... for ...}`.
    """

    found: list[Problem] = field(default_factory=list)
    scopes: list[dict[str, bool]] = field(default_factory=lambda: [{}])
    numpy_names: set[str] = field(default_factory=set)
    excused: set[int] = field(default_factory=set)

    def report(self, node: ast.AST, what: str, instead: str) -> None:
        self.found.append(Problem(getattr(node, "lineno", 0), what, instead))

    # ---- names that come from elsewhere

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            root = alias.name.partition(".")[0]
            if root in MODULES:
                self.report(node, f"import {alias.name}", MODULES[root])
            if root == "numpy":
                self.numpy_names.add(alias.asname or root)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        root = (node.module or "").partition(".")[0]
        if root in MODULES:
            self.report(node, f"from {node.module} import", MODULES[root])
        if root == "numpy" and node.module != "numpy.typing":
            self.report(node, f"from {node.module} import", "write `np.` before the name, so that it can be judged")

    def visit_Attribute(self, node: ast.Attribute) -> None:
        root, _, rest = dotted(node).partition(".")
        if root in self.numpy_names:
            first, _, method = rest.partition(".")
            if first in NUMPY:
                self.report(node, f"np.{first}", NUMPY[first])
            elif first in ADDING and method in {"reduce", "reduceat"}:
                self.report(node, f"np.{rest}", SUM)
        self.generic_visit(node)

    # ---- operators

    def visit_BinOp(self, node: ast.BinOp) -> None:
        self.check_operator(node, node.op, node.left, node.right)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.check_operator(node, node.op, node.target, node.value)
        self.generic_visit(node)

    def check_operator(self, node: ast.AST, operator: ast.operator, left: ast.expr, right: ast.expr) -> None:
        if isinstance(operator, ast.MatMult):
            self.report(node, "the operator @", PRODUCT)
        if isinstance(operator, ast.Pow) and not is_exact_power(left, right):
            self.report(node, "the operator **", POWER)

    # ---- calls

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name):
            self.check_builtin(node, node.func.id)
        elif isinstance(node.func, ast.Attribute):
            self.check_method(node, node.func)
        self.generic_visit(node)

    def check_builtin(self, node: ast.Call, name: str) -> None:
        if name in BUILTINS and not (name == "sum" and adds_whole_numbers(node)):
            self.report(node, f"{name}()", BUILTINS[name])
        if name in ORDERING:
            for argument in node.args:
                self.check_order(argument)
        if name in ORDER_FREE:
            for argument in node.args:
                if isinstance(argument, ast.GeneratorExp):
                    self.excused.update(id(part.iter) for part in argument.generators)

    def check_method(self, node: ast.Call, method: ast.Attribute) -> None:
        on_numpy = dotted(method).partition(".")[0] in self.numpy_names
        if method.attr in METHODS and not on_numpy and not (method.attr == "sum" and self.adds_integers(node)):
            self.report(node, f".{method.attr}()", METHODS[method.attr])
        if method.attr == "argsort":
            kind = {keyword.arg: keyword.value for keyword in node.keywords}.get("kind")
            if not (isinstance(kind, ast.Constant) and kind.value == "stable"):
                self.report(node, "argsort of no stated kind", STABLE)
        if method.attr in {"join", "array", "asarray", "fromiter", "extend", "fromkeys"}:
            for argument in node.args:
                self.check_order(argument)

    def adds_integers(self, node: ast.Call) -> bool:
        """Whole numbers add up to the same in any order; the call has to say that it adds such."""
        stated = {keyword.arg: dotted(keyword.value) for keyword in node.keywords}.get("dtype", "")
        root, _, kind = stated.partition(".")
        return root in self.numpy_names and kind in {"int64", "uint64", "intp"}

    # ---- the order of sets

    def is_set(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Set | ast.SetComp):
            return True
        if isinstance(node, ast.Name):
            return self.scopes[-1].get(node.id, False)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr | ast.Sub | ast.BitXor):
            return any(self.is_set(side) or self.is_key_view(side) for side in (node.left, node.right))
        return isinstance(node, ast.Call) and (
            dotted(node.func) in {"set", "frozenset"}
            or (isinstance(node.func, ast.Attribute) and node.func.attr in {"union", "intersection", "difference"})
        )

    @staticmethod
    def is_key_view(node: ast.expr) -> bool:
        return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "keys"

    def check_order(self, node: ast.expr) -> None:
        if self.is_set(node) and id(node) not in self.excused:
            self.report(node, "the order of a set", ORDERED)

    def visit_For(self, node: ast.For) -> None:
        self.check_order(node.iter)
        self.generic_visit(node)

    def visit_Starred(self, node: ast.Starred) -> None:
        self.check_order(node.value)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        self.check_order(node.iter)
        self.generic_visit(node)

    def visit_SetComp(self, node: ast.SetComp) -> None:
        self.excused.update(id(part.iter) for part in node.generators)
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        for name in (target.id for target in node.targets if isinstance(target, ast.Name)):
            self.scopes[-1][name] = self.is_set(node.value)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if isinstance(node.target, ast.Name):
            self.scopes[-1][node.target.id] = is_set_annotation(node.annotation)
        self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        scope = dict(self.scopes[-1])
        for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
            scope[argument.arg] = is_set_annotation(argument.annotation)
        self.scopes.append(scope)
        self.generic_visit(node)
        self.scopes.pop()


def adds_whole_numbers(node: ast.Call) -> bool:
    """`sum(len(x) for x in y)` and its like: each summand is a count by its form."""
    summands = [part.elt if isinstance(part, ast.GeneratorExp | ast.ListComp) else part for part in node.args]
    return all(is_count(summand) for summand in summands)


def is_count(node: ast.expr) -> bool:
    if isinstance(node, ast.Subscript):
        node = node.value
        return isinstance(node, ast.Attribute) and node.attr == "shape"
    if isinstance(node, ast.Call):
        return dotted(node.func) in {"len", "int", "bool"}
    return (
        isinstance(node, ast.Compare)
        or is_literal(node, int)
        or (isinstance(node, ast.Attribute) and node.attr == "size")
    )


def is_set_annotation(node: ast.expr | None) -> bool:
    if isinstance(node, ast.Subscript):
        node = node.value
    return node is not None and dotted(node) in {"set", "frozenset", "Set", "AbstractSet", "MutableSet"}


def report(path: str, source: str) -> Iterator[str]:
    """The problems of one file as lines an editor can follow."""
    for problem in problems(source):
        yield f"{path}:{problem.line}: {problem.what}: {problem.instead}"
