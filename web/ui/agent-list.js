/** All agents, narrowed by text, category, access and status; a listbox that arrow keys move through. */
import { element, fill } from "./element.js";
import { STATUSES, count, percent } from "./words.js";

/** @typedef {import("../messages.js").AgentFilter} AgentFilter */
/** @typedef {import("../messages.js").AgentSummary} AgentSummary */

const TYPING_PAUSE_MS = 120;

/**
 * @param {{load(filter: AgentFilter): Promise<AgentSummary[]>, onChoose(agent: AgentSummary): void}} events
 */
export function agentList({ load, onChoose }) {
  /** @type {AgentSummary[]} */
  let shown = [];
  let asked = 0;
  let chosen = "";
  const text = element("input", { type: "search", id: "agent-text", placeholder: "Name, code or acronym", autocomplete: "off" });
  const category = element("select", { id: "agent-category" });
  const access = element("select", { id: "agent-access" });
  const status = element("select", { id: "agent-status" });
  const total = element("p", { class: "quiet", role: "status" });
  const list = element("div", {
    class: "agent-list",
    role: "listbox",
    "aria-label": "Agents",
    tabindex: -1,
    onkeydown: (/** @type {KeyboardEvent} */ event) => moveBy(event),
    onclick: (/** @type {MouseEvent} */ event) => {
      const row = /** @type {Element} */ (event.target).closest("[role=option]");
      if (row) choose(/** @type {HTMLElement} */ (row));
    },
  });
  const filters = element(
    "form",
    { class: "filters", role: "search", "aria-label": "Agents", onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
    field("Search", text),
    field("Category", category),
    field("Access", access),
    field("Status", status),
  );
  let pause = 0;
  text.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(refresh, TYPING_PAUSE_MS);
  });
  for (const select of [category, access, status]) select.addEventListener("change", () => refresh());

  /** Fill the choices once all agents are known, and list them. */
  async function open() {
    if (category.options.length) return refresh();
    const all = await load({});
    options(category, "All categories", [...new Set(all.map((agent) => agent.category))].sort());
    options(access, "All access", [...new Set(all.flatMap((agent) => agent.access))].sort());
    options(status, "Any status", Object.keys(STATUSES), STATUSES);
    render(all);
  }

  async function refresh() {
    asked += 1;
    const mine = asked;
    const agents = await load({
      text: text.value.trim() || null,
      category: category.value || null,
      access: access.value || null,
      status: /** @type {import("../messages.js").AgentStatus} */ (status.value) || null,
    });
    if (mine === asked) render(agents); // a slower, older reply must not win
  }

  /** @param {AgentSummary[]} agents */
  function render(agents) {
    shown = agents;
    total.textContent = agents.length ? count(agents.length, "agent") : "No agent fits these filters.";
    fill(list, agents.map((agent) => option(agent, agent.fajCode === chosen)));
    const first = /** @type {HTMLElement | null} */ (list.querySelector("[aria-selected=true]") ?? list.firstElementChild);
    if (first) first.tabIndex = 0;
  }

  /** @param {KeyboardEvent} event */
  function moveBy(event) {
    const row = /** @type {HTMLElement} */ (event.target);
    /** @type {Record<string, Element | null>} */
    const targets = {
      ArrowDown: row.nextElementSibling,
      ArrowUp: row.previousElementSibling,
      Home: list.firstElementChild,
      End: list.lastElementChild,
    };
    if (event.key === "Enter" || event.key === " ") choose(row);
    else if (!(event.key in targets)) return;
    event.preventDefault();
    const next = /** @type {HTMLElement | null} */ (targets[event.key] ?? null);
    if (!next) return;
    row.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  /** @param {HTMLElement} row */
  function choose(row) {
    const agent = shown.find(({ fajCode }) => fajCode === row.dataset.code);
    if (agent) onChoose(agent);
  }

  /** @param {string} fajCode the chosen agent @param {string} [left] the one that was left, to go on from */
  function mark(fajCode, left = "") {
    chosen = fajCode;
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[role=option]"))) {
      row.ariaSelected = String(row.dataset.code === fajCode);
      if (left && row.dataset.code?.replaceAll(" ", "") === left) row.focus();
    }
  }

  return { root: element("div", { class: "card agents" }, filters, total, list), open, refresh, mark };
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
    element("span", { class: `state ${status.toLowerCase()}` }, STATUSES[status]),
    learning && element("span", { class: "quiet learning" }, learning),
  );
}
