// A denunciation sent as feedback: the form asks, tells the lawful way, and keeps the text with a
// receipt; nobody in an office sees it. And a complaint that an officer recognises among feedback.
import { test } from "./harness.mjs";
import { accountsOf, casePath, choose, expect, go, open, prefix_of, say, sees, seesNot, send,
         signIn, unitCode } from "./steps.mjs";

const mark = "hai mươi hai triệu rưỡi";
const story = `Tôi tố cáo ông trưởng phòng nhận hối lộ ${mark} của các hộ dân.`;
const plain = (code) => code.replace(/^HN-|-/g, "");

async function tellsOf(lan, language, unit) {
  await lan.visit(`${prefix_of(language)}/feedback/new?unit=${unit}`);
  await choose(lan, "about", "conduct");
  await lan.press(go(lan));
  while (!(await lan.page.locator("#body").count())) await lan.press(go(lan));
  await lan.page.fill("#body", story);
  await lan.press(go(lan));
}

for (const [language, width, scripts] of [["vi", 390, false], ["en", 1280, true]]) {
  const about = `${language}, ${width} px, scripts ${scripts ? "on" : "off"}`;

  test(`a denunciation sent as feedback (${about})`, async ({ city, visitor }) => {
    const who = accountsOf(city), prefix = prefix_of(language);
    const lan = await visitor({ width, scripts });
    await tellsOf(lan, language, await unitCode(city, who.ward));
    await sees(lan, say(language, "feedback.form.nature.question"));
    await lan.press(go(lan), { status: 422 });
    await sees(lan, say(language, "feedback.form.nature.missing"));
    await choose(lan, "nature", "denunciation");
    await lan.press(go(lan));
    await sees(lan, say(language, "feedback.held.heading_denunciation"));
    await sees(lan, "Luật Tố cáo 25/2018/QH14");
    await sees(lan, who.ward);
    await lan.press(go(lan));
    await sees(lan, say(language, "feedback.held.not_lodged"));
    const made = { code: plain(await lan.page.locator("#code").innerText()),
                   secret: await lan.page.locator("#secret").innerText() };

    // With the secret: the text, the way, the receipt. Without it there is nothing.
    const again = await visitor({ width, scripts });
    await again.visit(`${prefix}/feedback/${made.code}`, { status: 404 });
    await seesNot(again, mark);
    await open(again, language, made);
    await sees(again, mark);
    await sees(again, say(language, "feedback.held.never_read"));
    await again.visit(`${prefix}/feedback/${made.code}/receipt`);

    // No office has it: no list, no search, no page, no figure by unit.
    for (const login of [who.ward_head, who.city_head, who.triage]) {
      const officer = await visitor({ width, scripts });
      await signIn(officer, language, login, who.password, { inspect: false });
      for (const query of [made.code, mark, ""]) {
        await officer.visit(`${prefix}/staff?q=${encodeURIComponent(query)}`, { inspect: false });
        await seesNot(officer, `/staff/feedback/${made.code}`);
      }
      await officer.visit(casePath(language, made.code), { status: 404, inspect: false });
      await officer.visit(`${prefix}/staff/held`, { status: 403, inspect: false });
      await officer.leave();
    }
    await again.visit(`${prefix}/register?q=${encodeURIComponent(mark)}`, { inspect: false });
    await seesNot(again, made.code);
    await again.visit(`${prefix}/not-feedback`);

    // The ombudsman reads it for a reason, and its sender sees that.
    const keeper = await visitor({ width, scripts });
    // The ombudsman has no queue, and begins with what is sealed.
    await keeper.visit(`${prefix}/staff`, { inspect: false });
    await keeper.page.fill("#login", "baomat");
    await keeper.page.fill("#password", who.password);
    await keeper.press(go(keeper), { inspect: false });
    await keeper.visit(`${prefix}/staff/held`);
    await seesNot(keeper, mark);
    await keeper.page.fill("#code", made.code);
    await keeper.page.fill("#text", "Người gửi xin xác nhận nội dung đã viết.");
    await keeper.press(go(keeper));
    await sees(keeper, mark);
    await open(again, language, made);
    await sees(again, "Người gửi xin xác nhận nội dung đã viết.");

    // She takes it away.
    await again.page.locator("details summary").last().click();
    await again.press('form[action$="/discard"] button');
    await sees(again, say(language, "feedback.held.gone"));
    await seesNot(again, mark);
  });

  test(`an officer recognises a complaint (${about})`, async ({ city, visitor }) => {
    const who = accountsOf(city);
    const made = await send(city, {
      about: "policy", unit: await unitCode(city, who.ward), nature: "feedback",
      body: `Tôi đề nghị hủy quyết định xử phạt của phường đối với tôi, ${mark}.` });
    const officer = await visitor({ width, scripts });
    await signIn(officer, language, who.triage, who.password, { inspect: false });
    await officer.visit(`${casePath(language, made.code)}/decline`);
    await choose(officer, "reason", "complaint");
    await officer.page.fill("#text", "Đây là khiếu nại về một quyết định, xin gửi đúng nơi nhận.");
    await officer.press(go(officer));
    await officer.visit(casePath(language, made.code), { status: 404, inspect: false });
    const lan = await visitor({ width, scripts });
    await lan.visit(`${prefix_of(language)}/feedback/${made.code}`, { status: 404 });
    await open(lan, language, made);
    await sees(lan, say(language, "feedback.held.turned"));
    await sees(lan, "Luật Khiếu nại 02/2011/QH13");
  });
}
