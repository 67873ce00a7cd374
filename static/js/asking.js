// The panel that asks for changes: a saved text is inserted at once, and "Ask" beside a row of the submission ticks it.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  const chosen = document.querySelector("#ask-snippet")?.selectedOptions[0]?.dataset.text;
  if (button && chosen) {
    event.preventDefault();
    const text = document.getElementById(button.dataset.insert);
    text.value = [text.value.trimEnd(), chosen].filter(Boolean).join("\n");
    text.focus();
  }
  const asking = event.target.closest("a[data-ask]");
  if (asking) {
    const row = document.getElementById(asking.hash.slice(1));
    row.querySelector("input[type=checkbox]").checked = true;
    // Once the address has opened the panel.
    requestAnimationFrame(() => row.querySelector("select").focus());
  }
});
