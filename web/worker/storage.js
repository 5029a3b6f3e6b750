/**
 * Records in IndexedDB: a call that resolves has committed with strict durability.
 *
 * W3C Indexed Database API 3.0, section 4.9 (transactions). The store keeps what it is given; Python seals
 * every record with a SHA-256 and judges it on reading, because flipped bytes are read back without an error.
 */
import { openDB } from "../vendor/idb.js";
import { ElexError } from "../shared/errors.js";

/** Version 2 added the episodes; an older database gets the object stores that it lacks and keeps the rest. */
const SCHEMA = 2;
/** Object stores: learning by agent, rated questions, and what was found damaged and is kept apart. */
const KINDS = ["agents", "episodes", "damaged"];
const FREE_SPACE = "Free some disk space, or let this site keep more data, and try again";
const ALLOW = "Allow this site to keep data (a private window may not), or go on without saving";

/**
 * @typedef {{key: string, schemaVersion: number, generation: number, payload: Uint8Array, sha256: Uint8Array}} StoredRecord
 * @typedef {{kind: string, put: StoredRecord[], delete: string[]}} StoredChanges
 * @typedef {{records: number, payloadBytes: number, persistent: boolean}} Usage
 */

/**
 * Open the database, made on first use.
 * @param {string} databaseName
 * @returns {Promise<StorageHost>}
 * @throws {ElexError} IO_ERROR: the browser refuses IndexedDB, or another tab blocks its upgrade
 */
export async function openStorage(databaseName) {
  /** @type {StorageHost | undefined} */
  let host;
  try {
    if (!globalThis.indexedDB) throw new Error("the browser offers no IndexedDB here");
    const database = await new Promise((resolve, reject) => {
      openDB(databaseName, SCHEMA, {
        upgrade: createStores,
        blocked: () => reject(new Error("another tab with an older version keeps it open")),
        // Another tab wants to upgrade: holding on would block it for ever.
        blocking: () => void host?.close(),
        terminated: () => void host?.close(),
      }).then(resolve, reject);
    });
    host = new StorageHost(database);
    return host;
  } catch (thrown) {
    throw ioError(`The database "${databaseName}" could not be opened`, thrown);
  }
}

/** @param {import("../vendor/idb.js").IDBPDatabase} database */
function createStores(database) {
  for (const kind of KINDS) {
    if (!database.objectStoreNames.contains(kind)) database.createObjectStore(kind, { keyPath: "key" });
  }
}

/** What Python sees as `elex_host.storage`; plain objects and bytes go in and out. */
export class StorageHost {
  #database;
  #isOpen = true;

  /** @param {import("../vendor/idb.js").IDBPDatabase} database */
  constructor(database) {
    this.#database = database;
  }

  /**
   * Read every record of a kind.
   * @param {string} kind
   * @returns {Promise<StoredRecord[]>}
   */
  async load(kind) {
    return this.#settle("reading", [kind], "readonly", (tx) => tx.objectStore(kind).getAll());
  }

  /**
   * Read one record, undefined if there is none.
   * @param {string} kind
   * @param {string} key
   * @returns {Promise<StoredRecord | undefined>}
   */
  async get(kind, key) {
    return this.#settle("reading", [kind], "readonly", (tx) => tx.objectStore(kind).get(key));
  }

  /**
   * Make all changes in all kinds or none, in one transaction.
   * @param {StoredChanges[]} changes records to write and keys to remove
   * @returns {Promise<void>}
   */
  async write(changes) {
    const kinds = changes.map(({ kind }) => kind);
    await this.#settle("writing", kinds, "readwrite", (tx) =>
      Promise.all(
        changes.flatMap(({ kind, put, delete: keys }) => {
          const store = tx.objectStore(kind);
          return [...put.map((record) => store.put?.(record)), ...keys.map((key) => store.delete?.(key))];
        }),
      ),
    );
  }

  /** @returns {Promise<Usage>} counted, over all kinds */
  async usage() {
    const all = (await Promise.all(KINDS.map((kind) => this.load(kind)))).flat();
    const payloadBytes = all.reduce((sum, { payload }) => sum + (payload?.byteLength ?? 0), 0);
    const persistent = (await navigator.storage?.persisted?.()) ?? false;
    return { records: all.length, payloadBytes, persistent };
  }

  /** Let go of the database; later calls fail with IO_ERROR. */
  async close() {
    this.#isOpen = false;
    this.#database.close();
  }

  /**
   * Run `work` on some object stores and resolve with its value once the transaction is committed.
   * @template T
   * @param {string} doing
   * @param {string[]} kinds
   * @param {IDBTransactionMode} mode
   * @param {(tx: import("../vendor/idb.js").IDBPTransaction<unknown, string[], IDBTransactionMode>) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async #settle(doing, kinds, mode, work) {
    if (!this.#isOpen) {
      const problem = `The database "${this.#database.name}" is closed, perhaps by a newer version in another tab`;
      throw new ElexError("IO_ERROR", problem, "Reload the page");
    }
    /** @type {import("../vendor/idb.js").IDBPTransaction<unknown, string[], IDBTransactionMode> | undefined} */
    let tx;
    try {
      tx = this.#database.transaction(kinds, mode, { durability: "strict" });
      // A commit that fails (disk full) fires `abort` and no `error`; `done` is what hears it.
      const [value] = await Promise.all([work(tx), tx.done]);
      return value;
    } catch (thrown) {
      throw ioError(`The database "${this.#database.name}" failed while ${doing} ${kinds.join(" and ")}`, tx?.error ?? thrown);
    }
  }
}

/** @param {string} what @param {unknown} thrown */
function ioError(what, thrown) {
  if (thrown instanceof ElexError) return thrown;
  const { name, message } = /** @type {Error} */ (thrown) ?? {};
  const isFull = name === "QuotaExceededError";
  const reason = isFull ? "there is no room left" : [name, message].filter(Boolean).join(": ").replace(/\.$/, "");
  return new ElexError("IO_ERROR", `${what}: ${reason}`, isFull ? FREE_SPACE : ALLOW);
}
