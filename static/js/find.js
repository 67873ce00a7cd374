// A search box with what fits below it while one types. The box keeps the focus; arrows choose, Enter opens what is
// chosen, and without a choice leads to the table as it does without this script.
const REST = 600;

function attach(box) {
  const panel = document.getElementById(`${box.dataset.finder}-hits`);
  const said = document.getElementById(`${box.dataset.finder}-said`);

  const options = () => [...panel.querySelectorAll("[role=option]")];
  let chosen = -1;
  let telling;

  function choose(at) {
    chosen = at;
    options().forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    const option = options()[at];
    if (option) {
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      box.removeAttribute("aria-activedescendant");
    }
  }

  function open() {
    panel.hidden = !panel.childElementCount;
    box.setAttribute("aria-expanded", String(options().length > 0 && !panel.hidden));
  }

  function close() {
    panel.hidden = true;
    box.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function tell() {
    clearTimeout(telling);
    telling = setTimeout(() => {
      said.textContent = panel.hidden ? "" : (panel.querySelector("[data-said]")?.dataset.said ?? "");
    }, REST);
  }

  const KEYS = {
    ArrowDown: () => choose(chosen + 1 < options().length ? chosen + 1 : -1),
    ArrowUp: () => choose(chosen < 0 ? options().length - 1 : chosen - 1),
    Escape: close,
  };

  function onKey(event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "ArrowDown" && panel.hidden) open();
    if (panel.hidden) return;
    if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      options()[chosen].click();
    } else if (event.key in KEYS && (options().length || event.key === "Escape")) {
      event.preventDefault();
      KEYS[event.key]();
    }
  }

  // What is no piece for this panel, as the log-in page once the session has ended, is not put there.
  function guard(event) {
    if (event.detail.requestConfig?.elt !== box) return;
    const { xhr } = event.detail;
    const isPiece = new URL(xhr.responseURL).pathname === new URL(box.getAttribute("hx-get"), location.href).pathname;
    if (!isPiece) event.detail.shouldSwap = false;
    if (!isPiece || xhr.status >= 400) fail();
  }

  function fail() {
    const words = document.createElement("p");
    words.className = "menu-item muted";
    words.textContent = words.dataset.said = panel.dataset.trouble;
    panel.replaceChildren(words);
    open();
    tell();
  }

  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", panel.id],
  ]) {
    box.setAttribute(name, value);
  }
  box.addEventListener("keydown", onKey);
  box.addEventListener("focus", open);
  box.form.addEventListener("focusout", (event) => {
    if (!box.form.contains(event.relatedTarget)) close();
  });
  document.addEventListener("htmx:beforeSwap", guard);
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.requestConfig?.elt !== box || document.activeElement !== box) return;
    choose(-1);
    open();
    tell();
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, (event) => {
      if (event.detail.requestConfig?.elt === box) fail();
    });
  }
  addEventListener("pageshow", close);
}

for (const box of document.querySelectorAll("[data-finder]")) attach(box);
