// Single keys for those who work through a queue all day. Only on pages for staff, never while
// somebody types, and never with a modifier, so nothing of the browser or of a screen reader is
// taken. Everything they do is also a link, a box or a button. /staff/keys lists them and switches
// them off (WCAG 2.1.4); the choice stays in this browser.
const off_mark = "keys-off";
const typed_in = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
// What a key presses on the page of a case, by where it leads.
const acts = { a: "answer", g: "assign", c: "transfer", h: "ask", n: "note", r: "review" };

export function singleKeys() {
  if (!document.querySelector("[data-keys]")) return;
  let storage;
  try {
    storage = localStorage;
  } catch {
    return;  // storage is blocked: there would be no way to switch them off
  }
  const toggle = document.querySelector("button[data-keys-toggle]");
  if (toggle) offerSwitch(toggle, storage);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest?.(typed_in) || storage.getItem(off_mark)) return;
    if (press(event.key)) event.preventDefault();
  });
}

function press(key) {
  if (key === "j" || key === "k") return move(key === "j" ? 1 : -1);
  if (key === "x") return tick();
  if (key === "/") return focus(document.getElementById("q"));
  const target = key === "?" ? document.querySelector("a[data-keys]")
    : key === "t" ? document.querySelector(".side form[action$='/accept'] button")
    : acts[key] && document.querySelector(`.side a[href$='/${acts[key]}'], .note a[href$='/${acts[key]}']`);
  target?.click();
  return Boolean(target);
}

const links = () => [...document.querySelectorAll("table.queue tbody th a")];
const current = () => links().findIndex((link) => link.closest("tr").contains(document.activeElement));

function move(by) {
  const all = links(), at = current();
  return focus(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]);
}

function tick() {
  const box = links()[current()]?.closest("tr").querySelector("input[name=case]");
  box?.click();
  return Boolean(box);
}

function focus(element) {
  element?.focus();
  return Boolean(element);
}

// The button says what it will do; both sentences come with the page.
function offerSwitch(button, storage) {
  const say = () => {
    button.textContent = storage.getItem(off_mark) ? button.dataset.on : button.dataset.off;
  };
  button.addEventListener("click", () => {
    if (storage.getItem(off_mark)) storage.removeItem(off_mark);
    else storage.setItem(off_mark, "1");
    say();
  });
  button.hidden = false;
  say();
}
