// Opened menus close on Escape, which gives the focus back, and on whatever happens outside them; not while something
// in them has to be mended.
const opened = () => document.querySelectorAll("details.menu[open], details.chip[open]");

const closeAllBut = (target) => {
  for (const menu of opened()) {
    if (!menu.contains(target) && !menu.querySelector("[aria-invalid]")) menu.open = false;
  }
};

document.addEventListener("click", (event) => closeAllBut(event.target));
document.addEventListener("focusin", (event) => closeAllBut(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of opened()) {
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
});
