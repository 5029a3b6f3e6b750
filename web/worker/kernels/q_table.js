/** Action values by state and action in Rust memory; batches come in as columns and go out as columns. */
import { ElexError } from "../../shared/errors.js";
import { Resident } from "./instance.js";
import { borrow, checkRate, checkWhole, commonLength } from "./lending.js";

/**
 * @typedef {import("./instance.js").Instance} Instance
 * @typedef {InstanceType<import("./instance.js").Glue["QTable"]>} Table
 * @typedef {import("./lending.js").Lent<Uint32Array>} LentNumbers
 * @typedef {import("./lending.js").Lent<Float32Array>} Lent32
 */

/** The next state of a step that ended its episode. */
export const TERMINAL = 0xffff_ffff;

export class QTable {
  /** @type {Resident<Table>} */
  #resident;

  /**
   * @param {Instance} instance
   * @param {number} nActions entries of each state
   */
  constructor(instance, nActions) {
    checkWhole("the number of actions", nActions, 1, 65_536);
    this.nActions = nActions;
    this.#resident = new Resident(instance, "Q-table", (glue) => new glue.QTable(nActions));
  }

  get nStates() {
    return this.#resident.use("reading a Q-table", (table) => table.n_states());
  }

  /** Entries that were updated at least once. */
  get nVisited() {
    return this.#resident.use("reading a Q-table", (table) => table.n_visited());
  }

  /** @returns {number} bytes held, counted */
  memoryBytes() {
    return this.#resident.use("reading a Q-table", (table) => table.memory_bytes());
  }

  /**
   * Number the states of these keys; new keys get the next numbers.
   * @param {import("./lending.js").Lent<Uint8Array>} text all keys in UTF-8, one after the other
   * @param {LentNumbers} ends where each key ends
   * @returns {Uint32Array}
   */
  intern(text, ends) {
    return borrow(Uint8Array, { text }, (bytes) => borrow(Uint32Array, { ends }, (lentEnds) =>
      this.#resident.use("numbering states", (table, instance) => {
        table.begin(lentEnds.length);
        instance.view(Uint32Array, table.u32_column(0), lentEnds.length).set(lentEnds);
        table.intern(bytes);
        return instance.view(Uint32Array, table.u32_column(0), lentEnds.length).slice();
      })));
  }

  /**
   * @param {Uint8Array} key in UTF-8
   * @returns {number} the state's number, or -1
   */
  find(key) {
    return borrow(Uint8Array, { key }, (bytes) => this.#resident.use("finding a state", (table) => table.find(bytes)));
  }

  /**
   * Learn from each step in turn, with the maximum over the next state's actions.
   * @param {LentNumbers} states
   * @param {LentNumbers} actions
   * @param {Lent32} rewards
   * @param {LentNumbers} nextStates or TERMINAL
   * @param {number} alpha
   * @param {number} gamma
   * @param {number} now what `updated` of the entries becomes
   * @returns {Float32Array} td_errors
   * @throws {ElexError} VALIDATION_ERROR: a state, action or reward that does not fit; nothing is learnt then
   */
  update(states, actions, rewards, nextStates, alpha, gamma, now) {
    checkRate("alpha", alpha);
    checkRate("gamma", gamma);
    checkWhole("now", now, 0);
    return borrow(Uint32Array, { states, actions, nextStates }, (s, a, next) => borrow(Float32Array, { rewards }, (r) => {
      const n = commonLength({ states: s, actions: a, rewards: r, nextStates: next });
      return this.#resident.use("learning", (table, instance) => {
        this.#lay(table, instance, [s, a, next], r);
        table.update(alpha, gamma, now);
        return instance.view(Float32Array, table.f32_column(), n).slice();
      });
    }));
  }

  /**
   * @param {LentNumbers} states
   * @returns {{actions: Uint32Array, qValues: Float32Array}} of each state the action of the greatest value, the
   *   first of equal ones, and that value
   */
  best(states) {
    return borrow(Uint32Array, { states }, (s) => this.#resident.use("choosing actions", (table, instance) => {
      table.begin(s.length);
      instance.view(Uint32Array, table.u32_column(0), s.length).set(s);
      table.best();
      return {
        actions: instance.view(Uint32Array, table.u32_column(1), s.length).slice(),
        qValues: instance.view(Float32Array, table.f32_column(), s.length).slice(),
      };
    }));
  }

  /**
   * @param {number} state
   * @returns {{qValues: Float32Array, visits: Uint32Array, updated: Uint32Array}} its entries, one per action
   */
  row(state) {
    checkWhole("the state", state, 0);
    return this.#resident.use("reading a Q-table", (table, instance) => {
      table.row(state);
      return {
        qValues: instance.view(Float32Array, table.f32_column(), this.nActions).slice(),
        visits: instance.view(Uint32Array, table.u32_column(2), this.nActions).slice(),
        updated: instance.view(Uint32Array, table.u32_column(3), this.nActions).slice(),
      };
    });
  }

  /** @returns the visited entries as columns, and the keys of all states */
  exportColumns() {
    return this.#resident.use("exporting a Q-table", (table, instance) => {
      const n = table.export_entries();
      /** @param {number} i */
      const numbers = (i) => instance.view(Uint32Array, table.u32_column(i), n).slice();
      const columns = {
        states: numbers(0),
        actions: numbers(1),
        visits: numbers(2),
        updated: numbers(3),
        qValues: instance.view(Float32Array, table.f32_column(), n).slice(),
        keyText: instance.view(Uint8Array, table.key_text(), table.key_text_bytes()).slice(),
        keyEnds: instance.view(Uint32Array, table.key_ends(), table.n_states()).slice(),
      };
      table.clear();
      return columns;
    });
  }

  /**
   * Join entries in: visits add up, values are their mean by visits, the later update counts.
   * @param {LentNumbers} states numbers of this table
   * @param {LentNumbers} actions
   * @param {LentNumbers} visits
   * @param {LentNumbers} updated
   * @param {Lent32} qValues
   */
  merge(states, actions, visits, updated, qValues) {
    borrow(Uint32Array, { states, actions, visits, updated }, (...numbers) => borrow(Float32Array, { qValues }, (values) => {
      const [s, a, v, u] = numbers;
      commonLength({ states: s, actions: a, visits: v, updated: u, qValues: values });
      this.#resident.use("merging Q-tables", (table, instance) => {
        this.#lay(table, instance, numbers, values);
        table.merge();
      });
    }));
  }

  /**
   * Lay columns where Rust reads them.
   * @param {Table} table
   * @param {Instance} instance
   * @param {Uint32Array[]} numbers
   * @param {Float32Array} floats
   */
  #lay(table, instance, numbers, floats) {
    const n = floats.length;
    table.begin(n);
    numbers.forEach((column, i) => instance.view(Uint32Array, table.u32_column(i), n).set(column));
    instance.view(Float32Array, table.f32_column(), n).set(floats);
  }

  /** Free it; closing twice is harmless. */
  close() {
    this.#resident.close();
  }
}
