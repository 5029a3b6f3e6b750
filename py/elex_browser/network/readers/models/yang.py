"""YANG models (RFC 7950): the leaves of classes with their types, ranges, units, defaults and members.

As in the models of 3GPP, a list or container whose name begins with a capital letter is a class; its
leaves stand in it, in its `attributes`, or in groupings that it uses. All other containers are structs.
Modules of one load know each other's groupings and typedefs.
"""

from collections.abc import Iterator

from elex_browser.errors import ValidationError
from elex_browser.network.readers.models.raw_model import (
    RawAttribute,
    RawModel,
    RawOwner,
    default,
    number,
)
from elex_browser.network.readers.models.yang_statements import KEYWORDS, Statement, statements_of
from elex_browser.network.readers.syntax.text_decoding import TextDecoder
from elex_browser.network.rejections import Reject

_MAX_DEPTH = 40
_MAX_ATTRIBUTES = 500_000
_MAX_CHARACTERS = 16 << 20
_GROUPING_ENDS = ("Grp", "Group", "-group")
_INSIDE = ("choice", "case")


class YangModules:
    """The modules of one load."""

    def __init__(self, raw: RawModel, reject: Reject) -> None:
        self._raw = raw
        self._reject = reject
        self._modules: list[Statement] = []
        self._groupings: dict[str, Statement] = {}
        self._typedefs: dict[str, Statement] = {}
        self._used: set[str] = set()
        self._classes: dict[str, RawOwner] = {}
        self._n_attributes = 0

    def add(self, statements: list[Statement]) -> None:
        """Add the modules of a file."""
        for module in statements:
            self._modules.append(module)
            self._raw.name = self._raw.name or module.argument
            self._raw.version = self._raw.version or module.text("revision")
            self._define(module, 0)

    def finish(self) -> None:
        """Find the classes and their attributes, now that all modules are known."""
        for module in self._modules:
            self._look(module, None, "", 0)
        for name, grouping in self._groupings.items():
            if name not in self._used:  # by the modules that are loaded
                mo_class = _class_of_grouping(name)
                is_new = mo_class and mo_class not in self._classes
                self._look(grouping, self._class(mo_class) if is_new else None, "", 0)
        self._modules = []

    def _define(self, around: Statement, depth: int) -> None:
        for each in around.children:
            if each.keyword not in KEYWORDS and ":" not in each.keyword:
                self._reject(each.line, f"{each.keyword[:40]!r} is no statement of YANG", 0)
            if each.keyword == "grouping":
                self._groupings[each.argument] = each
            elif each.keyword == "typedef":
                self._typedefs[each.argument] = each
            if each.children and depth < _MAX_DEPTH:
                self._define(each, depth + 1)

    def _class(self, name: str) -> RawOwner:
        owner = self._classes.get(name)
        if owner is None:
            owner = self._classes[name] = RawOwner(name)
            self._raw.classes.append(owner)
        return owner

    def _look(self, around: Statement, owner: RawOwner | None, prefix: str, depth: int) -> None:
        """Take what stands in a statement: attributes of a class, or classes."""
        if depth > _MAX_DEPTH or self._n_attributes > _MAX_ATTRIBUTES:
            self._reject(around.line, f"{around.argument[:60]!r} nests too deep or uses itself")
            return
        keys = around.text("key").split()
        for each in around.children:
            name = each.argument
            if each.keyword in ("list", "container"):
                self._look_inside(each, owner, prefix, depth)
            elif each.keyword in ("leaf", "leaf-list"):
                if owner is not None and name not in keys:
                    owner.attributes.append(self._attribute(each, f"{prefix}{name}"))
                    self._n_attributes += 1
            elif each.keyword == "uses":
                self._use(each, owner, prefix, depth)
            elif each.keyword == "augment":
                self._look(each, *self._place(name, owner), depth + 1)
            elif each.keyword in _INSIDE:
                self._look(each, owner, prefix, depth + 1)

    def _look_inside(
        self, each: Statement, owner: RawOwner | None, prefix: str, depth: int
    ) -> None:
        name = each.argument
        if name[:1].isupper():
            self._look(each, self._class(name), "", depth + 1)
        elif owner is None or name == "attributes":
            self._look(each, owner, prefix, depth + 1)
        else:
            self._look(each, owner, f"{prefix}{name}.", depth + 1)

    def _use(self, each: Statement, owner: RawOwner | None, prefix: str, depth: int) -> None:
        name = _local(each.argument)
        grouping = self._groupings.get(name)
        if owner is not None:
            self._used.add(name)
        if grouping is not None:
            self._look(grouping, owner, prefix, depth + 1)
        elif owner is not None:
            reason = f"{owner.name} uses {each.argument[:60]!r}, which no loaded module defines"
            self._reject(each.line, reason, 0)

    def _place(self, path: str, owner: RawOwner | None) -> tuple[RawOwner | None, str]:
        """The class that a path leads to, and the structs below it."""
        prefix = ""
        for step in path.split("/"):
            name = _local(step.strip())
            if name[:1].isupper():
                owner, prefix = self._class(name), ""
            elif name and name != "attributes":
                prefix += f"{name}."
        return owner, prefix

    def _attribute(self, leaf: Statement, name: str) -> RawAttribute:
        raw = RawAttribute(name)
        raw.is_read_only = leaf.text("config") == "false"
        self._take_facts(raw, leaf, 0)
        return raw

    def _take_facts(self, raw: RawAttribute, said: Statement, depth: int) -> None:
        """Take what a leaf says, and for what it does not say its type."""
        raw.unit = raw.unit or said.text("units")
        raw.text = raw.text or " ".join(said.text("description").split())
        if raw.default is None and said.all("default"):
            raw.default = default(said.text("default"))
        for each in said.all("type"):
            self._take_type(raw, each, depth)

    def _take_type(self, raw: RawAttribute, given: Statement, depth: int) -> None:
        name = _local(given.argument)
        typedef = self._typedefs.get(name)
        if name == "enumeration":
            raw.members = raw.members or list(_members(given))
        for span in given.text("range").split("|") if given.all("range") else ():
            low, dots, high = (part.strip() for part in span.partition(".."))
            raw.spans.append((_limit(low), _limit(high if dots else low)))
        if typedef is not None and depth < _MAX_DEPTH:
            has_spans = bool(raw.spans)
            inner = RawAttribute(raw.name)
            self._take_facts(inner, typedef, depth + 1)
            raw.spans = raw.spans if has_spans else inner.spans
            raw.value_type = inner.value_type
            raw.members = raw.members or inner.members
            raw.unit = raw.unit or inner.unit
            raw.default = inner.default if raw.default is None else raw.default
        elif name == "union":
            self._take_union(raw, given, depth)
        else:
            raw.value_type = "enum" if name == "enumeration" else name

    def _take_union(self, raw: RawAttribute, given: Statement, depth: int) -> None:
        """A union has a range, or a closed set, only if each of its types has one."""
        raw.value_type = "union"
        parts = []
        for each in given.all("type"):
            part = RawAttribute(raw.name)
            if depth < _MAX_DEPTH:
                self._take_type(part, each, depth + 1)
            parts.append(part)
        if parts and all(part.spans for part in parts):
            raw.spans = [span for part in parts for span in part.spans]
            raw.value_type = parts[0].value_type
        elif parts and all(part.members for part in parts):
            raw.members = [member for part in parts for member in part.members]


class YangReader:
    """Reads the modules of one file."""

    def __init__(self, modules: YangModules, head: bytes) -> None:
        self._modules = modules
        self._decoder = TextDecoder(head)
        self._pieces: list[str] = []
        self._n_characters = 0

    def feed(self, data: bytes) -> None:
        """Read on.

        Raises:
            ValidationError: the file is larger than any real module.
        """
        self._pieces.append(self._decoder.feed(data))
        self._n_characters += len(self._pieces[-1])
        if self._n_characters > _MAX_CHARACTERS:
            problem = f"a YANG module may have {_MAX_CHARACTERS >> 20} million characters"
            raise ValidationError(problem, "Load one module a file")

    def close(self) -> None:
        """Tell that the file ends here.

        Raises:
            DamagedFileError: it is no YANG, from a line on.
        """
        text = "".join(self._pieces) + self._decoder.rest()
        self._modules.add(statements_of(text.removeprefix("\ufeff")))

    def break_off(self) -> None:
        """Tell that the file is not read any further; a module that breaks off says nothing."""
        self._pieces = []


def _members(given: Statement) -> Iterator[tuple[str, int | None]]:
    """The members of an enumeration; one without a value has that of the one before and 1."""
    following = 0
    for each in given.all("enum"):
        value = number(each.text("value"))
        following = value if isinstance(value, int) else following
        yield each.argument, following
        following += 1


def _limit(text: str) -> int | float | None:
    return number(text)  # "min" and "max" are no limits beside those of the type


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _class_of_grouping(name: str) -> str:
    """The class whose attributes a grouping holds, by its name; "" where it has none."""
    for end in _GROUPING_ENDS:
        if name.endswith(end) and name[:1].isupper():
            return name.removesuffix(end).rstrip("_")
    return ""
