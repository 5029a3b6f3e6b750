/**
 * Records in IndexedDB: a call that resolves has committed with strict durability.
 *
 * W3C Indexed Database API 3.0, section 4.9 (transactions). The store keeps what it is given; Python seals
 * every record with a SHA-256 and judges it on reading, because flipped bytes are read back without an error.
 */
import { openDB } from "./vendor/idb.js";
import { ElexError } from "./sdk/errors.js";

const SCHEMA = 1;
/** Object stores of the schema: learning by agent, and what was found damaged and is kept apart. */
const KINDS = ["agents", "damaged"];
const FREE_SPACE = "Free some disk space, or let this site keep more data, and try again";
const ALLOW = "Allow this site to keep data (a private window may not), or go on without saving";

/**
 * @typedef {{key: string, schemaVersion: number, generation: number, payload: Uint8Array, sha256: Uint8Array}} StoredRecord
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

/** @param {import("./vendor/idb.js").IDBPDatabase} database */
function createStores(database) {
  for (const kind of KINDS) {
    if (!database.objectStoreNames.contains(kind)) database.createObjectStore(kind, { keyPath: "key" });
  }
}

/** What Python sees as `elex_host.storage`; plain objects and bytes go in and out. */
export class StorageHost {
  #database;
  #isOpen = true;

  /** @param {import("./vendor/idb.js").IDBPDatabase} database */
  constructor(database) {
    this.#database = database;
  }

  /**
   * Read every record of a kind.
   * @param {string} kind
   * @returns {Promise<StoredRecord[]>}
   */
  async load(kind) {
    return this.#settle("reading", kind, "readonly", (store) => store.getAll());
  }

  /**
   * Read one record, undefined if there is none.
   * @param {string} kind
   * @param {string} key
   * @returns {Promise<StoredRecord | undefined>}
   */
  async get(kind, key) {
    return this.#settle("reading", kind, "readonly", (store) => store.get(key));
  }

  /**
   * Write all records or none.
   * @param {string} kind
   * @param {StoredRecord[]} records
   * @returns {Promise<void>}
   */
  async put(kind, records) {
    await this.#settle("writing", kind, "readwrite", (store) => Promise.all(records.map((record) => store.put?.(record))));
  }

  /**
   * Remove the keys that exist.
   * @param {string} kind
   * @param {string[]} keys
   * @returns {Promise<void>}
   */
  async delete(kind, keys) {
    await this.#settle("deleting", kind, "readwrite", (store) => Promise.all(keys.map((key) => store.delete?.(key))));
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
   * Run `work` on one store and resolve with its value once the transaction is committed.
   * @template T
   * @param {string} doing
   * @param {string} kind
   * @param {IDBTransactionMode} mode
   * @param {(store: import("./vendor/idb.js").IDBPObjectStore<unknown, [string], string, IDBTransactionMode>) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async #settle(doing, kind, mode, work) {
    if (!this.#isOpen) {
      const problem = `The database "${this.#database.name}" is closed, perhaps by a newer version in another tab`;
      throw new ElexError("IO_ERROR", problem, "Reload the page");
    }
    /** @type {import("./vendor/idb.js").IDBPTransaction<unknown, [string], IDBTransactionMode> | undefined} */
    let tx;
    try {
      tx = this.#database.transaction([kind], mode, { durability: "strict" });
      // A commit that fails (disk full) fires `abort` and no `error`; `done` is what hears it.
      const [value] = await Promise.all([work(tx.objectStore(kind)), tx.done]);
      return value;
    } catch (thrown) {
      throw ioError(`The database "${this.#database.name}" failed while ${doing} ${kind}`, tx?.error ?? thrown);
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
