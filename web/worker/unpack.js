/** The pack of Python packages: fetched as one file, and written into Python's file system. */
import { ElexError } from "../shared/errors.js";
import { fetchFile } from "./downloads.js";

const PACK = "pyodide/packages.pack";

/** @typedef {{mkdirTree(path: string): void, writeFile(path: string, bytes: Uint8Array): void}} FileSystem */

/** @returns {Promise<Uint8Array>} NumPy, msgspec and micropip, in the form that `unpack` reads */
export async function fetchPack() {
  const { body } = await fetchFile(PACK);
  try {
    const plain = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (body).pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(plain).arrayBuffer());
  } catch (thrown) {
    throw new ElexError("IO_ERROR", `${PACK} (NumPy) is damaged (${thrown})`, "Build dist/ again, then try again");
  }
}

/**
 * Write a pack into a file system: u32 header length, JSON [[path, size], …], then the files' bytes.
 * @param {FileSystem} FS
 * @param {string} folder
 * @param {Uint8Array} pack
 */
export function unpack(FS, folder, pack) {
  const header = new DataView(pack.buffer).getUint32(0, true);
  let at = 4 + header;
  const made = new Set();
  for (const [path, size] of JSON.parse(new TextDecoder().decode(pack.subarray(4, at)))) {
    const full = `${folder}/${path}`;
    const parent = full.slice(0, full.lastIndexOf("/"));
    if (!made.has(parent)) FS.mkdirTree(parent);
    made.add(parent);
    FS.writeFile(full, pack.subarray(at, at + size));
    at += size;
  }
}
