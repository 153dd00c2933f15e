// Takes a token on the page of a draft: compares the key with the line of the ledger and the data of
// the draft that everybody reads, blinds, sends the blinded message, finishes, and shows the token as
// text. Neither the token nor what makes one of the answer is ever sent from here or kept by the
// browser. Until the token is shown the blinded message is kept on the page: sent again, it is signed
// again, so an answer that was lost is no token lost.
import { blind, finalize, fromBase64, hexOf, joined, random, readKey, toBase64url } from "./blind.mjs";

const box = document.querySelector("[data-token]");
const form = box?.querySelector("form");
const said = box?.querySelector("[role=status]");
const result = said?.nextElementSibling;
// The number in the address: what the page itself says of its draft is not asked.
const draft = Number(/\/consultations\/(\d+)\//.exec(location.pathname)?.[1]);
const tries = 3, pause_ms = 1500;

// With a message for whoever reads the page; every other error is of the browser or the network.
class Told extends Error {}

// Asked without the session, so that the answer is what everybody gets.
async function open(path) {
  const answer = await fetch(path, { credentials: "omit", cache: "no-store" });
  if (!answer.ok) throw new Error(path);
  return answer.json();
}

// Throws when it cannot be compared: a busy server is no swapped key, and a line that was written a
// moment ago is published soon.
async function isTold(spki) {
  const hash = hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", spki)));
  const { tokens } = await open(`/api/v1/consultations/${draft}`);
  const { items } = await open(`/api/v1/facts?before=${tokens.line + 1}`);
  const fact = items.find((item) => item.index === tokens.line)?.fact;
  if (!fact) throw new Error("line");
  return tokens.sha256 === hash && fact.k === "consultation" && fact.what === "key" &&
    fact.consultation === draft && fact.text === hash;
}

let kept = null;
async function drawn(spki) {
  const key = await readKey(spki);
  const message = random(64);
  return { key, message, ...await blind(key, message) };
}

// The signer's answer, which it gives again to who lost it.
async function signed(blinded) {
  const body = new URLSearchParams(new FormData(form));
  body.set("blinded", toBase64url(blinded));
  for (let n = 1; ; n += 1) {
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      if (answer.redirected) throw new Told(box.dataset.ended);
      const { signature, error } = await answer.json();
      if (signature) return fromBase64(signature);
      throw new Told(error);
    } catch (error) {
      if (error instanceof Told || n === tries) throw error;
    }
    await new Promise((resolve) => { setTimeout(resolve, pause_ms); });
  }
}

async function take() {
  const spki = fromBase64(box.dataset.token);
  if (!await isTold(spki)) throw new Told(box.dataset.swapped);
  kept ??= await drawn(spki);
  const done = await finalize(kept.key, kept.message, await signed(kept.blinded), kept.inv);
  return `CT-${draft}-${toBase64url(joined(kept.message, done))}`;
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
  // Whoever leaves before it was copied, printed or saved is asked by the browser.
  const ask = (event) => event.preventDefault();
  window.addEventListener("beforeunload", ask);
  result.addEventListener("click", (event) => {
    if (event.target.closest("button, a")) window.removeEventListener("beforeunload", ask);
  });
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
      said.textContent = error instanceof Told ? error.message : box.dataset.failed;
      button.disabled = false;
    }
  });
}
