// What pages weigh in a city as large as the one that `./dev run` makes: lists and tables are full
// there. One page of each shape, found by walking the links of the public pages.
import http from "node:http";
import { City } from "./city.mjs";
import { expectNone, test } from "./harness.mjs";
import { budget } from "./inspect.mjs";

const cases = 4000, pages_max = 120;

// The bytes of an answer as they came over the wire, and its text.
function fetchRaw(url, encoding) {
  return new Promise((resolve, reject) => {
    http.get(url, { headers: { "accept-encoding": encoding } }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => {
        const body = Buffer.concat(chunks);
        const head = answer.rawHeaders.reduce((sum, word) => sum + word.length + 2, 17);
        resolve({ bytes: head + body.length, type: answer.headers["content-type"] ?? "",
                  text: body.toString() });
      });
    }).on("error", reject);
  });
}

test("pages of a large city stay within their budget", async ({ city }) => {
  if (!city.binary) return;  // A server that runs already has the city it has.
  const large = await City.start(city.binary, { cases });
  try {
    const faults = [], seen = new Set(["/", "/en", "/figures/units", "/en/figures"]);
    for (const path of seen) {
      const url = new URL(path, large.url);
      const { text, type } = await fetchRaw(url, "identity");
      if (!type.startsWith("text/html")) continue;
      const { bytes } = await fetchRaw(url, "br");
      const most = /^\/(en\/?)?$/.test(path) ? budget.home : budget.page;
      if (bytes > most) faults.push(`${path} weighs ${bytes} bytes, more than ${most}`);
      for (const [, link] of text.matchAll(/<a [^>]*href="(\/[^"#]*)"/g)) {
        if (seen.size < pages_max) seen.add(link.replaceAll("&amp;", "&"));
      }
    }
    expectNone(faults, "pages that are too heavy:");
  } finally {
    await large.stop();
  }
});
