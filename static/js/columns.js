// In the panel of columns the arrows move a line at once; without this script each press asks the server for it.
document.addEventListener("click", (event) => {
  const arrow = event.target.closest("[data-columns] button[name=move]");
  if (!arrow) return;
  event.preventDefault();
  move(arrow.closest("li"), arrow.value.startsWith("up-"));
  arrow.focus(); // A line that is moved loses it.
});

const move = (line, isUp) => {
  const neighbour = isUp ? line.previousElementSibling : line.nextElementSibling;
  if (!neighbour || neighbour.matches("[data-fixed]")) return;
  if (isUp) neighbour.before(line);
  else neighbour.after(line);
  const place = [...line.parentElement.children].indexOf(line) + 1;
  const said = line.closest("form").querySelector("[data-columns-said]");
  said.textContent = said.dataset.words.replace("{column}", line.querySelector("label").textContent).replace("{place}", place);
};
