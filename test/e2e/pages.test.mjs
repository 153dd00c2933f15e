// Every public page, in both languages, at both widths and at 200 % zoom, with scripting on and
// off.
import { expectNone, test, widths } from "./harness.mjs";
import { budget, htmlFaults } from "./inspect.mjs";
import { answeredCase, open, say, sees } from "./steps.mjs";

// Path without the language prefix, the name of its picture, and what else is expected.
const pages = [
  ["/", "home"],
  ["/feedback/new", "feedback-new"],
  ["/feedback/find", "feedback-find"],
  ["/feedback/find?code=12", "feedback-find-wrong", { status: 422 }],
  ["/register", "register"],
  ["/register?q=duong+hong", "register-search"],
  ["/register?q=khongcogica", "register-nothing"],
  ["/units", "units"],
  ["/register?q=" + encodeURIComponent("đường hỏng"), "register-marks"],
  ["/register?unit=hoa", "register-which-unit"],
  ["/units/01", "unit"],
  ["/units/00004", "ward"],
  ["/units/00004/2018-01-01", "ward-2018"],
  ["/units/00352-pvhcc", "one-stop"],
  ["/units/00352-pvhcc/desks", "one-stop-desks"],
  ["/figures", "figures"],
  ["/figures/events", "figures-events"],
  ["/figures/units", "figures-units"],
  ["/figures/board", "figures-board"],
  ["/figures/definitions", "figures-definitions"],
  ["/figures/promises_on_time", "figure-of-a-room"],
  ["/figures/believed?period=last365", "figure-of-trust"],
  ["/figures/on_time?unit=00004&period=2026-Q3..2026-Q4&below=1", "figure-of-a-ward"],
  ["/figures/board/units", "figures-board-units"],
  ["/ledger", "ledger"],
  ["/ledger/help", "ledger-help"],
  ["/ledger/facts", "facts"],
  ["/ledger/facts/0", "fact"],
  ["/dialogues", "dialogues"],
  ["/dialogues/1", "dialogue"],
  ["/dialogues/2", "dialogue-coming"],
  ["/dialogues/2/ask", "dialogue-ask"],
  ["/dialogues/2/queue", "dialogue-queue"],
  ["/dialogues/1/minutes", "dialogue-minutes"],
  ["/dialogues/1/print", "dialogue-print"],
  ["/receptions", "receptions"],
  ["/receptions?past=1", "receptions-past"],
  ["/receptions/units", "reception-units"],
  ["/receptions/7", "reception-moved"],
  ["/receptions/8", "reception-not-held"],
  ["/receptions/9", "reception-cancelled"],
  ["/receptions/10", "reception-coming"],
  ["/receptions/10/book", "reception-book"],
  ["/receptions/turns/22222222", "reception-turn-locked"],
  ["/ballots", "ballots"],
  ["/ballots/1", "ballot-counted"],
  ["/ballots/2", "ballot-open"],
  ["/ballots/vote", "ballot-vote"],
  ["/ballots/slips/22222222", "ballot-slip"],
  ["/disclosure", "disclosure"],
  ["/disclosure/2", "disclosure-item"],
  ["/disclosure/3", "disclosure-unread"],
  ["/disclosure/4", "disclosure-overdue"],
  ["/disclosure/2/ask", "disclosure-ask"],
  ["/disclosure/questions/22222222", "disclosure-question"],
  ["/commitments", "commitments"],
  ["/commitments/2", "commitment"],
  ["/commitments/2/own", "commitment-own"],
  ["/projects", "projects"],
  ["/projects/1", "project"],
  ["/projects/1/items/2", "project-prices"],
  ["/projects/files/22222222", "project-file-locked"],
  ["/emulation", "emulation"],
  ["/emulation/1", "emulation-model"],
  ["/share?path=/projects/1", "share"],
  ["/most-viewed", "most-viewed"],
  ["/consultations", "consultations"],
  // The whole draft, to be read in one piece.
  ["/consultations/1", "consultation", { bytes_max: 10 * 1024 }],
  ["/consultations/1/clauses/d6.1", "consultation-clause"],
  ["/consultations/1/answers", "consultation-answers"],
  ["/consultations/1/changes", "consultation-changes"],
  ["/surveys", "surveys"],
  ["/surveys/1", "survey", { bytes_max: 10 * 1024 }],
  ["/surveys/1/figures", "survey-figures"],
  ["/surveys/2", "survey-open"],
  ["/surveys/2/answer", "survey-answer"],
  ["/surveys/2/kiosk", "survey-kiosk"],
  ["/surveys/slip", "survey-slip"],
  ["/surveys/forms", "survey-forms"],
  ["/surveys/forms/1", "survey-form"],
  ["/help", "help"],
  ["/refusals", "refusals"],
  ["/not-feedback", "not-feedback"],
  ["/staff/sign-in", "sign-in"],
  ["/feedback/22222222", "case-locked", { status: 404 }],
  ["/no/such/page", "not-found", { status: 404 }],
];

const languages = [["", "vi"], ["/en", "en"]];
// A desk with its browser at 200 % has half the pixels, each twice as wide.
const screens = [...widths.map((width) => ({ width })), { width: 640, deviceScaleFactor: 2 }];

// All faults of all pages at once, as lines.
async function walk(reader, prefix, language) {
  const faults = [];
  for (const [path, name, wish] of pages) {
    try {
      await reader.visit(prefix + path, { shot: `${name}-${language}`, ...wish });
      const said = await reader.page.locator("html").getAttribute("lang");
      if (said !== language) faults.push(`${prefix}${path} says it is in "${said}"`);
    } catch (error) {
      faults.push(error.message);
    }
  }
  return faults;
}

for (const [prefix, language] of languages) {
  for (const screen of screens) {
    for (const scripts of [true, false]) {
      const zoom = screen.deviceScaleFactor ? " (1280 at 200 %)" : "";
      test(`every page in ${language} at ${screen.width} px${zoom}, scripts `
           + `${scripts ? "on" : "off"}`, async ({ visitor }) => {
        const reader = await visitor({ ...screen, scripts });
        expectNone(await walk(reader, prefix, language), "pages with faults:");
      });
    }
  }
}

for (const [prefix, language] of languages) {
  for (const width of widths) {
    test(`the sums of a month, and whether a case is in one (${language}, ${width} px)`,
         async ({ city, visitor }) => {
      const reader = await visitor({ width, scripts: false });
      const month = say(language, "insight.facts.monthly").split("{")[0].trim();
      await reader.visit(`${prefix}/ledger/facts`, { inspect: false });
      const found = reader.page.locator(`main a:has-text("${month}")`);
      while (!await found.count()) await reader.press("main a[href*=before]", { inspect: false });
      await reader.press(found.first(), { shot: `month-${language}` });
      await open(reader, language, answeredCase(city), { inspect: false });
      await reader.press("main a[href$=counted]", { shot: `counted-${language}` });
      await sees(reader, say(language, "feedback.counted.title"));
    });
  }
}

test("a first visit stays within its budget wherever it begins", async ({ visitor }) => {
  const faults = [];
  for (const [path, , wish] of pages) {
    const reader = await visitor({ width: 1280 });
    await reader.visit(path, { inspect: false, ...wish });
    const weight = reader.traffic.bytes();
    if (weight > budget.first_visit) faults.push(`${path} weighs ${weight} bytes`);
    await reader.leave();
  }
  expectNone(faults, "first visits that are too heavy:");
});

// Reads pages from `start` on, as many links deep as given; calls `look(path, answer, html, links)`.
async function follow(city, start, depth_max, pages_max, look) {
  const seen = new Set([start]);
  let level = [start];
  for (let depth = 0; depth < depth_max && level.length; ++depth) {
    const next = [];
    for (const path of level) {
      const answer = await fetch(new URL(path, city.url));
      const html = await answer.text();
      const is_page = /^text\/html/.test(answer.headers.get("content-type") ?? "");
      const links = is_page ? linksOf(html, answer.url) : [];
      await look(path, answer, is_page ? html : "", links);
      for (const { path: link, is_switch } of links) {
        if (is_switch || seen.has(link) || seen.size >= pages_max) continue;
        seen.add(link);
        next.push(link);
      }
    }
    level = next;
  }
}

test("no link of a public page leads nowhere", async ({ city }) => {
  const faults = [];
  await follow(city, "/", 3, 150, async (path, answer, html) => {
    if (answer.status >= 400) faults.push(`${path}: ${answer.status}`);
    if (html) faults.push(...(await htmlFaults(html)).map((fault) => `${path}: ${fault}`));
  });
  expectNone(faults, "links:");
});

test("whoever reads English stays in English", async ({ city }) => {
  const faults = [];
  let read_count = 0;
  await follow(city, "/en/", 3, 60, (path, answer, html, links) => {
    if (html) ++read_count;
    if (html && !/<html lang="en"/.test(html)) faults.push(`${path} is not in English`);
    for (const link of links) {
      const is_page = !/^\/(a|api|attachment|tools)\/|\.csv|\/ledger\/(checkpoint|tile\/)/.test(link.path);
      if (is_page && !link.is_switch && !/^\/en(\/|$)/.test(link.path)) {
        faults.push(`${path} leads to ${link.path}`);
      }
    }
  });
  if (read_count < 20) faults.push(`only ${read_count} pages were read`);
  const ward = await (await fetch(new URL("/en/units/00004", city.url))).text();
  if (!ward.includes(`>${say("en", "insight.office.relation_partial")}<`) || ward.includes("Nhập")) {
    faults.push("a ward says in Vietnamese what it was made of");
  }
  expectNone(faults, "links out of English:");
});

// Paths of this site that a page links to, and whether a link changes the language on purpose.
function linksOf(html, base) {
  const links = [...html.matchAll(/<a\s([^>]*)>/g)].flatMap(([, attributes]) => {
    const href = /href="([^"#]+)/.exec(attributes)?.[1];
    return href ? [{ url: new URL(href.replaceAll("&amp;", "&"), base),
                     is_switch: /hreflang=/.test(attributes) }] : [];
  });
  return links.filter(({ url }) => url.origin === new URL(base).origin)
    .map(({ url, is_switch }) => ({ path: url.pathname + url.search, is_switch }));
}
