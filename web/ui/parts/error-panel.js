/** What went wrong, what to do about it, and buttons that do it. */
import { copyButton } from "./copying.js";
import { element } from "./element.js";

/** @typedef {{label: string, run(): void}} Remedy */

/**
 * @param {import("../../elex.js").ElexError} error
 * @param {{title: string, remedies?: Remedy[]}} options
 * @returns {HTMLElement}
 */
export function errorPanel(error, { title, remedies = [] }) {
  const { code, problem, fix } = error;
  const details = () => JSON.stringify({ code, problem, fix, page: location.href, browser: navigator.userAgent }, null, 2);
  const buttons = remedies.map(({ label, run }, i) =>
    element("button", { type: "button", class: i === 0 ? "primary" : "plain", onclick: run }, label),
  );
  return element(
    "section",
    { class: "card error", role: "alert" },
    element("h2", {}, title),
    element("p", { class: "problem" }, `${problem}.`),
    element("p", {}, element("strong", {}, "What to do: "), `${fix}.`),
    element(
      "div",
      { class: "actions" },
      buttons,
      element("code", { class: "chip" }, code),
      ...copyButton({ label: "Copy details", text: details }),
    ),
  );
}
