// C2SP signed-note and tlog-checkpoint: keys, notes, heads.
import { equal, fromBase64, fromBigEndian, isKeyName, joined, Malformed, numberOf, sha256,
         utf8 } from "./bytes.mjs";
import { isSigned } from "./ed25519.mjs";

const note_size_max = 1_000_000, signatures_max = 100;
export const kinds = { log: 1, witness: 4 };

// "name+1a2b3c4d+base64(kind || key)"; null unless it is canonical and its id is right.
export async function keyOf(text) {
  const [name, id, ...rest] = text.split("+");
  const blob = fromBase64(rest.join("+"));
  if (rest.length === 0 || blob?.length !== 33 || !isKeyName(name)) return null;
  if (blob[0] !== kinds.log && blob[0] !== kinds.witness) return null;
  const right = (await sha256(utf8(`${name}\n`), blob)).slice(0, 4);
  if (id !== Array.from(right, (b) => b.toString(16).padStart(2, "0")).join("")) return null;
  return { name, id: right, kind: blob[0], key: blob.slice(1) };
}

function signatureOf(line) {
  const [dash, name, blob, ...more] = line.split(" ");
  const bytes = blob === undefined ? null : fromBase64(blob);
  if (dash !== "—" || more.length || !isKeyName(name) || !bytes || bytes.length < 5)
    throw new Malformed("bad_signature_line");
  return { name, id: bytes.slice(0, 4), blob: bytes.slice(4) };
}

// The text ends at the last empty line.
export function noteOf(note) {
  if (utf8(note).length > note_size_max) throw new Malformed("bad_size");
  const end = note.lastIndexOf("\n\n");
  if (!note.endsWith("\n") || end < 0 || /[\u0000-\u0009\u000b-\u001f]/.test(note))
    throw new Malformed("bad_note");
  const lines = note.slice(end + 2).split("\n").slice(0, -1);
  if (!lines.length || lines.length > signatures_max) throw new Malformed("bad_note");
  return { text: note.slice(0, end + 1), signatures: lines.map(signatureOf) };
}

// Exactly three lines: name of the log, number of leaves, root.
export function headOf(text) {
  const [origin, size, root, end, ...more] = text.split("\n");
  const head = { origin, size: numberOf(size ?? ""), root: fromBase64(root ?? "") };
  if (!isKeyName(origin) || head.size === null || head.root?.length !== 32 || end !== "" ||
      more.length)
    throw new Malformed("bad_head");
  return head;
}

// The signatures by `known` keys. Unknown ones are passed over; one that claims a known name and id
// and is not that key's spoils the whole note, and is given as `forged`.
export async function signersOf(note, known) {
  const good = [];
  for (const { name, id, blob } of note.signatures) {
    for (const by of known) {
      if (by.name !== name || !equal(by.id, id)) continue;
      const time = by.kind === kinds.witness ? fromBigEndian(blob.slice(0, 8)) : 0n;
      const message = by.kind === kinds.witness
        ? utf8(`cosignature/v1\ntime ${time}\n${note.text}`) : utf8(note.text);
      const signature = by.kind === kinds.witness ? blob.slice(8) : blob;
      if (!await isSigned(by.key, message, signature)) return { forged: name, good: [] };
      good.push({ by, time });
    }
  }
  return { good };
}

// The note of a head with these signatures, as a program writes it.
export function noteBytes(text, signatures, base64) {
  return `${text}\n${signatures.map(({ name, id, blob }) =>
    `— ${name} ${base64(joined(id, blob))}\n`).join("")}`;
}
