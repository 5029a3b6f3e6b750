/** The state in the header: whether the app works offline, saves, and which version runs; and the theme switch. */
import { element } from "../parts/element.js";
import { currentTheme, switchTheme } from "./theme.js";

/** @typedef {"starting" | "preparing" | "ready" | "offline-ready" | "online-only" | "failed"} Readiness */

/** @type {Record<Readiness, string>} */
const WORDS = {
  starting: "Starting…",
  preparing: "Preparing for offline use…",
  ready: "Ready to work offline",
  "offline-ready": "Works offline",
  "online-only": "Works online only",
  failed: "Not started",
};

/** @param {HTMLElement} place */
export function readiness(place) {
  const state = element("span", { class: "readiness", role: "status" });
  const saving = element("span", { class: "tag warning", hidden: true }, "Not saving");
  const version = element("span", { class: "quiet version" });
  const theme = element("button", {
    type: "button",
    class: "icon",
    onclick: () => name(switchTheme()),
  });
  name(currentTheme());
  place.append(saving, state, version, theme);

  /** @param {"light" | "dark"} shown */
  function name(shown) {
    const other = shown === "dark" ? "light" : "dark";
    theme.setAttribute("aria-label", `Switch to ${other}`);
    theme.title = `Switch to ${other}`;
    theme.textContent = shown === "dark" ? "☀\ufe0e" : "☾\ufe0e";
  }

  return {
    /** @param {Readiness} next @param {string} [reason] */
    show(next, reason = "") {
      state.textContent = WORDS[next];
      state.dataset.state = next;
      state.title = reason;
    },
    /** @param {string} text */
    showVersion(text) {
      version.textContent = `v${text}`;
    },
    /** @param {boolean} isSaving */
    showSaving(isSaving) {
      saving.hidden = isSaving;
    },
  };
}
