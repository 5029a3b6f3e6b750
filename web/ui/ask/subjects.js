/** Answers about several features: the first leads, each other one stands under its name with what it adds. */
import { agentLink } from "../parts/agent-link.js";
import { element } from "../parts/element.js";
import { cellText } from "./cell-text.js";
import { answerSection } from "./sections.js";

/** @typedef {import("../../messages.js").AnswerSection} AnswerSection */
/** @typedef {{section: AnswerSection, parts: AnswerSection[]}} Group a section, and of a subject those that are its own */

/** @param {AnswerSection[]} sections @returns {Group[]} in their order */
export function bySubject(sections) {
  /** @type {Group[]} */
  const groups = [];
  for (const section of sections) {
    const owner = groups.findLast((group) => group.section.kind === "subject" && group.section.fajCode === section.fajCode);
    if (section.fajCode && owner && section.kind !== "subject") owner.parts.push(section);
    else groups.push({ section, parts: [] });
  }
  return groups;
}

/** @param {AnswerSection} section of kind "subject": its row tells code, name, access and category */
export function subjectName({ rows: [{ cells }] }) {
  return cellText(cells[1]);
}

/**
 * @param {AnswerSection} section of kind "subject": its row tells code, name, access and category
 * @param {AnswerSection[]} parts
 * @param {{onOpen(fajCode: string): void, onAskOther(agent: {fajCode: string, name: string}): void}} events
 * @returns {HTMLElement}
 */
export function subject(section, parts, events) {
  const { title, text, rows, source } = section;
  const [{ cells, fajCode }] = rows;
  const [code, , ...others] = cells;
  const name = subjectName(section);
  const agent = { fajCode: fajCode ?? cellText(code), name };
  const ask = { type: "button", class: "plain", onclick: () => events.onAskOther(agent) };
  const summary = `More: ${parts.map((part) => part.title).join(", ")}`;
  return element(
    "section",
    { class: "part subject", "aria-label": title },
    element("h3", { tabindex: -1 }, name),
    element("p", { class: "quiet" }, agentLink(agent.fajCode, events.onOpen), others.filter(Boolean).map((cell) => ` · ${cell}`)),
    text.split("\n").filter(Boolean).map((line) => element("p", {}, line)),
    parts.length > 0 && element("details", { class: "more" }, element("summary", {}, summary), parts.map((part) => answerSection(part, events, "h4"))),
    element("div", { class: "actions" }, element("button", ask, "Ask it the same")),
    element("p", { class: "source" }, element("span", {}, "Source"), ` ${source}`),
  );
}
