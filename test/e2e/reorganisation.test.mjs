// A ward that is abolished while a case is open: the citizen sees where it went and the same
// deadline, old links answer, the officer of the new ward answers. One event, seen by a citizen who
// reads Vietnamese at a desk and one who reads English on a phone, without scripting.
import fs from "node:fs";
import { test } from "./harness.mjs";
import { accountsOf, answer, expect, go, open, prefix_of, say, sees, send, signIn, takeUp,
         unitCode } from "./steps.mjs";

const units = new URL("../../data/units/units_2025-07-01.csv", import.meta.url);
const head = "new_code,new_name,new_province,old_code,old_name,old_district,old_province," +
             "relation,note_vi\n";
const quick = { inspect: false };

// "2026-11-28" in Vietnam.
const today = () => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);

const csv = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

async function fill(admin, list, mapping) {
  await admin.page.fill("#date", today());
  await admin.page.fill("#name", "Sắp xếp thử");
  await admin.page.fill("#source", "Nghị quyết mẫu 1/NQ");
  await admin.page.setInputFiles("#list", csv("list.csv", list));
  await admin.page.setInputFiles("#mapping", csv("mapping.csv", mapping));
}

test("a ward is abolished while a case is open", async ({ city, visitor }) => {
  const who = accountsOf(city);
  const rows = fs.readFileSync(units, "utf8").trim().split("\n");
  const to = await unitCode(city, who.ward);
  const gone = rows.find((row) => row.startsWith("3,") && !row.startsWith(`3,${to},`)).split(",");
  const [, from, name] = gone;
  const readers = [["vi", { width: 1280 }], ["en", { width: 390, scripts: false }]];
  const cases = [];
  for (const [language, how] of readers) {
    const citizen = await visitor(how);
    const sent = await send(city, { about: "place", unit: from, title: `Đèn tắt ở ngõ (${language})`,
      body: "Đèn đường ở ngõ tắt ba tuần nay, tối đi rất khó." });
    await open(citizen, language, sent, quick);
    await sees(citizen, name);
    cases.push({ language, citizen, sent, due: sent.due_at });
  }

  const admin = await visitor({ width: 390, scripts: false });
  await admin.visit("/staff", quick);
  await admin.page.fill("#login", "quantri");
  await admin.page.fill("#password", who.password);
  await admin.press(go(admin), quick);
  await admin.visit("/staff/reorganisation", { shot: "reorganisation-vi" });
  const list = rows.filter((row) => row !== gone.join(",")).join("\n") + "\n";
  const mapping = `${head}${to},${who.ward},01,${from},${name},,01,full,Nhập toàn bộ\n`;
  // A list that leaves the new ward out is told, and offers nothing to apply.
  await fill(admin, list, mapping.replace(`${to},`, "99999,"));
  await admin.press('button[value="preview"]');
  await sees(admin, say("vi", "units.reorganise.new_unknown"));
  expect(await admin.page.locator('button[value="apply"]').count() === 0, "it can be applied");
  await fill(admin, list, mapping);
  await admin.press('button[value="preview"]', { shot: "reorganisation-preview-vi" });
  await sees(admin, say("vi", "reorganise.preview"));
  await fill(admin, list, mapping);
  await admin.press('button[value="apply"]');
  await sees(admin, say("vi", "reorganise.applied"));
  await admin.visit("/en/staff/reorganisation");
  await sees(admin, "Nghị quyết mẫu 1/NQ");

  for (const { language, citizen, sent, due } of cases) {
    const told = say(language, "feedback.case.event.reorganised");
    await city.until(async () => {
      await open(citizen, language, sent, quick);
      return (await citizen.page.locator("main").innerText()).includes(told);
    }, "case that has moved");
    await sees(citizen, `${name} → ${who.ward}`);
    const answered = await fetch(new URL(`/api/v1/feedback/${sent.code}`, city.url),
                                 { headers: { "x-feedback-secret": sent.secret } });
    expect((await answered.json()).due_at === due, "the deadline has moved");
    // The link on an old poster.
    await citizen.visit(`${prefix_of(language)}/units/${from}`);
    await sees(citizen, say(language, "insight.office.now"));
    await citizen.press(`main .note a[href$="/units/${to}"], main a[href$="/units/${to}"]`);
    await citizen.visit(`${prefix_of(language)}/feedback/new?unit=${from}`);
  }

  const officer = await visitor({ width: 1280 });
  await signIn(officer, "vi", who.ward_handler, who.password, quick);
  for (const { language, citizen, sent } of cases) {
    await takeUp(officer, "vi", sent.code, quick);
    await answer(officer, "vi", sent.code,
                 { text: "Đội chiếu sáng đã thay bóng và dây lúc 9 giờ sáng hôm nay.",
                   evidence: "Biên bản nghiệm thu số 14." }, quick);
    await open(citizen, language, sent);
    await sees(citizen, say(language, "feedback.state.answered"));
    await sees(citizen, who.ward);
  }
});
