/** On paper nothing can be opened: before printing, lists are shown whole and closed parts open. */
export function printWhole() {
  addEventListener("beforeprint", () => {
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-more]"))) button.click();
    for (const closed of document.querySelectorAll("article details")) closed.setAttribute("open", "");
  });
}
