// What opens a leaf, and the leaf it opens (docs/formats/ledger.md).
import { bigEndian, hex, hmac, joined, Malformed, sha256, textOf, utf8 } from "./bytes.mjs";

// Strings, whole numbers and lists of strings, in the one form of RFC 8785: names ascending, no
// spaces.
function canonical(object) {
  const names = Object.keys(object).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(object[name])}`)}}`;
}

const hash_form = /^[0-9a-f]{64}$/;
const shapes = {
  body: (v) => hash_form.test(v), cat: isText, due: isTime,
  files: (v) => Array.isArray(v) && v.length > 0 && v.every((one) => hash_form.test(one)),
  k: isText, key: (v) => hash_form.test(v), prev: (v) => v === "" || hash_form.test(v),
  reason: isText,
  seq: (v) => Number.isInteger(v) && v >= 0 && v <= 0xffffffff,
  sig: (v) => /^[0-9a-f]{128}$/.test(v), t: isTime, unit: isText, v: (v) => v === 1,
};
function isText(value) { return typeof value === "string" && value !== ""; }
// A moment that some clock has shown: browsers disagree about what the 30th of February is.
function isTime(value) {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) return false;
  const moment = new Date(value);
  if (Number.isNaN(moment.getTime()) || moment.toISOString() !== value.replace("Z", ".000Z"))
    throw new Malformed("bad_date", { value });
  return true;
}

export function eventOf(payload) {
  let event;
  try {
    event = JSON.parse(payload);
  } catch {
    throw new Malformed("bad_payload");
  }
  if (typeof event !== "object" || event === null || Array.isArray(event)
      || canonical(event) !== payload)
    throw new Malformed("bad_payload");
  for (const name of Object.keys(event))
    if (!Object.hasOwn(shapes, name) || !shapes[name](event[name]))
      throw new Malformed("bad_payload");
  for (const name of ["k", "prev", "seq", "t", "v"])
    if (!(name in event)) throw new Malformed("bad_payload");
  return event;
}

// What the sender of the case signs with an act: everything the payload says but the signature.
export function actMessage(event) {
  const { sig, ...rest } = event;
  return utf8(`langnghe/act/v1\n${canonical(rest)}`);
}

// The eight signs of a case: 2 to 9 and the letters but I and O.
const code_form = /^[2-9A-HJ-NP-Z]{8}$/;

// Throws Malformed. The code and the body salt are not part of the leaf.
export function openingOf(extra) {
  const size = extra[1] ?? 0, at = 2 + size;
  if (extra[0] !== 1 || extra.length < at + 128) throw new Malformed("bad_opening");
  const code = textOf(extra.slice(2, at), "bad_opening");
  if (!code_form.test(code)) throw new Malformed("bad_opening");
  const payload = textOf(extra.slice(at + 128), "bad_payload");
  return { code, key: extra.slice(at, at + 32), salt: extra.slice(at + 32, at + 96),
           bodySalt: extra.slice(at + 96, at + 128), payload, event: eventOf(payload) };
}

export async function leafOf({ key, salt, payload, event }) {
  const tag = await hmac(key, joined(utf8("langnghe/tag/v1\n"), bigEndian(event.seq, 4)));
  const commit = await sha256(utf8("langnghe/commit/v1\n"), salt, utf8(payload));
  const leaf = joined(Uint8Array.of(1), tag, commit);
  return { tag, commit, leaf, hash: await sha256(Uint8Array.of(0), leaf) };
}

// Whether the payload commits to `text`, as it is, or as the city keeps texts: NFC, line feeds, no
// space around it.
export async function isTextOf({ bodySalt, event }, text) {
  const lines = text.replace(/\r\n?/g, "\n");
  for (const each of new Set([text, lines.trim(), lines.trim().normalize("NFC")]))
    if (hex(await sha256(bodySalt, utf8(each))) === event.body) return true;
  return false;
}
