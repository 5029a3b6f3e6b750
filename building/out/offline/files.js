/**
 * The files of the build inside one HTML file, for the page and the worker.
 *
 * A pack is gzip of: length of the header (u32, little-endian), the header as JSON [[path, size], …], the files.
 */

/**
 * @param {Uint8Array<ArrayBuffer>} packed
 * @returns {Promise<Map<string, Uint8Array<ArrayBuffer>>>} by path in dist/
 */
export async function readPack(packed) {
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(plain).arrayBuffer());
  let at = 4 + new DataView(bytes.buffer).getUint32(0, true);
  const files = new Map();
  for (const [path, size] of JSON.parse(new TextDecoder().decode(bytes.subarray(4, at)))) {
    files.set(path, bytes.subarray(at, at + size));
    at += size;
  }
  return files;
}
