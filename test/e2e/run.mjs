// Runs the browser tests against the real program and ends with "N passed, N failed".
//
//   node run.mjs [--binary FILE] [--engine sqlite|postgresql] [--url http://…] [--except WORD]… [WORD…]
//
// Only tests whose name contains a WORD run, when any is given, and none whose name contains what
// --except names. --url uses a server that already
// runs instead of starting a city. Screenshots go to out/.
import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { City } from "./city.mjs";
import { all, Visitor } from "./harness.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { binary: { type: "string" }, url: { type: "string" }, engine: { type: "string" },
             except: { type: "string", multiple: true, default: [] } },
});
const binary = path.resolve(values.binary ?? path.join(here, "../../build/release/langnghe"));
const out = path.join(here, "out");

for (const file of fs.readdirSync(here).filter((name) => name.endsWith(".test.mjs")).sort()) {
  await import(path.join(here, file));
}
const wanted = all().filter(({ name }) =>
  (!positionals.length || positionals.some((word) => name.includes(word)))
  && !values.except.some((word) => name.includes(word)));

// Debian's browser, without anything that would speak to the outside world.
const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--disable-default-apps", "--disable-breakpad", "--no-default-browser-check",
         "--use-fake-device-for-media-stream",
         "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"],
});

// A test that hangs is a test that fails. On a slow machine that does something else
// beside it a long journey takes minutes.
const test_ms = 300_000;

async function attempt(name, body) {
  const began = Date.now();
  const late = new AbortController();
  try {
    await Promise.race([body(), pause(test_ms, null, { signal: late.signal, ref: true })
      .then(() => { throw new Error(`not done after ${test_ms / 1000} s`); })]);
    console.log(`ok    ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    return true;
  } catch (error) {
    console.log(`FAIL  ${name}\n    ${error.stack ?? error}`);
    return false;
  } finally {
    late.abort();
  }
}

fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(out, { recursive: true });
const results = [];
let city, browser;
results.push(await attempt("the city starts", async () => {
  browser = await launch();
  city = values.url ? City.at(values.url) : await City.start(binary, { engine: values.engine });
}));
if (city) {
  for (const { name, body } of wanted) {
    const visitors = [];
    const visitor = async (wish) => {
      visitors.push(await Visitor.arrive(browser, city, out, wish));
      return visitors.at(-1);
    };
    results.push(await attempt(name, () => body({ city, browser, visitor })));
    for (const one of visitors) await one.leave();
  }
  results.push(await attempt("the city stops cleanly", () => city.stop()));
}
await browser?.close();
const passed = results.filter(Boolean).length;
console.log(`${passed} passed, ${results.length - passed} failed`);
process.exit(passed === results.length ? 0 : 1);
