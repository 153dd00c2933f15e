// Every public page, in both languages, at both widths, with scripting on and off.
import { test, widths } from "./harness.mjs";
import { htmlFaults } from "./inspect.mjs";

// Path without the language prefix, the name of its picture, and what else is expected.
const pages = [
  ["/", "home"],
  ["/feedback/new", "feedback-new"],
  ["/register", "register"],
  ["/register?q=den+duong", "register-search"],
  ["/figures", "figures"],
  ["/ledger", "ledger"],
  ["/refusals", "refusals"],
  ["/staff/sign-in", "sign-in"],
  ["/no/such/page", "not-found", { status: 404 }],
];

for (const [prefix, language] of [["", "vi"], ["/en", "en"]]) {
  for (const width of widths) {
    for (const scripts of [true, false]) {
      for (const [path, name, wish] of pages) {
        test(`${prefix}${path} at ${width} px, scripts ${scripts ? "on" : "off"}`,
             async ({ visitor }) => {
          const reader = await visitor({ width, scripts });
          await reader.visit(prefix + path, { shot: `${name}-${language}`, ...wish });
          const said = await reader.page.locator("html").getAttribute("lang");
          if (said !== language) throw new Error(`the page says it is in "${said}"`);
        });
      }
    }
  }
}

test("no link of a public page leads nowhere", async ({ city }) => {
  const depth_max = 3, pages_max = 150;
  const seen = new Set(["/"]);
  const faults = [];
  let level = ["/"];
  for (let depth = 0; depth < depth_max && level.length; ++depth) {
    const next = new Set();
    for (const path of level) {
      const answer = await fetch(new URL(path, city.url));
      const html = await answer.text();
      if (answer.status >= 400) faults.push(`${path}: ${answer.status}`);
      if (!/^text\/html/.test(answer.headers.get("content-type") ?? "")) continue;
      faults.push(...(await htmlFaults(html)).map((fault) => `${path}: ${fault}`));
      for (const link of linksOf(html, answer.url)) {
        if (seen.size < pages_max && !seen.has(link)) next.add(link) && seen.add(link);
      }
    }
    level = [...next];
  }
  if (faults.length) throw new Error(faults.join("\n    "));
});

// Paths of this site that a page links to.
function linksOf(html, base) {
  const links = [...html.matchAll(/<a\s[^>]*href="([^"#]+)/g)]
    .map(([, href]) => new URL(href.replaceAll("&amp;", "&"), base));
  return links.filter((url) => url.origin === new URL(base).origin)
    .map((url) => url.pathname + url.search);
}
