/** An answer as Markdown, to be pasted into a ticket or a mail: what was asked, who answered, the facts, the sources. */
import { confidenceWord, done, percent } from "../parts/words.js";

/** @typedef {import("./answer.js").Exchange} Exchange */
/** @typedef {import("../../messages.js").AnswerSection} AnswerSection */

/** @param {Exchange} exchange @returns {string} */
export function answerText({ question, answer, agent }) {
  const { fajCode, confidence, content, sections } = answer;
  const quoted = question.split("\n").map((line) => `> ${line}`).join("\n");
  const signed = `${done(answer)}, confidence ${confidenceWord(confidence).toLowerCase()} (${percent(confidence)})`;
  const head = [`# ${agent.name} (${fajCode})`, quoted, `ELEX Browser: ${signed}`, content];
  return `${[...head, ...sections.map(sectionText)].join("\n\n")}\n`;
}

/** @param {AnswerSection} section */
function sectionText({ kind, title, text, columns, rows, source }) {
  // A case file has headings of its own; they step down below the section's.
  const body = kind === "escalation" ? text.trim().replace(/^(#+ )/gm, "##$1") : text;
  const parts = [`## ${title}`, body, rows.length > 0 && rowsText(columns, rows), source && `Source: ${source}`];
  return parts.filter(Boolean).join("\n\n");
}

/** @param {string[]} columns @param {AnswerSection["rows"]} rows */
function rowsText(columns, rows) {
  const hasNames = columns.some((column) => column !== "");
  const cells = rows.map((row) => row.cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")));
  if (!hasNames) return cells.map((row) => `- ${row.join(": ")}`).join("\n");
  const line = (/** @type {string[]} */ values) => `| ${values.join(" | ")} |`;
  return [line(columns), line(columns.map(() => "---")), ...cells.map(line)].join("\n");
}
