// Parts of a page that live: the page is asked for anew and the part taken out of it, so that there is only one way to make it. What is
// there is changed in place: whoever has the keyboard in it, has opened something or is about to press a button keeps that.

const longest = 10_000;

const keyOf = (node) => node.dataset?.key;

function match(node, fresh) {
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.data !== fresh.data) node.data = fresh.data;
    return;
  }
  for (const { name } of [...node.attributes]) if (!fresh.hasAttribute(name) && name !== "open") node.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  matchChildren(node, fresh);
}

// A row that has a key stays with it when others come before it, so that its buttons stay its own.
function matchChildren(part, fresh) {
  const keyed = new Map([...part.children].filter(keyOf).map((child) => [keyOf(child), child]));
  let at = part.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const known = keyed.get(keyOf(wanted));
    if (known && known !== at) part.insertBefore(known, at);
    const here = known ?? at;
    if (here && here.nodeName === wanted.nodeName && keyOf(here) === keyOf(wanted)) {
      match(here, wanted);
      at = here.nextSibling;
    } else {
      part.insertBefore(wanted, at);
    }
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

async function refresh(part) {
  const answer = await fetch(location.href, { signal: AbortSignal.timeout(longest) });
  if (answer.redirected || answer.status === 401) return location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(part.id);
  if (!fresh) throw new Error("The page came without its living part.");
  matchChildren(part, fresh);
}

export function keepUp(part) {
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
