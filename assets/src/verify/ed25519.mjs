// Ed25519 signatures, by the browser itself, or by the library inside this page where the browser
// does not know them yet.
import { verifyAsync } from "@noble/ed25519";
import { fromBase64 } from "./bytes.mjs";

async function byBrowser(key, message, signature) {
  const made = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", made, signature, message);
}
const byLibrary = (key, message, signature) =>
  verifyAsync(signature, message, key, { zip215: false });

// RFC 8032 §7.1, the second test: who does not accept it, or accepts it for another message, is not
// asked anything else.
const sample = {
  key: fromBase64("PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw="),
  signature: fromBase64("kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoIWsHkPhWZbkWPNhPQ8R2MOH"
    + "surrQwKu6wDSkWErsMAA=="),
};

export async function isSound(way) {
  try {
    return await way(sample.key, Uint8Array.of(0x72), sample.signature)
      && !await way(sample.key, Uint8Array.of(0x73), sample.signature);
  } catch {
    return false;
  }
}

export const ways = { browser: byBrowser, library: byLibrary };
let chosen;

// "browser", "library" or "none".
export function way() {
  chosen ??= (async () => {
    if (!globalThis.crypto?.subtle) return "none";
    for (const name of ["browser", "library"]) if (await isSound(ways[name])) return name;
    return "none";
  })();
  return chosen;
}

// Whether `signature` is the one of `key` for `message`. False for everything that is no key or no
// signature.
export async function isSigned(key, message, signature) {
  if (key.length !== 32 || signature.length !== 64) return false;
  try {
    return await ways[await way()](key, message, signature);
  } catch {
    return false;
  }
}
