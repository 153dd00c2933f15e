// The reader's half of RFC 9474, RSABSSA-SHA384-PSS-Randomized: what is signed leaves this machine
// blinded, and what comes back is of use to nobody but whoever kept the inverse. Big numbers are
// those of the browser, hashes and the check of the signature are its WebCrypto. BigInt does not
// work in constant time: what is timed here is timed by nobody but the reader's own machine.
const hash_size = 48, salt_size = 48;

export const random = (size) => crypto.getRandomValues(new Uint8Array(size));
export const joined = (...parts) => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};
export const hexOf = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
export const fromBase64 = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
export const toBase64url = (bytes) =>
  btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(""))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

const numberOf = (bytes) => BigInt("0x" + (hexOf(bytes) || "0"));
function bytesOf(number, size) {
  const hex = number.toString(16).padStart(2 * size, "0");
  return Uint8Array.from({ length: size }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}
function power(base, exponent, modulus) {
  let out = 1n;
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) out = (out * base) % modulus;
    base = (base * base) % modulus;
  }
  return out;
}
// Null when they share a factor.
function inverse(number, modulus) {
  let [a, b, x, y] = [number % modulus, modulus, 1n, 0n];
  while (a > 1n && b > 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return a === 1n ? ((x % modulus) + modulus) % modulus : null;
}

const sha384 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));

// EMSA-PSS-ENCODE (RFC 8017, 9.1.1) for a modulus of whole bytes.
async function encoded(message, salt, size) {
  const hash = await sha384(joined(new Uint8Array(8), await sha384(message), salt));
  const block = new Uint8Array(size - hash_size - 1);
  block[block.length - salt.length - 1] = 1;
  block.set(salt, block.length - salt.length);
  for (let n = 0; n * hash_size < block.length; n += 1) {
    const mask = await sha384(joined(hash, Uint8Array.of(0, 0, 0, n)));
    for (let i = 0; i < hash_size && n * hash_size + i < block.length; i += 1)
      block[n * hash_size + i] ^= mask[i];
  }
  block[0] &= 0x7f;
  return joined(block, hash, Uint8Array.of(0xbc));
}

// A key as SubjectPublicKeyInfo. Throws for what is none with the exponent 65537.
export async function readKey(spki) {
  const verify = await crypto.subtle.importKey(
    "spki", spki, { name: "RSA-PSS", hash: "SHA-384" }, true, ["verify"]);
  const { n, e } = await crypto.subtle.exportKey("jwk", verify);
  const modulus = fromBase64(n);
  if (e !== "AQAB" || modulus.length < 256) throw new Error("key");
  return { verify, n: numberOf(modulus), e: 65537n, size: modulus.length };
}

// The blinded message, and what must be kept to finish. `salt` and `kept` are drawn unless given.
export async function blind(key, message, salt = random(salt_size), kept = null) {
  for (;;) {
    const inv = numberOf(kept ?? random(key.size));
    const r = inv < key.n ? inverse(inv, key.n) : null;
    if (r === null && kept) throw new Error("inverse");
    if (r === null) continue;
    const m = numberOf(await encoded(message, salt, key.size));
    return { blinded: bytesOf((m * power(r, key.e, key.n)) % key.n, key.size), inv };
  }
}

// The signature. Throws when the signer gave something else than one.
export async function finalize(key, message, answer, inv) {
  if (answer.length !== key.size) throw new Error("size");
  const signature = bytesOf((numberOf(answer) * inv) % key.n, key.size);
  if (!await crypto.subtle.verify({ name: "RSA-PSS", saltLength: salt_size }, key.verify,
                                  signature, message))
    throw new Error("signature");
  return signature;
}
