/** The kernels without Python: loops inside WebAssembly over columns that lie there (rust-simd/crates/bench). */

/**
 * A sample lasts at least this long: the clock of an isolated page counts in steps of 5 µs. No longer, so that most
 * samples end before the system gives the core to somebody else.
 */
const SAMPLE_MS = 0.5;
/** Long enough for the browser's second compiler to replace what its first one made. */
const WARM_UP_MS = 100;

/**
 * @typedef {{getBuffer(): {data: Uint8Array, release(): void}}} Lent bytes of a Python array
 * @typedef {(times: number, n: number, ...addresses: number[]) => void} Repeat
 * @typedef {{memory: WebAssembly.Memory, room(): number, room_bytes(): number} & Record<string, Repeat>} Exports
 */

/**
 * Load one build of the module.
 * @param {URL} address
 */
export async function loadAlone(address) {
  const { instance } = await WebAssembly.instantiateStreaming(fetch(address));
  return new Alone(/** @type {Exports} */ (/** @type {unknown} */ (instance.exports)));
}

/** One kernel at a time with the columns that were laid for it. */
class Alone {
  #exports;
  /** @type {number[]} */
  #addresses = [];
  #n = 0;
  #outBytes = 0;
  /** How often each kernel is repeated in a sample. @type {Map<string, number>} */
  #times = new Map();

  /** @param {Exports} exports */
  constructor(exports) {
    this.#exports = exports;
  }

  /**
   * Copy columns into the module, `out` after them; what was there before is gone.
   * @param {number} n numbers in each column
   * @param {Lent} out what the kernel writes over, as it is before
   * @param {...Lent} columns
   */
  lay(n, out, ...columns) {
    const room = this.#exports.room();
    let at = room;
    this.#addresses = [...columns, out].map((lent) => {
      const buffer = lent.getBuffer();
      const begin = at;
      try {
        new Uint8Array(this.#exports.memory.buffer, begin, buffer.data.length).set(buffer.data);
        this.#outBytes = buffer.data.length;
      } finally {
        buffer.release();
      }
      at += Math.ceil(this.#outBytes / 16) * 16;
      return begin;
    });
    if (at > room + this.#exports.room_bytes()) throw new RangeError(`${at - room} bytes do not fit the room`);
    this.#n = n;
    this.#times.clear();
  }

  /**
   * Run a kernel once.
   * @param {string} kernel
   * @returns {Uint8Array} the bytes of what it wrote
   */
  answer(kernel) {
    this.#exports[kernel](1, this.#n, ...this.#addresses);
    const at = /** @type {number} */ (this.#addresses.at(-1));
    return new Uint8Array(this.#exports.memory.buffer, at, this.#outBytes).slice();
  }

  /**
   * Time a kernel over one sample; the first time it is run until the browser has optimised it.
   * @param {string} kernel
   * @returns {number} milliseconds of one repetition
   */
  sampleMs(kernel) {
    const times = this.#times.get(kernel) ?? this.#warmUp(kernel);
    this.#times.set(kernel, times);
    return this.#spend(kernel, times) / times;
  }

  /**
   * @param {string} kernel
   * @returns {number} how many repetitions fill a sample
   */
  #warmUp(kernel) {
    const end = performance.now() + WARM_UP_MS;
    let times = 1;
    for (;;) {
      const spent = this.#spend(kernel, times);
      if (spent < SAMPLE_MS) times *= 2;
      else if (performance.now() > end) return times;
    }
  }

  /**
   * @param {string} kernel
   * @param {number} times
   */
  #spend(kernel, times) {
    const begin = performance.now();
    this.#exports[kernel](times, this.#n, ...this.#addresses);
    return performance.now() - begin;
  }
}
