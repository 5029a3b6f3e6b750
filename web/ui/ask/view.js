/** The first view: the question, the answer with its rating, the session's history and the agent's learning. */
import { ElexError } from "../../elex.js";
import { introduction } from "../frame/introduction.js";
import { loading } from "../frame/loading.js";
import { element, fill } from "../parts/element.js";
import { errorPanel } from "../parts/error-panel.js";
import { learningPanel } from "../parts/learning-panel.js";
import { keepQuestion } from "../parts/recent-questions.js";
import { changeText } from "../parts/status-log.js";
import { ACTIONS, confidenceWord, done } from "../parts/words.js";
import { answerView } from "./answer.js";
import { AskBox } from "./ask-box.js";
import { history } from "./history.js";
import { recent } from "./recent.js";

/** @typedef {import("../../elex.js").Elex} Elex */
/** @typedef {import("./answer.js").Exchange} Exchange */
/** @typedef {import("./ask-box.js").Addressee} Addressee */
/**
 * @typedef {object} AskEvents
 * @property {() => Promise<Elex>} getInstance
 * @property {(text: string) => void} announce
 * @property {(fajCode: string) => void} onOpen
 * @property {() => void} onRetry
 * @property {() => void} onWithoutSaving
 */

const ANSWERS = /** @type {import("../../messages.js").Action[]} */ (Object.keys(ACTIONS)).filter((action) => action !== "RequestClarification");

export class AskView {
  #events;
  /** @type {Exchange[]} */
  #exchanges = [];
  /** @type {Exchange | null} */
  #shown = null;
  #isSaved = true;
  #box = new AskBox({ onAsk: (question, addressee) => void this.#ask(question, addressee) });
  #introduction = introduction();
  #recent = recent({ onAsk: (question) => this.#box.ask(question) });
  #state = element("div", { class: "result" });
  #result = element("div", { class: "result" });
  #past = history({ onChoose: (exchange) => this.#show(exchange) });
  /** @type {import("../parts/status-log.js").Noted[]} of the agents asked since the last question */
  #changes = [];
  #change = element("p", { class: "change", role: "status" });
  #learning = learningPanel({ title: "What this agent has learnt", note: this.#change });

  /** @param {AskEvents} events */
  constructor(events) {
    this.#events = events;
    this.root = element(
      "div",
      { class: "view ask-view" },
      element("h1", { class: "unseen" }, "Ask"),
      element("div", { class: "column" }, this.#box.root, this.#state, this.#result),
      element("aside", { class: "column", "aria-label": "Session" }, this.#introduction, this.#recent.root, this.#learning.root, this.#past.root),
    );
  }

  async open() {}

  /** @param {Addressee} addressee whom the next questions are for */
  address(addressee) {
    this.#box.address(addressee);
  }

  /** @param {import("../parts/status-log.js").Noted} event a change of status; of the asked agent it is shown */
  tellChange(event) {
    this.#changes.push(event);
    this.#showChange();
  }

  #showChange() {
    const mine = this.#changes.findLast(({ fajCode }) => fajCode === this.#shown?.answer.fajCode);
    const text = mine ? `${changeText(mine)}.` : "";
    if (this.#change.textContent !== text) this.#change.textContent = text; // said once
  }

  /** @returns {(progress: import("../../elex.js").Progress) => void} takes the progress of a start */
  showLoading() {
    const panel = loading();
    fill(this.#state, panel.root);
    return panel.update;
  }

  /** @param {{isSaving: boolean, damaged: string[]}} started */
  showReady({ isSaving, damaged }) {
    this.#isSaved = isSaving;
    fill(this.#state, damaged.length > 0 && damageNote(damaged));
    this.#events.announce("Ready");
  }

  /** @param {ElexError} error */
  showFailure(error) {
    const retry = { label: "Try again", run: this.#events.onRetry };
    const without = { label: "Continue without saving", run: this.#events.onWithoutSaving };
    const remedies = error.phase === "storage" ? [without, retry] : [retry];
    fill(this.#state, errorPanel(error, { title: "ELEX could not start", remedies }));
  }

  /** @param {string} question @param {Addressee | null} addressee */
  async #ask(question, addressee) {
    this.#box.setBusy(true);
    this.#changes = [];
    this.#result.setAttribute("aria-busy", "true");
    this.#events.announce("Asking");
    try {
      const exchange = await this.#exchange(question, addressee);
      this.#exchanges.push(exchange);
      this.#box.hideExamples();
      this.#introduction.hidden = true;
      this.#recent.root.hidden = true; // from now on the session's own list is the shorter way
      if (this.#isSaved) keepQuestion(question);
      this.#show(exchange);
      const { answer } = exchange;
      this.#events.announce(`Answer of ${answer.name}. ${done(answer)}, confidence ${confidenceWord(answer.confidence)}.`);
    } catch (thrown) {
      const error = ElexError.from(thrown, "QUERY_FAILED", "Try again");
      const isTold = this.#state.querySelector(".error"); // a start that failed says so already
      if (!isTold) fill(this.#result, errorPanel(error, { title: "This question was not answered" }));
    } finally {
      this.#box.setBusy(false);
      this.#result.removeAttribute("aria-busy");
    }
  }

  /** @param {string} question @param {Addressee | null} addressee @returns {Promise<Exchange>} */
  async #exchange(question, addressee) {
    const elex = await this.#events.getInstance();
    // Who was chosen by the user need not ask who is meant.
    const answer = addressee
      ? await (await elex.agent(addressee.fajCode)).processQuery({ content: question, availableActions: ANSWERS })
      : await elex.ask(question);
    return { question, answer, learnt: null, rating: null };
  }

  /** @param {Exchange} exchange */
  #show(exchange) {
    this.#shown = exchange;
    this.#showChange();
    const { answer, question } = exchange;
    const view = answerView(exchange, { isSaved: this.#isSaved }, {
      onRate: (rating, resolved) => this.#rate(exchange, rating, resolved),
      onAskOther: (agent) => void this.#ask(question, agent),
      onOpen: this.#events.onOpen,
    });
    fill(this.#result, view);
    this.#past.show(this.#exchanges, this.#shown);
    this.#showLearning(exchange);
  }

  /** @param {Exchange} exchange @param {number} rating @param {boolean} resolved */
  async #rate(exchange, rating, resolved) {
    const elex = await this.#events.getInstance();
    const learnt = await elex.feedback(exchange.answer.queryId, { rating, resolved });
    Object.assign(exchange, { learnt, rating });
    this.#past.show(this.#exchanges, this.#shown);
    this.#showLearning(exchange);
    if (this.#isSaved) await navigator.storage?.persist?.(); // asked for once there is something to lose
    return learnt;
  }

  /** What its agent had learnt when it was rated, else when it answered. @param {Exchange} exchange */
  #showLearning({ answer, learnt }) {
    const { name, fajCode } = answer;
    this.#learning.show({ name, fajCode, learning: (learnt ?? answer).learning });
  }
}

/** @param {string[]} damaged */
function damageNote(damaged) {
  return element(
    "section",
    { class: "card note", role: "status" },
    element("h2", {}, "Some saved learning was damaged"),
    element("p", {}, `Of ${damaged.join(", ")}. It was set aside, not deleted; these agents start afresh.`),
  );
}
