// Somebody sends 10,000 forms. They are cut off after a handful, and told so; what they sent is not
// dropped in silence; nobody else waits, and the office still finds what a citizen sent meanwhile.
import http from "node:http";
import { test } from "./harness.mjs";
import { accountsOf, casePath, choose, expect, go, say, sees, signIn, unitCode } from "./steps.mjs";

const quick = { inspect: false };
const forms = 10_000, at_once = 32;
// What one address may send: sixty at once and thirty a minute (platform/http/http_guard.h).
const burst = 60, per_minute = 30;

// One more of them, from an address of its own on this machine. Gives the status and the headers.
function spam(city, agent, number) {
  const body = JSON.stringify({ about: "place", body: `MUA HÀNG GIÁ RẺ gọi ngay, lần ${number}` });
  return new Promise((resolve, reject) => {
    const request = http.request(new URL("/api/v1/feedback", city.url), {
      method: "POST", agent, localAddress: "127.0.0.2",
      headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body) },
    }, (response) => {
      let text = "";
      response.on("data", (bytes) => { text += bytes; });
      response.on("end", () => resolve({ status: response.statusCode, text,
                                         wait: response.headers["retry-after"] }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

async function flood(city) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: at_once });
  const answers = { taken: 0, refused: 0, others: [] };
  let number = 0;
  const one = async () => {
    while (number < forms) {
      const answer = await spam(city, agent, ++number);
      if (answer.status === 201) ++answers.taken;
      else if (answer.status === 429 && Number(answer.wait) > 0) ++answers.refused;
      else answers.others.push(`${answer.status}: ${answer.text.slice(0, 200)}`);
    }
  };
  await Promise.all(Array.from({ length: at_once }, one));
  agent.destroy();
  return answers;
}

test("a spammer sends 10,000 forms, and nobody else notices", async ({ city, visitor }) => {
  const own = await city.another({ cases: 40, limits: "on" });
  try {
    const who = accountsOf(own);
    const began = Date.now();
    const flooding = flood(own);
    const hoa = await visitor({ width: 390, scripts: false });
    hoa.city = own;
    await hoa.visit("/feedback/new", quick);
    await choose(hoa, "about", "place");
    await hoa.press(go(hoa), quick);
    await choose(hoa, "topic", await hoa.page.locator('main input[name="topic"]').first()
      .getAttribute("value"));
    await hoa.press(go(hoa), quick);
    await hoa.page.fill("#q", who.ward);
    await hoa.press('button[name="search"]', quick);
    await choose(hoa, "unit", await unitCode(own, who.ward));
    await hoa.press(go(hoa), quick);
    await hoa.page.fill("#body", "Nắp cống trước trường học bị mất từ tối qua.");
    await hoa.press(go(hoa), quick);
    await hoa.press(go(hoa), quick);
    await hoa.press(go(hoa), quick);
    const code = (await hoa.page.locator("#code").innerText()).replace(/^HN-|-/g, "");

    const answers = await flooding;
    expect(answers.others.length === 0, `the spammer got ${answers.others.slice(0, 3).join("; ")}`);
    const minutes = (Date.now() - began) / 60_000;
    const most = burst + Math.ceil(per_minute * minutes) + 1;
    expect(answers.taken >= burst && answers.taken <= most,
           `${answers.taken} of ${forms} were taken, of at most ${most}`);
    expect(answers.taken + answers.refused === forms, "not every form was answered");

    const officer = await visitor({ width: 1280 });
    officer.city = own;
    await signIn(officer, "vi", who.ward_head, who.password, quick);
    await officer.visit("/staff?q=nap+cong", quick);
    await sees(officer, "Nắp cống trước trường học");
    await officer.visit(casePath("vi", code), quick);
    await sees(officer, "Nắp cống trước trường học");
    // Their own page tells a spammer what an office may say to it.
    await officer.visit(`${casePath("vi", code)}/decline`, quick);
    await sees(officer, say("vi", "feedback.decline_reason.abuse"));
  } finally {
    await own.stop();
  }
});
