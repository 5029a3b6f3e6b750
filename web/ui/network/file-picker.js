/** A place to drop or choose files, with the progress of reading them and a way to stop it. */
import { element, fill } from "../parts/element.js";
import { bytes } from "../parts/words.js";

/**
 * @typedef {import("../../elex.js").LoadOptions} LoadOptions
 * @typedef {object} PickerOptions
 * @property {string} label names the files
 * @property {string} hint which forms they may have
 * @property {boolean} isMany whether several may be chosen at once
 * @property {(files: File[], options: LoadOptions) => Promise<void>} onFiles loads them; shows its own errors
 */

export class FilePicker {
  #options;
  #input;
  #choose;
  #bar;
  #told = element("span", { class: "quiet number" });
  #stop = element("button", { type: "button", class: "plain" }, "Stop");
  #reading;

  /** @param {PickerOptions} options */
  constructor(options) {
    const { label, hint, isMany } = options;
    this.#options = options;
    this.#input = element("input", { type: "file", multiple: isMany, hidden: true, "aria-label": label });
    this.#choose = element("button", { type: "button", class: "primary", onclick: () => this.#input.click() }, `Choose ${label}`);
    this.#bar = element("progress", { max: 1, value: 0, "aria-label": `Reading ${label}` });
    this.#reading = element("div", { class: "reading", hidden: true }, this.#bar, element("div", { class: "actions" }, this.#told, this.#stop));
    const drop = element("span", { class: "quiet" }, isMany ? "or drop them here" : "or drop it here");
    this.root = element(
      "div",
      { class: "drop" },
      this.#input,
      element("div", { class: "actions" }, this.#choose, drop),
      element("p", { class: "quiet hint" }, hint),
      this.#reading,
    );
    this.#listen();
  }

  #listen() {
    this.#input.addEventListener("change", () => {
      void this.#load([...(this.#input.files ?? [])]);
      this.#input.value = ""; // so that the same file can be chosen again
    });
    this.root.addEventListener("dragover", (event) => {
      event.preventDefault();
      this.root.classList.add("over");
    });
    this.root.addEventListener("dragleave", () => this.root.classList.remove("over"));
    this.root.addEventListener("drop", (event) => {
      event.preventDefault();
      this.root.classList.remove("over");
      void this.#load([...(event.dataTransfer?.files ?? [])]);
    });
  }

  /** @param {File[]} files */
  async #load(files) {
    if (files.length === 0 || !this.#reading.hidden) return;
    const { isMany, onFiles } = this.#options;
    const controller = new AbortController();
    this.#stop.onclick = () => {
      controller.abort();
      fill(this.#told, "Stopping…");
    };
    this.#choose.disabled = true;
    this.#reading.hidden = false;
    this.#bar.value = 0;
    fill(this.#told, "Reading…");
    try {
      await onFiles(isMany ? files : files.slice(0, 1), {
        signal: controller.signal,
        onProgress: ({ done, total }) => {
          this.#bar.value = total ? done / total : 1;
          if (!controller.signal.aborted) fill(this.#told, `${bytes(done)} of ${bytes(total)}`);
        },
      });
    } finally {
      this.#choose.disabled = false;
      this.#reading.hidden = true;
    }
  }
}
