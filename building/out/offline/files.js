/**
 * The files of the build inside one HTML file; this text stands in the page's script and in the worker's.
 *
 * A pack is gzip of: length of the header (u32, little-endian), the header as JSON {files: [[path, size], …],
 * page: […], worker: […]}, then the bytes. `page` and `worker` name modules, each after those it imports.
 */

/** Where the modules believe to lie; nothing is ever asked there. */
const ORIGIN = "https://elex.invalid/";

/** @param {Uint8Array} packed */
async function readPack(packed) {
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(plain).arrayBuffer());
  const headerLength = new DataView(bytes.buffer).getUint32(0, true);
  let at = 4 + headerLength;
  const { files, page, worker } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, at)));
  const byPath = new Map();
  for (const [path, size] of files) {
    byPath.set(path, bytes.subarray(at, at + size));
    at += size;
  }
  return { files: byPath, page, worker };
}

/** Give each module an address; a page and its workers each make their own, for an opaque origin shares none. */
function makeModules(files, order) {
  const urls = new Map();
  for (const path of order) {
    const text = new TextDecoder().decode(files.get(path));
    const linked = text.replace(/"elex-module:([^"]+)"/g, (_, imported) => JSON.stringify(urls.get(imported)));
    urls.set(path, URL.createObjectURL(new Blob([linked], { type: "text/javascript" })));
  }
  return urls;
}
