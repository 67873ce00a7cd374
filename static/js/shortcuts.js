// Single keys for what the page offers anyway: whatever carries aria-keyshortcuts is followed or pressed; "?" opens the
// list of them. Not while typing, not with a modifier, and not for "/", which slash.js handles.
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  const key = event.key.toLowerCase();
  if (!/^[a-z?]$/.test(key)) return;
  const target = document.querySelector(`:is(a, button, summary)[aria-keyshortcuts="${key}"]`);
  if (!target || target.disabled) return;
  event.preventDefault();
  target.click();
  if (target.matches("summary")) target.focus();
  if (target.hash) focusFirst(document.querySelector(target.hash));
});

// What one does first in a panel that has just opened: write, tick, or press.
function focusFirst(panel) {
  const fields = "textarea, input:not([type=hidden]), select";
  const shown = [...(panel?.querySelectorAll(fields) ?? [])].find((field) => field.checkVisibility());
  (shown ?? panel?.querySelector("button"))?.focus();
}
