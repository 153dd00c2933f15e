// Receipts: C2SP tlog-proof, several in one file, and the text of a QR code.
import { fromBase45, fromBase64, fromBigEndian, Malformed, number_max, numberOf, textOf, toBase64,
         utf8 } from "./bytes.mjs";
import { headOf, noteBytes, noteOf } from "./note.mjs";

const header = "c2sp.org/tlog-proof@v1";
const proof_max = 63, receipts_max = 1000, qr_text_max = 8192;
const size_max = 1_000_000, file_size_max = 16 * 1024 * 1024;

// Throws Malformed, with the number of the line where it can.
export function receiptOf(text) {
  if (utf8(text).length > size_max) throw new Malformed("bad_size");
  const lines = text.split("\n");
  const wrong = (at) => new Malformed("bad_line", { line: at + 1 });
  let at = 0;
  if (lines[at++] !== header) throw new Malformed("bad_header");
  const receipt = { extra: new Uint8Array(), proof: [] };
  if (lines[at]?.startsWith("extra ")) {
    receipt.extra = fromBase64(lines[at].slice(6));
    if (!receipt.extra?.length) throw wrong(at);
    at += 1;
  }
  receipt.index = lines[at]?.startsWith("index ") ? numberOf(lines[at].slice(6)) : null;
  if (receipt.index === null) throw wrong(at);
  for (at += 1; at < lines.length && lines[at] !== ""; at += 1) {
    const hash = fromBase64(lines[at]);
    if (hash?.length !== 32 || receipt.proof.length === proof_max) throw wrong(at);
    receipt.proof.push(hash);
  }
  if (at >= lines.length - 1) throw wrong(at);
  receipt.note = noteOf(lines.slice(at + 1).join("\n"));
  receipt.head = headOf(receipt.note.text);
  return receipt;
}

// One after the other, each ended by a line "--".
export function receiptsOf(bundle) {
  const parts = bundle.split("\n--\n");
  if (parts.pop() !== "" || !parts.length || parts.length > receipts_max)
    throw new Malformed("bad_bundle");
  return parts.map((part) => receiptOf(`${part}\n`));
}

// The compact form: the same facts in fewer bytes, and only one way to write them.
function fromCompact(bytes) {
  let at = 0;
  const take = (size) => {
    if (at + size > bytes.length) throw new Malformed("bad_qr");
    at += size;
    return bytes.slice(at - size, at);
  };
  const number = (size) => {
    const value = fromBigEndian(take(size));
    if (value > number_max) throw new Malformed("bad_qr");
    return value;
  };
  const length = (size) => Number(number(size));
  const each = (count, make) => Array.from({ length: count }, make);
  if (length(1) !== 1) throw new Malformed("bad_qr");
  const extra = take(length(2)), index = number(8);
  const proof = each(length(1), () => take(32));
  const origin = textOf(take(length(1)), "bad_qr");
  const text = `${origin}\n${number(8)}\n${toBase64(take(32))}\n`;
  const signatures = each(length(1), () => {
    const name = textOf(take(length(1)), "bad_qr");
    if (name === origin) throw new Malformed("bad_qr");  // the log's own name is left out
    return { name: name || origin, id: take(4), blob: take(length(1)) };
  });
  if (at !== bytes.length) throw new Malformed("bad_qr");
  const lines = [header, ...extra.length ? [`extra ${toBase64(extra)}`] : [], `index ${index}`,
                 ...proof.map(toBase64), "", noteBytes(text, signatures, toBase64)];
  return receiptOf(lines.join("\n"));
}

// What a person brought: bytes of a file, or a text. Gives { form, receipts }; `form` is "one",
// "many" or "qr".
export function read(given) {
  const isFile = given instanceof Uint8Array;
  if (given.length > file_size_max) throw new Malformed("bad_size");
  // A text that was copied has lost its end or gained lines around it; a file has not.
  const text = isFile ? textOf(given, "bad_utf8") : `${given.trim()}\n`;
  const short = text.trim();
  if (short.startsWith("LN1:")) {
    const bytes = short.length > qr_text_max ? null : fromBase45(short.slice(4));
    if (!bytes) throw new Malformed("bad_qr");
    return { form: "qr", receipts: [fromCompact(bytes)] };
  }
  if (text.includes("\n--\n")) return { form: "many", receipts: receiptsOf(text) };
  return { form: "one", receipts: [receiptOf(text)] };
}
