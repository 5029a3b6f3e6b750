/** Whether WebAssembly may run here at all. */
import { ElexError } from "../shared/errors.js";

const EMPTY_MODULE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
const ALLOW =
  "Allow WebAssembly for this site: the browser's settings or a Content-Security-Policy without 'wasm-unsafe-eval' block it";

/** @throws {ElexError} UNSUPPORTED: it is missing or forbidden */
export function requireWebAssembly() {
  try {
    // Under a policy without 'wasm-unsafe-eval' this throws at once, where loadPyodide would hang.
    new WebAssembly.Module(EMPTY_MODULE);
  } catch (thrown) {
    throw new ElexError("UNSUPPORTED", `WebAssembly does not run here (${thrown})`, ALLOW);
  }
}
