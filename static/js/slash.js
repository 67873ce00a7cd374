// The key / puts the cursor into the search box: the page's own, else the one at the top.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const own = document.querySelectorAll("main [role=search] input[type=search]");
  const box = [...own, document.querySelector("#top-q")].find((each) => each?.checkVisibility());
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
