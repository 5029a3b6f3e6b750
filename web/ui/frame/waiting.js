/** What the page says of an engine that works long, or that ended and was started anew. */
import { element, fill } from "../parts/element.js";
import { notice } from "./notice.js";

/** @typedef {import("../../elex.js").Elex} Elex */

/**
 * A long call may be at work all the same, so only the user ends it.
 * @param {HTMLElement} place
 * @param {Elex} elex
 */
export function watchEngine(place, elex) {
  elex.addEventListener("waiting", ({ detail }) => {
    fill(place, detail && notice(`This takes longer than ${detail.seconds} s.`, plain("Restart the engine", restart)));
  });
  elex.addEventListener("restart", () => {
    const close = plain("Close", () => fill(place));
    fill(place, notice("The engine had ended and was started anew. What was acknowledged is still there.", close));
  });
  const restart = () => {
    fill(place, notice("Starting the engine anew…"));
    // A start that fails tells so at the call that waits for it, and at the next one.
    elex.restart().catch(() => fill(place));
  };
}

/** @param {string} label @param {() => void} run */
function plain(label, run) {
  return element("button", { type: "button", class: "plain", onclick: run }, label);
}
