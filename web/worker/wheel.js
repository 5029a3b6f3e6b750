/** The project's own wheel: fetched while Python boots, installed from memory. */
import { ElexError } from "../shared/errors.js";
import { fetchFile } from "./downloads.js";

/** @typedef {{path: string, bytes: Uint8Array}} Wheel */

/**
 * Fetch the wheel while Python boots; left to itself, micropip would begin only then.
 * @param {import("./downloads.js").Build} build
 * @returns {Promise<Wheel>}
 */
export async function fetchWheel({ wheel }) {
  const response = await fetchFile(wheel);
  return { path: wheel, bytes: new Uint8Array(await response.arrayBuffer()) };
}

/** @param {import("./pyodide.js").Pyodide} pyodide @param {Wheel} wheel */
export async function installWheel(pyodide, { path, bytes }) {
  const file = `/tmp/${path.split("/").at(-1)}`;
  pyodide.FS.writeFile(file, bytes);
  const micropip = pyodide.pyimport("micropip");
  try {
    await micropip.install(`emfs:${file}`);
  } catch (thrown) {
    throw ElexError.from(thrown, "IO_ERROR", `Serve the whole dist/ folder (${path}), then try again`);
  } finally {
    micropip.destroy();
    pyodide.FS.unlink(file);
  }
}
