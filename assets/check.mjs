// Proves that what is committed is what the sources give, and that it keeps its promises. Ends with
// "N passed, N failed".
import crypto from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";
import { icons } from "./src/icons.mjs";
import { target as map_file, wardMap } from "./tools/map.mjs";
import { tokenClaims } from "./token_check.mjs";
import { verifyClaims } from "./verify_check.mjs";

const root = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(root, "dist");
const read = (folder, name) => fs.readFileSync(path.join(folder, name));
const list = (folder) => fs.readdirSync(folder).sort();
const alone = ["manifest.json", "verify.html"];  // found by their own names
const isPacked = (name) => /\.(br|gz)$/.test(name);
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;

// What everything but the page itself may weigh on a first visit: 105 KiB less a home page of 12.
const first_visit_max = (105 - 12) * 1024;

let passed = 0, failed = 0;
async function claim(sentence, body) {
  const faults = await body();
  if (faults.length) failed += 1; else passed += 1;
  console.log(`${faults.length ? "FAIL" : "ok  "}  ${sentence}`);
  for (const fault of faults) console.log(`      ${fault}`);
}

const fresh = fs.mkdtempSync(path.join(os.tmpdir(), "langnghe-assets-"));
process.on("exit", () => fs.rmSync(fresh, { recursive: true, force: true }));
await build(fresh);

await claim("dist/ holds the files its sources give, and no others", () => {
  const ours = list(dist), theirs = list(fresh);
  return [...ours.filter((n) => !theirs.includes(n)).map((n) => `${n} is not built any more`),
          ...theirs.filter((n) => !ours.includes(n)).map((n) => `${n} is missing: ./dev assets`)];
});

await claim("each file in dist/ has the bytes its sources give", () =>
  list(dist).filter((name) => !isPacked(name) && list(fresh).includes(name))
    .filter((name) => !read(dist, name).equals(read(fresh, name)))
    .map((name) => `${name} differs: ./dev assets`));

// The packed bytes depend on node's zlib; what they unpack to does not.
await claim("each packed neighbour unpacks to its file", () =>
  list(dist).filter(isPacked).filter((name) => {
    const unpack = name.endsWith(".br") ? zlib.brotliDecompressSync : zlib.gunzipSync;
    return !unpack(read(dist, name)).equals(read(dist, name.replace(/\.(br|gz)$/, "")));
  }).map((name) => `${name} holds something else`));

await claim("the manifest names files that exist, and all of them", () => {
  const named = Object.values(JSON.parse(read(dist, "manifest.json")));
  const there = list(dist).filter((name) => !isPacked(name) && !alone.includes(name));
  return [...named.filter((n) => !there.includes(n)), ...there.filter((n) => !named.includes(n))];
});

await claim("a first visit leaves room for the page", () => {
  const bytes = list(dist).filter((name) => name.endsWith(".br") || name.endsWith(".woff2"))
    .filter((name) => !name.startsWith("token."))  // fetched on one page alone
    .reduce((sum, name) => sum + read(dist, name).length, 0);
  console.log(`      ${kib(bytes)} of ${kib(first_visit_max)}`);
  return bytes > first_visit_max ? [`${kib(bytes)} is more than ${kib(first_visit_max)}`] : [];
});

await claim("the sprite has every icon once", () => {
  const manifest = JSON.parse(read(dist, "manifest.json"));
  const ids = [...String(read(dist, manifest["icons.svg"])).matchAll(/<symbol id="([^"]+)"/g)]
    .map(([, id]) => id);
  return [...icons.filter((name) => !ids.includes(name)).map((name) => `${name} is missing`),
          ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `${id} is there twice`)];
});

const foreign = /url\(["']?(https?:|\/\/)|@import|\bimport\(|\beval\(|innerHTML/;
await claim("the stylesheet and the module fetch nothing from elsewhere", () => {
  const manifest = JSON.parse(read(dist, "manifest.json"));
  return ["main.css", "main.js", "token.js"]
    .filter((name) => foreign.test(String(read(dist, manifest[name]))))
    .map((name) => `${name} does`);
});

await claim("the page that checks receipts is one file that fetches nothing, and allows itself alone", () => {
  const page = String(read(dist, "verify.html")), faults = [];
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)[1];
  for (const tag of ["script", "style"]) {
    const inside = [...page.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, "gs"))];
    const hash = crypto.createHash("sha256").update(inside[0]?.[1] ?? "").digest("base64");
    if (inside.length !== 1 || !policy.includes(`${tag}-src 'sha256-${hash}';`)) faults.push(tag);
  }
  for (const none of ["default-src 'none'", "connect-src 'none'"])
    if (!policy.includes(none)) faults.push(`no ${none}`);
  if (/unsafe|https?:|\*/.test(policy)) faults.push("its policy allows more");
  if (foreign.test(page) || /fetch\(|XMLHttp|WebSocket|sendBeacon|<link[^>]*href="(?!data:)| src="/.test(page))
    faults.push("it fetches something");
  return faults;
});

await verifyClaims(claim);
await tokenClaims(claim);

await claim("the ward map is what tools/map.mjs draws", () =>
  fs.readFileSync(map_file, "utf8") === wardMap().csv ? [] : ["run `npm run map` in assets/"]);

await claim("the lock files name packages and hashes, not where to fetch them", () =>
  [root, path.join(root, "../test/e2e")]
    .filter((folder) => /"resolved"|"https?:[^"]*\.tgz/.test(read(folder, "package-lock.json")))
    .map((folder) => `${path.basename(folder)}/package-lock.json`));

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
