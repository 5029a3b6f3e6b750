/** The button below a list that shows its rest; before printing it is pressed for the reader (frame/printing.js). */
import { element } from "./element.js";
import { count } from "./words.js";

/**
 * @param {number} total rows in all
 * @param {() => void} reveal shows those that are missing
 * @returns {HTMLElement}
 */
export function showAll(total, reveal) {
  const press = () => {
    reveal();
    button.remove();
  };
  const button = element("button", { type: "button", class: "link", "data-more": true, onclick: press }, `Show all ${count(total, "row")}`);
  return button;
}
