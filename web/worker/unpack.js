/** The pack of Python packages: fetched as one file, and written into Python's file system. */
import { ElexError } from "../shared/errors.js";
import { readPack } from "../shared/pack.js";
import { fetchFile } from "./downloads.js";

const PACK = "pyodide/packages.pack";

/** @typedef {{mkdirTree(path: string): void, writeFile(path: string, bytes: Uint8Array): void}} FileSystem */

/** @returns {ReturnType<typeof readPack>} the files of NumPy, msgspec and micropip */
export async function fetchPack() {
  const { body } = await fetchFile(PACK);
  try {
    return await readPack(/** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (body));
  } catch (thrown) {
    throw new ElexError("IO_ERROR", `${PACK} (NumPy) is damaged (${thrown})`, "Build dist/ again, then try again");
  }
}

/**
 * Write files into a folder of a file system.
 * @param {FileSystem} FS
 * @param {string} folder
 * @param {Awaited<ReturnType<typeof readPack>>} files
 */
export function unpack(FS, folder, files) {
  const made = new Set();
  for (const [path, bytes] of files) {
    const full = `${folder}/${path}`;
    const parent = full.slice(0, full.lastIndexOf("/"));
    if (!made.has(parent)) FS.mkdirTree(parent);
    made.add(parent);
    FS.writeFile(full, bytes);
  }
}
