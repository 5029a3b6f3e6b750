"""Takes what a reader finds: values that are there to the store and the check, planned ones apart.

An object whose name holds control characters is not taken: a command with it would be two.
"""

from collections.abc import Sequence

from elex_browser.network.checking import Check
from elex_browser.network.configuration import Configuration
from elex_browser.network.readers.syntax.value_text import Value
from elex_browser.protocol import PlannedOperation
from elex_browser.ran.dn import has_controls, unquoted

Values = Sequence[tuple[str, str]]
_OTHER_VENDOR = (
    "Values of {} are not judged and get no changes: the known ranges are another vendor's"
)


class Intake:
    """Where a reader puts the objects of one file.

    Attributes:
        configuration: the store.
    """

    def __init__(self, configuration: Configuration, check: Check) -> None:
        self.configuration = configuration
        self._check = check

    def reject(self, line: int, reason: str, count: int = 1) -> None:
        """Count values that cannot be taken; a count of 0 only tells of a place."""
        self.configuration.rejections.add(line, reason, count)

    def take(
        self,
        number: int,
        values: Values,
        plan: PlannedOperation | None = None,
        is_ours: bool = True,
    ) -> None:
        """Take the values of an object of the tree; those of another vendor are not judged."""
        configuration = self.configuration
        if not is_ours:
            configuration.is_judged = False
            configuration.notes[_OTHER_VENDOR.format(configuration.vendor)] = None
        if plan is None:
            configuration.put(number, values)
            if is_ours:
                self._check.take(number, values)
            else:
                self._check.pass_over(len(values))
            return
        configuration.planned.add(plan, configuration.dn(number), values)
        if plan == "delete" or not is_ours:
            self._check.pass_over(len(values))
        else:
            self._check.count(configuration.mo_class(number), values)

    def take_forms(self, number: int, values: Sequence[Value]) -> None:
        """Take values as tables and logs print them; the words beside numbers are kept apart."""
        labels = self.configuration.labels
        mo_class = self.configuration.mo_class(number)
        for value in values:
            if value.label:
                labels.setdefault((mo_class, value.attribute), {})[value.text] = value.label
        self.take(number, [(value.attribute, value.text) for value in values])

    def number_of(self, line: int, dn: str, n_values: int) -> int | None:
        """Return the number of the object of a name as text files write it.

        A name that cannot be taken costs that many values, and there is no number.
        """
        dn = unquoted(dn)
        reason = ""
        if "=" not in dn:
            reason = f"{dn[:80]!r} is no distinguished name"
        elif has_controls(dn):
            reason = f"the name {dn[:80]!r} holds control characters"
        if reason:
            self.reject(line, reason, n_values)
            return None
        return self.configuration.object_of(dn)
