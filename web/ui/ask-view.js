/** The first view: the question, the answer with its rating, the session's history and the agent's learning. */
import { ElexError } from "../elex.js";
import { answerView } from "./answer.js";
import { askBox } from "./ask-box.js";
import { element, fill } from "./element.js";
import { errorPanel } from "./error-panel.js";
import { history } from "./history.js";
import { learningPanel } from "./learning-panel.js";
import { loading } from "./loading.js";
import { ACTIONS, confidenceWord } from "./words.js";

/** @typedef {import("../elex.js").Elex} Elex */
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

/** @param {AskEvents} events */
export function askView({ getInstance, announce, onOpen, onRetry, onWithoutSaving }) {
  /** @type {Exchange[]} */
  const exchanges = [];
  /** @type {Exchange | null} */
  let shown = null;
  let isSaved = true;
  const box = askBox({ onAsk: (question, addressee) => void ask(question, addressee) });
  const result = element("div", { class: "result" });
  const state = element("div", { class: "result" });
  const past = history({ onChoose: (exchange) => void showExchange(exchange) });
  const learning = learningPanel({ title: "What this agent has learnt" });
  const introduction = intro();
  const root = element(
    "div",
    { class: "view ask-view" },
    element("h1", { class: "unseen" }, "Ask"),
    element("div", { class: "column" }, box.root, state, result),
    element("aside", { class: "column", "aria-label": "Session" }, introduction, learning.root, past.root),
  );

  /** @param {string} question @param {Addressee | null} addressee */
  async function ask(question, addressee) {
    box.setBusy(true);
    result.setAttribute("aria-busy", "true");
    announce("Asking");
    try {
      const elex = await getInstance();
      const answer = addressee
        ? await (await elex.agent(addressee.fajCode)).processQuery({ content: question })
        : await elex.ask(question);
      const [agent] = await elex.agents({ text: answer.fajCode });
      const exchange = { question, answer, agent, learnt: null, rating: null };
      exchanges.push(exchange);
      box.hideExamples();
      introduction.hidden = true;
      await showExchange(exchange);
      announce(`Answer of ${agent.name}. ${ACTIONS[answer.actionTaken].done}, confidence ${confidenceWord(answer.confidence)}.`);
    } catch (thrown) {
      const error = ElexError.from(thrown, "QUERY_FAILED", "Try again");
      if (!state.querySelector(".error")) fill(result, errorPanel(error, { title: "This question was not answered" }));
    } finally {
      box.setBusy(false);
      result.removeAttribute("aria-busy");
    }
  }

  /** @param {Exchange} exchange */
  async function showExchange(exchange) {
    shown = exchange;
    const { answer, question } = exchange;
    const view = answerView(exchange, { isSaved }, {
      onRate: (rating, resolved) => rate(exchange, rating, resolved),
      onAskOther: (route) => void ask(question, route),
      onOpen,
    });
    fill(result, view);
    past.show(exchanges, shown);
    await showLearning(answer.fajCode, exchange.agent.name);
  }

  /** @param {Exchange} exchange @param {number} rating @param {boolean} resolved */
  async function rate(exchange, rating, resolved) {
    const elex = await getInstance();
    const learnt = await elex.feedback(exchange.answer.queryId, { rating, resolved });
    Object.assign(exchange, { learnt, rating });
    past.show(exchanges, shown);
    await showLearning(exchange.answer.fajCode, exchange.agent.name);
    if (isSaved) await navigator.storage?.persist?.(); // asked for once there is something to lose
    return learnt;
  }

  /** @param {string} fajCode @param {string} name */
  async function showLearning(fajCode, name) {
    const agent = await (await getInstance()).agent(fajCode);
    const [stats, learnt] = await Promise.all([agent.getStats(), agent.getLearningState()]);
    learning.show({ name, stats, learning: learnt });
  }

  return {
    root,
    address: box.address,
    async open() {},
    showLoading() {
      const panel = loading();
      fill(state, panel.root);
      return panel.update;
    },
    /** @param {{isSaving: boolean, damaged: string[]}} started */
    showReady({ isSaving, damaged }) {
      isSaved = isSaving;
      const warning = damaged.length > 0 && damageNote(damaged);
      fill(state, warning);
      announce("Ready");
    },
    /** @param {ElexError} error */
    showFailure(error) {
      const retry = { label: "Try again", run: onRetry };
      const without = { label: "Continue without saving", run: onWithoutSaving };
      const remedies = error.phase === "storage" ? [without, retry] : [retry];
      fill(state, errorPanel(error, { title: "ELEX could not start", remedies }));
    },
  };
}

function intro() {
  const step = (/** @type {string} */ head, /** @type {string} */ text) =>
    element("li", {}, element("strong", {}, head), element("span", { class: "quiet" }, text));
  return element(
    "section",
    { class: "card side intro", "aria-labelledby": "intro-title" },
    element("h2", { id: "intro-title" }, "How it works"),
    element(
      "ol",
      {},
      step("Ask in your own words", "Or by feature code, parameter, counter or KPI. One agent per feature, 593 in all."),
      step("Read the facts with their source", "Parameters with ranges, counters, KPIs, prerequisites, conflicts, activation."),
      step("Rate the answer", "The agent learns from it at once. What it learns stays on this device."),
    ),
  );
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
