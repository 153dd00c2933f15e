// Examines what a person brought, step by step. Says nothing itself: each step names a sentence of
// words.mjs and its values.
//
//   good   it was checked and is so          bad    it was checked and is not so
//   open   it could not be checked, and the receipt is not proven without it
//   note   something to know; the receipt is proven or not without it
import { equal, hex, Malformed, toBase64, unhex } from "./bytes.mjs";
import { isSigned, way } from "./ed25519.mjs";
import { actMessage, isTextOf, leafOf, openingOf } from "./opening.mjs";
import { Policy } from "./policy.mjs";
import { read } from "./receipt.mjs";
import { isIncluded } from "./tree.mjs";

// By which the city's answer to a case ends or begins: the words that stop its clock.
const answering = ["answered", "promised", "declined", "redirected"];
// What only the sender of a case can do, whoever else claims it.
const own_acts = ["rated", "reopened", "contested"];
// How far the clocks of honest machines may be apart, in seconds.
const clocks_apart = 300;

const step = (name, state, say, values = {}, more = []) => ({ name, state, say, values, more });
const seconds = (iso) => BigInt(Date.parse(iso) / 1000);

// A part that throws Malformed is a step that is bad.
async function attempt(name, body) {
  try {
    return await body();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return step(name, "bad", error.why, error.values);
  }
}

function openingStep({ opening, leaf }) {
  const { event } = opening;
  return step("opening", "good", event.unit ? "opening_at" : "opening_good",
    { event: `event_${event.k}`, unit: event.unit ?? "" },
    [["payload", opening.payload], ["tag", hex(leaf.tag)], ["commit", hex(leaf.commit)],
     ["leaf", hex(leaf.hash)]]);
}

async function inclusionStep({ index, proof, head }, leaf) {
  const holds = await isIncluded(index, head.size, leaf.hash, proof, head.root);
  return step("inclusion", holds ? "good" : "bad", holds ? "inclusion_good" : "inclusion_bad",
    { line: index, size: head.size }, [["root", toBase64(head.root)], ["hashes", proof.length]]);
}

function signatureSteps(policy, verdict, { head }) {
  const log = { log: head.origin };
  if (!policy) return [step("log", "open", "log_open", log), step("witnesses", "open", "witnesses_open")];
  if (verdict.forged !== undefined)
    return [step("log", "bad", "forged", { name: verdict.forged }),
            step("witnesses", "bad", "forged_all")];
  const names = [...verdict.witnesses.keys()].join(", ");
  const enough = policy.isMet(new Set(verdict.witnesses.keys()));
  return [
    step("log", verdict.isSigned ? "good" : "bad", verdict.isSigned ? "log_good" : "log_bad", log),
    policy.needsWitnesses
      ? step("witnesses", enough ? "good" : "bad",
             !enough ? names ? "witnesses_few" : "witnesses_missing" : "witnesses_good", { names })
      : step("witnesses", "note", "witnesses_none"),
  ];
}

// The event's own word for when it happened, and what witnesses say about it: they saw the line in
// the tree, so it cannot have happened later.
function timeStep({ event }, verdict) {
  const at = event.t;
  const seen = [...verdict?.witnesses ?? []].sort(([, a], [, b]) => (a < b ? -1 : 1));
  if (!seen.length) return step("time", "note", "time_alone", { at });
  const [name, first] = seen[0];
  const moment = new Date(Math.min(Number(first) * 1000, 8.64e15));
  const values = { at, name, seen: moment.toISOString() };
  return first + BigInt(clocks_apart) < seconds(at) ? step("time", "bad", "time_later", values)
    : step("time", "good", "time_seen", values);
}

// What the city has to show by when: an answering event of this case, in a head that enough
// witnesses have signed before the date.
function dueStep(all, policy, now) {
  const { event } = all[0].opening;
  const due = event.due;
  if (answering.includes(event.k)) return step("due", "note", "due_is_answer");
  if (!due) return step("due", "note", "due_none");
  const answer = all.find(({ opening }, i) => i > 0 && answering.includes(opening.event.k));
  if (!answer) return step("due", "note", seconds(due) < now ? "due_past" : "due_coming", { due });
  const values = { due, at: answer.opening.event.t, event: `event_${answer.opening.event.k}` };
  if (seconds(values.at) > seconds(due)) return step("due", "note", "due_late", values);
  if (!policy?.needsWitnesses) return step("due", "note", "due_word", values);
  const before = [...answer.verdict.witnesses].filter(([, time]) => time <= seconds(due));
  return policy.isMet(new Set(before.map(([name]) => name)))
    ? step("due", "good", "due_kept", values) : step("due", "note", "due_not_shown", values);
}

function chainStep(all, i) {
  const { opening, receipt } = all[i];
  const { seq, prev } = opening.event;
  const place = { number: seq };
  if ((seq === 0) !== (prev === "")) return step("chain", "bad", "chain_odd", place);
  if (all.length === 1)
    return seq === 0 ? step("chain", "good", "chain_first")
      : step("chain", "note", "chain_alone", place, [["prev", prev]]);
  if (seq !== i) return step("chain", "bad", "chain_gap", place);
  if (i === 0) return step("chain", "good", "chain_first");
  const before = all[i - 1];
  const fits = prev === hex(before.leaf.hash) && equal(opening.key, before.opening.key)
    && opening.code === before.opening.code && receipt.index > before.receipt.index;
  return step("chain", fits ? "good" : "bad", fits ? "chain_good" : "chain_gap", place);
}

// Whether the sender has signed what is said to be theirs, with the key that an event before it
// registers. An act whose key is not among these receipts is not shown to be anybody's. Null where
// there is nothing to sign.
async function actStep(all, i) {
  const { event } = all[i].opening;
  const values = { event: `event_${event.k}` };
  if (event.sig === undefined) {
    if (own_acts.includes(event.k)) return step("act", "bad", "act_unsigned", values);
    return event.k === "rekeyed" ? step("act", "note", "act_rekeyed") : null;
  }
  if (await way() === "none") return step("act", "open", "act_no_way", values);
  const key = all.slice(0, i).findLast(({ opening }) => opening.event.key)?.opening.event.key;
  if (!key) return i === 0 && event.seq > 0 ? step("act", "open", "act_alone", values)
    : step("act", "bad", "act_no_key", values);
  const holds = await isSigned(unhex(key), actMessage(event), unhex(event.sig));
  return step("act", holds ? "good" : "bad", holds ? "act_good" : "act_bad", values,
    [["act_key", key]]);
}

async function textStep({ opening }, text) {
  if (!text) return step("text", "note", opening.event.body ? "text_open" : "text_none");
  const holds = await isTextOf(opening, text);
  return step("text", holds ? "good" : "bad", holds ? "text_good" : "text_bad");
}

// What stands beside the line without being part of it. The salt of a text that was compared is the
// right one; the code never is.
const statedStep = ({ code }, isTextProved) =>
  step("stated", "note", isTextProved ? "stated_code" : "stated_all", { code });

// All steps of one receipt after its opening was read.
async function stepsOf(all, i, { policy, text, now }) {
  const { receipt, opening, leaf, verdict } = all[i];
  const steps = [openingStep(all[i]), await inclusionStep(receipt, leaf),
                 ...signatureSteps(policy, verdict, receipt), chainStep(all, i),
                 timeStep(opening, verdict)];
  const act = await actStep(all, i);
  if (act) steps.push(act);
  if (i === 0) {
    const written = await textStep(all[i], text);
    steps.push(dueStep(all, policy, now), written, statedStep(opening, written.state === "good"));
  }
  return steps;
}

// `receipt` is the bytes of a file or a pasted text; `policy` and `text` are texts, empty when
// there are none; `now` is in seconds. Gives { verdict, form, receipts: [{ title, steps }] }, where
// verdict is "good", "bad" or "open".
export async function examine({ receipt: given, policy: policyText = "", text = "", now }) {
  let policy = null;
  const first = [];
  if (policyText.trim()) {
    const failed = await attempt("policy", async () => {
      policy = await Policy.parse(policyText);
      return null;
    });
    if (failed) first.push(failed);
  }
  let found;
  const failed = await attempt("form", async () => {
    found = read(given);
    return null;
  });
  if (failed) return { verdict: "bad", receipts: [{ steps: [...first, failed] }] };
  const all = [];
  for (const receipt of found.receipts) {
    const wrong = await attempt("opening", async () => {
      const opening = openingOf(receipt.extra);
      all.push({ receipt, opening, leaf: await leafOf(opening),
                 verdict: policy && await policy.judge(receipt.note, receipt.head.origin) });
      return null;
    });
    if (wrong)
      return { verdict: "bad", form: found.form, receipts: [{ steps: [...first, wrong] }] };
  }
  const form = step("form", "good", `form_${found.form}`, { count: all.length });
  const receipts = [];
  for (const i of all.keys()) {
    const steps = await stepsOf(all, i, { policy, text, now });
    receipts.push({ event: all[i].opening.event.k,
                    steps: i === 0 ? [...first, form, ...steps] : steps });
  }
  const states = receipts.flatMap(({ steps }) => steps.map(({ state }) => state));
  const verdict = states.includes("bad") ? "bad" : states.includes("open") ? "open" : "good";
  return { verdict, form: found.form, receipts };
}
