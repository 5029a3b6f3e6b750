"""What the elements of measurement files are, and which may stand in which.

Three formats share them: `measCollecFile` (3GPP TS 32.435), `measDataFile` (TS 28.532) and `mdc` (TS 32.401).
"""

from enum import Enum, auto


class Role(Enum):
    """What an element is."""

    UNKNOWN = auto()
    """Not known here; text in it is told."""
    IGNORED = auto()
    """Not known here, in a part that holds no measurements."""
    STRAY = auto()
    """A result that lies in no object."""
    STRAY_LIST = auto()
    DOCUMENT = auto()
    """Around the root element."""
    ROOT = auto()
    HEADER = auto()
    FOOTER = auto()
    SENDER = auto()
    COLLECTION = auto()
    """`measCollec`, and `measData` in header and footer."""
    DATA = auto()
    ELEMENT = auto()
    ELEMENT_ID = auto()
    INFO = auto()
    JOB = auto()
    GRANULARITY = auto()
    REPORT = auto()
    TYPE = auto()
    TYPES = auto()
    VALUE = auto()
    RESULT = auto()
    RESULTS = auto()
    SUSPECT = auto()
    SENDER_NAME = auto()
    VENDOR_NAME = auto()
    BEGIN = auto()
    END = auto()
    ELEMENT_NAME = auto()
    PERIOD_END = auto()
    PERIOD_LENGTH = auto()
    OBJECT = auto()


ROOTS = ("measCollecFile", "measDataFile", "mdc")
_BY_NAME = {
    "r": Role.RESULT,
    "measType": Role.TYPE,
    "mt": Role.TYPE,
    "measValue": Role.VALUE,
    "mv": Role.VALUE,
    "measInfo": Role.INFO,
    "mi": Role.INFO,
    "measTypes": Role.TYPES,
    "measResults": Role.RESULTS,
    "suspect": Role.SUSPECT,
    "sf": Role.SUSPECT,
    "granPeriod": Role.GRANULARITY,
    "repPeriod": Role.REPORT,
    "job": Role.JOB,
    "measData": Role.DATA,
    "md": Role.DATA,
    "managedElement": Role.ELEMENT,
    "measEntity": Role.ELEMENT,
    "neid": Role.ELEMENT_ID,
    "fileHeader": Role.HEADER,
    "mfh": Role.HEADER,
    "fileFooter": Role.FOOTER,
    "mff": Role.FOOTER,
    "fileSender": Role.SENDER,
    "measCollec": Role.COLLECTION,
    "sn": Role.SENDER_NAME,
    "vn": Role.VENDOR_NAME,
    "cbt": Role.BEGIN,
    "ts": Role.END,
    "nedn": Role.ELEMENT_NAME,
    "mts": Role.PERIOD_END,
    "gp": Role.PERIOD_LENGTH,
    "moid": Role.OBJECT,
} | dict.fromkeys(ROOTS, Role.ROOT)
_INSIDE = {
    Role.DOCUMENT: {Role.ROOT},
    Role.ROOT: {Role.HEADER, Role.FOOTER, Role.DATA},
    Role.HEADER: {Role.SENDER, Role.SENDER_NAME, Role.VENDOR_NAME, Role.BEGIN, Role.COLLECTION},
    Role.FOOTER: {Role.END, Role.COLLECTION},
    Role.DATA: {Role.INFO, Role.ELEMENT, Role.ELEMENT_ID},
    Role.ELEMENT_ID: {Role.ELEMENT_NAME},
    Role.INFO: {
        Role.VALUE,
        Role.TYPE,
        Role.TYPES,
        Role.JOB,
        Role.GRANULARITY,
        Role.REPORT,
        Role.PERIOD_END,
        Role.PERIOD_LENGTH,
    },
    Role.VALUE: {Role.RESULT, Role.RESULTS, Role.SUSPECT, Role.OBJECT},
}
_WITHOUT_MEASUREMENTS = {Role.HEADER, Role.FOOTER, Role.SENDER, Role.ELEMENT_ID, Role.IGNORED}
LEAVES = frozenset(
    {
        Role.RESULT,
        Role.RESULTS,
        Role.STRAY,
        Role.STRAY_LIST,
        Role.TYPE,
        Role.TYPES,
        Role.SUSPECT,
        Role.SENDER_NAME,
        Role.VENDOR_NAME,
        Role.BEGIN,
        Role.END,
        Role.ELEMENT_NAME,
        Role.PERIOD_END,
        Role.PERIOD_LENGTH,
        Role.OBJECT,
    }
)
"""Elements that hold text and no elements."""


class Within(dict[str, Role]):
    """The roles of elements inside one of a role, by their names with prefix; made once each."""

    def __init__(self, parent: Role) -> None:
        self._parent = parent

    def __missing__(self, name: str) -> Role:
        role = self[name] = _within(self._parent, name.rpartition(":")[2])
        return role


def all_within() -> dict[Role, Within]:
    """Return, for each role, the roles of what may stand inside."""
    return {role: Within(role) for role in Role}


def _within(parent: Role, local: str) -> Role:
    role = _BY_NAME.get(local, Role.UNKNOWN)
    if parent in (Role.HEADER, Role.FOOTER) and role is Role.DATA:
        role = Role.COLLECTION  # of TS 28.532, which calls it like the data block
    if parent in LEAVES:
        return Role.IGNORED
    if role in _INSIDE.get(parent, ()):
        return role
    if role is Role.RESULT:
        return Role.STRAY
    if role is Role.RESULTS:
        return Role.STRAY_LIST
    return Role.IGNORED if parent in _WITHOUT_MEASUREMENTS else Role.UNKNOWN
