/** Addresses of scripts under Trusted Types: one policy, named as the Content-Security-Policy allows it. */

/** @type {{createScriptURL(url: string): any} | undefined} */
let policy;

/**
 * Pass a script's address through the policy, where the browser has such a thing.
 * @param {URL} url an address of this origin; the SDK never loads a script from elsewhere
 * @returns {URL}
 */
export function trusted(url) {
  const types = /** @type {any} */ (globalThis).trustedTypes;
  if (!types) return url;
  policy ??= types.createPolicy("app", { createScriptURL: sameOrigin });
  return policy?.createScriptURL(url.href);
}

/** @param {string} text */
function sameOrigin(text) {
  const url = new URL(text);
  if (url.origin !== new URL(import.meta.url).origin) throw new TypeError(`${text} is of another origin`);
  return text;
}
