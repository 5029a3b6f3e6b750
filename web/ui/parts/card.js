/** A part of a view on a surface of its own, under its title. */
import { element } from "./element.js";

/**
 * @param {string} title
 * @param {...import("./element.js").Child} children
 * @returns {HTMLElement}
 */
export function card(title, ...children) {
  return element("section", { class: "card", "aria-label": title }, element("h2", {}, title), children);
}
