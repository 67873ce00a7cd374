// The live search of a table: results follow typing (htmx asks and swaps). Here is what htmx leaves to us: the sound,
// the keys, answers that fail, and the way back from a row to where one was.
const form = document.querySelector("form[data-live]");
const box = form?.querySelector("input[type=search]");
const results = () => document.getElementById("results");
const links = () => [...results().querySelectorAll("a.row-link")];
const REST = 600; // Told once typing rests, so that nobody hears the counts of half a word.

// --- What is told --------------------------------------------------------------------------------------------------

const said = document.getElementById("search-said");
let telling;

function tellCount() {
  clearTimeout(telling);
  telling = setTimeout(() => {
    said.textContent = results().querySelector("[data-count]")?.textContent.trim().replace(/\s+/g, " ") ?? "";
  }, REST);
}

// --- Answers -------------------------------------------------------------------------------------------------------

const trouble = document.getElementById("search-trouble");
const isOurs = (event) => event.detail.requestConfig?.elt === form;

function showTrouble(kind) {
  for (const words of trouble.querySelectorAll("[data-trouble]")) words.hidden = words.dataset.trouble !== kind;
  trouble.hidden = !kind;
}

const addressOf = () => `${form.action}?${new URLSearchParams(new FormData(form))}`;

function listenForAnswers() {
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!isOurs(event)) return;
    const { xhr } = event.detail;
    if (new URL(xhr.responseURL).pathname !== new URL(form.action).pathname) {
      // Signed out meanwhile: to the log-in, and from there back to this search.
      event.detail.shouldSwap = false;
      location.assign(addressOf());
    } else if (xhr.status < 400) {
      showTrouble("");
    }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (isOurs(event)) tellCount();
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (isOurs(event)) showTrouble(event.detail.xhr.status === 429 ? "quick" : "failed");
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, (event) => {
      if (isOurs(event)) showTrouble("offline");
    });
  }
  trouble.querySelector("button").addEventListener("click", () => box.focus());
}

// --- Keys ----------------------------------------------------------------------------------------------------------

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
  if (!target.matches("a.row-link") || !results().contains(target)) return;
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

function listenForKeys() {
  document.addEventListener("keydown", walk);
  box.addEventListener("keydown", (event) => {
    // As browsers do it only in part: Escape empties the box, and the results follow.
    if (event.key !== "Escape" || !box.value) return;
    event.preventDefault();
    clear();
  });
  form.querySelector(".clear")?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    clear();
  });
}

function clear() {
  box.value = "";
  box.focus();
  form.requestSubmit();
}

// --- The way back --------------------------------------------------------------------------------------------------

function rememberThePlace() {
  let shown = location.search;
  document.addEventListener("htmx:replacedInHistory", () => {
    // Without htmx's mark on the entry: the page is opened anew by the browser, never patched together.
    history.replaceState(null, "", location.href);
    shown = location.search;
  });
  addEventListener("popstate", () => {
    if (location.search !== shown) location.reload();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#results a.row-link");
    if (link) history.replaceState({ place: link.pathname }, "", location.href);
  });
  addEventListener("pageshow", () => {
    const place = history.state?.place;
    links().find((link) => link.pathname === place)?.focus({ preventScroll: true });
  });
}

if (form && box && results()) {
  document.getElementById("q-keys").hidden = false;
  listenForAnswers();
  listenForKeys();
  rememberThePlace();
}
