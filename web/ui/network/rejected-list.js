/** What could not be taken from a file, and why: closed until it is asked for. */
import { element } from "../parts/element.js";
import { count } from "../parts/words.js";

const SHOWN = 50;

/** @param {string[]} reasons */
export function rejectedList(reasons) {
  if (reasons.length === 0) return null;
  const shown = reasons.slice(0, SHOWN).map((reason) => element("li", {}, reason));
  const rest = reasons.length - shown.length;
  return element(
    "details",
    {},
    element("summary", {}, `${count(reasons.length, "value or place", "values or places")} could not be taken`),
    element("ul", { class: "rows" }, shown, rest > 0 && element("li", {}, `and ${rest} more`)),
  );
}
