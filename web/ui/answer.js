/** An answer: which agent gave it and how sure it is, its sections, its rating, and who else could be asked. */
import { element, gauge, pairList } from "./element.js";
import { ratingBox } from "./rating.js";
import { answerSection, isCounted } from "./sections.js";
import { ACTIONS, VIA, confidenceWord, duration, percent, qNumber } from "./words.js";

/** @typedef {import("../messages.js").LearningUpdate} LearningUpdate */
/** @typedef {import("../messages.js").QueryResponse} QueryResponse */
/** @typedef {import("../messages.js").Route} Route */
/**
 * @typedef {object} Exchange a question of this session and what became of it
 * @property {string} question
 * @property {QueryResponse} answer
 * @property {{name: string, category: string}} agent
 * @property {LearningUpdate | null} learnt
 * @property {number | null} rating
 */
/**
 * @typedef {object} AnswerEvents
 * @property {(rating: number, resolved: boolean) => Promise<LearningUpdate>} onRate
 * @property {(route: Route) => void} onAskOther
 * @property {(fajCode: string) => void} onOpen
 */

/**
 * @param {Exchange} exchange
 * @param {{isSaved: boolean}} state
 * @param {AnswerEvents} events
 * @returns {HTMLElement}
 */
export function answerView(exchange, { isSaved }, events) {
  const { question, answer, agent, learnt } = exchange;
  const others = answer.routes.filter(({ fajCode }) => fajCode !== answer.fajCode);
  const parts = answer.sections.map((section) => answerSection(section, events));
  const rating = ratingBox(answer, { learnt, isSaved }, events);
  return element(
    "article",
    { class: "card answer", "aria-labelledby": "answer-title" },
    element("p", { class: "asked" }, question.length > 400 ? `${question.slice(0, 400)}…` : question),
    element(
      "header",
      {},
      element("h2", { id: "answer-title", tabindex: -1 }, agent.name),
      element(
        "p",
        { class: "quiet" },
        element("button", { type: "button", class: "link code", onclick: () => events.onOpen(answer.fajCode) }, answer.fajCode),
        agent.category && ` · ${agent.category}`,
        via(answer),
      ),
    ),
    facts(answer),
    element("div", { class: "lead" }, answer.content.split("\n").filter(Boolean).map((line) => element("p", {}, line))),
    parts.length > 2 && jumps(answer, parts, rating),
    parts,
    rating,
    others.length > 0 && otherRoutes(others, events),
  );
}

/** @param {QueryResponse} answer */
function via({ routes, fajCode, consulted }) {
  const own = routes.find((route) => route.fajCode === fajCode);
  const found = own ? ` · found ${VIA[own.via]}` : "";
  return consulted.length ? `${found} · consulted ${consulted.join(", ")}` : found;
}

/** @param {QueryResponse} answer */
function facts(answer) {
  const { actionTaken, confidence, latencyMs, qValue, explored } = answer;
  const why = explored ? "explored: tried on purpose" : "best known so far";
  return pairList("facts", [
    ["Action", [ACTIONS[actionTaken].done, element("span", { class: "quiet" }, why)]],
    ["Confidence", [element("span", {}, `${confidenceWord(confidence)}, ${percent(confidence)}`), gauge(confidence)]],
    ["Q-value", element("span", { class: "number" }, qNumber(qValue))],
    ["Time", element("span", { class: "number" }, duration(latencyMs))],
  ]);
}

/**
 * Buttons that lead to the parts of a long answer.
 * @param {QueryResponse} answer @param {HTMLElement[]} parts @param {HTMLElement} rating
 */
function jumps({ sections }, parts, rating) {
  const button = (/** @type {string} */ name, /** @type {HTMLElement} */ part) => {
    const go = () => {
      part.scrollIntoView({ block: "start" });
      part.querySelector("h3")?.focus({ preventScroll: true });
    };
    return element("button", { type: "button", class: "pill", onclick: go }, name);
  };
  return element(
    "nav",
    { class: "jump", "aria-label": "Parts of this answer" },
    sections.map((section, i) => {
      const { title, rows } = section;
      return button(isCounted(section) ? `${title} ${rows.length}` : title, parts[i]);
    }),
    button("Rate", rating),
  );
}

/** @param {Route[]} routes @param {AnswerEvents} events */
function otherRoutes(routes, { onAskOther }) {
  const button = (/** @type {Route} */ route) =>
    element(
      "button",
      { type: "button", class: "route", onclick: () => onAskOther(route) },
      element("span", { class: "code" }, route.fajCode),
      element("span", { class: "name" }, route.name),
      element("span", { class: "quiet number" }, percent(route.score)),
    );
  return element(
    "section",
    { class: "part", "aria-label": "Other agents" },
    element("h3", {}, "Ask another agent the same"),
    element("ul", { class: "routes" }, routes.slice(0, 6).map((route) => element("li", {}, button(route)))),
  );
}
