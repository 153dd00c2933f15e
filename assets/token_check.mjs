// What the script that takes tokens does with the vector of RFC 9474, which the program's own half
// is tested with too. Node has the cryptography of browsers.
import fs from "node:fs";
import { blind, finalize, hexOf, joined, random, readKey } from "./src/token/blind.mjs";

const unhex = (word) => Uint8Array.from(Buffer.from(word, "hex"));
const lines = fs.readFileSync(new URL("../test/vectors/blind_rsa.txt", import.meta.url), "utf8");
const rfc = Object.fromEntries(lines.split("\n").filter(Boolean).map((line) => line.split(" ")));

// The key of the vector as browsers read it: DER is written here by hand.
function spkiOf(n) {
  const tagged = (tag, bytes) => {
    const size = bytes.length < 128 ? [bytes.length]
      : bytes.length < 256 ? [0x81, bytes.length] : [0x82, bytes.length >> 8, bytes.length & 255];
    return joined(Uint8Array.of(tag, ...size), bytes);
  };
  const key = tagged(0x30, joined(tagged(2, joined(Uint8Array.of(0), n)),
                                  tagged(2, Uint8Array.of(1, 0, 1))));
  const rsa = unhex("300d06092a864886f70d0101010500");
  return tagged(0x30, joined(rsa, tagged(3, joined(Uint8Array.of(0), key))));
}
const modulus = unhex((BigInt("0x" + rfc.p) * BigInt("0x" + rfc.q)).toString(16));
const message = joined(unhex(rfc.prefix), unhex(rfc.msg));

const refuses = async (body) => {
  try {
    await body();
    return false;
  } catch {
    return true;
  }
};

export async function tokenClaims(claim) {
  globalThis.crypto ??= (await import("node:crypto")).webcrypto;
  const key = await readKey(spkiOf(modulus));

  await claim("the script that takes tokens gives the bytes of RFC 9474", async () => {
    const { blinded, inv } = await blind(key, message, unhex(rfc.salt), unhex(rfc.inv));
    const signature = await finalize(key, message, unhex(rfc.blind_sig), inv);
    return [...(hexOf(blinded) === rfc.blinded_msg ? [] : ["blinded message"]),
            ...(hexOf(signature) === rfc.sig ? [] : ["signature"])];
  });

  await claim("what the script sends is another each time, and it takes no answer but a signature",
    async () => {
      const one = await blind(key, message), two = await blind(key, message);
      const bent = unhex(rfc.blind_sig);
      bent[100] ^= 1;
      const { inv } = await blind(key, message, unhex(rfc.salt), unhex(rfc.inv));
      const refused = {
        "a bent answer": () => finalize(key, message, bent, inv),
        "a short answer": () => finalize(key, message, bent.slice(1), inv),
        "another inverse": () => finalize(key, message, unhex(rfc.blind_sig), one.inv),
        "another message": () => finalize(key, random(80), unhex(rfc.blind_sig), inv),
        "a key that is none": () => readKey(random(300)),
        "an inverse that is none": () => blind(key, message, unhex(rfc.salt), new Uint8Array(512)),
      };
      const faults = hexOf(one.blinded) === hexOf(two.blinded) ? ["it sends the same"] : [];
      for (const [name, body] of Object.entries(refused))
        if (!await refuses(body)) faults.push(`it takes ${name}`);
      return faults;
    });
}
