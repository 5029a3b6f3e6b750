/** A place to drop or choose files, with the progress of reading them and a way to stop it. */
import { element, fill } from "../parts/element.js";
import { bytes } from "../parts/words.js";

/** @typedef {import("../../elex.js").LoadOptions} LoadOptions */

/**
 * @param {object} options
 * @param {string} options.label names the files
 * @param {string} options.hint which forms they may have
 * @param {boolean} options.isMany whether several may be chosen at once
 * @param {(files: File[], options: LoadOptions) => Promise<void>} options.onFiles loads them; shows its own errors
 */
export function filePicker({ label, hint, isMany, onFiles }) {
  const input = element("input", { type: "file", multiple: isMany, hidden: true, "aria-label": label });
  const choose = element("button", { type: "button", class: "primary", onclick: () => input.click() }, `Choose ${label}`);
  const bar = element("progress", { max: 1, value: 0, "aria-label": `Reading ${label}` });
  const told = element("span", { class: "quiet number" });
  const stop = element("button", { type: "button", class: "plain" }, "Stop");
  const reading = element("div", { class: "reading", hidden: true }, bar, element("div", { class: "actions" }, told, stop));
  const root = element(
    "div",
    { class: "drop" },
    input,
    element("div", { class: "actions" }, choose, element("span", { class: "quiet" }, isMany ? "or drop them here" : "or drop it here")),
    element("p", { class: "quiet hint" }, hint),
    reading,
  );

  input.addEventListener("change", () => {
    void load([...(input.files ?? [])]);
    input.value = ""; // so that the same file can be chosen again
  });
  root.addEventListener("dragover", (event) => {
    event.preventDefault();
    root.classList.add("over");
  });
  root.addEventListener("dragleave", () => root.classList.remove("over"));
  root.addEventListener("drop", (event) => {
    event.preventDefault();
    root.classList.remove("over");
    void load([...(event.dataTransfer?.files ?? [])]);
  });

  /** @param {File[]} files */
  async function load(files) {
    if (files.length === 0 || !reading.hidden) return;
    const controller = new AbortController();
    stop.onclick = () => {
      controller.abort();
      fill(told, "Stopping…");
    };
    choose.disabled = true;
    reading.hidden = false;
    bar.value = 0;
    fill(told, "Reading…");
    try {
      await onFiles(isMany ? files : files.slice(0, 1), {
        signal: controller.signal,
        onProgress: ({ done, total }) => {
          bar.value = total ? done / total : 1;
          if (!controller.signal.aborted) fill(told, `${bytes(done)} of ${bytes(total)}`);
        },
      });
    } finally {
      choose.disabled = false;
      reading.hidden = true;
    }
  }

  return { root };
}
