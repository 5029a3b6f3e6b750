/**
 * The Rust kernels, for the worker and (as `elex_host.kernels`) for Python: the simd128 build where the
 * browser runs it, else the scalar one. Both give the same bits.
 */
import { HeapHost } from "./heap_host.js";
import { BLOCK, Instance } from "./instance.js";
import { borrow, checkRate, checkWhole, commonLength } from "./lending.js";
import { Matrix } from "./matrix.js";
import { QTable } from "./q_table.js";
import { VectorIndex } from "./vector_index.js";
import { ElexError } from "../../shared/errors.js";
import { simdAvailable } from "../../shared/simd.js";

/**
 * @typedef {"auto" | "simd" | "scalar"} KernelChoice
 * @typedef {Float32Array | Float64Array | Uint32Array} Column
 * @typedef {import("./instance.js").Workspace} Workspace
 * @typedef {import("./lending.js").Lent<Float32Array>} Lent32
 * @typedef {import("./lending.js").Lent<Float64Array>} Lent64
 */

/**
 * Fetch and start the kernels.
 * @param {KernelChoice} choice
 * @param {string | URL} base where dist/ is served from
 * @returns {Promise<KernelHost>}
 * @throws {ElexError} INVALID_CONFIG: no such choice; UNSUPPORTED: simd asked for and not there, or
 *   WebAssembly is blocked; IO_ERROR: the files do not load
 */
export async function loadKernels(choice, base) {
  if (!["auto", "simd", "scalar"].includes(choice)) {
    throw new ElexError("INVALID_CONFIG", `kernels is "${choice}"`, 'Use "auto", "simd" or "scalar"');
  }
  if (choice === "simd" && !simdAvailable()) {
    throw new ElexError("UNSUPPORTED", "This browser has no WebAssembly SIMD", 'Use kernels: "auto"');
  }
  const name = choice === "scalar" || !simdAvailable() ? "scalar" : "simd";
  try {
    // Both written out, so that a bundler sees what is loaded.
    const loading = name === "simd" ? import("../../wasm/simd/elex_kernels.js") : import("../../wasm/scalar/elex_kernels.js");
    const glue = /** @type {import("./instance.js").Glue} */ (await loading);
    const [inPlace] = await Promise.all([
      compile(new URL(`wasm/${name}/in_place.wasm`, base)),
      glue.default({ module_or_path: new URL(`wasm/${name}/elex_kernels_bg.wasm`, base) }),
    ]);
    return new KernelHost(name, glue, inPlace);
  } catch (thrown) {
    if (thrown instanceof WebAssembly.CompileError) {
      throw ElexError.from(thrown, "UNSUPPORTED", "Allow WebAssembly ('wasm-unsafe-eval') for this site");
    }
    throw ElexError.from(thrown, "IO_ERROR", "Reload the page; when it stays, the copy of the app is incomplete");
  }
}

/** @param {URL} url */
async function compile(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}`);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** What Python sees as `elex_host.kernels`; arrays come in as typed arrays or lent Python buffers. */
export class KernelHost {
  #instance;
  #inPlace;

  /**
   * @param {"simd" | "scalar"} name
   * @param {import("./instance.js").Glue} glue initialised
   * @param {WebAssembly.Module} inPlace the column kernels for the memory of others
   */
  constructor(name, glue, inPlace) {
    this.name = name;
    this.#inPlace = inPlace;
    this.version = glue.version();
    this.#instance = new Instance(glue);
  }

  /**
   * The hot calls with arrays named by their addresses, for Python.
   * @param {import("./heap_host.js").PyodideModule} module
   */
  onHeap(module) {
    return new HeapHost(this, this.#inPlace, module);
  }

  /** @returns {number} bytes of WebAssembly memory at present */
  memoryBytes() {
    return this.#instance.memoryBytes;
  }

  /**
   * Copy rows into a resident matrix; its owner closes it.
   * @param {Lent32} rows row after row
   * @param {number} nRows
   * @param {number} dimensions
   */
  matrix(rows, nRows, dimensions) {
    return new Matrix(this.#instance, rows, nRows, dimensions);
  }

  /**
   * Make an index of vectors, empty or from the bytes that `toBytes` gave; its owner closes it.
   * @param {import("./vector_index.js").IndexOptions | Uint8Array} source
   */
  index(source) {
    return new VectorIndex(this.#instance, source);
  }

  /**
   * Make an empty Q-table; its owner closes it.
   * @param {number} nActions entries of each state
   */
  qTable(nActions) {
    return new QTable(this.#instance, nActions);
  }

  /**
   * Write q + alpha * (reward + gamma * nextMaxQ - q) to `out`, element by element.
   * @param {Lent32} qValues
   * @param {Lent32} rewards
   * @param {Lent32} nextMaxQ
   * @param {number} alpha
   * @param {number} gamma
   * @param {Lent32} out of the same length; may be `qValues`
   */
  qUpdate(qValues, rewards, nextMaxQ, alpha, gamma, out) {
    checkRate("alpha", alpha);
    checkRate("gamma", gamma);
    borrow(Float32Array, { qValues, rewards, nextMaxQ, out }, (...columns) => {
      const [q, r, next, written] = columns;
      commonLength({ qValues: q, rewards: r, nextMaxQ: next, out: written });
      this.#stream("updating Q-values", [q, r, next], (workspace, n, start) => {
        workspace.q_update(n, alpha, gamma);
        written.set(this.#instance.view(Float32Array, workspace.f32_column(0), n), start);
      });
    });
  }

  /**
   * Tell which values lie in [minimum, maximum]; NaN and infinities never do.
   * @param {Lent64} values
   * @param {Lent64} minima
   * @param {Lent64} maxima
   * @returns {{bits: Uint8Array, nInvalid: number}} bit i % 8 of byte i >> 3 is set when value i is valid
   */
  checkRanges(values, minima, maxima) {
    return borrow(Float64Array, { values, minima, maxima }, (...columns) => {
      const [v, low, high] = columns;
      const bits = new Uint8Array((commonLength({ values: v, minima: low, maxima: high }) + 7) >> 3);
      let nInvalid = 0;
      this.#stream("checking ranges", columns, (workspace, n, start) => {
        nInvalid += workspace.check_ranges(n);
        bits.set(this.#instance.view(Uint8Array, workspace.bits(), (n + 7) >> 3), start >> 3);
      });
      return { bits, nInvalid };
    });
  }

  /**
   * Tell which values are among the allowed ones; NaN and infinities never are.
   * @param {Lent64} values
   * @param {Lent64} allowed finite numbers
   * @returns {{bits: Uint8Array, nInvalid: number}} as `checkRanges`
   */
  checkMembers(values, allowed) {
    return borrow(Float64Array, { values, allowed }, (column, members) => {
      const bits = new Uint8Array((column.length + 7) >> 3);
      let nInvalid = 0;
      this.#instance.call("checking members", (_, workspace) => workspace.set_members(members));
      this.#stream("checking members", [column], (workspace, n, start) => {
        nInvalid += workspace.check_members(n);
        bits.set(this.#instance.view(Uint8Array, workspace.bits(), (n + 7) >> 3), start >> 3);
      });
      return { bits, nInvalid };
    });
  }

  /**
   * What `aggregate` gives, for each group of rows.
   * @param {Lent64} values
   * @param {Lent64} weights
   * @param {import("./lending.js").Lent<Uint32Array>} groups the group of each row, from 0
   * @param {number} nGroups
   * @param {number} threshold
   * @returns {Float64Array} six numbers per group: total, weighted total, minimum, maximum, count above, rows
   */
  aggregateGroups(values, weights, groups, nGroups, threshold) {
    checkWhole("the number of groups", nGroups, 0);
    return borrow(Float64Array, { values, weights }, (v, w) => borrow(Uint32Array, { groups }, (g) => {
      commonLength({ values: v, weights: w, groups: g });
      return this.#instance.call("aggregating groups", (_, workspace) => {
        workspace.groups_begin(nGroups);
        this.#stream("aggregating groups", [v, w, g], (_same, n, start) => workspace.groups_push(n, start, threshold));
        return this.#readGroups(workspace, nGroups);
      });
    }));
  }

  /**
   * @param {Workspace} workspace
   * @param {number} nGroups
   */
  #readGroups(workspace, nGroups) {
    const [figures, counts] = [
      this.#instance.view(Float64Array, workspace.groups(), 5 * nGroups),
      this.#instance.view(Uint32Array, workspace.groups(), 10 * nGroups),
    ];
    const out = new Float64Array(6 * nGroups);
    for (let group = 0; group < nGroups; group += 1) {
      out.set(figures.subarray(5 * group, 5 * group + 4), 6 * group);
      out.set(counts.subarray(10 * group + 8, 10 * group + 10), 6 * group + 4);
    }
    return out;
  }

  /**
   * Sum, weighted sum, minimum, maximum (NaN for an empty column) and count above `threshold`, in float64.
   * @param {Lent64} values
   * @param {Lent64} weights
   * @param {number} threshold
   */
  aggregate(values, weights, threshold) {
    return borrow(Float64Array, { values, weights }, (...columns) => {
      commonLength({ values: columns[0], weights: columns[1] });
      return this.#instance.call("aggregating", (_, workspace) => {
        workspace.aggregate_begin(threshold);
        this.#stream("aggregating", columns, (_same, n) => workspace.aggregate_push(n));
        return {
          total: workspace.total(),
          weightedTotal: workspace.weighted_total(),
          minimum: workspace.minimum(),
          maximum: workspace.maximum(),
          countAbove: workspace.count_above(),
        };
      });
    });
  }

  /**
   * Send columns of one length through the workspace, block by block: each number is copied once, into
   * memory that the cache still holds when the kernel reads it.
   * @param {string} doing
   * @param {Column[]} columns
   * @param {(workspace: Workspace, n: number, start: number) => void} work
   */
  #stream(doing, columns, work) {
    this.#instance.call(doing, (_, workspace) => {
      const rooms = columns.map((column, i) => this.#room(workspace, column, i));
      const length = columns[0].length;
      for (let start = 0; start < length; start += BLOCK) {
        const n = Math.min(BLOCK, length - start);
        for (let i = 0; i < columns.length; i += 1) rooms[i].set(columns[i].subarray(start, start + n));
        work(workspace, n, start);
      }
    });
  }

  /**
   * @param {Workspace} workspace
   * @param {Column} column
   * @param {number} index
   */
  #room(workspace, column, index) {
    if (column instanceof Float32Array) {
      return this.#instance.view(Float32Array, workspace.f32_column(index), BLOCK);
    }
    if (column instanceof Uint32Array) return this.#instance.view(Uint32Array, workspace.u32_column(), BLOCK);
    return this.#instance.view(Float64Array, workspace.f64_column(index), BLOCK);
  }
}
