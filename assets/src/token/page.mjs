// Takes a token on the page of a draft: compares the key with the line of the ledger that everybody
// reads, blinds, sends the blinded message, finishes, and shows the token as text. Neither the token
// nor what makes one of the answer is ever sent from here or kept by the browser.
import { blind, finalize, fromBase64, hexOf, joined, random, readKey, toBase64url } from "./blind.mjs";

const box = document.querySelector("[data-token]");
const form = box?.querySelector("form");
const said = box?.querySelector("[role=status]");
const result = said?.nextElementSibling;

// Asked without the session, so that the answer is what everybody gets.
async function isTold(spki) {
  const hash = hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", spki)));
  const page = await fetch(box.dataset.fact, { credentials: "omit", cache: "no-store" });
  return page.ok && (await page.text()).replace(/<[^>]*>|\s/g, "").includes(hash);
}

async function take() {
  const spki = fromBase64(box.dataset.token);
  if (!await isTold(spki)) throw new Error(box.dataset.swapped);
  const key = await readKey(spki);
  const message = random(64);
  const { blinded, inv } = await blind(key, message);
  const body = new URLSearchParams(new FormData(form));
  body.set("blinded", toBase64url(blinded));
  const answer = await fetch(form.action, { method: "POST", body });
  const { signature, error } = await answer.json();
  if (!signature) throw new Error(error);
  const done = await finalize(key, message, fromBase64(signature), inv);
  return `CT-${box.dataset.draft}-${toBase64url(joined(message, done))}`;
}

function show(token) {
  const text = result.querySelector("#token-text");
  text.textContent = token;
  const file = result.querySelector("a[data-file]");
  file.download = file.dataset.file;
  file.href = URL.createObjectURL(new Blob([token + "\n"], { type: "text/plain" }));
  result.hidden = false;
  said.textContent = "";
  form.remove();
  text.focus();
}

if (form && crypto.subtle && typeof BigInt === "function") {
  box.querySelector("[data-off]").hidden = true;
  const button = form.querySelector("button");
  button.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    said.textContent = box.dataset.working;
    try {
      show(await take());
    } catch (error) {
      said.textContent = error.message.includes(" ") ? error.message : box.dataset.failed;
    }
  });
}
