// What the page that checks receipts does with the vectors of the ledger, with forged receipts, and
// with policies that nobody may write. Node has the cryptography of browsers.
import fs from "node:fs";
import { fromBase64, hex, numberOf, sha256, toBase64, utf8 } from "./src/verify/bytes.mjs";
import { examine } from "./src/verify/check.mjs";
import { isSigned, isSound, way, ways } from "./src/verify/ed25519.mjs";
import { keyOf, noteOf, headOf, signersOf } from "./src/verify/note.mjs";
import { eventOf, leafOf } from "./src/verify/opening.mjs";
import { Policy } from "./src/verify/policy.mjs";
import { receiptOf } from "./src/verify/receipt.mjs";
import { hashLeaf, isConsistent, isIncluded } from "./src/verify/tree.mjs";
import { say, words } from "./src/verify/words.mjs";

const vectors = new URL("../test/vectors/", import.meta.url);
const text = (name) => fs.readFileSync(new URL(name, vectors), "utf8");
const lines = (name) => text(name).split("\n").filter(Boolean).map((line) => line.split(" "));
const unhex = (word) => Uint8Array.from(Buffer.from(word, "hex"));
const raw = (word) => (word === "-" ? new Uint8Array() : Uint8Array.from(Buffer.from(word, "base64")));

async function probes() {
  const faults = [];
  let count = 0;
  for (const [kind, wanted, name, a, b, one, two, ...proof] of lines("merkle_probes.txt")) {
    const [first, second] = [BigInt(a), BigInt(b)], hashes = proof.map(raw);
    const holds = kind === "inclusion"
      ? await isIncluded(first, second, raw(one), hashes, raw(two))
      : await isConsistent(first, second, raw(one), raw(two), hashes);
    count += 1;
    // The program refuses growth from the empty tree, which shows nothing, and roots that are no
    // hashes, which one probe has; so do we.
    const isOurs = kind === "inclusion" || (first !== 0n && raw(one).length === 32);
    if (holds !== (wanted === "accept" && isOurs))
      faults.push(`${kind} ${name}: ${holds}`);
  }
  return count === 196 ? faults : [...faults, `${count} probes`];
}

async function leaves() {
  const [[, key], ...rest] = lines("leaves.txt");
  const faults = [];
  for (const [, seq, salt, tag, commit, leaf, hash, ...payload] of rest) {
    const made = await leafOf({ key: unhex(key), salt: unhex(salt), payload: payload.join(" "),
                                event: eventOf(payload.join(" ")) });
    const got = [made.tag, made.commit, made.leaf, made.hash].map(hex);
    if (got.join() !== [tag, commit, leaf, hash].join()) faults.push(`leaf ${seq}: ${got}`);
  }
  return rest.length === 3 ? faults : ["not three leaves"];
}

const keyLines = () => Object.fromEntries(lines("tlog.txt").filter(([kind]) => kind === "key")
  .map(([, name, value]) => [name, value]));

// A receipt made here, under a log and three witnesses made here: what no server has yet.
class Forge {
  static async begin() {
    const forge = new Forge();
    forge.log = await forge.signer("log.example/so-cai", 1);
    forge.a = await forge.signer("a.example", 4);
    forge.b = await forge.signer("b.example", 4);
    forge.c = await forge.signer("c.example", 4);
    return forge;
  }
  async signer(name, kind) {
    const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
    const key = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    const blob = Uint8Array.of(kind, ...key);
    const id = (await sha256(utf8(`${name}\n`), blob)).slice(0, 4);
    return { name, kind, key, id, pair, vkey: `${name}+${hex(id)}+${toBase64(blob)}` };
  }
  async line({ name, kind, id, pair }, body, time = 0n) {
    const message = kind === 4 ? `cosignature/v1\ntime ${time}\n${body}` : body;
    const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", pair.privateKey, utf8(message)));
    const at = kind === 4 ? Array.from({ length: 8 }, (_, i) => Number(time >> BigInt(56 - 8 * i) & 255n)) : [];
    return `— ${name} ${toBase64(Uint8Array.of(...id, ...at, ...signature))}\n`;
  }
  // A key as a citizen's secret makes it: the public half in hexadecimal, and what signs.
  async citizen() {
    const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
    const key = hex(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
    const sign = async (text) =>
      hex(new Uint8Array(await crypto.subtle.sign("Ed25519", pair.privateKey, utf8(text))));
    return { key, sign };
  }
  // A tree of two leaves whose first is ours. Who signs does so over the payload without `sig`.
  async receipt({ event = {}, written = "Nước yếu", seen = "2026-11-23T02:20:00Z", by = null,
                  witnesses = [this.a, this.b, this.c], write = (plain) => plain } = {}) {
    const fill = (size, from) => Uint8Array.from({ length: size }, (_, i) => (from + 7 * i) & 255);
    const key = fill(32, 1), salt = fill(64, 2), bodySalt = fill(32, 3);
    const whole = { body: hex(await sha256(bodySalt, utf8(written))), due: "2026-12-01T10:00:00Z",
      k: "received", prev: "", seq: 0, t: "2026-11-23T02:15:07Z", unit: "P1", v: 1, ...event };
    const plain = (it) => JSON.stringify(Object.fromEntries(Object.entries(it)
      .filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))));
    if (by) whole.sig = await by.sign(`langnghe/act/v1\n${plain(whole)}`);
    const payload = write(plain(whole));
    const { hash } = await leafOf({ key, salt, payload, event: JSON.parse(payload) });
    const other = fill(32, 9);
    const root = await sha256(Uint8Array.of(1), hash, other);
    const body = `${this.log.name}\n2\n${toBase64(root)}\n`;
    const time = BigInt(Date.parse(seen) / 1000);
    let note = `${body}\n${await this.line(this.log, body)}`;
    for (const witness of witnesses) note += await this.line(witness, body, time);
    const extra = Uint8Array.of(1, 8, ...utf8("ABCD2345"), ...key, ...salt, ...bodySalt, ...utf8(payload));
    return `c2sp.org/tlog-proof@v1\nextra ${toBase64(extra)}\nindex 0\n${toBase64(other)}\n\n${note}`;
  }
  policy(quorum = "all") {
    return `log ${this.log.vkey}\nwitness a ${this.a.vkey}\nwitness b ${this.b.vkey}\n`
      + `witness c ${this.c.vkey}\ngroup tat-ca ${quorum} a b c\nquorum tat-ca\n`;
  }
}

const now = BigInt(Date.parse("2026-11-25T00:00:00Z") / 1000);
const judge = (receipt, policy, written = "Nước yếu") =>
  examine({ receipt: utf8(receipt), policy, text: written, now });
const stateOf = (found, name) => found.receipts.flatMap((r) => r.steps)
  .find((step) => step.name === name);

// Every byte of the file, changed in its lowest bit. The case's code alone is bound to nothing.
async function alteredBytes(forge) {
  const receipt = await forge.receipt(), bytes = utf8(receipt), policy = forge.policy();
  if ((await judge(receipt, policy)).verdict !== "good") return ["the unaltered one is not good"];
  const start = receipt.indexOf("extra ") + 6;
  const inCode = (at) => at >= start + 2 && at < start + 14;
  const faults = [];
  let loose = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const copy = Uint8Array.from(bytes);
    copy[at] ^= 1;
    const { verdict } = await examine({ receipt: copy, policy, text: "Nước yếu", now });
    if (verdict !== "bad") {
      if (inCode(at)) loose += 1; else faults.push(`byte ${at} (${receipt.slice(at - 5, at + 5)})`);
    }
    if (verdict === "open") faults.push(`byte ${at} is open`);
  }
  return loose <= 12 ? faults : [...faults, `${loose} bytes of the code`];
}

async function strictness(forge) {
  const good = await forge.receipt(), policy = forge.policy();
  const extra = /extra (\S+)/.exec(good)[1];
  const forgeries = {
    "carriage returns": good.replaceAll("\n", "\r\n"),
    "a mark of byte order": `\ufeff${good}`,
    "a leading zero": good.replace("index 0", "index 00"),
    "a sign": good.replace("index 0", "index +0"),
    "a line too few": good.replace(/index 0\n\S+\n/, "index 0\n"),
    "a line too many": good.replace(/(index 0\n)(\S+\n)/, "$1$2$2"),
    "base64 without padding": good.replace(/(index 0\n\S+)=\n/, "$1\n"),
    "base64 with loose bits": good.replace(/(index 0\n\S+)(\w)=\n/, (_, a, b) =>
      `${a}${String.fromCharCode(b.charCodeAt(0) + 1)}=\n`),
    "extra twice": good.replace("index 0", `extra ${extra}\nindex 0`),
    "an empty line more": `${good}\n`,
    "no end of line": good.slice(0, -1),
    "an extension line in the head": good.replace(/\n\n(— )/, "\nmore\n\n$1"),
    "another size": good.replace("\n2\n", "\n3\n"),
    "size with a zero": good.replace("\n2\n", "\n02\n"),
    "an index outside": good.replace("index 0", "index 9223372036854775807"),
    "an index beyond 2^63": good.replace("index 0", "index 9223372036854775808"),
    "no signature of the log": good.replace(/— log.*\n/, ""),
    "a witness less than needed": good.replace(/— c\.example.*\n/, ""),
    "an event that happened after it was seen":
      await forge.receipt({ event: { t: "2026-11-23T03:15:07Z" } }),
    "a place that does not fit": await forge.receipt({ event: { prev: "ab".repeat(32) } }),
    "a member nobody knows": await forge.receipt({ event: { zz: "1" } }),
    "a payload with a space": await forge.receipt({ write: (it) => it.replace(":", ": ") }),
    "a payload that says its date twice": await forge.receipt({ write: (it) =>
      it.replace('"due"', '"due":"2026-11-24T10:00:00Z","due"') }),
    "another version": await forge.receipt({ event: { v: 2 } }),
    "nothing": "",
  };
  const faults = [];
  for (const [name, receipt] of Object.entries(forgeries)) {
    if (receipt === good) faults.push(`${name}: nothing was changed`);
    const { verdict } = await judge(receipt, policy);
    if (verdict !== "bad") faults.push(`${name}: ${verdict}`);
  }
  if ((await judge(good, "")).verdict !== "open") faults.push("without a policy it is not open");
  if ((await judge(good, policy, "Nước mạnh")).verdict !== "bad") faults.push("another text is not bad");
  for (const name of ["2", "any", "3"])
    if ((await judge(good, forge.policy(name))).verdict !== "good") faults.push(`quorum ${name}`);
  // Nobody needs the third, but a forged signature under a known name spoils the head.
  const forged = good.replace(/(— c\.example \S{40})(\S)/, (_, a, b) => a + (b === "A" ? "B" : "A"));
  if (forged === good) faults.push("a forged surplus: nothing was changed");
  const found = await judge(forged, forge.policy("any"));
  if (found.verdict !== "bad" || stateOf(found, "log").say !== "forged") faults.push("a forged surplus");
  for (const number of ["9223372036854775808", "18446744073709551615", "1e3", "0x1", " 1", ""])
    if (numberOf(number) !== null) faults.push(`the number ${number}`);
  const lone = await forge.receipt({ witnesses: [forge.b] });
  if ((await judge(lone, forge.policy("any"))).verdict !== "good") faults.push("any of three");
  if ((await judge(lone, forge.policy("2"))).verdict !== "bad") faults.push("two of three");
  return faults;
}

async function policies(forge) {
  const { log, a, b } = forge, faults = [];
  const as = (signer, name) => signer.vkey.replace(signer.name, name);
  const wrong = {
    "one key under two names": `log ${log.vkey}\nwitness a ${a.vkey}\nwitness b ${a.vkey}\nquorum a\n`,
    "the log's key as a witness": await (async () => {
      const blob = Uint8Array.of(4, ...log.key);
      const id = (await sha256(utf8("w.example\n"), blob)).slice(0, 4);
      return `log ${log.vkey}\nwitness w w.example+${hex(id)}+${toBase64(blob)}\nquorum w\n`;
    })(),
    "a member in two groups": `log ${log.vkey}\nwitness a ${a.vkey}\nwitness b ${b.vkey}\n`
      + "group g any a\ngroup h any a b\nquorum h\n",
    "a member twice in one group": `log ${log.vkey}\nwitness a ${a.vkey}\ngroup g 2 a a\nquorum g\n`,
    "a name that is taken": `log ${log.vkey}\nwitness a ${a.vkey}\nwitness a ${b.vkey}\nquorum a\n`,
    "the name none": `log ${log.vkey}\nwitness none ${a.vkey}\nquorum none\n`,
    "nobody of that name": `log ${log.vkey}\nquorum x\n`,
    "two quorums": `log ${log.vkey}\nquorum none\nquorum none\n`, "no quorum": `log ${log.vkey}\n`,
    "more than there are": `log ${log.vkey}\nwitness a ${a.vkey}\ngroup g 2 a\nquorum g\n`,
    "none of them": `log ${log.vkey}\nwitness a ${a.vkey}\ngroup g 0 a\nquorum g\n`,
    "a count with a zero": `log ${log.vkey}\nwitness a ${a.vkey}\ngroup g 01 a\nquorum g\n`,
    "the log twice": `log ${log.vkey}\nlog ${log.vkey}\nquorum none\n`,
    "a witness's key as a log": `log ${a.vkey}\nquorum none\n`,
    "another name on the key": `log ${as(log, "x.example")}\nquorum none\n`,
    "a carriage return": `log ${log.vkey}\r\nquorum none\r\n`, "no end": `log ${log.vkey}\nquorum none`,
    "an unknown word": `log ${log.vkey}\nfoo\nquorum none\n`,
  };
  for (const [name, policy] of Object.entries(wrong)) {
    const refused = await Policy.parse(policy).then(() => false, () => true);
    if (!refused) faults.push(name);
    if ((await judge(await forge.receipt(), policy)).verdict !== "bad") faults.push(`${name}: not bad`);
  }
  const keys = await judge(await forge.receipt(), `${log.vkey}\n${a.vkey}\n`);
  if (keys.verdict !== "good") faults.push("keys alone are not a policy");
  return faults;
}

async function lateness(forge) {
  const faults = [];
  const one = async (event, seen) => forge.receipt({ event, seen });
  const first = await one({}, "2026-11-23T02:20:00Z");
  const prev = hex((await leafOf(await openedOf(first))).hash);
  const bundle = (...all) => all.map((each) => `${each}--\n`).join("");
  const answer = (t, seen, more = {}) => one({ k: "answered", seq: 1, prev, t, body: undefined, ...more }, seen);
  const cases = {
    due_kept: await answer("2026-11-30T02:00:00Z", "2026-11-30T02:10:00Z"),
    due_not_shown: await answer("2026-11-30T02:00:00Z", "2026-12-02T02:10:00Z"),
    due_late: await answer("2026-12-02T02:00:00Z", "2026-12-02T02:10:00Z"),
    due_coming: await answer("2026-11-30T02:00:00Z", "2026-11-30T02:10:00Z", { k: "accepted" }),
  };
  for (const [wanted, second] of Object.entries(cases)) {
    // The two stand at one place of two trees; a real one has moved on.
    const moved = second.replace("index 0", "index 1");
    const found = await judge(bundle(first, moved), forge.policy());
    const said = stateOf(found, "due").say;
    if (said !== wanted) faults.push(`${said} instead of ${wanted}`);
  }
  return faults;
}

// The text of a QR code, written as docs/formats/ledger.md says.
function qrText(receipt, { ownName = "", more = [], add = 0 } = {}) {
  const { extra, index, proof, head, note } = receiptOf(receipt);
  const number = (value, size) => Array.from({ length: size }, (_, i) =>
    Number(BigInt(value) >> BigInt(8 * (size - 1 - i)) & 255n));
  const counted = (bytes, size = 1) => [...number(bytes.length, size), ...bytes];
  const bytes = [1, ...counted(extra, 2), ...number(index, 8), ...number(proof.length, 1),
    ...proof.flatMap((hash) => [...hash]), ...counted(utf8(head.origin)), ...number(head.size, 8),
    ...head.root, ...number(note.signatures.length, 1),
    ...note.signatures.flatMap(({ name, id, blob }) =>
      [...counted(utf8(name === head.origin ? ownName : name)), ...id, ...counted(blob)]),
    ...more];
  const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  let out = "LN1:";
  for (let i = 0; i < bytes.length; i += 2) {
    const isPair = i + 1 < bytes.length;
    let value = isPair ? bytes[i] * 256 + bytes[i + 1] : bytes[i];
    // A second spelling of one pair: what overflows would be cut off by a careless reader.
    if (isPair && i > 40 && add && value + add < 45 ** 3) {
      value += add;
      add = 0;
    }
    for (let n = isPair ? 3 : 2; n > 0; n -= 1, value = Math.floor(value / 45)) out += letters[value % 45];
  }
  return out;
}

async function codes(forge) {
  const receipt = await forge.receipt(), policy = forge.policy(), faults = [];
  const look = (given) => examine({ receipt: given, policy, text: "Nước yếu", now });
  const text = qrText(receipt);
  const found = await look(`  ${text}\n`);
  if (found.verdict !== "good" || found.form !== "qr") faults.push(`${found.verdict} ${found.form}`);
  const wrong = {
    "the log's own name written twice": qrText(receipt, { ownName: forge.log.name }),
    "a letter more": `${text}0`, "a letter less": text.slice(0, -1), "a byte more": qrText(receipt, { more: [0] }),
    "two bytes more": qrText(receipt, { more: [0, 0] }), "an overflow": qrText(receipt, { add: 65536 }),
    "small letters": text.toLowerCase(), "a pair above 65535": text.replace(/...$/, ":::"),
    "another prefix": text.replace("LN1", "LN2"),
  };
  for (const [name, given] of Object.entries(wrong))
    if ((await look(given)).verdict !== "bad") faults.push(name);
  // Every third letter, another one: but the code of the case nothing is loose.
  for (let at = 4; at < text.length; at += 3) {
    const other = text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
    if (other !== text && (await look(other)).verdict !== "bad" && (at < 10 || at > 24))
      faults.push(`letter ${at}`);
  }
  return faults;
}

// Acts of the sender in a case whose first event registers a key.
async function acts(forge) {
  const faults = [], [own, other] = [await forge.citizen(), await forge.citizen()];
  const policy = forge.policy();
  const chain = async (key, ...events) => {
    const all = [await forge.receipt({ event: { key } })];
    for (const [event, by] of events) {
      const before = hex((await leafOf(await openedOf(all.at(-1)))).hash);
      const next = await forge.receipt({ by, event: { body: undefined, due: undefined,
        seq: all.length, prev: before, t: "2026-11-23T02:16:00Z", ...event } });
      all.push(next.replace("index 0", `index ${all.length}`));
    }
    return all;
  };
  // The bundle does not hold as a tree (all stand at one place), so single steps are looked at.
  const act = (found) => found.receipts.at(-1).steps.find(({ name }) => name === "act");
  const look = async (wanted, state, all) => {
    const found = act(await judge(all.map((each) => `${each}--\n`).join(""), policy));
    if (found?.say !== wanted || found.state !== state)
      faults.push(`${found?.say} ${found?.state} instead of ${wanted}`);
  };
  const rated = { k: "rated" };
  await look("act_good", "good", await chain(own.key, [rated, own]));
  await look("act_bad", "bad", await chain(own.key, [rated, other]));
  await look("act_unsigned", "bad", await chain(own.key, [rated, null]));
  await look("act_unsigned", "bad", await chain(own.key, [{ k: "reopened" }, null]));
  await look("act_unsigned", "bad", await chain(own.key, [{ k: "contested" }, null]));
  await look("act_no_key", "bad", await chain(undefined, [rated, own]));
  await look("act_good", "good", await chain(own.key, [{ k: "erased", reason: "by_sender" }, own]));
  await look("act_bad", "bad", await chain(own.key, [{ k: "closed" }, other]));
  // Only the newest key counts; the one who replaced it is told.
  const rekeyed = [{ k: "rekeyed", key: other.key }, null];
  await look("act_rekeyed", "note", await chain(own.key, rekeyed));
  await look("act_good", "good", await chain(own.key, rekeyed, [rated, other]));
  await look("act_bad", "bad", await chain(own.key, rekeyed, [rated, own]));
  // The key an event registers is not the one that signs it.
  await look("act_bad", "bad", await chain(own.key, [{ k: "rekeyed", key: other.key }, other]));
  // Alone it cannot be checked, and is never passed over.
  const lone = (await chain(own.key, [rated, own]))[1].replace("index 1", "index 0");
  const found = await judge(lone, policy, "");
  if (act(found)?.say !== "act_alone" || found.verdict !== "open")
    faults.push(`alone: ${act(found)?.say} ${found.verdict}`);
  if (act(await judge((await chain(own.key))[0], policy))) faults.push("the first event has an act");
  return faults;
}

// Whatever an office writes where a word is expected: the page says a sentence and does not stop.
async function strangeWords(forge) {
  const policy = forge.policy(), faults = [];
  const told = async (event) => {
    const { verdict, receipts } = await judge(await forge.receipt({ event }), policy);
    const said = receipts.flatMap(({ steps }) => steps.map(({ say: key, values }) =>
      ["vi", "en"].map((language) => say(key, language, values)).join(" / ")));
    return { verdict, said: said.join("\n") };
  };
  for (const t of ["2026-02-30T10:00:00Z", "2026-13-01T10:00:00Z", "2026-11-23T24:00:00Z",
                   "2026-11-23T02:15:60Z", "2026-00-10T10:00:00Z"])
    for (const name of ["t", "due"]) {
      const { verdict, said } = await told({ [name]: t }).catch((error) => ({ said: `threw ${error}` }));
      if (verdict !== "bad" || !said.includes(`does not exist: ${t}`)) faults.push(`${name} ${t}: ${said}`);
    }
  // What only looks like a moment is somebody's word.
  for (const word of ["2026-13-45T99:00:00Z", "2026-02-30T", "event_received"]) {
    const { verdict, said } = await told({ unit: word }).catch((error) => ({ said: `threw ${error}` }));
    if (verdict !== "good" || !said.includes(word)) faults.push(`unit ${word}: ${said}`);
  }
  return faults;
}

// What nothing proves is said to be only stated, whatever else holds.
async function stated(forge) {
  const faults = [], policy = forge.policy(), receipt = await forge.receipt();
  const look = async (wanted, text) => {
    const found = await judge(receipt, policy, text), step = stateOf(found, "stated");
    if (step?.say !== wanted || step.state !== "note" || step.values.code !== "ABCD2345")
      faults.push(`${step?.say} instead of ${wanted}`);
    const claimed = found.receipts.flatMap(({ steps }) => steps).filter(({ state, say: key, values }) =>
      state === "good" && say(key, "en", values).includes("ABCD2345"));
    if (claimed.length) faults.push(`proved: ${claimed.map(({ say: key }) => key)}`);
  };
  await look("stated_code", "Nước yếu");
  await look("stated_all", "");
  return faults;
}

async function openedOf(receipt) {
  const { openingOf } = await import("./src/verify/opening.mjs");
  return openingOf(receiptOf(receipt).extra);
}

export async function verifyClaims(claim) {
  await claim("verify: 196 proofs of others are judged as they say", probes);
  await claim("verify: leaves are made as an independent program made them", leaves);
  await claim("verify: a cosigned head and a receipt of another program hold", async () => {
    const note = noteOf(text("checkpoint.txt")), head = headOf(note.text), faults = [];
    const keys = await Promise.all(Object.values(keyLines()).map(keyOf));
    const { good } = await signersOf(note, keys.filter(Boolean));
    if (good.length !== 2 || good[1].time !== 1767225600n) faults.push(`signed by ${good.length}`);
    const receipt = receiptOf(text("leaf42.tlog-proof"));
    const leaf = await hashLeaf(utf8("leaf 42"));
    if (!await isIncluded(receipt.index, head.size, leaf, receipt.proof, head.root))
      faults.push("leaf 42 is not in it");
    return faults;
  });
  await claim("verify: browser and library agree on Ed25519, and a way that lies is not taken", async () => {
    const key = fromBase64("PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw="), faults = [];
    for (const name of ["browser", "library"])
      if (!await isSound(ways[name])) faults.push(name);
    if (await isSound(() => true) || await isSound(() => false)) faults.push("a liar");
    if (await isSigned(key, new Uint8Array(), new Uint8Array(64))) faults.push("zeros");
    if (await way() !== "browser") faults.push(`took ${await way()}`);
    return faults;
  });
  const forge = await Forge.begin();
  await claim("verify: an altered byte anywhere in a receipt is seen", () => alteredBytes(forge));
  await claim("verify: the text of a QR code is read, in its one right form alone", () => codes(forge));
  await claim("verify: what is not written in the one right way is refused", () => strictness(forge));
  await claim("verify: policies that nobody may write are refused", () => policies(forge));
  await claim("verify: what the city shows against lateness is weighed by witnesses' time", () => lateness(forge));
  await claim("verify: the sender's signature is looked at, or it is said that it was not", () => acts(forge));
  await claim("verify: a moment that does not exist is named, and no word stops the page", () => strangeWords(forge));
  await claim("verify: the code and the salt of the text are only stated", () => stated(forge));
  await claim("verify: every sentence has both languages and the same holes", () => {
    const holes = (sentence) => [...new Set(sentence.match(/\{\w+\}/g) ?? [])].sort().join();
    return Object.entries(words).filter(([, pair]) => pair.length !== 2 || !pair[0] || !pair[1]
      || holes(pair[0]) !== holes(pair[1])).map(([key]) => key);
  });
}
