/** The second view: the list of all agents beside the one that was chosen. */
import { element } from "../parts/element.js";
import { agentDetail } from "./detail.js";
import { AgentList } from "./list.js";

/** @typedef {import("../../elex.js").Elex} Elex */
/** @typedef {import("../../messages.js").AgentSummary} AgentSummary */

/**
 * @param {object} events
 * @param {() => Promise<Elex>} events.getInstance
 * @param {import("../parts/status-log.js").StatusLog} events.log
 * @param {(agent: AgentSummary) => void} events.onAsk
 * @param {(fajCode: string) => void} events.onShow puts the chosen agent into the address; "" for none
 */
export function agentsView({ getInstance, log, onAsk, onShow }) {
  const list = new AgentList({
    load: async (filter) => (await getInstance()).agents(filter),
    onChoose: ({ fajCode }) => onShow(fajCode),
  });
  const detail = agentDetail({ onAsk, onBack: () => onShow("") });
  const hint = element("p", { class: "quiet hint-detail" }, "Choose an agent to see its figures and what it has learnt.");
  const panes = element("div", { class: "panes" }, list.root, element("div", { class: "pane" }, hint, detail.root));
  const root = element("section", { class: "view", "aria-labelledby": "agents-title" }, element("h1", { id: "agents-title" }, "Agents"), panes);
  let current = "";

  /** @param {string} fajCode the chosen agent, "" for none */
  async function open(fajCode) {
    const before = current;
    current = fajCode;
    panes.classList.toggle("chosen", fajCode !== "");
    hint.hidden = fajCode !== "";
    if (!fajCode) detail.hide();
    const elex = await getInstance();
    await list.open();
    if (!fajCode) return list.mark("", before);
    const agent = await elex.agent(fajCode);
    list.mark(agent.fajCode);
    const [[summary], stats, learning] = await Promise.all([
      elex.agents({ text: agent.fajCode }),
      agent.getStats(),
      agent.getLearningState(),
    ]);
    if (current !== fajCode) return; // another one was chosen meanwhile
    detail.show(summary, stats, learning, log.events(agent.fajCode));
    detail.focus();
  }

  return { root, open };
}
