/** Light or dark: the system's choice until the user makes one, which this device remembers. */
const KEY = "elex-theme";

/** @returns {"light" | "dark"} what is shown now */
export function currentTheme() {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** @returns {"light" | "dark"} what is shown after the switch */
export function switchTheme() {
  const theme = currentTheme() === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  remembered((storage) => storage.setItem(KEY, theme));
  return theme;
}

/**
 * A browser that refuses storage throws on its mere mention; the choice then lasts as long as the page.
 * @param {(storage: Storage) => string | null | void} use
 */
function remembered(use) {
  try {
    return use(localStorage);
  } catch (refused) {
    console.info("The theme is not remembered:", refused);
    return null;
  }
}

const stored = remembered((storage) => storage.getItem(KEY));
if (stored === "light" || stored === "dark") document.documentElement.dataset.theme = stored;
