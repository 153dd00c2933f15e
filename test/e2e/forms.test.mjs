// An administrator makes a form of five questions with a condition, sees it as people will, puts it
// into use, and then its second version. Without scripting, in both languages and widths.
import { test } from "./harness.mjs";
import { accountsOf, button, choose, expect, go, link, prefix_of, say, sees, seesNot }
  from "./steps.mjs";

// An administrator begins elsewhere than officers do.
async function enter(admin, city, language) {
  await admin.visit(`${prefix_of(language)}/staff`, { inspect: false });
  await admin.page.fill("#login", "quantri");
  await admin.page.fill("#password", accountsOf(city).password);
  await admin.press(go(admin), { inspect: false });
}

for (const [language, width] of [["vi", 390], ["en", 1280]]) {
  test(`forms: an administrator makes a form and its second version (${language}, ${width})`,
       async ({ city, visitor }) => {
    const t = (key) => say(language, `survey.draft.${key}`);
    const prefix = prefix_of(language);
    const name = `Nhà văn hóa ${language}`;
    const admin = await visitor({ width, scripts: false });
    await enter(admin, city, language);
    await admin.visit(`${prefix}/staff/surveys/forms`, { shot: `forms-list-${language}` });
    await admin.press(link(admin, t("new")), { shot: `forms-new-${language}` });
    await admin.page.fill("#name_vi", name);
    await admin.page.fill("#name_en", `Culture house ${language}`);
    await admin.page.fill("#sections", "Nơi sinh hoạt | The place\nGóp ý | Remarks");
    await admin.page.fill("#formula_vi", "Trung bình");
    await admin.page.fill("#formula_en", "Mean");
    await admin.press(button(admin, t("save_about")), { status: 422 });
    await sees(admin, t("error.source"));
    expect(await admin.page.inputValue("#name_vi") === name, "what was typed is lost");
    await admin.page.fill("#source", "UBND phường");
    await admin.press(button(admin, t("save_about")));
    await sees(admin, t("no_questions"));
    await sees(admin, t("not_yet"));

    // One question of each kind; the fields are the same words for everybody.
    const add = async (kind, fields, look = {}) => {
      await admin.press(link(admin, t("add")), { inspect: Boolean(look.shot) });
      await admin.press(link(admin, say(language, `survey.kind.${kind}`)), look);
      for (const [id, text] of Object.entries(fields)) await admin.page.fill(`#${id}`, text);
    };
    const save = (wish) => admin.press(button(admin, t("save_question")), wish);
    await add("scale", { vi: "Nơi đây sạch sẽ", en: "It is clean here", weight: "2" },
              { shot: `forms-scale-${language}` });
    await save();
    await add("yes_no", { vi: "Có ai hướng dẫn không?", en: "Did anybody guide you?" });
    await save();
    await add("choice", { vi: "Bạn đến vì việc gì?", en: "What brought you?", options: "Họp" },
              { shot: `forms-choice-${language}` });
    await save({ status: 422 });
    await sees(admin, t("error.options"));
    await admin.page.fill("#options", "Họp | A meeting\nĐọc sách | Reading\nChơi cờ | Chess");
    await save();
    await add("number", { vi: "Bạn đến mấy lần một tháng?", en: "How often a month?", min: "0",
                          max: "31" }, { shot: `forms-number-${language}` });
    await save();
    await add("text", { vi: "Bạn muốn có sách gì?", en: "Which books do you wish for?" });
    await admin.page.selectOption("#section", "1");
    await admin.page.selectOption("#if_question", "q3");
    await admin.press(button(admin, t("if_show")), { shot: `forms-condition-${language}` });
    expect(await admin.page.inputValue("#vi") === "Bạn muốn có sách gì?", "the words are lost");
    await choose(admin, "if_is", "1");
    await save({ shot: `forms-draft-${language}` });

    // What depends on another stays behind it, and that one stays in.
    await admin.press(admin.page.locator("main button[name=up][value=q2]"));
    expect((await admin.page.locator("main li[id^=q-]").first().getAttribute("id")) === "q-q2",
           "the question did not move");
    await admin.press(admin.page.locator("main a[href$='/questions/q3/out']"));
    await sees(admin, t("error.needed"));
    await admin.page.goBack();
    await admin.press(admin.page.locator("main button[name=copy][value=q2]"), { inspect: false });
    await admin.press(admin.page.locator("main a[href$='/questions/q6/out']"));
    await admin.press(button(admin, t("out_do")), { inspect: false });
    await seesNot(admin, "/questions/q6");

    await admin.press(link(admin, t("preview")), { shot: `forms-preview-${language}` });
    await sees(admin, t("preview_lead"));
    expect(await admin.page.locator("main form").count() === 0, "a preview can be sent");
    await admin.visit(new URL(admin.page.url()).pathname.replace("/preview", ""), { inspect: false });
    await admin.press(admin.page.locator("main form[action$='/use'] button"));
    const first = new URL(admin.page.url()).pathname;
    expect(first.startsWith(`${prefix}/surveys/forms/`), `it led to ${first}`);
    await sees(admin, language === "vi" ? "phiên bản 1" : "version 1");

    await admin.visit(`${prefix}/staff/surveys/forms`, { inspect: false });
    const row = admin.page.locator("main li", { has: admin.page.locator(`a[href='${first}']`) });
    await admin.press(row.locator("button"));
    await admin.press(admin.page.locator("main a[href$='/questions/q1']").first());
    await admin.page.fill("#vi", "Nơi đây sạch sẽ, thoáng mát");
    await admin.page.fill("#en", "It is clean and airy here");
    await save({ inspect: false });
    await admin.press(admin.page.locator("main form[action$='/use'] button"), { inspect: false });
    await sees(admin, language === "vi" ? "phiên bản 2" : "version 2");
    await sees(admin, language === "vi" ? "thoáng mát" : "airy");
    await admin.visit(first, { inspect: false });
    await seesNot(admin, language === "vi" ? "thoáng mát" : "airy");
    await admin.leave();
  });
}

test("forms: a draft of forty questions fits a small screen and a thin line",
     async ({ city, visitor }) => {
  const admin = await visitor({ width: 390, scripts: false });
  await enter(admin, city, "vi");
  await admin.visit("/staff/surveys/forms", { inspect: false });
  await admin.press(admin.page.locator("main form[action$='/draft'] button").first(),
                    { inspect: false });
  const draft = new URL(admin.page.url()).pathname;
  await admin.visit(`${draft}/file`, { inspect: false });
  const file = JSON.parse(await admin.page.inputValue("#body"));
  // Words that differ, as forty real questions do.
  const things = ["thái độ", "giờ giấc", "phòng chờ", "biển chỉ dẫn", "giấy hẹn", "lệ phí",
                  "lời giải thích", "đường dây nóng"];
  const asked = ["Bạn có hài lòng về", "Bạn thấy thế nào về", "Cán bộ có nói rõ về",
                 "Phường nên sửa gì về", "Lần trước bạn nghĩ gì về"];
  file.sections = asked.map((ask, section) => ({
    vi: `Phần ${section + 1}`, en: `Section ${section + 1}`,
    questions: things.map((thing, n) => ({
      code: `s${section}n${n}`, kind: "scale", vi: `${ask} ${thing} ở nơi tiếp nhận hồ sơ?`,
      en: `Question ${n + 1} of section ${section + 1}`, required: true, weight: 1,
      ...(n === 7 ? { show_if: { question: `s${section}n0`, is: [1, 2] } } : {}) })) }));
  await admin.page.fill("#body", JSON.stringify(file));
  const page = await admin.press(button(admin, say("vi", "survey.draft.import")),
                                 { bytes_max: 6 * 1024, shot: "forms-forty" });
  expect(page, "no page came");
  expect(await admin.page.locator("main li[id^=q-]").count() === 40, "questions are missing");
  for (const more of ["/preview", "/questions/s4n6", "/about", "/add", "/questions/s0n0/out"])
    await admin.visit(draft + more, { bytes_max: 6 * 1024 });
  await admin.page.setViewportSize({ width: 320, height: 640 });
  for (const more of ["", "/preview", "/questions/s4n6", "/about"]) {
    await admin.page.goto(new URL(draft + more, city.url).href);
    const out = await admin.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(out <= 0, `${draft}${more} sticks out by ${out} pixels at 320`);
  }
  await admin.leave();
});
