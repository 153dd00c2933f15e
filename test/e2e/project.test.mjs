// A land clearance over three rounds: two that the sample closed, a third that is answered, overdue
// and closed here, and a fourth in which a household opens its file, asks, is answered and objects.
import { test } from "./harness.mjs";
import { accountsOf, choose, expect, say, sees, seesNot, signIn } from "./steps.mjs";

const quick = { inspect: false };
const button = (visitor, text) => visitor.page.locator("main button", { hasText: text }).first();

const day_after = (days) =>
  new Date(Date.now() + days * 24 * 3600 * 1000 + 7 * 3600 * 1000).toISOString().slice(0, 10);

const head_row = "ho,chu_ho,dia_chi,thua_dat,dien_tich,loai_dat,vat_kien_truc,ho_tro";

test("project: a clearance over three rounds, and a household in the fourth",
     async ({ city, visitor }) => {
  const then = new Date(Date.now() - 40 * 24 * 3600 * 1000).toISOString().slice(0, 19) + "Z";
  const past = await city.another({ cases: 40, now: then });
  try {
    const with_city = async (wish) => {
      const made = await visitor(wish);
      made.city = past;
      return made;
    };
    const anybody = await with_city({ width: 390, scripts: false });
    const head = await with_city({ width: 1280, scripts: true });
    const handler = await with_city({ width: 1280, scripts: false });
    const clerk = await with_city({ width: 1280, scripts: false });
    const household = await with_city({ width: 390, scripts: false });
    await anybody.visit("/projects/1", { shot: "project" });
    await sees(anybody, say("vi", "project.overdue"));
    await sees(anybody, "24");
    await sees(anybody, say("vi", "project.withheld"));
    const who = accountsOf(past);
    await signIn(head, "vi", who.ward_head, who.password, quick);
    await signIn(handler, "en", who.ward_handler, who.password, quick);

    // Who leads sees no question and cannot close while one waits.
    await head.visit("/staff/projects/1");
    await seesNot(head, say("vi", "project.desk.waiting"));
    await head.press(button(head, say("vi", "project.desk.close_do")), { status: 409 });
    await sees(head, say("vi", "project.error.unanswered"));

    for (let turn = 0; turn < 20; ++turn) {
      await handler.visit("/en/staff/projects/1", turn === 0 ? {} : quick);
      const waiting = handler.page.locator("main a[href*='/questions/']");
      if (!await waiting.count()) break;
      await handler.press(waiting.first(), turn === 0 ? { shot: "project-question" } : quick);
      expect(!/Số \d+ đường Ven Sông/.test(await handler.page.content()), "an address is shown");
      await choose(handler, "outcome", "explained");
      await handler.page.fill("#answer", "Đã xem biên bản kiểm đếm hai bên cùng ký: giữ nguyên.");
      await handler.press(button(handler, say("en", "project.answer.do")), quick);
    }
    await sees(handler, say("en", "project.desk.nothing_waits"));
    await head.visit("/staff/projects/1", quick);
    await head.press(button(head, say("vi", "project.desk.close_do")));

    await signIn(clerk, "en", who.ward_clerk, who.password, quick);
    await clerk.visit("/en/staff/projects/1/files");
    await clerk.page.setInputFiles("#file", {
      name: "ho.csv", mimeType: "text/csv",
      buffer: Buffer.from([head_row,
        "H-41,Bà Trần Thị Kín,Số 41 đường Ven Sông,\"Tờ 12, thửa 141\",\"20,5\",ONT,0,0",
        "H-42,,Số 42,Thửa 142,1,ONT,0,0"].join("\n")) });
    await clerk.press(button(clerk, say("en", "project.files.check")), { shot: "project-files" });
    await sees(clerk, say("en", "project.error.row_holder"));
    await clerk.press(button(clerk, say("en", "project.files.keep")), { shot: "project-letters" });
    const letter = await clerk.page.locator("main section.slip").first().innerText();
    const [code] = /GP-\w{4}-\w{4}/.exec(letter);
    const [secret] = /\w{4}(?:-\w{4}){4}/.exec(letter);

    await head.visit("/staff/projects/1", quick);
    await head.page.fill("#asks_until", day_after(14));
    await head.press(button(head, say("vi", "project.desk.open_do")), { shot: "project-desk" });

    const file = `/projects/files/${code.slice(3).replace("-", "")}`;
    await household.visit(file);
    await household.page.fill("#secret", secret);
    await household.press(button(household, say("vi", "project.own.open")), { shot: "project-file" });
    await sees(household, "861.000.000");
    // Whoever printed the letter has seen its secret.
    await seesNot(household, say("vi", "project.own.ask_line"));
    await household.press(button(household, say("vi", "project.own.new_secret_do")));
    await household.visit(file, quick);
    await household.page.locator("main summary", { hasText: say("vi", "project.own.ask_line") }).click();
    await household.page.fill("#body-1", "Nhà tôi đo thiếu phần sân sau.");
    await household.press(household.page.locator("main form[action$='/ask'] button").first());

    await handler.visit("/en/staff/projects/1", quick);
    await handler.press(handler.page.locator("main a[href*='/questions/']").first(), quick);
    await seesNot(handler, "Trần Thị Kín");
    await handler.page.fill("#answer", "Đã đo lại cùng gia đình: diện tích là 25,5 m².");
    await choose(handler, "outcome", "remedied");
    await handler.page.fill("#area", "25,5");
    await handler.press(button(handler, say("en", "project.answer.do")), quick);

    // Somebody has its letter printed again: the household sees it at once and stops it.
    await clerk.visit("/en/staff/projects/1/letter");
    await clerk.press(button(clerk, say("en", "project.reissue.check")), { status: 422 });
    await clerk.page.fill("#number", "H-41");
    await clerk.page.fill("#reason", "Bà Kín báo mất thư, đã xem căn cước.");
    await clerk.press(button(clerk, say("en", "project.reissue.check")));
    await clerk.press(button(clerk, say("en", "project.reissue.do")), { shot: "project-reissue" });
    await household.visit(file, { shot: "project-reissue-seen" });
    await sees(household, "đã xem căn cước");
    await household.press(button(household, say("vi", "project.reissue.stop")));
    await seesNot(household, say("vi", "project.reissue.stop"));

    await household.visit(`/en${file}`, { shot: "project-answered" });
    await sees(household, "1,071,000,000");
    await household.page.locator("main summary", { hasText: say("en", "project.own.again_open") })
      .click();
    await household.page.fill("#body-1", "Đo lại rồi mà còn thiếu đoạn giáp mương.");
    await household.press(household.page.locator("main form[action$='/ask'] button").first(), quick);
    expect((await household.page.locator("main li.op").count()) === 2, "the objection is not there");
    for (const visit of ["/projects", "/en/projects/1", "/projects/1/items/2"]) {
      await anybody.visit(visit);
      await seesNot(anybody, "Trần Thị Kín");
    }
  } finally {
    await past.stop();
  }
});
