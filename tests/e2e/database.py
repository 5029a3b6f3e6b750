"""The app's database as a test counts, damages and makes it: through IndexedDB itself, beside the app."""

from typing import Any

from playwright.sync_api import Page

# Opens the database, hands it to `work`, and closes it once what that returns has settled.
WITH_DATABASE = """
const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const withDatabase = async (work, version, upgrade = () => {}) => {
  const opening = indexedDB.open("elex", version);
  opening.onupgradeneeded = () => upgrade(opening.result);
  const database = await settled(opening);
  try { return await work(database); } finally { database.close(); }
};
"""
COUNT = """(database) => settled(database.transaction(argument).objectStore(argument).count())"""
DAMAGE = """async (database) => {
  const store = database.transaction(argument, "readwrite").objectStore(argument);
  const records = await settled(store.getAll());
  for (const record of records) {
    record.payload[record.payload.length - 1] ^= 1;
    await settled(store.put(record));
  }
  return records.length;
}"""
MAKE = """(database) => {
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  for (const [kind, records] of Object.entries(argument.stores)) {
    const store = database.createObjectStore(kind, { keyPath: "key" });
    for (const { payload, sha256, ...rest } of records) {
      store.put({ ...rest, payload: bytes(payload), sha256: bytes(sha256) });
    }
  }
}"""


def count(page: Page, kind: str) -> int:
    """How many records of a kind there are."""
    found: int = _run(page, f"withDatabase({COUNT})", kind)
    return found


def version(page: Page) -> int:
    """The version of the database."""
    found: int = _run(page, "withDatabase((database) => database.version)")
    return found


def damage(page: Page, kind: str) -> int:
    """Flip one byte of every record of a kind, as a failing disk would, and return how many there are."""
    damaged: int = _run(page, f"withDatabase({DAMAGE})", kind)
    return damaged


def make(page: Page, dump: dict[str, Any]) -> None:
    """Make the database as another version of the app left it."""
    _run(page, f"withDatabase(() => null, argument.version, {MAKE})", dump)


def _run(page: Page, body: str, argument: object = None) -> Any:
    return page.evaluate(f"async (argument) => {{ {WITH_DATABASE} return {body}; }}", argument)
