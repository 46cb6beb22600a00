// What every page can do. Pages work without it; it keeps figures up to date, switches themes, copies, and asks before what can't be undone.

import { keepUp } from "./live.js";

const schemes = { auto: "light dark", light: "light", dark: "dark" };

// What the server would send of a page in that theme, done to the page that is there; the cookie is for the pages after it.
function switchTheme() {
  const root = document.documentElement;
  const names = Object.keys(schemes);
  const theme = names[(names.indexOf(root.dataset.theme) + 1) % names.length];
  document.cookie = `groqkit-theme=${theme}; path=/; max-age=31536000; samesite=strict`;
  for (const sheet of document.querySelectorAll("link[data-scheme]")) {
    const { scheme } = sheet.dataset;
    sheet.media = theme === "auto" ? `(prefers-color-scheme: ${scheme})` : theme === scheme ? "all" : "not all";
  }
  document.querySelector("meta[name=color-scheme]").content = schemes[theme];
  document.querySelector("[data-theme-name]").textContent = theme;
  root.dataset.theme = theme;
}

async function copy(button) {
  const text = button.closest(".code").querySelector("code").textContent;
  await navigator.clipboard.writeText(text);
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy"), 1500);
}

const memberOf = (field) => field.name.replace(/fallback\[\d+\]\./, "");

// The rows of a chain keep their places; what is in them moves.
function moveUp(row) {
  const rows = [...row.parentElement.querySelectorAll("[data-choice]")];
  const above = rows[rows.indexOf(row) - 1];
  const theirs = new Map([...above.querySelectorAll("select, input")].map((field) => [memberOf(field), field]));
  for (const field of row.querySelectorAll("select, input")) {
    // The first has no settings of its own: those of all are its.
    const other = theirs.get(memberOf(field)) ?? { value: "" };
    [field.value, other.value] = [other.value, field.value];
  }
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

for (const part of document.querySelectorAll("[data-live]")) keepUp(part);
if (matchMedia("(max-width: 56rem)").matches) document.querySelectorAll("details.menu").forEach((menu) => (menu.open = false));
document.querySelector("[aria-invalid=true]")?.focus();
// A page that the browser kept is as old as it is, and whoever saw it may have signed out since.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
document.documentElement.dataset.ready = "true";
performance.mark("ready");
