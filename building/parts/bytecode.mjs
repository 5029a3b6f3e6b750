// Runs building/parts/bytecode.py inside Pyodide under Node: node bytecode.mjs PYODIDE_FOLDER SCRIPT JOB
// The host's files are mounted under /host.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, script, job] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);
const pyodide = await loadPyodide({ indexURL: `${folder}/` });
pyodide.FS.mkdirTree("/host");
pyodide.mountNodeFS("/host", "/");
pyodide.pyimport("sys").argv = pyodide.toPy([script, `/host${job}`]);
pyodide.runPython(await readFile(script, "utf8"));
