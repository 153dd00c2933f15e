// Citizen reception: a head announces by a rule, somebody books, is received, gets the written
// result and contests it; a day is moved and cancelled; both languages, wide and narrow, with
// scripting and without.
import { test } from "./harness.mjs";
import { accountsOf, button, choose, dayAfter, expect, link, momentAfter, prefix_of, say, sees,
         seesNot, signIn } from "./steps.mjs";

const quick = { inspect: false };
// What stands before the first hole of a sentence.
const begin = (language, key) => say(language, key).split("{")[0].trim();

// A day that may be held at once: it begins within half an hour, by a clock in Hanoi.
function soon(minutes) {
  let at = momentAfter(minutes / 60);
  if (at.slice(11) > "23:40") at = `${momentAfter(1).slice(0, 10)}T00:05`;
  const [hour, minute] = at.slice(11).split(":").map(Number);
  const end = Math.min(hour * 60 + minute + 15, 24 * 60 - 1);
  const two = (number) => String(number).padStart(2, "0");
  return { day: at.slice(0, 10), from: at.slice(11),
           to: `${two(Math.floor(end / 60))}:${two(end % 60)}` };
}

async function announce(head, language, prefix, { receiver, rhythm = "once", first, from, to,
                                                  minutes = "5", places = "3" }, wish) {
  await head.visit(`${prefix}/staff/receptions/new`, wish);
  await head.page.fill("#receiver", receiver);
  await head.page.fill("#place", "Phòng tiếp công dân, tầng 1");
  await choose(head, "rhythm", rhythm);
  await head.page.fill("#first", first);
  await head.page.fill("#from", from);
  await head.page.fill("#to", to);
  await head.page.fill("#turn_minutes", minutes);
  await head.page.fill("#places", places);
  await head.press(button(head, say(language, "reception.new.do")), quick);
}

// Books at the day of this address; gives { code, secret }.
async function book(citizen, language, address, about, wish) {
  await citizen.visit(`${address}/book`, wish);
  await citizen.page.fill("#about", about);
  await citizen.press(button(citizen, say(language, "reception.book.do")), wish);
  const code = await citizen.page.locator("#code").innerText();
  const secret = await citizen.page.locator("#secret").innerText();
  return { code, secret };
}

async function ofDesk(head, prefix, receiver) {
  await head.visit(`${prefix}/staff/receptions`, quick);
  const item = head.page.locator("main li", { hasText: receiver }).first();
  const href = await item.locator("h3 a").first().getAttribute("href");
  return { desk: href, day: href.replace("/staff", "") };
}

for (const [language, width, scripts] of [["vi", 1280, true], ["en", 390, false]]) {
  test(`reception: booked, received, answered and contested (${language}, ${width} px, scripts `
       + `${scripts ? "on" : "off"})`, async ({ city, visitor }) => {
    const prefix = prefix_of(language), who = accountsOf(city);
    const head = await visitor({ width, scripts }), citizen = await visitor({ width, scripts });
    const above = await visitor({ width, scripts });
    await signIn(head, language, who.ward_head, who.password, quick);

    // The sample has days to come, days that are over, and units that owe.
    await citizen.visit(`${prefix}/receptions`, { shot: `receptions-${language}` });
    await citizen.visit(`${prefix}/receptions?past=1`);
    await citizen.visit(`${prefix}/receptions/units`);
    await citizen.press(citizen.page.locator("main tbody a").first(),
                        { shot: `reception-unit-${language}` });
    await sees(citizen, say(language, "reception.duty.unconfirmed"));

    // By a rule, every month; what is wrong is told beside its field first.
    await announce(head, language, prefix,
                   { receiver: `Phó chủ tịch ${language}`, rhythm: "monthly", first: dayAfter(1),
                     from: "11:00", to: "08:00" },
                   { shot: `reception-new-${language}` });
    await sees(head, say(language, "reception.error.to"));
    await head.page.fill("#to", "12:00");
    await head.press(button(head, say(language, "reception.new.do")), quick);
    await sees(head, `Phó chủ tịch ${language}`);

    // A day is moved and then cancelled; the page of the turn says so.
    const rule = await ofDesk(head, prefix, `Phó chủ tịch ${language}`);
    const early = await book(citizen, language, rule.day, "Hỏi việc nhà ở ngõ 12");
    await head.visit(rule.desk);
    await head.page.locator("summary", { hasText: say(language, "reception.desk.cancel") }).first()
      .click();
    await head.page.fill("#reason-cancel", "Bão vào, thành phố cho nghỉ");
    await head.press(button(head, say(language, "reception.desk.cancel_do")), quick);
    await citizen.visit(rule.day);
    await sees(citizen, "Bão vào, thành phố cho nghỉ");
    await citizen.visit(`${prefix}/receptions/turns/${early.code.replace(/^TD|-/g, "")}`);
    await sees(citizen, say(language, "reception.own.day_cancelled"));

    // A day that begins now.
    const now = soon(10);
    await announce(head, language, prefix,
                   { receiver: `Trực tiếp ${language}`, first: now.day, from: now.from,
                     to: now.to }, quick);
    const today = await ofDesk(head, prefix, `Trực tiếp ${language}`);
    await citizen.visit(today.day, { shot: `reception-day-${language}` });
    const turn = await book(citizen, language, today.day, "Ngõ 12 ngập nước mỗi khi mưa",
                            { shot: `reception-slip-${language}` });
    const own = `${prefix}/receptions/turns/${turn.code.replace(/^TD|-/g, "")}`;
    await head.visit(today.desk);
    await head.press(button(head, say(language, "reception.desk.hold")));
    await head.press(head.page.locator(`main a[href*="/turns/"]`).first(),
                     { shot: `reception-turn-${language}` });
    await choose(head, "presence", "came");
    await choose(head, "sort", "report");
    await choose(head, "outcome", "written");
    await head.press(button(head, say(language, "reception.desk.log_do")), { status: 422 });
    const summary = "Người dân nói nước vào nhà ba lần; phường hẹn nạo vét cống.";
    await head.page.fill("#summary", summary);
    await head.press(button(head, say(language, "reception.desk.log_do")));
    await citizen.visit(own, { shot: `reception-own-${language}` });
    await sees(citizen, summary);
    await sees(citizen, begin(language, "reception.own.owed"));
    const result = "Phường đã nhận việc, đội thoát nước nạo vét cống trong tháng này.";
    await head.page.fill("#result", result);
    await head.press(button(head, say(language, "reception.desk.result_do")));

    // It is no answer: the unit above decides, and nobody else reads of it.
    await citizen.visit(own);
    await sees(citizen, result);
    await citizen.page.fill("#contest", "Tôi hỏi ngày nào xong mà văn bản không nói.");
    await citizen.press(button(citizen, say(language, "reception.contest.do")));
    await sees(citizen, begin(language, "reception.contest.waits"));
    await signIn(above, language, who.city_head, who.password, quick);
    await above.visit(`${prefix}/staff/receptions`);
    await above.press(link(above, turn.code));
    await choose(above, "choice", "again");
    await above.page.fill("#ruling", "Văn bản phải nói ngày xong và ai làm.");
    await above.press(button(above, say(language, "reception.desk.ruling_do")));
    await citizen.visit(own);
    await sees(citizen, "Văn bản phải nói ngày xong và ai làm.");
    await sees(citizen, begin(language, "reception.own.owed"));
    await citizen.visit(today.day, quick);
    await seesNot(citizen, summary);

    // Its holder takes every word back.
    await citizen.visit(own, quick);
    await citizen.page.locator("summary", { hasText: say(language, "reception.own.erase") })
      .first().click();
    await citizen.press(button(citizen, say(language, "reception.own.erase_do")));
    await sees(citizen, say(language, "reception.own.erased"));
    await seesNot(citizen, summary);
    expect(turn.code.startsWith("TD-"), `a turn is called ${turn.code}`);
  });
}
