// Builds everything a browser needs into dist/, which is committed and embedded in the program:
// one stylesheet, two modules, one icon sprite, four font files and three pictures, each under a
// name that holds a hash of its bytes so that browsers may keep it for ever. Beside each file that
// shrinks lie its .br and .gz. manifest.json maps logical names to the hashed ones.
//
//   node build.mjs [FOLDER]          FOLDER is dist/ unless told
//
// The same sources and lock file give the same bytes; check.mjs proves it. Only the packed
// neighbours may differ between versions of node, because its zlib and brotli do.
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { browserslistToTargets, transform } from "lightningcss";
import * as sass from "sass";
import subsetFont from "subset-font";
import { icons } from "./src/icons.mjs";
import { words } from "./src/verify/words.mjs";

const root = path.dirname(fileURLToPath(import.meta.url));
const at = (...parts) => path.join(root, ...parts);
const modules = at("node_modules");

// What the fonts keep: everything Vietnamese and English need, and the signs we set ourselves.
const range = (from, to) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join("");
const subsets = {
  latin: range(0x20, 0x7e) + range(0xa0, 0xff) + "–—‘’“”…•·‹›←↑→↓−≤≥€",
  vietnamese: "ĂăĐđĨĩŨũƠơƯư₫\u0300\u0301\u0303\u0309\u0323" + range(0x1ea0, 0x1ef9),
};

async function fonts() {
  const made = [];
  for (const weight of [400, 700]) {
    for (const [subset, text] of Object.entries(subsets)) {
      const file = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
      const whole = fs.readFileSync(path.join(modules, "@fontsource/be-vietnam-pro/files", file));
      const bytes = await subsetFont(whole, text, { targetFormat: "woff2" });
      made.push([`bvp-${subset}-${weight}.woff2`, bytes]);
    }
  }
  return made;
}

function pictures() {
  return fs.readdirSync(at("src/img")).sort()
    .map((name) => [name, Buffer.from(fs.readFileSync(at("src/img", name), "utf8").trim())]);
}

// One sprite from lucide-static: a symbol for each icon, its shapes only.
function sprite() {
  const symbols = icons.map((name) => {
    const shapes = fs.readFileSync(path.join(modules, `lucide-static/icons/${name}.svg`), "utf8")
      .replace(/<!--.*?-->/gs, "").replace(/<\/?svg[^>]*>/gs, "").replace(/\s*\n\s*/g, "")
      .replace(/ \/>/g, "/>");
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
  });
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
}

// The stylesheet, with url("NAME") replaced by the hashed name; a name nobody made is an error.
function stylesheet(hashed) {
  const { css } = sass.compile(at("src/scss/main.scss"), {
    loadPaths: [modules], quietDeps: true, style: "expanded",
  });
  const linked = css.replace(/url\("([^":]+)"\)/g, (_, name) => {
    if (!hashed[name]) throw new Error(`the stylesheet asks for ${name}, which is not built`);
    return `url("${hashed[name]}")`;
  });
  const targets = browserslistToTargets(["chrome 80", "safari 13", "firefox 78"]);
  return Buffer.from(
    transform({ filename: "main.css", code: Buffer.from(linked), minify: true, targets }).code);
}

// Browsers too old for modules simply get none.
async function script(entry = "src/js/main.js", target = "es2019") {
  const built = await esbuild.build({
    entryPoints: [at(entry)], bundle: true, minify: true, format: "esm",
    target, write: false, legalComments: "none",
  });
  return Buffer.from(built.outputFiles[0].contents);
}

// The page that checks a receipt: one file with everything inside, for a witness or anybody else to
// keep and to publish. Its own policy allows its script and its style by their hashes, and no
// network; the server repeats it as a header.
async function verifier() {
  const built = await esbuild.build({
    entryPoints: [at("src/verify/page.mjs")], bundle: true, minify: true, format: "iife",
    target: "es2020", charset: "utf8", write: false, legalComments: "none",
  });
  const script = built.outputFiles[0].text.trim();
  if (script.includes("</script")) throw new Error("the script would end itself");
  const { css } = sass.compile(at("src/verify/verify.scss"), { style: "expanded" });
  const style = String(transform({
    filename: "verify.css", code: Buffer.from(css), minify: true,
    targets: browserslistToTargets(["chrome 80", "safari 13", "firefox 78"]),
  }).code);
  const hash = (text) => `'sha256-${crypto.createHash("sha256").update(text).digest("base64")}'`;
  const parts = {
    script, style,
    csp: `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; `
      + "img-src data:; connect-src 'none'; form-action 'none'; base-uri 'none'",
  };
  const escaped = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
  return Buffer.from(fs.readFileSync(at("src/verify/verify.html"), "utf8")
    .replace(/\{(w:)?(\w+)\}/g, (_, isWord, name) => {
      const text = isWord ? words[name]?.[0] : parts[name];
      if (text === undefined) throw new Error(`verify.html asks for ${name}`);
      return isWord ? escaped(text) : text;
    }));
}

const brotli = (bytes) => zlib.brotliCompressSync(bytes, {
  params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
            [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
});

// Writes all files into `folder` (emptied first) and returns what came out, for the report.
export async function build(folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const hashed = {}, sizes = [];
  const put = (name, bytes) => {
    const digest = crypto.createHash("sha256").update(bytes).digest("hex").slice(0, 10);
    const unique = name.replace(/(\.\w+)$/, `.${digest}$1`);
    hashed[name] = unique;
    fs.writeFileSync(path.join(folder, unique), bytes);
    const row = { name, raw: bytes.length, gz: bytes.length, br: bytes.length };
    if (!name.endsWith(".woff2")) {  // which is brotli inside already
      const packed = { gz: zlib.gzipSync(bytes, { level: 9 }), br: brotli(bytes) };
      for (const [ending, small] of Object.entries(packed)) {
        row[ending] = small.length;
        fs.writeFileSync(path.join(folder, `${unique}.${ending}`), small);
      }
    }
    sizes.push(row);
  };
  for (const [name, bytes] of await fonts()) put(name, bytes);
  for (const [name, bytes] of pictures()) put(name, bytes);
  put("icons.svg", sprite());
  put("main.css", stylesheet(hashed));
  put("main.js", await script());
  // For the one page on which somebody takes a token; numbers without end need a newer browser.
  put("token.js", await script("src/token/page.mjs", "es2020"));
  // No hash in its name: people keep it, and the address is printed. The server packs it.
  const page = await verifier();
  fs.writeFileSync(path.join(folder, "verify.html"), page);
  sizes.push({ name: "verify.html", raw: page.length, gz: zlib.gzipSync(page).length,
               br: brotli(page).length, apart: true });
  const sorted = Object.fromEntries(Object.entries(hashed).sort(([a], [b]) => (a < b ? -1 : 1)));
  fs.writeFileSync(path.join(folder, "manifest.json"), `${JSON.stringify(sorted, null, 2)}\n`);
  return sizes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sizes = await build(process.argv[2] ? path.resolve(process.argv[2]) : at("dist"));
  console.table(sizes);
  const first = sizes.filter((row) => !row.apart).reduce((sum, row) => sum + row.br, 0);
  console.log(`all of it over the wire: ${(first / 1024).toFixed(1)} KiB (brotli)`);
}
