// What every page can do. Pages work without it; it keeps figures up to date, switches themes, copies, and asks before what can't be undone.

const themes = ["auto", "light", "dark"];

function switchTheme() {
  const now = document.documentElement.dataset.theme;
  const next = themes[(themes.indexOf(now) + 1) % themes.length];
  document.cookie = `groqkit-theme=${next}; path=/; max-age=31536000; samesite=strict`;
  location.reload();
}

async function copy(button) {
  const text = button.closest(".code").querySelector("code").textContent;
  await navigator.clipboard.writeText(text);
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy"), 1500);
}

// Components have another id each time they are made.
const plain = (html) => html.replace(/id="[\w-]{10}"/g, "");
const same = (one, other) => plain(one) === plain(other);

// The page is asked for anew and the part that lives is taken out of it, so that there is only one way to make it.
async function refresh(part) {
  const answer = await fetch(location.href, { headers: { "x-groqkit-live": part.id } });
  if (answer.redirected || answer.status === 401) return location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(part.id);
  if (!fresh) return;
  const open = [...part.querySelectorAll("details")].map((details) => details.open);
  const held = part.contains(document.activeElement) && document.activeElement !== document.body;
  if (held || same(fresh.innerHTML, part.innerHTML)) return;
  part.innerHTML = fresh.innerHTML;
  [...part.querySelectorAll("details")].forEach((details, i) => (details.open = open[i] ?? details.open));
}

function live(part) {
  let wait;
  const again = () => { clearTimeout(wait); wait = setTimeout(run, Number(part.dataset.live)); };
  const run = async () => {
    if (!document.hidden) {
      try { await refresh(part); part.dataset.stale = "false"; } catch { part.dataset.stale = "true"; }
    }
    again();
  };
  document.addEventListener("visibilitychange", () => { if (!document.hidden) run(); });
  again();
}

// The rows of a chain keep their places; what is in them moves.
function moveUp(row) {
  const rows = [...row.parentElement.querySelectorAll("[data-choice]")];
  const above = rows[rows.indexOf(row) - 1];
  const mine = row.querySelectorAll("select, input");
  above.querySelectorAll("select, input").forEach((field, i) => ([field.value, mine[i].value] = [mine[i].value, field.value]));
  above.querySelector("input")?.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.hasAttribute("data-up")) moveUp(button.closest("[data-choice]"));
  if (button?.hasAttribute("data-clear")) button.closest("[data-choice]").querySelectorAll("select, input").forEach((field) => (field.value = ""));
  if (button?.hasAttribute("data-theme-switch")) switchTheme();
  else if (button?.hasAttribute("data-copy")) copy(button);
});

document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

document.addEventListener("change", (event) => {
  if (event.target.hasAttribute?.("data-submit")) event.target.form.requestSubmit();
});

for (const part of document.querySelectorAll("[data-live]")) live(part);
if (matchMedia("(max-width: 56rem)").matches) document.querySelectorAll("details.menu").forEach((menu) => (menu.open = false));
document.querySelector("[aria-invalid=true]")?.focus();
document.documentElement.dataset.ready = "true";
