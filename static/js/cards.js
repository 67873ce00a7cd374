// The role cards are drawn anew by the server when a choice changes. What somebody opens or types in them while the
// answer is on its way must survive it.
const cards = () => document.getElementById("contact-cards");
const fields = () => [...(cards()?.querySelectorAll("input[id]:not([type=file]), textarea[id]") ?? [])];
const valueOf = (field) => (field.matches("[type=checkbox], [type=radio]") ? field.checked : field.value);

let asked = new Map(); // What stood in the cards when the server was asked.
let kept = { opened: [], closed: [], typed: [] };

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target.id === "contact-cards") asked = new Map(fields().map((field) => [field.id, valueOf(field)]));
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "contact-cards") return;
  const folds = [...cards().querySelectorAll("details[id]")];
  kept = {
    opened: folds.filter((fold) => fold.open).map((fold) => fold.id),
    closed: folds.filter((fold) => !fold.open).map((fold) => fold.id),
    typed: fields()
      .filter((field) => asked.has(field.id) && asked.get(field.id) !== valueOf(field))
      .map((field) => [field.id, valueOf(field)]),
  };
});

document.addEventListener("htmx:afterSwap", () => {
  for (const id of kept.opened) document.getElementById(id)?.setAttribute("open", "");
  for (const id of kept.closed) document.getElementById(id)?.removeAttribute("open");
  for (const [id, value] of kept.typed) {
    const field = document.getElementById(id);
    if (field?.matches("[type=checkbox], [type=radio]")) field.checked = value;
    else if (field) field.value = value;
  }
  kept = { opened: [], closed: [], typed: [] };
});

// An answer is about the words that were sent: those typed since are looked for in their turn.
document.addEventListener("htmx:afterSettle", () => {
  for (const field of cards()?.querySelectorAll("[data-find]") ?? []) {
    if (field.value !== field.defaultValue) htmx.trigger(field, "again");
  }
});

// Enter in a search says what is looked for; it does not go on to the next step.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-find]")) event.preventDefault();
});
