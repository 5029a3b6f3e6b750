/** The SDK with a database of its own: in Chromium at least, all files of a disk share their databases. */
import { openElex as open } from "dist/elex.js";

export * from "dist/elex.js";

/** @param {import("dist/elex.js").OpenOptions} [options] */
export function openElex(options) {
  return open({ databaseName: "elex-offline", ...options });
}
