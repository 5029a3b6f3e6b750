/** The service worker as the page sees it: ready offline, and a new version that waits for the user. */
import { trusted } from "../../sdk/trusted.js";
import { element, fill } from "../parts/element.js";
import { notice } from "./notice.js";

/** @typedef {import("./readiness.js").Readiness} Readiness */

/**
 * Register the service worker and tell what becomes of it.
 * @param {HTMLElement} notices where the offer of a new version goes
 * @param {{onReadiness(state: Readiness, reason?: string): void, beforeReload(): Promise<void>}} events
 */
export async function watchUpdates(notices, { onReadiness, beforeReload }) {
  const { serviceWorker } = navigator;
  if (!serviceWorker) {
    onReadiness("online-only", "This browser allows no service worker here: use HTTPS or localhost");
    return;
  }
  let isReloading = false;
  let isServed = serviceWorker.controller !== null;
  const isFirst = !isServed;
  serviceWorker.addEventListener("controllerchange", () => {
    if (isReloading) location.reload();
    else if (isServed) fill(notices, newVersion(() => location.reload())); // another tab took the new version
    isServed = true;
  });
  onReadiness(isFirst ? "preparing" : "offline-ready");
  try {
    const registration = await serviceWorker.register(trusted(new URL("../../sw.js", import.meta.url)), { updateViaCache: "none" });
    const offer = () => {
      if (registration.waiting && registration.active) fill(notices, newVersion(takeOver));
    };
    const takeOver = async () => {
      isReloading = true;
      await beforeReload();
      registration.waiting?.postMessage("take over");
    };
    offer();
    registration.addEventListener("updatefound", () => follow(registration, isFirst, onReadiness, offer));
    if (registration.installing) follow(registration, isFirst, onReadiness, offer);
    else if (registration.active) onReadiness("offline-ready");
  } catch (refused) {
    onReadiness("online-only", String(refused));
  }
}

/**
 * @param {ServiceWorkerRegistration} registration
 * @param {boolean} isFirst
 * @param {(state: Readiness, reason?: string) => void} onReadiness
 * @param {() => void} offer
 */
function follow(registration, isFirst, onReadiness, offer) {
  const worker = registration.installing;
  worker?.addEventListener("statechange", () => {
    if (worker.state === "installed") offer();
    if (worker.state === "activated" && isFirst) onReadiness("ready");
    if (worker.state === "redundant" && !registration.active) {
      onReadiness("online-only", "Not every file could be kept: no room, or one did not arrive as it was built. The next visit tries again.");
    }
  });
}

/** @param {() => void} takeOver */
function newVersion(takeOver) {
  const button = element("button", { type: "button", class: "primary", onclick: takeOver }, "Reload");
  return notice("A new version is ready.", button);
}
