// A promise in an answer: from the letter to the commitment that everybody follows, to the sender's
// "yes, it is done"; and the page of the office that made it.
import { test } from "./harness.mjs";
import { accountsOf, answer, button, casePath, expect, go, open, prefix_of, say, sees, seesNot,
         send, signIn, takeUp, unitCode } from "./steps.mjs";

const promised = "Trước ngày hẹn, tổ điện thay dây và lắp bóng mới ở đầu ngõ 12.";
const done = {
  text: "Đội chiếu sáng đã thay bóng và dây lúc 9 giờ sáng, đèn sáng từ tối nay.",
  evidence: "Biên bản nghiệm thu số 14, có chữ ký của tổ trưởng dân phố.",
};
const quick = { inspect: false };

for (const [language, width, scripts] of [["vi", 1280, true], ["en", 320, false]]) {
  test(`promise: a report's answer promises, is kept, and its sender says so (${language}, ${width})`,
       async ({ city, visitor }) => {
    const who = accountsOf(city), prefix = prefix_of(language);
    const unit = await unitCode(city, who.ward);
    const [officer, head, citizen, reader] = await Promise.all(
      [0, 1, 2, 3].map(() => visitor({ width, scripts })));
    const made = await send(city, { about: "place", unit, title: "Bóng đèn cháy ở ngõ 12",
      body: "Bóng đèn đầu ngõ 12 cháy ba tuần nay, tối đi rất sợ.", public: true });
    await signIn(officer, language, who.ward_handler, who.password, quick);
    await takeUp(officer, language, made.code, quick);
    await signIn(head, language, who.ward_head, who.password, quick);
    await head.visit(`${casePath(language, made.code)}/publish`, quick);
    await head.press(go(head), quick);

    await officer.visit(`${casePath(language, made.code)}/promise`, quick);
    const day = new Date(Date.now() + (20 * 24 + 7) * 3600 * 1000);
    await officer.page.fill("#text", promised);
    await officer.page.fill("#day-day", String(day.getUTCDate()));
    await officer.page.fill("#day-month", String(day.getUTCMonth() + 1));
    await officer.page.fill("#day-year", String(day.getUTCFullYear()));
    await officer.press(go(officer), quick);
    const link = officer.page.locator('main a[href*="/commitments/"]').first();
    const number = /commitments\/(\d+)/.exec(await link.getAttribute("href"))[1];

    // Everybody reads it, on its own page and behind the number on the page of the office.
    await reader.visit(`${prefix}/commitments/${number}`, { shot: `promise-${language}` });
    await sees(reader, promised);
    await sees(reader, say(language, "commitment.source.case"));
    await reader.visit(`${prefix}/units/${unit}`, { shot: `unit-word-${language}` });
    await sees(reader, say(language, "commitment.unit.title"));
    await reader.press('main a[href*="state=waiting"]');
    await sees(reader, promised);

    await open(citizen, language, made, quick);
    await citizen.press(`main a[href*="/commitments/${number}/own"]`);
    await citizen.press(button(citizen, say(language, "commitment.own.confirm")));
    await sees(citizen, say(language, "commitment.own.has_confirmed"));
    // That it is done is said at the case alone.
    await head.visit(`${prefix}/staff/commitments/${number}`, { shot: `promise-desk-${language}` });
    await seesNot(head, say(language, "commitment.desk.declare_do"));
    await answer(officer, language, made.code, done, quick);
    await reader.visit(`${prefix}/commitments/${number}`, quick);
    await sees(reader, say(language, "commitment.state.declared"));
    await sees(reader, done.text);
    await citizen.visit(`${prefix}/feedback/${made.code}`, quick);
    await citizen.press('form[action$="/accept"] button');
    await reader.visit(`${prefix}/commitments/${number}`, { shot: `promise-kept-${language}` });
    await sees(reader, say(language, "commitment.state.kept"));
    await sees(reader, say(language, "commitment.event.accepted"));
    expect((await reader.page.content()).includes(made.code), "the promise leads to its report");
  });
}
