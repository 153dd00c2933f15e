// Buttons: send once, copy, print. Buttons that need scripting come `hidden` and are shown here.
import { words } from "./words.js";

// A second press while the first is under way does nothing. The server would answer it with the
// same case (idempotency key); this only spares the reader the doubt.
const again_ms = 10_000;
export function onceOnly() {
  addEventListener("submit", (event) => {
    if (!event.submitter || !("preventDoubleClick" in event.submitter.dataset)) return;
    const form = event.target, now = Date.now();
    if (now - Number(form.dataset.sentAt ?? 0) < again_ms) event.preventDefault();
    else form.dataset.sentAt = now;
  });
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sentAt;
  });
}

// data-copy holds the id of the element whose text is copied.
export function copyButtons() {
  if (!navigator.clipboard) return;  // only there over https or on loopback
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    if (!source) continue;
    button.hidden = false;
    const said = document.createElement("span");
    said.className = "said";
    said.setAttribute("role", "status");
    button.after(said);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.textContent.trim());
      said.textContent = words.copied();
    });
  }
}

export function printButtons() {
  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}
