"""Bulk CM XML (3GPP TS 32.615): a tree of objects, vendor data in VsDataContainers.

Namespaces and their prefixes differ between exports, so local names decide. Inside `attributes` a
repeated element is a list and a nested one a struct, whose members are named "struct.member". The class
of a container is known only from its vsDataType. A `modifier` makes an object part of a plan.
"""

from enum import Enum, auto

from elex_browser.errors import UnsupportedError
from elex_browser.network.intake import Intake
from elex_browser.network.readers.configurations.frames import Frames, Values
from elex_browser.network.readers.syntax.xml_stream import BLANKS, MAX_DEPTH, LocalNames, XmlStream
from elex_browser.network.source import DamagedFileError
from elex_browser.protocol import PlannedOperation
from elex_browser.ran.dn import has_controls

_CONTAINER = "vsdatacontainer"
_ABOUT_DATA = ("vsDataType", "vsDataFormatVersion")
_PLANS: dict[str, PlannedOperation] = {"create": "create", "update": "set", "delete": "delete"}
_OURS = "ericsson"
_NOT_TOLD = ("", "undefined", "unknown", "none")
_FORMAT = "SpecificAttributes"


class _Place(Enum):
    OUTSIDE = auto()
    ASIDE = auto()
    """In the header or footer."""
    DATA = auto()
    ATTRIBUTES = auto()
    VENDOR_DATA = auto()
    """Among the vendor's attributes, or in an element that says what they are."""


class BulkCmReader(XmlStream):
    """Fills a configuration from the bytes of one file."""

    def __init__(self, intake: Intake) -> None:
        super().__init__()
        self._intake = intake
        self._local = LocalNames()
        self._frames = Frames(intake.configuration)
        self._place = _Place.OUTSIDE
        self._depth_aside = 0
        self._vendor_part = ""
        self._path: list[str] = []  # of the elements around the value at hand
        self._is_leaf = False
        self._values: Values = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a value, the attributes of an object, or an object."""
        text, self.text = self.text, ""
        if text:
            self._check_blank(text)
        local, place = self._local[name], self._place
        if place is _Place.ATTRIBUTES and not self._path and self._is_vendors(local):
            self._place, self._vendor_part = _Place.VENDOR_DATA, local
            if local not in _ABOUT_DATA:
                self._frames.last.mo_class = local.removeprefix("vsData")
        elif place in (_Place.ATTRIBUTES, _Place.VENDOR_DATA):
            self._path.append(local)
            self._is_leaf = True
            if len(self._path) > MAX_DEPTH:
                raise DamagedFileError(self.line, f"elements nest deeper than {MAX_DEPTH}")
        elif place is _Place.DATA:
            self._begin(local, attributes)
        elif place is _Place.ASIDE:
            self._depth_aside += 1
        else:
            self._start_outside(local, attributes)

    def end(self, name: str) -> None:
        """End a value, the attributes of an object, or an object."""
        text, self.text = self.text.strip(BLANKS), ""
        if self._path:
            if self._is_leaf:
                self._values.append((".".join(self._path), text))
            elif text:
                self._check_blank(text)
            self._is_leaf = False
            self._path.pop()
        elif self._place is _Place.VENDOR_DATA:
            self._end_vendor_data(text)
        elif self._place is _Place.ATTRIBUTES:
            self._check_blank(text)
            self._end_attributes()
        elif self._place is _Place.DATA:
            self._end_object(self._local[name], text)
        elif self._place is _Place.ASIDE:
            self._depth_aside -= 1
            if not self._depth_aside:
                self._place = _Place.OUTSIDE
        elif text:
            self._intake.reject(self.line, f"<{name[:40]}> is not known here but holds text")

    def break_off(self) -> None:
        """Keep the values of the object that the file breaks off in, as far as it is known."""
        if self._values and self._frames:
            if self._frames.last.mo_class.lower() == _CONTAINER:
                self._frames.last.owner = "an object whose class was not read"
            self._end_attributes()

    def _check_blank(self, text: str) -> None:
        text = text.strip(BLANKS)
        if text:
            reason = f"the text {text[:40]!r} belongs to no element"
            self._intake.reject(self.line, reason)

    def _is_vendors(self, local: str) -> bool:
        return self._frames.last.is_vendors and local.startswith("vsData")

    def _start_outside(self, name: str, attributes: dict[str, str]) -> None:
        configuration = self._intake.configuration
        if name == "fileHeader":
            configuration.vendor = attributes.get("vendorName", "").strip()
            self._place, self._depth_aside = _Place.ASIDE, 1
        elif name == "fileFooter":
            self._place, self._depth_aside = _Place.ASIDE, 1
        elif name == "configData":
            self._place = _Place.DATA
            # Exports without a prefix say "Undefined".
            prefix = attributes.get("dnPrefix", "")
            if "=" in prefix and not has_controls(prefix):
                self._frames.set_prefix(prefix)
        else:
            self._refuse_other_export(name)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "attributes" and self._frames:
            self._place = _Place.ATTRIBUTES
            return
        if "id" not in attributes:
            self._refuse_other_export(name)
        if len(self._frames) > MAX_DEPTH:
            raise DamagedFileError(self.line, f"elements nest deeper than {MAX_DEPTH}")
        plan = _PLANS.get(attributes.get("modifier", "").strip())
        self._frames.push(name, attributes.get("id", ""), name.lower() == _CONTAINER, plan)

    def _refuse_other_export(self, name: str) -> None:
        if name in ("class", "object", "parameter"):
            raise UnsupportedError(
                f"line {self.line}: <{name}> is how Huawei's export writes objects",
                "Load bulk CM XML with VsDataContainers or standard objects, or CSV",
            )

    def _end_vendor_data(self, text: str) -> None:
        part, frame = self._vendor_part, self._frames.last
        self._place = _Place.ATTRIBUTES
        if part == "vsDataFormatVersion":
            frame.form = text
        elif part == "vsDataType":
            # The element with the attributes, where it came first, says it better.
            if text and frame.mo_class.lower() == _CONTAINER:
                frame.mo_class = text.removeprefix("vsData")
        else:
            self._check_blank(text)

    def _end_attributes(self) -> None:
        """Store the values of an object whose attributes are complete."""
        self._place = _Place.DATA
        values, self._values = self._values, []
        self._frames.own_all()
        frame = self._frames.last
        if isinstance(frame.owner, int):
            frame.is_told = True
            self._intake.take(frame.owner, values, frame.plan, self._is_ours(frame.form))
            return
        for attribute, _ in values:
            self._intake.reject(self.line, f"{frame.mo_class}.{attribute} belongs to {frame.owner}")

    def _is_ours(self, form: str) -> bool:
        """Whether values are of the vendor whose features the catalogue describes."""
        configuration = self._intake.configuration
        vendor, is_told, _ = form.partition(_FORMAT)
        if is_told and vendor:
            if not configuration.vendor:
                configuration.vendor = vendor
            return vendor.lower().endswith(_OURS)
        told = configuration.vendor.lower()
        return told in _NOT_TOLD or _OURS in told

    def _end_object(self, name: str, text: str) -> None:
        if not self._frames:
            self._check_blank(text)
            self._place = _Place.OUTSIDE
            return
        frame = self._frames.last
        if text:
            is_value = not (frame.value or frame.has_children or frame.owner is not None)
            told = f"<{name[:40]}> is not known here but holds text"
            reason = told if is_value else f"the text {text[:40]!r} belongs to no element"
            self._intake.reject(self.line, reason)
        self._frames.own_all()
        self._frames.pop()
        if isinstance(frame.owner, int):
            if frame.plan is None:
                self._intake.configuration.mention(frame.owner)
            elif not frame.is_told:
                self._intake.take(frame.owner, [], frame.plan)
