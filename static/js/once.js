// A form is sent once, however often its button is pressed. Only the second press is stopped: a disabled button would
// not be sent along, and the server reads which one was pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(() => allowAgain(form, event.submitter), PATIENCE);
});

const PATIENCE = 15_000; // An answer that takes longer was lost on the way, or is a file that leaves the page standing.

const allowAgain = (form, button) => {
  delete form.dataset.sent;
  button?.removeAttribute("aria-disabled");
};

// Somebody who comes back to the page with Back may send again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    allowAgain(form, form.querySelector("[aria-disabled=true]"));
  }
});
