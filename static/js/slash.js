// The key / puts the cursor into the search box: the page's own, else the one at the top, else it goes where one is.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const own = document.querySelectorAll("main [role=search] input[type=search]");
  const box = [...own, document.querySelector("#top-q")].find((each) => each?.checkVisibility());
  const way = document.querySelector("[data-finds]");
  if (!box && !way?.checkVisibility()) return;
  event.preventDefault();
  if (!box) return way.click();
  box.focus();
  box.select();
});
