/** The question: Enter asks, Shift+Enter makes a new line; a question can be addressed to one agent. */
import { element, fill } from "../parts/element.js";

const EXAMPLES = [
  "How do I cut power on a 4T4R cell at night?",
  "Why do users drop when they leave NR coverage?",
  "Which parameters does MIMO Sleep Mode have?",
  "What must be active before carrier aggregation works?",
];
const HINT = "Enter asks, Shift + Enter makes a new line. Nothing leaves this device.";

/** @typedef {{fajCode: string, name: string}} Addressee */

export class AskBox {
  /** @type {Addressee | null} */
  #addressee = null;
  #input = element("textarea", {
    id: "question",
    rows: 2,
    placeholder: "Ask about a feature, a parameter, a counter or a symptom",
    "aria-describedby": "ask-hint",
  });
  #button = element("button", { type: "submit", class: "primary" }, "Ask");
  #target = element("div", { class: "addressee", hidden: true });
  #examples;

  /** @param {{onAsk(question: string, addressee: Addressee | null): void}} events */
  constructor({ onAsk }) {
    this.#examples = this.#makeExamples();
    this.root = element(
      "form",
      { class: "ask" },
      element("label", { for: "question", class: "ask-label" }, "Your question"),
      this.#target,
      element("div", { class: "ask-row" }, this.#input, this.#button),
      element("p", { id: "ask-hint", class: "hint quiet" }, HINT),
      this.#examples,
    );
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      // One question at a time: while an answer is on its way the button is off.
      if (!this.#button.disabled) onAsk(this.#input.value, this.#addressee);
    });
    this.#input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.root.requestSubmit();
    });
    this.#input.addEventListener("input", () => this.#grow());
  }

  /** @param {Addressee | null} addressee whom the following questions are for; null: whoever fits best */
  address(addressee) {
    this.#addressee = addressee;
    this.#target.hidden = !addressee;
    if (!addressee) return;
    const everyone = { type: "button", class: "link", onclick: () => this.address(null) };
    fill(
      this.#target,
      element("span", { class: "quiet" }, "To"),
      element("code", { class: "chip" }, addressee.fajCode),
      element("span", {}, addressee.name),
      element("button", everyone, "Ask whoever fits best"),
    );
    this.#input.focus();
  }

  /** @param {boolean} isBusy */
  setBusy(isBusy) {
    this.#button.disabled = isBusy;
    this.#button.textContent = isBusy ? "Asking…" : "Ask";
  }

  hideExamples() {
    this.#examples.hidden = true;
  }

  /** @param {string} text asked at once, of whoever fits best */
  ask(text) {
    this.#input.value = text;
    this.#grow();
    this.address(null);
    this.root.requestSubmit();
  }

  #makeExamples() {
    return element(
      "div",
      { class: "examples", role: "group", "aria-label": "Examples" },
      element("span", { class: "quiet" }, "Try"),
      EXAMPLES.map((text) => element("button", { type: "button", class: "pill", onclick: () => this.ask(text) }, text)),
    );
  }

  #grow() {
    const lines = this.#input.value.slice(0, 1000).split("\n").length;
    this.#input.rows = Math.min(8, Math.max(2, lines));
  }
}
