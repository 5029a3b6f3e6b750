/** Text that leaves the page by the user's hand: to the clipboard, or as a file; no network is involved. */
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

/** @param {string} name @param {string} text @param {string} type */
export function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href: address, download: name }).click();
  // The click only starts the download; the browser reads the address after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
