// Rows that are ticked: a box for all of them, and how many there are.
const all = document.querySelector("[data-choose-all]");
const told = document.querySelector("[data-chosen]");
const boxes = [...document.querySelectorAll("input[name=chosen]")];

function tell() {
  const chosen = boxes.filter((box) => box.checked).length;
  all.checked = chosen > 0 && chosen === boxes.length;
  all.indeterminate = chosen > 0 && chosen < boxes.length;
  told.textContent = chosen ? told.dataset.words.replace("0", chosen) : told.dataset.none;
}

if (all && told) {
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    tell();
  });
  for (const box of boxes) box.addEventListener("change", tell);
  tell();
}
