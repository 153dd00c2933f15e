// What happens to a case between an office and the one who sent it, each with a browser of their
// own: both languages, wide and narrow, with scripting and without.
import { test } from "./harness.mjs";
import { accountsOf, answer, assign, casePath, choose, expect, go, open, prefix_of, say, sees,
         seesNot, send, signIn, takeUp, unitCode } from "./steps.mjs";

const words = {
  text: "Đội chiếu sáng đã thay bóng và dây lúc 9 giờ sáng ngày 20 tháng 11.",
  evidence: "Biên bản nghiệm thu số 14, có chữ ký của tổ trưởng dân phố.",
};
const quick = { inspect: false };

// A case in the sample's first ward, its two officers, and who sent it.
async function cast(city, visitor, language, { width, scripts = true }) {
  const who = accountsOf(city);
  const unit = await unitCode(city, who.ward);
  return {
    who, unit, officer: await visitor({ width, scripts }),
    citizen: await visitor({ width, scripts }),
    sent: (title) => send(city, { about: "place", unit, title, contact: "0987 654 321",
      body: `${title}. Tôi đã báo tổ dân phố hai lần mà chưa ai đến xem.` }),
  };
}

async function opened(citizen, language, sent, key, wish) {
  await open(citizen, language, sent, wish);
  await sees(citizen, say(language, `feedback.state.${key}`));
}

for (const [language, width, scripts] of [["vi", 1280, true], ["en", 390, false]]) {
  const about = `${language}, ${width} px, scripts ${scripts ? "on" : "off"}`;

  test(`an officer takes up and answers, the citizen accepts and rates (${about})`,
       async ({ city, visitor }) => {
    const { who, officer, citizen, sent } = await cast(city, visitor, language, { width, scripts });
    const made = await sent("Bóng đèn cháy ở ngõ 12");
    await signIn(officer, language, who.ward_handler, who.password);
    await officer.visit(`${prefix_of(language)}/staff`, { shot: `queue-${language}` });
    await officer.page.fill("#q", made.code);
    await officer.press(officer.page.locator("main form button").first());
    await officer.press(`main a[href="${casePath(language, made.code)}"]`);
    await sees(officer, "Bóng đèn cháy ở ngõ 12");
    await officer.press(`form[action$="/${made.code}/accept"] button`);
    await assign(officer, language, made.code);
    await sees(officer, "0987 654 321");
    await officer.shoot(`staffcase-${language}`);

    // Too little said: everything typed stays.
    await officer.visit(`${casePath(language, made.code)}/answer`);
    await officer.page.fill("#text", "Xong.");
    await choose(officer, "outcome", "confirmed");
    await officer.press(go(officer), { status: 422 });
    expect(await officer.page.inputValue("#text") === "Xong.", "what was typed is lost");
    await answer(officer, language, made.code, words);

    await opened(citizen, language, made, "answered");
    for (const text of [words.text, words.evidence]) await sees(citizen, text);
    await citizen.press('form[action$="/accept"] button');
    await sees(citizen, say(language, "feedback.case.done"));
    await sees(citizen, say(language, "feedback.state.closed"));

    await citizen.press('main a[href$="/ratings"]');
    await citizen.press(go(citizen), { status: 422 });
    await choose(citizen, "score", "5");
    await choose(citizen, "solved", "yes");
    // Trust may be left out: one of the two questions is.
    await choose(citizen, "believed", "yes");
    await citizen.page.fill("#text", "Nhanh, rõ ràng.");
    await citizen.press(go(citizen));
    await sees(citizen, "Nhanh, rõ ràng.");
    await sees(citizen, say(language, "satisfaction.believed"));
    // The office learns how many were content, never what one person said at the desk.
    await officer.visit(casePath(language, made.code));
    await seesNot(officer, "Nhanh, rõ ràng.");
  });

  test(`an answer that solves nothing comes back (${about})`, async ({ city, visitor }) => {
    const { who, officer, citizen, sent } = await cast(city, visitor, language, { width, scripts });
    const made = await sent("Ổ gà trước cổng chợ");
    await signIn(officer, language, who.ward_handler, who.password, quick);
    await takeUp(officer, language, made.code, quick);
    await answer(officer, language, made.code, words, quick);

    await opened(citizen, language, made, "answered", quick);
    await citizen.page.locator("main details summary")
      .filter({ hasText: say(language, "feedback.act.reopen") }).click();
    await citizen.page.fill("#reopen", "Chưa ai đến vá, ổ gà còn sâu hơn.");
    await citizen.press('form[action$="/reopen"] button');
    await sees(citizen, say(language, "feedback.state.reopened"));

    await officer.visit(`${prefix_of(language)}/staff?tab=reopened&q=${made.code}`);
    await officer.press(`main a[href="${casePath(language, made.code)}"]`);
    await sees(officer, "Chưa ai đến vá");
    await assign(officer, language, made.code, quick);
    await answer(officer, language, made.code,
                 { ...words, text: "Ngày 22 đội đường đã vá xong cả đoạn trước cổng chợ." }, quick);
    await opened(citizen, language, made, "answered", quick);
    await sees(citizen, "vá xong cả đoạn");
  });

  test(`the office asks, the citizen replies (${about})`, async ({ city, visitor }) => {
    const { who, officer, citizen, sent } = await cast(city, visitor, language, { width, scripts });
    const made = await sent("Cống thoát nước tắc");
    await signIn(officer, language, who.ward_handler, who.password, quick);
    await takeUp(officer, language, made.code, quick);
    await officer.visit(`${casePath(language, made.code)}/ask`);
    await officer.page.fill("#text", "Cống tắc ở trước hay sau nhà văn hóa?");
    await officer.press(go(officer));

    await opened(citizen, language, made, "asked");
    await sees(citizen, "trước hay sau nhà văn hóa?");
    await citizen.page.fill("#reply", "Ở phía sau, cạnh gốc đa.");
    await citizen.press('form[action$="/reply"] button');
    await sees(citizen, say(language, "feedback.state.assigned"));
    await officer.visit(casePath(language, made.code));
    await sees(officer, "cạnh gốc đa");
  });

  test(`the office declines, the citizen contests once (${about})`, async ({ city, visitor }) => {
    const { who, officer, citizen, sent } = await cast(city, visitor, language, { width, scripts });
    const made = await sent("Xin đổi tên ngõ");
    await signIn(officer, language, who.ward_head, who.password, quick);
    await takeUp(officer, language, made.code, quick);
    await officer.visit(`${casePath(language, made.code)}/decline`);
    await officer.page.fill("#text", "Việc này thuộc thẩm quyền của Hội đồng nhân dân thành phố.");
    await officer.press(go(officer), { status: 422 });
    await choose(officer, "reason", "not_competent");
    await officer.press(go(officer));

    await opened(citizen, language, made, "declined");
    await sees(citizen, say(language, "feedback.decline_reason.not_competent"));
    await citizen.page.fill("#contest", "Phường có thể đề xuất, luật cho phép như vậy.");
    await citizen.press('form[action$="/contest"] button');
    await sees(citizen, say(language, "feedback.state.reopened"));
    expect(await citizen.page.locator("#contest").count() === 0, "it can be contested twice");

    // Who decided does not decide again: the city does, and still sees what was said.
    const above = await visitor({ width, scripts });
    await signIn(above, language, who.city_head, who.password, quick);
    await above.visit(casePath(language, made.code), quick);
    await sees(above, "Phường có thể đề xuất");
  });
}

test("two officers at one case: the slower one keeps what they typed", async ({ city, visitor }) => {
  const { who, officer, sent } = await cast(city, visitor, "vi", { width: 1280 });
  const slower = await visitor({ width: 1280 });
  const made = await sent("Cây nghiêng vào dây điện");
  await signIn(officer, "vi", who.ward_head, who.password, quick);
  await signIn(slower, "vi", who.ward_handler, who.password, quick);
  await takeUp(slower, "vi", made.code, quick);
  await slower.visit(`${casePath("vi", made.code)}/note`, quick);
  await slower.page.fill("#text", "Đã gọi công ty cây xanh, họ hẹn chiều nay.");
  await officer.visit(`${casePath("vi", made.code)}/note`, quick);
  await officer.page.fill("#text", "Điện lực đã cắt điện đoạn này.");
  await officer.press(go(officer));

  await slower.press(go(slower), { status: 409 });
  await sees(slower, say("vi", "feedback.staff.changed"));
  expect((await slower.page.inputValue("#text")).includes("công ty cây xanh"), "the text is lost");
  await slower.press(go(slower));
  await slower.visit(casePath("vi", made.code));
  for (const text of ["công ty cây xanh", "Điện lực"]) await sees(slower, text);
  // Notes are for the office alone.
  const stranger = await visitor({});
  await stranger.visit(`/feedback/${made.code}`, quick);
  await seesNot(stranger, "công ty cây xanh");
});

test("a wrong password opens nothing, and signing out ends it", async ({ city, visitor }) => {
  const who = accountsOf(city);
  const officer = await visitor({ width: 390, scripts: false });
  await officer.visit("/staff");
  await officer.page.fill("#login", who.city_head);
  await officer.page.fill("#password", "không phải mật khẩu này");
  await officer.press(go(officer), { status: 422 });
  await sees(officer, say("vi", "people.sign_in.wrong"));
  await signIn(officer, "vi", who.city_head, who.password, quick);
  await officer.visit("/staff/account");
  await officer.press('form[action$="/sign-out"] button');
  await officer.visit("/staff");
  expect(await officer.page.locator("#password").count() === 1, "still signed in");
});

for (const [language, width] of [["vi", 390], ["en", 1280]]) {
  test(`every room of the work is reached from one page (${language}, ${width} px)`,
       async ({ city, visitor }) => {
    const who = accountsOf(city);
    const head = await visitor({ width, scripts: false });
    await signIn(head, language, who.ward_head, who.password, quick);
    await head.visit(`${prefix_of(language)}/staff/rooms`, { shot: `rooms-${language}` });
    const rooms = await head.page.locator("main li a").evaluateAll(
      (all) => all.map((each) => new URL(each.href).pathname));
    expect(rooms.length >= 9, `only ${rooms.length} rooms`);
    for (const room of rooms) await head.visit(room);
  });
}
