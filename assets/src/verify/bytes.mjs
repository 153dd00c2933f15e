// Texts and bytes, read as strictly as the program reads them. Hashing is the browser's own.
const encoder = new TextEncoder();

// What was read is not what it should be. `why` is a key of words.mjs.
export class Malformed extends Error {
  constructor(why, values = {}) {
    super(why);
    Object.assign(this, { why, values });
  }
}

export const utf8 = (text) => encoder.encode(text);

// The text of bytes that are UTF-8 throughout; a mark of byte order stays, and is wrong later.
export function textOf(bytes, why) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Malformed(why);
  }
}

export function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export const equal = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
export const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
// Precondition: pairs of hexadecimal letters.
export const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
export const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes));

// Standard letters, padded, and the only spelling of its bytes; else null.
export function fromBase64(text) {
  if (text.length % 4 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  let letters;
  try {
    letters = atob(text);
  } catch {
    return null;
  }
  return btoa(letters) === text ? Uint8Array.from(letters, (c) => c.charCodeAt(0)) : null;
}

const base45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

// RFC 9285; null for what it forbids.
export function fromBase45(text) {
  if (text.length % 3 === 1) return null;
  const bytes = [];
  for (let i = 0; i < text.length; i += 3) {
    const digits = Array.from(text.slice(i, i + 3), (c) => base45.indexOf(c));
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    const most = digits.length === 3 ? 65535 : 255;
    if (digits.includes(-1) || value > most) return null;
    if (digits.length === 3) bytes.push(value >> 8);
    bytes.push(value & 255);
  }
  return Uint8Array.from(bytes);
}

export const number_max = (1n << 63n) - 1n;

// Decimal, without sign and leading zeros, below 2^63; else null.
export function numberOf(text) {
  if (!/^(0|[1-9][0-9]{0,18})$/.test(text)) return null;
  const number = BigInt(text);
  return number <= number_max ? number : null;
}

export const bigEndian = (number, size) => Uint8Array.from({ length: size },
  (_, i) => Number(BigInt(number) >> BigInt(8 * (size - 1 - i)) & 255n));
export const fromBigEndian = (bytes) =>
  bytes.reduce((number, byte) => number << 8n | BigInt(byte), 0n);

// Not empty, no white space, no control character, no '+'.
export const isKeyName = (name) => name !== "" &&
  !/[+\u0000-\u0020\u007f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/.test(name);

export const sha256 = async (...parts) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));

export async function hmac(key, message) {
  const made = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false,
                                             ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", made, message));
}
