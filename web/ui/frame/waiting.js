/** What the page says of an engine that works long, or that ended and was started anew. */
import { element, fill } from "../parts/element.js";

/** @typedef {import("../../elex.js").Elex} Elex */

/**
 * A long call may be at work all the same, so only the user ends it.
 * @param {HTMLElement} place
 * @param {Elex} elex
 */
export function watchEngine(place, elex) {
  elex.addEventListener("waiting", ({ detail }) => {
    fill(place, detail && notice(`This takes longer than ${detail.seconds} s.`, "Restart the engine", restart));
  });
  elex.addEventListener("restart", () => {
    fill(place, notice("The engine had ended and was started anew. What was acknowledged is still there.", "Close", () => fill(place)));
  });
  const restart = () => {
    fill(place, element("div", { class: "notice", role: "status" }, element("p", {}, "Starting the engine anew…")));
    // A start that fails tells so at the call that waits for it, and at the next one.
    elex.restart().catch(() => fill(place));
  };
}

/** @param {string} text @param {string} label @param {() => void} run */
function notice(text, label, run) {
  const button = element("button", { type: "button", class: "plain", onclick: run }, label);
  return element("div", { class: "notice", role: "status" }, element("p", {}, text), button);
}
