// A page that comes up after a decision takes an approval only after a moment: a second press was meant for the page
// before. The server refuses it as well; here the button shows it.
for (const button of document.querySelectorAll("button[data-pause]")) {
  button.disabled = true;
  setTimeout(() => {
    button.disabled = false;
    // Whoever opened the panel meanwhile, and stands nowhere else, waits for this button.
    if (button.closest(":target") && !document.activeElement.closest("a, button, input, select, textarea")) button.focus();
  }, Number(button.dataset.pause));
}
