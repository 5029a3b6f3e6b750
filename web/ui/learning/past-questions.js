/** The rated questions that are remembered: how many, what for, and a way to forget them. */
import { ElexError } from "../../elex.js";
import { element, fill, pairList } from "../parts/element.js";
import { forgetQuestions } from "../parts/recent-questions.js";
import { bytes, count } from "../parts/words.js";

/** @param {{getInstance(): Promise<import("../../elex.js").Elex>}} source */
export function pastQuestions({ getInstance }) {
  const figures = element("div");
  const told = element("span", { class: "quiet", role: "status" });
  const sure = element("button", { type: "button", class: "primary", hidden: true, onclick: () => void forget() }, "Yes, forget them");
  const keep = element("button", { type: "button", class: "plain", hidden: true, onclick: () => ask(false) }, "Keep them");
  const button = element("button", { type: "button", class: "plain", disabled: true, onclick: () => ask(true) }, "Forget past questions");
  const root = element(
    "section",
    { class: "card", "aria-labelledby": "past-title" },
    element("h2", { id: "past-title" }, "Past questions"),
    element("p", { class: "quiet" }, "A question that you rated is kept on this device and helps to route questions like it."),
    figures,
    element("div", { class: "actions" }, button, sure, keep, told),
  );

  /** Nothing is deleted by one click. @param {boolean} isAsking */
  function ask(isAsking) {
    button.hidden = isAsking;
    sure.hidden = keep.hidden = !isAsking;
    told.textContent = isAsking ? "What the agents learnt of them stays." : "";
    (isAsking ? keep : button).focus();
  }

  async function forget() {
    try {
      const n = await (await getInstance()).forgetEpisodes();
      forgetQuestions();
      await show();
      ask(false);
      told.textContent = `${count(n, "question")} forgotten.`;
    } catch (thrown) {
      const { problem, fix } = ElexError.from(thrown, "IO_ERROR", "Try again");
      ask(false);
      told.textContent = `${problem}. ${fix}.`;
    }
  }

  async function show() {
    const kept = await (await getInstance()).episodes();
    button.disabled = kept.count === 0;
    fill(figures, figuresOf(kept));
  }

  return { root, show };
}

/** @param {import("../../messages.js").EpisodeStats} kept */
function figuresOf({ count, cap, bytes: room }) {
  return pairList("figures lines", [
    ["Remembered", `${count.toLocaleString("en")} of at most ${cap.toLocaleString("en")}`],
    ["Room they take", bytes(room)],
  ]);
}
