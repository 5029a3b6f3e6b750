/** A line across the page that tells of something, with what can be done about it. */
import { element } from "../parts/element.js";

/**
 * @param {string} text
 * @param {HTMLElement} [button]
 * @returns {HTMLElement}
 */
export function notice(text, button) {
  return element("div", { class: "notice", role: "status" }, element("p", {}, text), button);
}
