/** The latest questions of earlier visits, kept by this browser alone. */
const KEY = "elex-recent";
const KEPT = 8;
const LONGEST = 1000;

/** @param {string} question the latest; a repeated one moves to the front */
export function keepQuestion(question) {
  const text = question.trim().slice(0, LONGEST);
  write([text, ...recentQuestions().filter((other) => other !== text)].slice(0, KEPT));
}

/** @returns {string[]} latest first */
export function recentQuestions() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((text) => typeof text === "string" && text).slice(0, KEPT) : [];
  } catch (refused) {
    console.info("Earlier questions cannot be read:", refused);
    return [];
  }
}

export function forgetQuestions() {
  write([]);
}

/** A browser that refuses storage throws on its mere mention; then there is nothing to ask again. @param {string[]} questions */
function write(questions) {
  try {
    if (questions.length) localStorage.setItem(KEY, JSON.stringify(questions));
    else localStorage.removeItem(KEY);
  } catch (refused) {
    console.info("Questions are not kept:", refused);
  }
}
