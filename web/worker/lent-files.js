/** Files of the user, lent to Python: nothing is copied but the piece that is asked for. */

/** @typedef {import("../shared/worker-interface.js").NamedBlob} NamedBlob */
/** @typedef {{name: string, size: number, read(begin: number, end: number): Uint8Array}} LentFile */

/**
 * @param {NamedBlob[]} files
 * @returns {LentFile[]} that Python reads at once, without waiting
 */
export function lentFiles(files) {
  const reader = new FileReaderSync();
  return files.map(({ name, blob }) => ({
    name,
    size: blob.size,
    read: (begin, end) => new Uint8Array(reader.readAsArrayBuffer(blob.slice(begin, end))),
  }));
}
