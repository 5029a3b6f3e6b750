/**
 * Many files in one: gzip of the length of the header (u32, little-endian), the header as JSON [[path, size], …],
 * and the files' bytes. building/pack.py writes it.
 */

/**
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} packed
 * @returns {Promise<Map<string, Uint8Array<ArrayBuffer>>>} bytes by path
 */
export async function readPack(packed) {
  const bytes = new Uint8Array(await new Response(packed.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
  let at = 4 + new DataView(bytes.buffer).getUint32(0, true);
  const files = new Map();
  for (const [path, size] of JSON.parse(new TextDecoder().decode(bytes.subarray(4, at)))) {
    files.set(path, bytes.subarray(at, at + size));
    at += size;
  }
  return files;
}
