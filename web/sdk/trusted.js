/** Addresses of scripts under Trusted Types: one policy, named as the Content-Security-Policy allows it. */

/**
 * W3C Trusted Types: what a policy makes stands where an address is asked for, so it is called one here.
 * @typedef {{createScriptURL(url: string): URL}} Policy
 * @typedef {{createPolicy(name: string, rules: {createScriptURL(url: string): string}): Policy}} TrustedTypes
 */

/** @type {Policy | undefined} */
let policy;

/**
 * Pass a script's address through the policy, where the browser has such a thing.
 * @param {URL} url an address of this origin; the SDK never loads a script from elsewhere
 * @returns {URL}
 */
export function trusted(url) {
  const { trustedTypes } = /** @type {{trustedTypes?: TrustedTypes}} */ (/** @type {unknown} */ (globalThis));
  if (!trustedTypes) return url;
  policy ??= trustedTypes.createPolicy("app", { createScriptURL: sameOrigin });
  return policy.createScriptURL(url.href);
}

/** @param {string} text */
function sameOrigin(text) {
  const url = new URL(text);
  if (url.origin !== new URL(import.meta.url).origin) throw new TypeError(`${text} is of another origin`);
  return text;
}
