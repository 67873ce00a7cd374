// Opened menus close on Escape, which gives the focus back, and on whatever happens outside them; not while something
// in them has to be mended.
const opened = () => document.querySelectorAll("details.menu[open], details.chip[open]");

const closeAll = (isOutside) => {
  for (const menu of opened()) {
    if (isOutside(menu) && !menu.querySelector("[aria-invalid]")) menu.open = false;
  }
};

document.addEventListener("click", ({ target }) => closeAll((menu) => !menu.contains(target)));
// A press on words or on a blank spot in a menu gives the focus to what the whole menu stands in: that is not outside.
document.addEventListener("focusin", ({ target }) => closeAll((menu) => !menu.contains(target) && !target.contains(menu)));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of opened()) {
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
});

// A menu that is opened asks for its choices once more, with how many each has; where somebody chooses already, what
// they ticked or where they are would be lost.
const isChosenIn = (panel) =>
  panel.querySelector("form") &&
  (panel.matches(":focus-within, :active") ||
    [...panel.querySelectorAll("input")].some((input) => input.checked !== input.defaultChecked));

document.addEventListener("htmx:beforeSwap", (event) => {
  const { elt } = event.detail.requestConfig;
  if (elt.matches(".chip > .menu-panel") && isChosenIn(elt)) event.detail.shouldSwap = false;
});

// A panel that would widen the page opens to the left; counts that come for it may make it wider.
function keepOnPage() {
  for (const chip of document.querySelectorAll("details.chip[open]:not(.menu-end)")) {
    const { right } = chip.querySelector(".menu-panel").getBoundingClientRect();
    if (right > document.documentElement.clientWidth) chip.classList.add("menu-end");
  }
}

document.addEventListener("toggle", keepOnPage, true); // It does not bubble.
document.addEventListener("htmx:afterSwap", keepOnPage);
addEventListener("pageshow", keepOnPage); // What has to be mended is open from the start.
