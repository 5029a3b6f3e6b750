/** An answer: which agent gave it and how sure it is, its sections, its rating, and who else could be asked. */
import { agentLink } from "../parts/agent-link.js";
import { copyButton } from "../parts/copying.js";
import { element, gauge, pairList } from "../parts/element.js";
import { VIA, confidenceWord, done, duration, percent, qNumber } from "../parts/words.js";
import { answerText } from "./answer-text.js";
import { candidates } from "./candidates.js";
import { caseFile } from "./case-file.js";
import { ratingBox } from "./rating.js";
import { answerSection, isCounted } from "./sections.js";
import { bySubject, subject, subjectName } from "./subjects.js";

/** @typedef {import("../../messages.js").AnswerSection} AnswerSection */
/** @typedef {import("./subjects.js").Group} Group */
/** @typedef {import("../../messages.js").LearningUpdate} LearningUpdate */
/** @typedef {import("../../messages.js").QueryResponse} QueryResponse */
/** @typedef {import("../../messages.js").Route} Route */
/**
 * @typedef {object} Exchange a question of this session and what became of it
 * @property {string} question
 * @property {QueryResponse} answer
 * @property {LearningUpdate | null} learnt
 * @property {number | null} rating
 */
/**
 * @typedef {object} AnswerEvents
 * @property {(rating: number, resolved: boolean) => Promise<LearningUpdate>} onRate
 * @property {(agent: {fajCode: string, name: string}) => void} onAskOther asks another agent the same
 * @property {(fajCode: string) => void} onOpen
 */

const OWN_FACTS = new Set(["what", "identity", "parameters", "counters", "kpis", "prerequisites", "conflicts", "activation"]);
/** Less would be shown as 0 %. */
const LEAST_SCORE = 0.005;
/** Sections of features to choose from, in place of an answer. */
const OFFERS = new Set(["clarification", "scope"]);

/**
 * @param {Exchange} exchange
 * @param {{isSaved: boolean}} state
 * @param {AnswerEvents} events
 * @returns {HTMLElement}
 */
export function answerView(exchange, { isSaved }, events) {
  const { question, answer, learnt } = exchange;
  // Asked back or turned down: features to choose from stand where the answer would.
  const offer = answer.sections.find(({ kind }) => OFFERS.has(kind));
  const rating = ratingBox(answer, { learnt, isSaved }, events);
  const others = offer?.kind === "scope" ? [] : otherAgents(answer, offer);
  return element(
    "article",
    { class: "card answer", "aria-labelledby": "answer-title" },
    element("p", { class: "asked" }, question.length > 400 ? `${question.slice(0, 400)}…` : question),
    offer ? offerHead(exchange, offer, events) : answerHead(exchange, events),
    offer ? offerBody(exchange, offer, rating, events) : answerBody(exchange, rating, events),
    others.length > 0 && otherRoutes(others, events),
  );
}

/** Who else could be asked: likely at all, and not in the answer already. */
function otherAgents(/** @type {QueryResponse} */ { fajCode, routes, sections }, /** @type {AnswerSection | undefined} */ offer) {
  const present = [fajCode, ...sections.map((section) => section.fajCode), ...(offer?.rows ?? []).map((row) => row.fajCode)];
  return routes.filter((route) => route.score >= LEAST_SCORE && !present.includes(route.fajCode));
}

/** An answer proper: how it came about, its text, then its parts. */
function answerBody(/** @type {Exchange} */ { answer }, /** @type {HTMLElement} */ rating, /** @type {AnswerEvents} */ events) {
  const all = bySubject(answer.sections);
  // Those who compare read side by side; what the first one knows alone can wait.
  const isWaiting = (/** @type {Group} */ { section }) => isComparison(answer) && OWN_FACTS.has(section.kind);
  const groups = all.filter((group) => !isWaiting(group));
  const parts = groups.map((group) => part(group, answer, events));
  const waiting = all.filter(isWaiting).map((group) => part(group, answer, events));
  const more = waiting.length > 0 && element("details", { class: "more" }, element("summary", {}, `More on ${answer.name}`), waiting);
  return [facts(answer), lead(answer.content), parts.length > 2 && jumps(groups, parts, rating), ...parts, more, rating];
}

/** @param {QueryResponse} answer */
function isComparison({ sections }) {
  return sections.some(({ kind }) => kind === "comparison");
}

/**
 * What may be meant comes first; what the likeliest agent knows waits below.
 * @param {Exchange} exchange @param {AnswerSection} offer @param {HTMLElement} rating @param {AnswerEvents} events
 */
function offerBody({ answer }, offer, rating, events) {
  const rest = bySubject(answer.sections.filter((section) => section !== offer));
  const cases = rest.filter(({ section }) => section.kind === "escalation");
  const known = rest.filter((group) => !cases.includes(group));
  const made = (/** @type {Group} */ group) => part(group, answer, events);
  return [
    offer.kind === "scope" && lead(answer.content),
    offer.rows.length > 0 && candidates(offer, events),
    ...cases.map(made),
    known.length > 0 && element("details", { class: "more" }, element("summary", {}, `What ${answer.name} knows about it`), known.map(made)),
    facts(answer),
    rating,
  ];
}

/** @param {Group} group @param {QueryResponse} answer @param {AnswerEvents} events */
function part({ section, parts }, answer, events) {
  if (section.kind === "escalation") return caseFile(section, answer.fajCode);
  if (section.kind === "subject") return subject(section, parts, events);
  return answerSection(section, events);
}

/** @param {Exchange} exchange @param {AnswerEvents} events */
function answerHead(exchange, events) {
  const { answer } = exchange;
  const own = answer.routes.find(({ fajCode }) => fajCode === answer.fajCode);
  const subjects = answer.sections.filter(({ kind }) => kind === "subject");
  const names = [answer.name, ...subjects.map(subjectName)];
  const consulted = answer.consulted.flatMap((code, i) => [i > 0 && ", ", agentLink(code, events.onOpen)]);
  return element(
    "header",
    {},
    element("h2", { id: "answer-title", tabindex: -1 }, new Intl.ListFormat("en").format(names)),
    element(
      "p",
      { class: "quiet" },
      agentLink(answer.fajCode, events.onOpen),
      answer.category && ` · ${answer.category}`,
      own && ` · ${VIA[own.via]}`,
      consulted.length > 0 && element("span", {}, subjects.length > 0 ? " · with " : " · consulted ", ...consulted),
    ),
    element("div", { class: "actions" }, ...copyButton({ label: "Copy answer", text: () => answerText(exchange) })),
  );
}

/** @param {Exchange} exchange @param {AnswerSection} offer @param {AnswerEvents} events */
function offerHead({ answer }, offer, events) {
  const isTurnedDown = offer.kind === "scope";
  const by = [`Asked back by the likeliest so far: ${answer.name} `, agentLink(answer.fajCode, events.onOpen)];
  return element(
    "header",
    {},
    element("h2", { id: "answer-title", tabindex: -1 }, isTurnedDown ? "This is not answered here" : offer.text),
    !isTurnedDown && element("p", { class: "quiet" }, by),
  );
}

/** @param {string} content */
function lead(content) {
  return element("div", { class: "lead" }, content.split("\n").filter(Boolean).map((line) => element("p", {}, line)));
}

/** @param {QueryResponse} answer */
function facts(answer) {
  const { confidence, latencyMs, qValue, explored } = answer;
  const why = explored ? "explored: tried on purpose" : "best known so far";
  return pairList("facts", [
    ["Action", [done(answer), element("span", { class: "quiet" }, why)]],
    ["Confidence", [element("span", {}, `${confidenceWord(confidence)}, ${percent(confidence)}`), gauge(confidence)]],
    ["Q-value", element("span", { class: "number" }, qNumber(qValue))],
    ["Time", element("span", { class: "number" }, duration(latencyMs))],
  ]);
}

/**
 * Buttons that lead to the parts of a long answer.
 * @param {Group[]} groups @param {HTMLElement[]} parts @param {HTMLElement} rating
 */
function jumps(groups, parts, rating) {
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
    groups.map(({ section }, i) => {
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
