/** In the place of the service worker's registration: the file is there as long as it is kept. */

/**
 * @param {HTMLElement} _
 * @param {{onReadiness(state: import("dist/ui/frame/readiness.js").Readiness, reason?: string): void}} events
 */
export async function watchUpdates(_, { onReadiness }) {
  onReadiness("offline-ready", "Everything is in this file");
}
