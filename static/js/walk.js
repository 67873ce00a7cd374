// The keys among the hits: arrows walk them from the box on, Escape comes back to it.
const box = document.querySelector("form[data-live] input[type=search]");
const results = document.getElementById("results");
const links = () => [...results.querySelectorAll("a.row-link")];

const STEPS = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: () => links().length - 1,
};

function walk(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const { target, key } = event;
  if (target === box) {
    if (key === "ArrowDown" && links().length) {
      event.preventDefault();
      links()[0].focus();
    }
    return;
  }
  if (!target.matches("a.row-link") || !results.contains(target)) return;
  if (key === "Escape") {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (key in STEPS) {
    event.preventDefault();
    const at = STEPS[key](links().indexOf(target));
    (at < 0 ? box : (links()[at] ?? target)).focus();
  }
}

if (box && results) {
  document.getElementById("q-keys").hidden = false;
  document.addEventListener("keydown", walk);
}
