// A day of an office: many cases given at once, an answer that begins with a ready text, a second
// reader, and a colleague who goes on leave.
import { test } from "./harness.mjs";
import { accountsOf, casePath, choose, expect, go, open, prefix_of, say, sees, seesNot, send,
         signIn, unitCode } from "./steps.mjs";

const found = "Đội chiếu sáng đã thay bóng và dây lúc 9 giờ ngày 20 tháng 11, đèn sáng lại từ tối đó. "
  + "Tổ trưởng dân phố đã đến xem và ký biên bản số 14.";

for (const [language, width, scripts] of [["vi", 1280, false], ["en", 390, true]]) {
  const about = `${language}, ${width} px, scripts ${scripts ? "on" : "off"}`;

  test(`many at once, a ready text, a second reader and leave (${about})`,
       async ({ city, visitor }) => {
    const who = accountsOf(city), staff = `${prefix_of(language)}/staff`;
    const head = await visitor({ width, scripts }), officer = await visitor({ width, scripts });
    const unit = await unitCode(city, who.ward);
    // A word of its own, so that the search finds these alone.
    const word = `zq${language}${width}`;
    const made = [];
    for (const number of [1, 2, 3])
      made.push(await send(city, { about: "place", unit, title: `${word} bóng đèn ${number} cháy`,
        contact: "0987 654 321", body: `${word} bóng đèn ${number} cháy ba tuần nay ở ngõ 12.` }));

    await signIn(head, language, who.ward_head, who.password);
    // The head asks for a second reader and keeps a text.
    await head.visit(`${staff}/practice`, { shot: `practice-${language}` });
    await head.press(head.page.locator('form:has(input[value="second_on"]) button'));
    await sees(head, say(language, "feedback.practice.second_is_on"));
    const text = head.page.locator("form:has(#name)");
    await head.page.fill("#name", `Mở đầu ${word}`);
    await head.page.fill("#text", "Kính gửi {ho_ten}");
    await head.press(text.locator("button"), { status: 422 });
    await head.page.fill("#text", "Phường nhận phản ánh {code} ngày {received}.");
    await head.press(text.locator("button"));
    await sees(head, `Mở đầu ${word}`);

    // Two of the three are given to the handler in one go.
    await head.visit(`${staff}?q=${word}`, { shot: `tick-${language}` });
    for (const each of made.slice(0, 2))
      await head.page.check(`input[name="case"][value="${each.code.replaceAll("-", "").slice(-8)}"]`);
    await head.page.selectOption("#do", "assign");
    await head.press(head.page.locator('form:has(#do) button'));
    const name = head.page.locator('input[name="officer"]').first();
    await choose(head, "officer", await name.getAttribute("value"));
    await head.press('button[value="check"]', { shot: `bulk-${language}` });
    await head.press('button[value="do"]');
    await sees(head, say(language, "feedback.bulk.done"));

    await signIn(officer, language, who.ward_handler, who.password);
    await officer.visit(`${casePath(language, made[0].code)}/answer`);
    await officer.page.selectOption("#template", { label: `Mở đầu ${word}` });
    await officer.press(officer.page.locator("form:has(#template) button"));
    const begun = await officer.page.inputValue("#text");
    expect(begun.replaceAll("-", "").includes(made[0].code.replaceAll("-", "").slice(-8)), `the text was not filled: ${begun}`);
    await officer.page.fill("#text", `${begun} ${found}`);
    await choose(officer, "outcome", "confirmed");
    await officer.page.fill("#evidence", "Biên bản nghiệm thu số 14.");
    await officer.press(go(officer));
    await officer.press('button[value="send"]');
    await sees(officer, say(language, "feedback.review.waits"));
    // Its author does not approve it, and its sender reads nothing of it yet.
    await officer.visit(`${casePath(language, made[0].code)}/review`);
    await sees(officer, say(language, "feedback.review.not_you"));
    const citizen = await visitor({ width, scripts });
    await open(citizen, language, made[0]);
    await seesNot(citizen, "Tổ trưởng dân phố");
    await head.visit(`${staff}/reviews`, { shot: `reviews-${language}` });
    await head.press(`main a[href="${casePath(language, made[0].code.replaceAll("-", "").slice(-8))}/review"]`);
    await head.press('button[value="approve"]');
    await open(citizen, language, made[0]);
    await sees(citizen, "Tổ trưởng dân phố");

    // The handler goes on leave; what is given to them goes to the head.
    await officer.visit(`${staff}/leave`, { shot: `leave-${language}` });
    const today = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh" })
      .format(new Date()).split("/");
    for (const field of ["first", "last"])
      for (const [i, part] of ["day", "month", "year"].entries())
        await officer.page.fill(`#${field}-${part}`, today[i]);
    const substitute = officer.page.locator('input[name="substitute"]').last();
    await choose(officer, "substitute", await substitute.getAttribute("value"));
    await officer.press(officer.page.locator("form:has(#first-day) button"));
    await sees(officer, say(language, "feedback.absence.end"));
    await head.visit(`${casePath(language, made[2].code)}/assign`);
    await choose(head, "officer",
                 await head.page.locator('input[name="officer"]').first().getAttribute("value"));
    await head.press(go(head));
    await sees(head, say(language, "feedback.staff.stand_in"));
    await head.visit(`${staff}/workload`, { shot: `workload-${language}` });
    await officer.press(officer.page.locator('form:has(input[value="end"]) button'));

    // A filter under a name, and the keys.
    await officer.visit(`${staff}?who=mine`);
    await officer.press(`main a[href*="/staff/filters?"]`);
    await officer.page.fill("#name", `Của tôi ${word}`);
    await officer.press(go(officer));
    await sees(officer, `Của tôi ${word}`);
    await officer.visit(`${staff}/keys`, { shot: `keys-${language}` });
    await head.visit(`${staff}/practice`);
    await head.press(head.page.locator('form:has(input[value="second_off"]) button'));
  });
}

test("single keys move through the queue, tick, and can be switched off", async ({ city, visitor }) => {
  const who = accountsOf(city), head = await visitor({ width: 1280, scripts: true });
  await signIn(head, "vi", who.ward_head, who.password, { inspect: false });
  const focused = () => head.page.evaluate(() => document.activeElement.getAttribute("href"));
  const ticked = () => head.page.locator('input[name="case"]:checked').count();
  await head.visit("/staff", { inspect: false });
  await head.page.keyboard.press("j");
  const first = await focused();
  expect(first?.includes("/staff/feedback/"), `j led to ${first}`);
  await head.page.keyboard.press("x");
  expect(await ticked() === 1, "x ticks nothing");
  await head.page.keyboard.press("j");
  expect(await focused() !== first, "j does not move on");
  await head.page.keyboard.press("k");
  expect(await focused() === first, "k does not move back");
  await head.page.keyboard.press("/");
  await head.page.keyboard.type("jxk");
  expect(await head.page.inputValue("#q") === "jxk", "keys act while somebody types");
  await head.visit("/staff/keys", { inspect: false });
  await head.page.click("button[data-keys-toggle]");
  await head.visit("/staff", { inspect: false });
  await head.page.keyboard.press("j");
  expect(!(await focused())?.includes("/staff/feedback/"), "switched off, j still acts");
});
