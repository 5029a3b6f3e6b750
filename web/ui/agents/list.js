/** All agents, narrowed by text, category, access and status; a listbox that arrow keys move through. */
import { element, fill } from "../parts/element.js";
import { LISTED_STATUSES, count, percent } from "../parts/words.js";

/** @typedef {import("../../messages.js").AgentFilter} AgentFilter */
/** @typedef {import("../../messages.js").AgentStatus} AgentStatus */
/** @typedef {import("../../messages.js").AgentSummary} AgentSummary */

const TYPING_PAUSE_MS = 120;

export class AgentList {
  #load;
  #onChoose;
  /** @type {AgentSummary[]} */
  #shown = [];
  #asked = 0;
  #chosen = "";
  #pause = 0;
  #text = element("input", { type: "search", id: "agent-text", placeholder: "Name, code or acronym", autocomplete: "off" });
  #category = element("select", { id: "agent-category" });
  #access = element("select", { id: "agent-access" });
  #status = element("select", { id: "agent-status" });
  #total = element("p", { class: "quiet", role: "status" });
  #list = element("div", { class: "agent-list", role: "listbox", "aria-label": "Agents", tabindex: -1 });

  /** @param {{load(filter: AgentFilter): Promise<AgentSummary[]>, onChoose(agent: AgentSummary): void}} events */
  constructor({ load, onChoose }) {
    this.#load = load;
    this.#onChoose = onChoose;
    this.#list.addEventListener("keydown", (event) => this.#onKey(event));
    this.#list.addEventListener("click", ({ target }) => {
      const row = /** @type {Element} */ (target).closest("[role=option]");
      if (row) this.#choose(/** @type {HTMLElement} */ (row));
    });
    this.#text.addEventListener("input", () => {
      this.#list.ariaBusy = "true";
      clearTimeout(this.#pause);
      this.#pause = setTimeout(() => this.#refresh(), TYPING_PAUSE_MS);
    });
    for (const select of [this.#category, this.#access, this.#status]) {
      select.addEventListener("change", () => this.#refresh());
    }
    this.root = element("div", { class: "card agents" }, this.#filters(), this.#total, this.#list);
  }

  /** Fill the choices once all agents are known, and list them. */
  async open() {
    if (this.#category.options.length) return this.#refresh();
    const all = await this.#load({});
    const sorted = (/** @type {string[]} */ values) => [...new Set(values)].sort();
    options(this.#category, "All categories", sorted(all.map(({ category }) => category)));
    options(this.#access, "All access", sorted(all.flatMap(({ access }) => access)));
    options(this.#status, "Any status", Object.keys(LISTED_STATUSES), LISTED_STATUSES);
    this.#render(all);
  }

  /** @param {string} fajCode the chosen agent @param {string} [left] the one that was left, to go on from */
  mark(fajCode, left = "") {
    this.#chosen = fajCode;
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (this.#list.querySelectorAll("[role=option]"))) {
      row.ariaSelected = String(row.dataset.code === fajCode);
      if (left && row.dataset.code?.replaceAll(" ", "") === left) row.focus();
    }
  }

  #filters() {
    const stay = (/** @type {Event} */ event) => event.preventDefault();
    return element(
      "form",
      { class: "filters", role: "search", "aria-label": "Agents", onsubmit: stay },
      field("Search", this.#text),
      field("Category", this.#category),
      field("Access", this.#access),
      field("Status", this.#status),
    );
  }

  async #refresh() {
    clearTimeout(this.#pause);
    this.#list.ariaBusy = "true";
    this.#asked += 1;
    const mine = this.#asked;
    const agents = await this.#load({
      text: this.#text.value.trim() || null,
      category: this.#category.value || null,
      access: this.#access.value || null,
      status: /** @type {AgentStatus} */ (this.#status.value) || null,
    });
    if (mine === this.#asked) this.#render(agents); // a slower, older reply must not win
  }

  /** @param {AgentSummary[]} agents */
  #render(agents) {
    this.#shown = agents;
    this.#total.textContent = agents.length ? count(agents.length, "agent") : "No agent fits these filters.";
    const focused = this.#list.contains(document.activeElement) && /** @type {HTMLElement} */ (document.activeElement).dataset.code;
    fill(this.#list, agents.map((agent) => option(agent, agent.fajCode === this.#chosen)));
    const rows = /** @type {HTMLElement[]} */ ([...this.#list.children]);
    const kept = rows.find((row) => row.dataset.code === focused);
    const entry = kept ?? rows.find((row) => row.ariaSelected === "true") ?? rows[0];
    if (entry) entry.tabIndex = 0;
    kept?.focus(); // who moves through the list stays where he is
    this.#list.ariaBusy = "false";
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const row = /** @type {HTMLElement} */ (event.target);
    /** @type {Record<string, Element | null>} */
    const targets = {
      ArrowDown: row.nextElementSibling,
      ArrowUp: row.previousElementSibling,
      Home: this.#list.firstElementChild,
      End: this.#list.lastElementChild,
    };
    if (event.key === "Enter" || event.key === " ") this.#choose(row);
    else if (!(event.key in targets)) return;
    event.preventDefault();
    const next = /** @type {HTMLElement | null} */ (targets[event.key] ?? null);
    if (!next) return;
    row.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  /** @param {HTMLElement} row */
  #choose(row) {
    const agent = this.#shown.find(({ fajCode }) => fajCode === row.dataset.code);
    if (agent) this.#onChoose(agent);
  }
}

/** @param {string} label @param {HTMLElement} control */
function field(label, control) {
  return element("div", { class: "field" }, element("label", { for: control.id }, label), control);
}

/** @param {HTMLSelectElement} select @param {string} all @param {string[]} values @param {Record<string, string>} [names] */
function options(select, all, values, names = {}) {
  const made = values.map((value) => element("option", { value }, names[value] ?? value));
  fill(select, element("option", { value: "" }, all), made);
}

/** @param {AgentSummary} agent @param {boolean} isChosen */
function option(agent, isChosen) {
  const { fajCode, name, acronym, category, access, status, interactions, confidence } = agent;
  const learning = interactions > 0 ? `${count(interactions, "interaction")}, ${percent(confidence)}` : "";
  return element(
    "div",
    { role: "option", tabindex: -1, "data-code": fajCode, "aria-selected": String(isChosen), class: "agent-row" },
    element("span", { class: "name" }, name, acronym && element("span", { class: "quiet" }, ` ${acronym}`)),
    element("span", { class: "code" }, fajCode),
    element("span", { class: "quiet" }, [category, access.join(" + ")].filter(Boolean).join(" · ")),
    element("span", { class: `state ${status.toLowerCase()}` }, LISTED_STATUSES[status]),
    learning && element("span", { class: "quiet learning" }, learning),
  );
}
