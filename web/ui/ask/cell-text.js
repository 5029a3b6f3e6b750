/** What a cell of an answer says, as text: what is data gets its words here. */
import { RELATIONS, tableNumber } from "../parts/words.js";

/** @typedef {import("../../messages.js").SectionRow["cells"][number]} Value */
/** @typedef {import("../../messages.js").RelationKind} RelationKind */

/** @param {Value} value null is not known @param {import("../../messages.js").ColumnKind} [kind] of its column */
export function cellText(value, kind = "text") {
  if (value === null) return "not known";
  if (typeof value === "number") return tableNumber(value);
  return kind === "relation" ? RELATIONS[/** @type {RelationKind} */ (value)] : value;
}
