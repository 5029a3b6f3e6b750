/** Text that leaves the page by the user's hand, to the clipboard; no network is involved. */
import { element } from "./element.js";

/**
 * A button that copies, and says beside it that it did.
 * @param {{label: string, text(): string}} options
 * @returns {HTMLElement[]}
 */
export function copyButton({ label, text }) {
  const told = element("span", { class: "quiet", role: "status" });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      told.textContent = "Copied";
    } catch (refused) {
      told.textContent = `The browser refused to copy (${refused})`;
    }
  };
  return [element("button", { type: "button", class: "plain", onclick: copy }, label), told];
}
