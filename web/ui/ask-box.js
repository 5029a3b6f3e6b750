/** The question: Enter asks, Shift+Enter makes a new line; a question can be addressed to one agent. */
import { element, fill } from "./element.js";

const EXAMPLES = [
  "How do I cut power on a 4T4R cell at night?",
  "Why do users drop when they leave NR coverage?",
  "Which parameters does MIMO Sleep Mode have?",
  "What must be active before carrier aggregation works?",
];

/** @typedef {{fajCode: string, name: string}} Addressee */

/**
 * @param {{onAsk(question: string, addressee: Addressee | null): void}} events
 */
export function askBox({ onAsk }) {
  /** @type {Addressee | null} */
  let addressee = null;
  const input = element("textarea", {
    id: "question",
    rows: 2,
    placeholder: "Ask about a feature, a parameter, a counter or a symptom",
    "aria-describedby": "ask-hint",
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    },
    oninput: () => grow(input),
  });
  const button = element("button", { type: "submit", class: "primary" }, "Ask");
  const target = element("div", { class: "addressee", hidden: true });
  const examples = element(
    "div",
    { class: "examples", role: "group", "aria-label": "Examples" },
    element("span", { class: "quiet" }, "Try"),
    EXAMPLES.map((text) => element("button", { type: "button", class: "pill", onclick: () => ask(text) }, text)),
  );
  const form = element(
    "form",
    {
      class: "ask",
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        onAsk(input.value, addressee);
      },
    },
    element("label", { for: "question", class: "ask-label" }, "Your question"),
    target,
    element("div", { class: "ask-row" }, input, button),
    element("p", { id: "ask-hint", class: "hint quiet" }, "Enter asks, Shift + Enter makes a new line. Nothing leaves this device."),
    examples,
  );

  /** @param {string} text */
  function ask(text) {
    input.value = text;
    grow(input);
    address(null);
    form.requestSubmit();
  }

  /** @param {Addressee | null} next whom the following questions are for; null: whoever fits best */
  function address(next) {
    addressee = next;
    target.hidden = !next;
    if (!next) return;
    const everyone = { type: "button", class: "link", onclick: () => address(null) };
    fill(
      target,
      element("span", { class: "quiet" }, "To"),
      element("code", { class: "chip" }, next.fajCode),
      element("span", {}, next.name),
      element("button", everyone, "Ask whoever fits best"),
    );
    input.focus();
  }

  return {
    root: form,
    address,
    /** @param {boolean} isBusy */
    setBusy(isBusy) {
      button.disabled = isBusy;
      button.textContent = isBusy ? "Asking…" : "Ask";
    },
    hideExamples() {
      examples.hidden = true;
    },
    focus() {
      input.focus();
    },
  };
}

/** @param {HTMLTextAreaElement} input */
function grow(input) {
  input.rows = Math.min(8, Math.max(2, input.value.slice(0, 1000).split("\n").length));
}
