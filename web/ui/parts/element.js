/** Builds the page's elements: text only ever goes in as text. */

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {string | number | boolean | null | undefined | ((event: Event) => unknown)} Property */

/**
 * Make an element. Functions are listeners, named `on…`; `true` and `false` set and leave out an attribute.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, Property>} [properties]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") made.addEventListener(name.slice("on".length), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...filled(children.flat()));
  return made;
}

/**
 * Put other children in the place of those an element has.
 * @param {Element} parent
 * @param {...(Child | Child[])} children
 */
export function fill(parent, ...children) {
  parent.replaceChildren(...filled(children.flat()));
}

/**
 * A list of names and values.
 * @param {string} className
 * @param {[name: string, value: Child | Child[]][]} pairs
 */
export function pairList(className, pairs) {
  const rows = pairs.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value)));
  return element("dl", { class: className }, rows);
}

/**
 * A bar for a share that stands in words beside it, so it is silent.
 * @param {number} share 0..1
 */
export function gauge(share) {
  const bar = element("span", { class: "gauge", "aria-hidden": true });
  bar.style.setProperty("--share", String(Math.min(Math.max(share, 0), 1)));
  return bar;
}

/** @param {Child[]} children @returns {(Node | string)[]} */
function filled(children) {
  return children
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : String(child)));
}
