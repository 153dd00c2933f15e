// The working calendar: Tết in the middle of a deadline, and a holiday that an administrator adds
// while a case is open. In a city of their own, whose calendar nobody else counts by.
import { test } from "./harness.mjs";
import { accountsOf, expect, go, open, prefix_of, say, sees, send, unitCode } from "./steps.mjs";

const quick = { inspect: false };
const give_up_ms = 60_000;

async function inCityOf(city, { now, cases = 40 }, body) {
  const own = await city.another({ cases, now });
  try {
    await body(own);
  } finally {
    await own.stop();
  }
}

// Public cases that came in between two days (in UTC), as the API lists them.
async function casesBetween(city, from, to) {
  const found = [];
  for (let next = ""; next !== null;) {
    const after = next ? `&after=${next}` : "";
    const answer = await (await fetch(new URL(`/api/v1/feedback?limit=50${after}`, city.url))).json();
    found.push(...answer.items.filter((each) => each.received_at > from && each.received_at < to));
    next = answer.next;
  }
  return found;
}

test("Tết stands in the middle of a deadline, and each of its days is named",
     async ({ city, visitor }) => {
  await inCityOf(city, { now: "2026-03-06T02:00:00Z", cases: 150 }, async (own) => {
    const sent = (await casesBetween(own, "2026-02-09", "2026-02-13"))
      .find((each) => each.due_at > "2026-02-24");
    expect(sent, "the sample has no case over Tết");
    for (const [language, width, scripts] of [["vi", 390, false], ["en", 1280, true]]) {
      const reader = await visitor({ width, scripts });
      reader.city = own;
      await reader.visit(`${prefix_of(language)}/feedback/${sent.code}`);
      await reader.page.locator("summary", { hasText: say(language, "feedback.due.why") }).click();
      for (const day of [16, 17, 18, 19, 20])
        await sees(reader, `${day}/2/2026`.replace("/2/", "/02/"));
      await sees(reader, language === "vi" ? "Tết Nguyên đán" : "Lunar New Year");
      await reader.leave();
    }
  });
});

const parts = (iso) => iso.slice(0, 10).split("-").map(Number);

async function addDay(admin, language, [year, month, day]) {
  await admin.visit(`${prefix_of(language)}/staff/calendar`, { shot: `calendar-${language}` });
  await admin.page.fill("#day-day", String(day));
  await admin.page.fill("#day-month", String(month));
  await admin.page.fill("#day-year", String(year));
  const label = await admin.page.locator('input[name="kind"][value="holiday"]').getAttribute("id");
  await admin.page.locator(`main label[for="${label}"]`).click();
  await admin.page.fill("#name_vi", "Nghỉ tránh bão số 9");
  await admin.page.fill("#name_en", "Storm nine");
  const form = admin.page.locator("main form").filter({ has: admin.page.locator("#name_vi") });
  await admin.press(form.locator("button"), { status: 422, ...quick });
  await sees(admin, say(language, "workdays.error.source"));
  expect(await admin.page.inputValue("#name_vi") === "Nghỉ tránh bão số 9", "what was typed is lost");
  await admin.page.locator("#source").first().fill("Công điện 12/CĐ-UBND");
  await admin.press(form.locator("button"), { shot: `calendar-check-${language}` });
}

for (const [language, width, scripts] of [["vi", 390, false], ["en", 1280, true]]) {
  test(`a holiday is added and an open case moves forward (${language}, ${width} px, scripts `
       + `${scripts ? "on" : "off"})`, async ({ city, visitor }) => {
    await inCityOf(city, {}, async (own) => {
      const who = accountsOf(own);
      const made = await send(own, { about: "place", unit: await unitCode(own, who.ward),
        title: "Cây đổ ngang ngõ", body: "Cây đổ ngang ngõ 7 từ đêm qua.", contact: "0987 654 321" });
      const admin = await visitor({ width, scripts });
      admin.city = own;
      await admin.visit(`${prefix_of(language)}/staff`, quick);
      await admin.page.fill("#login", "quantri");
      await admin.page.fill("#password", who.password);
      await admin.press(go(admin), quick);
      // The last day of the deadline itself is taken away.
      await addDay(admin, language, parts(made.due_at));
      await sees(admin, "Công điện 12/CĐ-UBND");
      const counted = Number(/\d+/.exec(await admin.page.locator("main").innerText()
        .then((text) => text.slice(text.indexOf(say(language, "workdays.moved")))))[0]);
      expect(counted >= 1, "no case would move");
      await admin.press(go(admin), quick);
      await sees(admin, say(language, "workdays.done"));

      const citizen = await visitor({ width, scripts });
      citizen.city = own;
      await open(citizen, language, made, quick);
      const until = Date.now() + give_up_ms;
      const shown = async () => (await citizen.page.locator("main").innerText());
      while (!(await shown()).includes(say(language, "feedback.case.event.moved"))) {
        if (Date.now() > until) throw new Error(`the date did not move:\n${await shown()}`);
        await citizen.page.reload();
      }
      await citizen.visit(new URL(citizen.page.url()).pathname, { shot: `calendar-case-${language}` });
      const [year, month, day] = made.due_at.slice(0, 10).split("-");
      await sees(citizen, `${day}/${month}/${year} (${
        language === "vi" ? "Nghỉ tránh bão số 9" : "Storm nine"})`);
      const after = await (await fetch(new URL(`/api/v1/feedback/${made.code}`, own.url),
        { headers: { "x-feedback-secret": made.secret } })).json();
      expect(after.due_at > made.due_at, `due ${after.due_at}, before ${made.due_at}`);
      expect(after.first_due_at === made.due_at, "the first date was not kept");

      // Everybody reads the day and its source.
      await citizen.visit(`${prefix_of(language)}/calendar?year=${year}`,
                          { shot: `calendar-public-${language}` });
      await sees(citizen, "Công điện 12/CĐ-UBND");
    });
  });
}
