// A page that comes up after a decision takes an approval only after a moment: a second press was meant for the page
// before. The server refuses it as well; here the button shows it.
for (const button of document.querySelectorAll("button[data-pause]")) {
  button.disabled = true;
  setTimeout(() => {
    button.disabled = false;
  }, Number(button.dataset.pause));
}
