// Suggests names of a long table while one types: fills the list that the browser shows under the field.
const WAIT = 200;

// On focus, as a row that is added to a form later has fields of its own.
document.addEventListener("focusin", ({ target }) => {
  if (target.matches("input[data-suggest]:not([data-watched])")) watch(target);
});

function watch(field) {
  field.dataset.watched = "";
  let timer;
  let latest = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const asked = ++latest;
      const address = new URL(field.dataset.suggest, location.href);
      address.searchParams.set("term", field.value);
      const answer = await fetch(address).catch(() => null);
      if (!answer?.ok || asked !== latest) return;
      const { results } = await answer.json();
      field.list.replaceChildren(...results.map(({ value, text }) => new Option(text, value)));
    }, WAIT);
  });
}
