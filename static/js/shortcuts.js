// Single keys for what the page offers anyway: whatever carries aria-keyshortcuts is followed or pressed.
// Not while typing, not with a modifier, and not for "/", which slash.js handles.
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const key = event.key.toLowerCase();
  if (!/^[a-z]$/.test(key)) return;
  const target = document.querySelector(`a[aria-keyshortcuts="${key}"], button[aria-keyshortcuts="${key}"]`);
  if (!target || target.disabled) return;
  event.preventDefault();
  target.click();
  if (target.hash) document.querySelector(`${target.hash} textarea`)?.focus();
});
