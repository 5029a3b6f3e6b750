/** What went wrong, what to do about it, and buttons that do it. */
import { element } from "./element.js";

/** @typedef {{label: string, run(): void}} Remedy */

/**
 * @param {import("../elex.js").ElexError} error
 * @param {{title: string, remedies?: Remedy[]}} options
 * @returns {HTMLElement}
 */
export function errorPanel(error, { title, remedies = [] }) {
  const copied = element("span", { class: "quiet", role: "status" });
  const copy = async () => {
    const { code, problem, fix } = error;
    const details = JSON.stringify({ code, problem, fix, page: location.href, browser: navigator.userAgent }, null, 2);
    try {
      await navigator.clipboard.writeText(details);
      copied.textContent = "Copied";
    } catch (refused) {
      copied.textContent = `The browser refused to copy (${refused})`;
    }
  };
  const buttons = remedies.map(({ label, run }, i) =>
    element("button", { type: "button", class: i === 0 ? "primary" : "plain", onclick: run }, label),
  );
  return element(
    "section",
    { class: "card error", role: "alert" },
    element("h2", {}, title),
    element("p", { class: "problem" }, `${error.problem}.`),
    element("p", {}, element("strong", {}, "What to do: "), `${error.fix}.`),
    element(
      "div",
      { class: "actions" },
      buttons,
      element("button", { type: "button", class: "plain", onclick: copy }, "Copy details"),
      element("code", { class: "chip" }, error.code),
      copied,
    ),
  );
}
