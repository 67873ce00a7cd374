// Buttons that copy the text beside them. Where the browser lets no script copy, they stay hidden.
const SEEN = 2000;

const said = document.querySelector("[data-copied]");

if (navigator.clipboard && said) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    said.textContent = said.dataset.trouble;
    return;
  }
  button.classList.add("is-copied");
  // Emptied first: the same words twice are announced twice.
  said.textContent = "";
  requestAnimationFrame(() => (said.textContent = said.dataset.copied));
  setTimeout(() => button.classList.remove("is-copied"), SEEN);
}
