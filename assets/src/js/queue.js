// A counter without a network: what a clerk has typed is kept in this browser and sent later.
//
// `data-queue` stands around the form, `data-sent` (a report's token) on the page that shows its
// slip. Before it goes, the server is asked for a sign of life. When there is none, the answers are
// encrypted with a key that the browser keeps and gives to no script, and the form is empty for the
// next person. They are sent by hand, one at a time, through the same form and its read-back page,
// with the token they had from the beginning, so that none becomes two cases. The moment of typing
// goes along as the clerk's statement; the clock of the case begins when the server receives it.
//
// How to reach the sender of a protected report is not kept at all. What was sent, or is older than
// a week, is taken out. `data-removed` and `data-waiting` say when that is done, and what is left.
import { moment, words } from "./words.js";

const kept_ms = 7 * 86_400_000, alive_within_ms = 4000;
const letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

export function keepAtCounter() {
  const around = document.querySelector("[data-queue]");
  const sent = document.querySelector("[data-sent]");
  if (!("indexedDB" in window) || !(around || sent)) return;
  if (sent) remove(sent.dataset.sent).then(() => { sent.dataset.removed = ""; }, () => {});
  const form = around?.querySelector("form");
  if (!form) return;
  const shelf = document.createElement("div");
  shelf.className = "no-print";
  around.prepend(shelf);
  const show = () => list(shelf, form).catch(() => {});
  show();
  form.addEventListener("submit", async (event) => {
    if (form.dataset.alive) return;
    event.preventDefault();
    if (await isAlive()) {
      form.dataset.alive = "yes";
      form.submit();
      return;
    }
    await say(shelf, await keep(form).catch(() => words.queue_impossible()));
    show();
  });
}

async function isAlive() {
  try {
    return (await fetch("/healthz", { cache: "no-store",
                                      signal: AbortSignal.timeout(alive_within_ms) })).ok;
  } catch {
    return false;
  }
}

// Keeps the answers and empties the form; gives the sentence to say.
async function keep(form) {
  if (!crypto.subtle) return words.queue_impossible();
  const answers = Object.fromEntries(new FormData(form));
  if (answers.body.trim().length < 5) return words.queue_empty();
  delete answers.csrf;
  const guarded = answers.protected === "yes"
    || (answers.about === "conduct" && answers.protected !== "no");
  const had_contact = guarded && answers.contact !== "";
  if (guarded) answers.contact = "";
  answers["stated-at"] = String(Date.now());
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(),
                                            new TextEncoder().encode(JSON.stringify(answers)));
  await within("reports", "readwrite",
               (store) => store.put({ id: answers.once, at: Date.now(), iv, bytes }));
  form.reset();
  form.elements.once.value = newToken();
  return had_contact ? words.queue_kept_without() : words.queue_kept();
}

async function list(shelf, form) {
  const all = await within("reports", "readonly", (store) => store.getAll());
  for (const old of all.filter((each) => each.at < Date.now() - kept_ms)) await remove(old.id);
  const waiting = all.filter((each) => each.at >= Date.now() - kept_ms)
    .sort((one, other) => one.at - other.at);  // Who came first is sent first.
  shelf.querySelector("section")?.remove();
  shelf.dataset.waiting = waiting.length;
  if (waiting.length === 0) return;
  const section = document.createElement("section");
  section.className = "card";
  const heading = document.createElement("h2");
  heading.className = "h-m";
  heading.textContent = words.queue_waiting(waiting.length);
  section.append(heading);
  for (const each of waiting) {
    const row = document.createElement("p");
    row.className = "row row--between";
    row.append(moment(each.at), button(words.queue_send(), () => sendNow(each, form)),
               button(words.queue_drop(), async () => {
                 await remove(each.id);
                 list(shelf, form);
               }));
    section.append(row);
  }
  shelf.append(section);
}

async function sendNow(report, form) {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: report.iv }, await key(),
                                            report.bytes);
  for (const [name, value] of Object.entries(JSON.parse(new TextDecoder().decode(plain)))) {
    if (form.elements[name]) form.elements[name].value = value;
    else form.append(hidden(name, value));
  }
  form.requestSubmit();
}

function hidden(name, value) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  return field;
}

function button(text, does) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "govuk-button govuk-button--secondary" });
  made.textContent = text;
  made.addEventListener("click", does);
  return made;
}

function say(shelf, text) {
  const said = shelf.querySelector("[role=status]") ?? document.createElement("p");
  said.setAttribute("role", "status");
  said.className = "lead";
  said.textContent = text;
  shelf.prepend(said);
  said.scrollIntoView();
}

function newToken() {
  return [...crypto.getRandomValues(new Uint8Array(26))].map((n) => letters[n & 31]).join("");
}

// The key never leaves the browser's own store: it cannot be read out, only used.
async function key() {
  const there = await within("keys", "readonly", (store) => store.get(1));
  if (there) return there;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false,
                                               ["encrypt", "decrypt"]);
  await within("keys", "readwrite", (store) => store.put(made, 1));
  return made;
}

const remove = (id) => within("reports", "readwrite", (store) => store.delete(id));

function opened() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open("counter", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("reports", { keyPath: "id" });
      asked.result.createObjectStore("keys");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function within(store, mode, does) {
  const database = await opened();
  try {
    return await new Promise((done, failed) => {
      const turn = database.transaction(store, mode);
      const asked = does(turn.objectStore(store));
      turn.oncomplete = () => done(asked.result);
      turn.onerror = turn.onabort = () => failed(turn.error);
    });
  } finally {
    database.close();
  }
}
