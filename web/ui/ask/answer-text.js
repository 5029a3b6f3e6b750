/** An answer as Markdown, to be pasted into a ticket or a mail: what was asked, who answered, the facts, the sources. */
import { confidenceWord, done, percent } from "../parts/words.js";
import { cellText } from "./cell-text.js";
import { subjectName } from "./subjects.js";

/** @typedef {import("./answer.js").Exchange} Exchange */
/** @typedef {import("../../messages.js").AnswerSection} AnswerSection */

/** @param {Exchange} exchange @returns {string} */
export function answerText({ question, answer }) {
  const { name, fajCode, confidence, content, sections } = answer;
  const quoted = question.split("\n").map((line) => `> ${line}`).join("\n");
  const signed = `${done(answer)}, confidence ${confidenceWord(confidence).toLowerCase()} (${percent(confidence)})`;
  const head = [`# ${name} (${fajCode})`, quoted, `ELEX Browser: ${signed}`, content];
  return `${[...head, ...sections.map((section) => sectionText(section, sections))].join("\n\n")}\n`;
}

/** @param {AnswerSection} section @param {AnswerSection[]} all */
function sectionText(section, all) {
  const { kind, text, rows, source } = section;
  // A case file has headings of its own; they step down below the section's.
  const body = kind === "escalation" ? text.trim().replace(/^(#+ )/gm, "##$1") : text;
  const parts = [`## ${heading(section, all)}`, body, rows.length > 0 && rowsText(section), source && `Source: ${source}`];
  return parts.filter(Boolean).join("\n\n");
}

/** Where several features answer together, a part says whose it is. @param {AnswerSection} section @param {AnswerSection[]} all */
function heading({ kind, title, fajCode }, all) {
  const owner = all.find((other) => other.kind === "subject" && other.fajCode === fajCode);
  return owner && kind !== "subject" ? `${subjectName(owner)}: ${title}` : title;
}

/** @param {AnswerSection} section */
function rowsText({ form, columns, rows }) {
  const cells = rows.map((row) => row.cells.map((value, i) => plain(cellText(value, columns[i].kind))));
  if (form === "pairs") return cells.map((row) => `- ${row.join(": ")}`).join("\n");
  const line = (/** @type {string[]} */ values) => `| ${values.join(" | ")} |`;
  return [line(columns.map(({ title }) => title)), line(columns.map(() => "---")), ...cells.map(line)].join("\n");
}

/** @param {string} text as it can stand in a row of a table */
function plain(text) {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
