/** The code of a feature, which opens its agent. */
import { element } from "./element.js";

/**
 * @param {string} fajCode
 * @param {(fajCode: string) => void} onOpen
 * @returns {HTMLElement}
 */
export function agentLink(fajCode, onOpen) {
  return element("button", { type: "button", class: "link code", onclick: () => onOpen(fajCode) }, fajCode);
}
