// A draft rule from the file of an office program to its decision: who drafts, and who comments,
// each with a browser of their own; both languages, wide and narrow, with scripting and without.
import { docx } from "./docx.mjs";
import { test } from "./harness.mjs";
import { accountsOf, button, choose, dayAfter, expect, link, prefix_of, say, sees, seesNot,
         signIn } from "./steps.mjs";

const quick = { inspect: false };

// Fills the form of a new draft, with a file.
async function typeDraft(head, title, file) {
  await choose(head, "kind", "internal");
  await head.page.fill("#title_vi", title);
  await head.page.fill("#summary_vi", "Quy định giờ tiếp công dân và người tiếp công dân.");
  await head.page.setInputFiles("#file", file);
}

for (const [language, width, scripts] of [["vi", 1280, true], ["en", 390, false]]) {
  test(`consultation: from a document to a decision that is refused (${language}, ${width} px, `
       + `scripts ${scripts ? "on" : "off"})`, async ({ city, visitor }) => {
    const prefix = prefix_of(language), who = accountsOf(city);
    const head = await visitor({ width, scripts }), citizen = await visitor({ width, scripts });
    const title = `Quy chế tiếp công dân, bản thử ${language} ${width}`;
    await signIn(head, language, who.city_head, who.password, quick);
    await head.visit(`${prefix}/staff/consultations/new`);

    // A letter is no draft, and the page says so; nothing typed is lost.
    await typeDraft(head, title, docx("thu.docx", ["Thư mời họp", "Kính gửi ông bà."]));
    await head.press(button(head, say(language, "consultation.edit.check")), { status: 422 });
    await sees(head, say(language, "consultation.error.not_a_draft"));
    expect(await head.page.inputValue("#title_vi") === title, "what was typed is lost");

    await head.page.setInputFiles("#file", docx("du-thao.docx", [
      "QUY CHẾ tiếp công dân", "Điều 1. Giờ tiếp", "1. Tiếp từ 8 giờ đến 17 giờ các ngày làm việc.",
      "2. Sáng thứ Bảy tiếp người không thể đến trong giờ làm việc.", "Điều 2. Người tiếp",
      "Người đứng đầu tiếp công dân ngày thứ Năm hằng tuần."]));
    await head.press(button(head, say(language, "consultation.edit.check")),
                     { shot: `draft-${language}` });
    await sees(head, "Người tiếp");
    await head.press(button(head, say(language, "consultation.edit.keep")));
    await head.page.fill("#closes_on", dayAfter(14));
    await head.press(button(head, say(language, "consultation.desk.open_do")));
    const id = /consultations\/(\d+)/.exec(head.page.url())[1];

    await citizen.visit(`${prefix}/consultations/${id}/clauses/d1.1`);
    await citizen.page.fill("#body", "Công nhân tan ca lúc 17 giờ, xin tiếp đến 19 giờ.");
    await citizen.press(button(citizen, say(language, "consultation.form.send")));
    await citizen.press(link(citizen, say(language, "consultation.sent.own")),
                        { shot: `comment-${language}` });
    await sees(citizen, say(language, "consultation.own.answer_waits"));
    const own = new URL(citizen.page.url()).pathname;

    await head.visit(`${prefix}/staff/consultations/${id}/issues`, { shot: `points-${language}` });
    await head.press(button(head, say(language, "consultation.points.suggest")));
    // The machine works beside: whoever looks again sees when it is done.
    await city.until(async () => {
      await head.visit(`${prefix}/staff/consultations/${id}/issues`, quick);
      return await link(head, "Ý kiến về khoản 1 Điều 1").count() > 0;
    }, "point that the machine made");
    await head.press(link(head, "Ý kiến về khoản 1 Điều 1"), { shot: `point-${language}` });
    await head.press(button(head, say(language, "consultation.point.send")), { status: 422 });
    await choose(head, "answer", "declined");
    await head.page.fill("#reason", "Ngân sách chưa đủ cho hai ca mỗi ngày.");
    await head.press(button(head, say(language, "consultation.point.send")));

    await citizen.visit(own, { shot: `answered-${language}` });
    await sees(citizen, "Ngân sách chưa đủ cho hai ca mỗi ngày.");
    await citizen.page.fill("#objection", "Tôi chỉ xin một ngày trong tuần.");
    await citizen.press(button(citizen, say(language, "consultation.objection.do")));
    await sees(citizen, say(language, "consultation.objection.waits"));

    await head.visit(`${prefix}/staff/consultations/${id}/issues`, quick);
    await head.page.fill("#note", "Thông qua quy chế theo bản này.");
    await head.press(button(head, say(language, "consultation.gate.decide")), { status: 409 });
    for (const key of ["open", "unanswered"])
      await sees(head, say(language, `consultation.gate.${key}`));
    await citizen.visit(`${prefix}/consultations/${id}/answers`, { shot: `answers-${language}` });
    await seesNot(citizen, "Tôi chỉ xin một ngày trong tuần.");
  });
}

test("consultation: what is over is answered to the last point, and decided", async ({ city, visitor }) => {
  const then = new Date(Date.now() - 12 * 24 * 3600 * 1000).toISOString().slice(0, 19) + "Z";
  const past = await city.another({ cases: 40, now: then });
  try {
    const head = await visitor({ width: 1280, scripts: false });
    head.city = past;
    const who = accountsOf(past);
    await signIn(head, "vi", who.city_head, who.password, quick);
    await past.until(async () => (await (await fetch(`${past.url}consultations/1`)).text())
      .includes(say("vi", "consultation.stage.closed")), "closed consultation");
    const desk = "/staff/consultations/1/issues";
    let page = desk;
    for (let turn = 0; turn < 80; ++turn) {
      await head.visit(page, quick);
      const row = head.page.locator("main tr", { hasText: say("vi", "consultation.answer.waits") });
      if (!await row.count()) {
        const next = head.page.locator('main a[rel="next"]');
        if (!await next.count()) break;
        page = await next.first().getAttribute("href");
        continue;
      }
      await head.press(row.first().locator("a").first(), quick);
      // What the Front criticised needs an answer in words; "noted" is none.
      await choose(head, "answer", "declined");
      await head.page.fill("#reason", "Đã đọc và cân nhắc, không sửa dự thảo.");
      await head.press(button(head, say("vi", "consultation.point.send")), quick);
    }
    await head.visit(desk, quick);
    await sees(head, say("vi", "consultation.gate.clear"));
    await head.page.fill("#note", "Thông qua quy chế theo bản 2, trình ký ban hành.");
    await head.press(button(head, say("vi", "consultation.gate.decide")), { shot: "decided" });
    await sees(head, say("vi", "consultation.decision.title"));
    for (const [prefix, width] of [["", 1280], ["/en", 390]]) {
      const reader = await visitor({ width, scripts: false });
      reader.city = past;
      await reader.visit(`${prefix}/consultations/1/answers`, { shot: `table${prefix ? "-en" : ""}` });
      await sees(reader, "Thông qua quy chế theo bản 2, trình ký ban hành.");
      await reader.press(reader.page.locator("main td a[href*='/answers/']").first());
      await reader.visit(`${prefix}/consultations/1/changes`, { shot: `changes${prefix ? "-en" : ""}` });
    }
  } finally {
    await past.stop();
  }
});
