// The live table: results follow typing, and whatever leads from one state of the table to another (a filter, an order,
// a page) is taken in place. htmx asks and swaps; here is what it leaves to us: the sound, answers that fail, what is
// typed and pressed at once, where the focus goes, and the way back. The keys among the hits are in walk.js.
const form = document.querySelector("form[data-live]");
const box = form?.querySelector("input[type=search]");
const results = document.getElementById("results");
const table = form && new URL(form.action).pathname;
const all = (selector) => [...results.querySelectorAll(selector)];
const links = () => all("a.row-link");
const REST = 600; // Told once typing rests, so that nobody hears the counts of half a word.

// --- What is told --------------------------------------------------------------------------------------------------

const said = document.getElementById("search-said");
let telling;

function tell(selector) {
  clearTimeout(telling);
  telling = setTimeout(() => {
    said.textContent = all(selector).map((words) => words.textContent.trim().replace(/\s+/g, " ")).join(". ");
  }, REST);
}

// --- Answers -------------------------------------------------------------------------------------------------------

const trouble = document.getElementById("search-trouble");
const again = trouble?.querySelector("button");
const isTyped = (event) => event.detail.requestConfig?.elt === form;
const isStep = (event) => event.detail.requestConfig?.elt === results;

function showTrouble(kind) {
  for (const words of trouble.querySelectorAll("[data-trouble]")) words.hidden = words.dataset.trouble !== kind;
  trouble.hidden = !kind;
}

const addressOf = () => `${form.action}?${new URLSearchParams(new FormData(form))}`;

function listenForAnswers() {
  const on = (name, listen) =>
    document.addEventListener(name, (event) => {
      if (isTyped(event) || isStep(event)) listen(event);
    });
  const fail = (kind) => (event) => {
    showTrouble(typeof kind === "string" ? kind : kind(event));
    asked = null;
    // Whoever pressed something further down would not see it.
    if (isStep(event) && !isElsewhere()) again.focus();
  };

  document.addEventListener("htmx:confirm", (event) => {
    const { elt, triggeringEvent } = event.detail;
    if (elt === form && (isJoined() || (triggeringEvent?.type === "input" && box.value === asked))) event.preventDefault();
  });
  on("htmx:beforeRequest", (event) => {
    asked = box.value;
    if (isTyped(event)) step = null;
  });
  on("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (new URL(xhr.responseURL).pathname !== table) {
      // Signed out meanwhile: to the log-in, and from there to what was asked for.
      event.detail.shouldSwap = false;
      location.assign(step?.address ?? addressOf());
    } else if (xhr.status < 400) {
      showTrouble("");
      if (isTyped(event)) keepWhereOneIs(event);
    }
  });
  on("htmx:afterSettle", (event) => {
    if (event.target !== results) return;
    tell(isStep(event) && step.isOrder ? "[data-count], [data-order]" : "[data-count]");
    answered = asked;
    if (isStep(event)) arrive();
    else if (left) (elementAt(left) ?? box).focus();
    if (cross) cross.search = new URLSearchParams([...new FormData(form)].filter(([name]) => name !== box.name));
  });
  on("htmx:responseError", fail((event) => ({ 429: "quick", 503: "busy" })[event.detail.xhr.status] ?? "failed"));
  on("htmx:sendError", fail("offline"));
  on("htmx:timeout", fail("busy"));
  again.addEventListener("click", (event) => {
    if (step) {
      event.preventDefault();
      ask();
    } else {
      box.focus();
    }
  });
}

// --- The box -------------------------------------------------------------------------------------------------------

const cross = form?.querySelector("a.clear");
const isForBrowser = (event) => event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;

function listenForClearing() {
  box.addEventListener("keydown", (event) => {
    // As browsers do it only in part: Escape empties the box, and the results follow.
    if (event.key !== "Escape" || !box.value) return;
    event.preventDefault();
    clear();
  });
  cross?.addEventListener("click", (event) => {
    if (isForBrowser(event)) return;
    event.preventDefault();
    clear();
  });
}

function clear() {
  box.value = "";
  box.focus();
  form.requestSubmit();
}

// --- Places --------------------------------------------------------------------------------------------------------

// What has the focus, as an entry of the history keeps it: a row by its address, anything else by its number in one of
// these groups. Heads, chips and menus are the same, in the same order, before and after a step.
const GROUPS = ["thead a", ".chip > summary", ".list-actions summary", ".pager [rel=prev]", ".pager [rel=next]", ".chips a"];

function placeOf(element) {
  if (element?.matches("a.row-link")) return { row: element.pathname };
  const group = GROUPS.find((each) => element?.matches(each));
  return group && { group, at: all(group).indexOf(element) };
}

const elementAt = (place) =>
  place?.group ? all(place.group)[place.at] : links().find((link) => link.pathname === place?.row);

// --- Steps ---------------------------------------------------------------------------------------------------------

/** The step under way, or the one that failed: where it leads, and what finds the focus there. */
let step = null;

function take(link, pressed, goal) {
  // Words whose hits have not come yet go along, unless the link leads to others.
  const isAhead = box.value !== answered && wordsOf(link) === wordsOf(location.href);
  const address = isAhead ? withTyped(link) : link;
  step = { address, goal, from: placeOf(pressed), isOrder: pressed.matches("thead a"), scrolled: scrolledRight() };
  ask();
}

function ask() {
  const how = { source: results, target: results, swap: "innerHTML settle:0ms" };
  // What fails is told by events.
  htmx.ajax("get", step.address, how).catch(() => {});
}

const scrolledRight = () => results.querySelector(".table-room")?.scrollLeft ?? 0;

function arrive() {
  if (box.value === asked) asked = answered = box.value = wordsOf(location.href);
  const room = results.querySelector(".table-room");
  if (room) room.scrollLeft = step.scrolled;
  const found = document.querySelector("#mistakes .error-summary") ?? step.goal();
  step = null;
  history.replaceState(placeOf(found) ?? null, "");
  if (isElsewhere()) return;
  if (found) found.focus();
  else beginWithCount();
}

// Whoever does something else already is not called back.
function isElsewhere() {
  const active = document.activeElement;
  return active && ![document.body, again].includes(active) && !results.contains(active);
}

function beginWithCount() {
  const count = results.querySelector("[data-count]");
  count.tabIndex = -1;
  count.scrollIntoView({ block: "nearest" });
  count.focus({ preventScroll: true });
}

// The chip that a filter was chosen in, or that says what was chosen elsewhere.
function chipThatChanges() {
  const words = () => all(".chip > summary").map((chip) => chip.textContent);
  const before = words();
  return () => all(".chip > summary")[words().findIndex((each, at) => each !== before[at])];
}

// Where a filter was taken away: the next one in force, else the chip itself, which stays.
function besideTakenAway(link) {
  const inForce = all(".chip-on");
  const chip = link.closest(".chip-on");
  const places = [inForce[inForce.indexOf(chip) + 1], chip].map((each) => placeOf(each?.querySelector("summary")));
  return () => places.map(elementAt).find(Boolean) ?? box;
}

function goalOf(pressed) {
  if (pressed.matches(".chip-on > a")) return besideTakenAway(pressed);
  if (pressed.matches(".chip-link")) return chipThatChanges();
  if (pressed.matches(".chips-clear")) return () => all(".chip > summary")[0];
  const place = pressed.matches(".pager a") ? null : placeOf(pressed);
  return () => elementAt(place);
}

function listenForSteps() {
  results.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.pathname !== table || event.defaultPrevented || isForBrowser(event)) return;
    event.preventDefault();
    const pressed = link.closest(".menu")?.querySelector("summary") ?? link;
    take(link.href, pressed, goalOf(pressed));
  });
  results.addEventListener("submit", (event) => {
    const { target, submitter } = event;
    if (event.defaultPrevented || submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    const pressed = target.closest("details").querySelector("summary");
    take(`${target.action}?${new URLSearchParams(new FormData(target))}`, pressed, goalOf(pressed));
  });
}

// --- What is typed and pressed at once -------------------------------------------------------------------------------

/** The words last asked for, null once that failed, and those whose hits are shown; others may stand in the box. */
let asked = box?.value;
let answered = asked;
const wordsOf = (address) => new URL(address).searchParams.get(box.name) ?? "";

function withTyped(address) {
  const other = new URL(address);
  other.searchParams.set(box.name, box.value);
  other.searchParams.delete("page");
  return other.href;
}

// What is typed while a step is under way is asked for together with it.
function isJoined() {
  if (!step || asked === null) return false;
  if (box.value !== asked) {
    step.address = withTyped(step.address);
    ask();
  }
  return true;
}

/** Where among the results somebody was who had left the box before its hits came. */
let left = null;

function keepWhereOneIs({ detail }) {
  const panel = results.querySelector("details[open]:not(:has([aria-invalid]))");
  left = results.contains(document.activeElement) ? (placeOf(document.activeElement) ?? {}) : null;
  if (!panel) return;
  // In a panel one chooses first.
  detail.shouldSwap = false;
  panel.addEventListener("toggle", () => step || form.requestSubmit(), { once: true });
}

// --- The way back --------------------------------------------------------------------------------------------------

function rememberThePlace() {
  let shown = location.search;
  document.addEventListener("htmx:beforeHistoryUpdate", (event) => {
    if (!isStep(event) || step.isBack) return;
    const { history: change } = event.detail;
    if (change.path === location.pathname + location.search) return;
    history.replaceState(step.from ?? null, "");
    change.type = "push";
  });
  for (const name of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
    document.addEventListener(name, () => {
      // Without htmx's mark on the entry: what Back shows is asked for here.
      history.replaceState(null, "", location.href);
      shown = location.search;
    });
  }
  addEventListener("popstate", ({ state }) => {
    if (location.search === shown) return;
    shown = location.search;
    box.value = wordsOf(location.href);
    step = { address: location.href, goal: () => elementAt(state), scrolled: scrolledRight(), isBack: true };
    ask();
  });
  results.addEventListener("click", ({ target }) => {
    const link = target.closest("a.row-link");
    if (link) history.replaceState(placeOf(link), "", location.href);
  });
  addEventListener("pageshow", () => {
    elementAt(history.state)?.focus({ preventScroll: true });
  });
}

if (form && box && results) {
  listenForAnswers();
  listenForClearing();
  // Without htmx every link leads to a page, as it does without scripts.
  if (window.htmx) listenForSteps();
  rememberThePlace();
}
