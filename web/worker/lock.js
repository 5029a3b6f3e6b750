/** The worker's lock (W3C Web Locks API, section 2.1): a browser that ends the worker lets go of it, and so the page hears. */

/**
 * Hold a lock as long as this worker lives.
 * @param {string} name
 * @returns {Promise<boolean>} whether it is held; without HTTPS or localhost there are no locks
 */
export async function hold(name) {
  if (!navigator.locks) return false;
  return new Promise((resolve) => {
    const keep = () => {
      resolve(true);
      return new Promise(() => {});
    };
    navigator.locks.request(name, keep).catch(() => resolve(false)); // refused: the page goes without
  });
}
