// The page itself: takes what a person chooses, pastes or drops, and shows each step.
import { examine } from "./check.mjs";
import { way } from "./ed25519.mjs";
import { say } from "./words.mjs";

const policy_size_max = 64 * 1024, receipt_size_max = 16 * 1024 * 1024;

const find = (id) => document.getElementById(id);
const make = (tag, className, ...inside) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...inside);
  return made;
};

let language = location.hash === "#en" || location.pathname.startsWith("/en/") ? "en" : "vi";
let last = null;              // what was found, to be said again in the other language
const files = { receipt: null, policy: null };   // { name, bytes }

const told = (key, values) => say(key, language, values);

function drawStep({ name, state, say: key, values, more }, level) {
  const badge = make("span", `mark mark--${state}`, told(state));
  const head = make(level, "step__head", badge, ` ${told(`step_${name}`)}`);
  const item = make("li", `step step--${state}`, head, make("p", "", told(key, values)));
  if (more.length) {
    const list = make("dl", "");
    for (const [label, value] of more)
      list.append(make("dt", "", told(label)), make("dd", "", String(value)));
    item.append(make("details", "", make("summary", "", told("details")), list));
  }
  return item;
}

function drawResult() {
  const place = find("result");
  place.replaceChildren();
  if (!last) return;
  const title = make("h2", "", told("result"));
  title.tabIndex = -1;
  const verdict = make("div", `verdict verdict--${last.verdict}`,
    make("p", "verdict__say", told(`verdict_${last.verdict}`)),
    make("p", "", told(`verdict_${last.verdict}_more`)));
  place.append(title, verdict);
  for (const [number, { event, steps }] of last.receipts.entries()) {
    const isMany = last.receipts.length > 1;
    if (isMany)
      place.append(make("h3", "", told("event_number", { number: number + 1, event: `event_${event}` })));
    place.append(make("ol", "steps", ...steps.map((each) => drawStep(each, isMany ? "h4" : "h3"))));
  }
}

function drawChosen(which) {
  const file = files[which];
  find(`${which}-chosen`).textContent = file ? told("chosen", { name: file.name }) : "";
}

function speak() {
  document.documentElement.lang = language;
  document.title = `${told("title")} – ${told("brand")}`;
  for (const each of document.querySelectorAll("[data-w]")) each.textContent = told(each.dataset.w);
  find("language").lang = language === "vi" ? "en" : "vi";
  for (const which of Object.keys(files)) drawChosen(which);
  drawResult();
}

// What a text is when it is written by hand: it ends its last line.
const asLines = (text) => (text.trim() ? `${text.trim()}\n` : "");
const policyText = () => (files.policy
  ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(files.policy.bytes)
  : asLines(find("policy-text").value));

function complain(key) {
  find("missing").textContent = key ? told(key) : "";
  find("missing").hidden = !key;
}

let turn = 0;
async function check() {
  const mine = ++turn;
  const receipt = files.receipt?.bytes ?? find("receipt-text").value;
  complain(receipt.length ? null : "missing");
  if (!receipt.length) return find("receipt-text").focus();
  const found = await examine({ receipt, policy: policyText(), text: find("original-text").value,
                                now: BigInt(Math.floor(Date.now() / 1000)) });
  if (mine !== turn) return;   // Something newer is being checked.
  last = found;
  drawResult();
  find("result").querySelector("h2").focus();
}

function forget() {
  turn += 1;
  last = null;
  for (const which of Object.keys(files)) files[which] = null;
  for (const each of document.querySelectorAll("textarea, input")) each.value = "";
  complain(null);
  speak();
}

// An older result belongs to what stood here before.
function changed() {
  turn += 1;
  last = null;
  drawResult();
}

async function take(which, file) {
  const most = which === "policy" ? policy_size_max : receipt_size_max;
  files[which] = file && { name: file.name,
    bytes: new Uint8Array(await file.slice(0, most + 1).arrayBuffer()) };
  drawChosen(which);
  changed();
}

// A file that is dropped anywhere is a receipt, but for one that is called policy.
async function drop(event) {
  event.preventDefault();
  for (const file of event.dataTransfer?.files ?? [])
    await take(/policy/i.test(file.name) ? "policy" : "receipt", file);
}

async function begin() {
  find("language").addEventListener("click", () => {
    language = language === "vi" ? "en" : "vi";
    speak();
  });
  for (const which of Object.keys(files)) {
    find(`${which}-file`).addEventListener("change", (event) => take(which, event.target.files[0]));
    find(`${which}-text`).addEventListener("input", () => {
      find(`${which}-file`).value = "";
      take(which, null);
    });
  }
  find("original-text").addEventListener("input", changed);
  find("check").addEventListener("click", check);
  find("clear").addEventListener("click", forget);
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", drop);
  // Beside a ledger that serves this page its policy is near; anywhere else there is none.
  find("policy-near").hidden = !/^https?:$/.test(location.protocol)
    || !location.pathname.endsWith("/ledger/verify.html");
  const by = await way();
  find("no-crypto").hidden = by !== "none";
  find("by-library").hidden = by !== "library";
  find("check").disabled = by === "none";
  speak();
  find("tool").hidden = false;
}

begin();
