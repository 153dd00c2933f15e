// What pages weigh in a city as large as the one that `./dev run` makes: lists and tables are full
// there. The pages are found by walking links: those anybody sees, and those of whoever heads the
// city, which list most.
import http from "node:http";
import { expectNone, test } from "./harness.mjs";
import { budget } from "./inspect.mjs";
import { accountsOf } from "./steps.mjs";

const cases = 4000, pages_max = 120, of_one_shape = 3;
// What is a whole thing to be read or filled in may weigh more, as it may in pages.test.mjs.
const whole_max = 10 * 1024;
const whole = [/^\/consultations\/\d+$/, /^\/staff\/consultations\/\d+$/, /^\/staff\/intake$/,
               /^\/surveys\/\d+$/];

// The bytes of an answer as they came over the wire, and its text.
function fetchRaw(url, encoding, cookie) {
  return new Promise((resolve, reject) => {
    const headers = { "accept-encoding": encoding, ...(cookie ? { cookie } : {}) };
    http.get(url, { headers }, (answer) => {
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

// The cookies of somebody who has signed in.
async function signedIn(city, login, password) {
  const url = new URL("/staff/sign-in", city.url);
  const form = await fetch(url);
  const token = (await form.text()).match(/name="csrf" value="([^"]*)"/)[1];
  const pairs = (answer) => answer.headers.getSetCookie().map((each) => each.split(";")[0]);
  const body = new URLSearchParams({ csrf: token, login, password });
  const done = await fetch(url, { method: "POST", body, redirect: "manual",
                                  headers: { cookie: pairs(form).join("; ") } });
  if (done.status !== 303) throw new Error(`signing in as ${login} answered ${done.status}`);
  return [...pairs(form), ...pairs(done)].join("; ");
}

// Faults of the pages that links lead to from `begin`, a few of each shape.
async function heavy(city, begin, follow, cookie) {
  const faults = [], seen = new Set(begin), shapes = new Map();
  for (const path of seen) {
    const url = new URL(path, city.url);
    const { text, type } = await fetchRaw(url, "identity", cookie);
    if (!type.startsWith("text/html")) continue;
    const { bytes } = await fetchRaw(url, "br", cookie);
    const bare = path.replace(/^\/en(?=\/)/, "").replace(/\?.*/, "");
    const most = /^\/(en\/?)?$/.test(path) ? budget.home
      : whole.some((each) => each.test(bare)) ? whole_max : budget.page;
    if (bytes > most) faults.push(`${path} weighs ${bytes} bytes, more than ${most}`);
    for (const [, href] of text.matchAll(/<a [^>]*href="(\/[^"#]*)"/g)) {
      const link = href.replaceAll("&amp;", "&");
      const shape = link.replace(/[A-Z0-9]{4,}(-[A-Z0-9]{4})*/g, "C").replace(/\d+/g, "N");
      const known = shapes.get(shape) ?? 0;
      if (!follow.test(link) || known === of_one_shape || seen.size >= pages_max) continue;
      shapes.set(shape, known + 1);
      seen.add(link);
    }
  }
  return faults;
}

test("pages of a large city stay within their budget", async ({ city }) => {
  if (!city.binary) return;  // A server that runs already has the city it has.
  const large = await city.another({ cases });
  try {
    const who = accountsOf(large);
    const cookie = await signedIn(large, who.city_head, who.password);
    const anybody = await heavy(large, ["/", "/en", "/figures/units", "/en/figures"], /^\//);
    const head = await heavy(large, ["/staff", "/en/staff", "/staff/desk", "/staff/rooms"],
                             /^(\/en)?\/staff(?!\/sign-out)/, cookie);
    expectNone([...anybody, ...head], "pages that are too heavy:");
  } finally {
    await large.stop();
  }
});
