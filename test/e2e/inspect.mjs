// Everything that must be true of every page, whoever looks at it and however they came.
import fs from "node:fs";
import { createRequire } from "node:module";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";

const require = createRequire(import.meta.url);
const axe_source = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const config = JSON.parse(fs.readFileSync(new URL("./htmlvalidate.json", import.meta.url)));
const validator = new HtmlValidate(new FileSystemConfigLoader(config));
const axe_tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// What a document may weigh on the wire, and a whole first visit, in bytes.
export const budget = { home: 12 * 1024, page: 6 * 1024, first_visit: 105 * 1024 };

// All faults of the page the visitor stands on, as lines to print.
export async function faultsOf(visitor, { status = 200, bytes_max, visit_bytes_max } = {}) {
  const { page, traffic } = visitor;
  const faults = [];
  const document = traffic.document;
  if (!document) return ["no document came"];
  if (document.status() !== status) {
    faults.push(`status ${document.status()} instead of ${status}`);
  }
  faults.push(...weightFaults(traffic, { bytes_max, visit_bytes_max }));
  faults.push(...await htmlFaults(await document.text()));
  faults.push(...await overflowFaults(page));
  faults.push(...await missingIcons(page));
  if (visitor.scripts) faults.push(...await axeFaults(page));
  faults.push(...traffic.complaints);
  return faults;
}

function weightFaults(traffic, { bytes_max, visit_bytes_max }) {
  const path = new URL(traffic.page.url()).pathname;
  const most = bytes_max ?? (/^\/(en\/?)?$/.test(path) ? budget.home : budget.page);
  const faults = [];
  const check = (what, bytes, limit) => {
    if (bytes > limit) {
      faults.push(`${what} weighs ${(bytes / 1024).toFixed(1)} KiB, more than `
        + `${(limit / 1024).toFixed(1)}`);
    }
  };
  check("the document", traffic.bytes("Document"), most);
  check("the visit", traffic.bytes(), visit_bytes_max ?? budget.first_visit);
  return faults;
}

export async function htmlFaults(html) {
  const report = await validator.validateString(html);
  return report.results.flatMap((result) => result.messages)
    .filter((message) => message.severity === 2)
    .map((m) => `html ${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
}

// Nothing may stick out sideways: not at the visitor's width, not at 200 % zoom of a desktop
// (which is 640 CSS pixels of 1280), not at the 320 of WCAG 1.4.10.
async function overflowFaults(page) {
  const own = page.viewportSize();
  const faults = [];
  for (const width of new Set([own.width, own.width > 640 ? 640 : 320])) {
    if (width !== own.width) await page.setViewportSize({ width, height: own.height });
    const out = await page.evaluate(stickingOut);
    if (out.length) faults.push(`at ${width} px these stick out: ${out.join(", ")}`);
  }
  await page.setViewportSize(own);
  return faults;
}

// Runs in the page.
function stickingOut() {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const named = (e) => e.tagName.toLowerCase() + (e.id ? `#${e.id}` : "")
    + [...e.classList].map((c) => `.${c}`).join("");
  const wide = [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1);
  return [`page ${root.scrollWidth} px`, ...wide.slice(-3).map(named)];
}

// An icon that is not in the sprite shows nothing and complains nowhere.
async function missingIcons(page) {
  const used = await page.evaluate(() => [...document.querySelectorAll("svg use")]
    .map((use) => use.getAttribute("href")));
  const faults = [];
  for (const sprite of new Set(used.map((href) => href.split("#")[0]).filter(Boolean))) {
    const answer = await page.request.get(new URL(sprite, page.url()).href);
    const text = await answer.text();
    const names = new Set(used.filter((href) => href.startsWith(`${sprite}#`))
      .map((href) => href.split("#")[1]));
    for (const name of names) {
      if (!text.includes(`id="${name}"`)) faults.push(`the sprite has no icon "${name}"`);
    }
  }
  return faults;
}

// axe enters through the debugger, so the page's own policy stays in force while it runs. Drawings
// behind text are taken away meanwhile, because axe does not judge contrast in front of them.
async function axeFaults(page) {
  await page.evaluate(axe_source);
  const violations = await page.evaluate(async (tags) => {
    const bare = new CSSStyleSheet();
    bare.replaceSync("*::before, *::after { background-image: none !important; }");
    document.adoptedStyleSheets = [bare];
    const report = await window.axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
    document.adoptedStyleSheets = [];
    return report.violations.map((v) => ({ id: v.id, help: v.help,
      nodes: v.nodes.slice(0, 3).map((n) => `${n.target.join(" ")} `
        + n.failureSummary.split("\n").slice(1, 3).map((line) => line.trim()).join(" ")) }));
  }, axe_tags);
  return violations.map((v) => `axe ${v.id}: ${v.help}: ${v.nodes.join(" | ")}`);
}
