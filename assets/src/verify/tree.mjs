// RFC 6962 §2.1 and RFC 9162 §2.1.3.2, §2.1.4.2.
import { equal, number_max, sha256 } from "./bytes.mjs";

export const hashLeaf = (leaf) => sha256(Uint8Array.of(0), leaf);
const node = (left, right) => sha256(Uint8Array.of(1), left, right);

const isHash = (hash) => hash.length === 32;

// Whether `proof` leads from the leaf at `index` to the root of the tree of `size` leaves.
export async function isIncluded(index, size, leaf, proof, root) {
  if (index >= size || size > number_max || ![leaf, root, ...proof].every(isHash)) return false;
  let fn = index, sn = size - 1n, r = leaf;
  for (const p of proof) {
    if (sn === 0n) return false;
    if (fn & 1n || fn === sn) {
      r = await node(p, r);
      while (!(fn & 1n) && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      r = await node(r, p);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && equal(r, root);
}

// Whether `proof` shows that the tree of `size` leaves begins with the one of `old`.
export async function isConsistent(old, size, oldRoot, root, proof) {
  if (size > number_max || ![oldRoot, root, ...proof].every(isHash)) return false;
  if (old === size) return proof.length === 0 && equal(oldRoot, root);
  if (old > size || old === 0n) return false;
  const path = (old & (old - 1n)) === 0n ? [oldRoot, ...proof] : proof;
  if (!path.length) return false;
  let fn = old - 1n, sn = size - 1n;
  while (fn & 1n) {
    fn >>= 1n;
    sn >>= 1n;
  }
  let fr = path[0], sr = path[0];
  for (const c of path.slice(1)) {
    if (sn === 0n) return false;
    if (fn & 1n || fn === sn) {
      fr = await node(c, fr);
      sr = await node(c, sr);
      while (!(fn & 1n) && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      sr = await node(sr, c);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && equal(fr, oldRoot) && equal(sr, root);
}
