// The large consultations of the sample city as readers, the desk and an invited body see them:
// maps of single articles, the search, tables in pages, files of a reply, an invitation taken back.
import { test } from "./harness.mjs";
import { accountsOf, button, choose, dayAfter, expect, link, prefix_of, say, sees, seesNot,
         signIn } from "./steps.mjs";

const quick = { inspect: false };
const reason = "Đã mời nhầm: việc này thuộc Sở Tài chính.";

for (const [language, width, scripts] of [["vi", 390, false], ["en", 1280, true]]) {
  test(`consultation: a clause is read by age, by support and by lot (${language}, ${width} px)`,
       async ({ visitor }) => {
    const prefix = prefix_of(language), reader = await visitor({ width, scripts });
    const items = (one) => one.page.locator("main li.op").allInnerTexts();
    await reader.visit(`${prefix}/consultations/2/clauses/d7`, { shot: `clause-newest-${language}` });
    const newest = await items(reader);
    expect(newest.length === 15, "a page has fifteen comments");
    await reader.press(link(reader, say(language, "consultation.order.support")),
                       { shot: `clause-support-${language}` });
    const supported = await items(reader);
    expect(supported.length === 15 && supported[0] !== newest[0], "the order is the same");
    await reader.press(link(reader, say(language, "consultation.order.random")),
                       { shot: `clause-random-${language}` });
    const drawn = await items(reader), address = new URL(reader.page.url());
    expect(drawn.length === 15, "fifteen are drawn");
    expect(/order=random&seed=\d+&until=\d+/.test(address.search), "the draw has no address");
    // Somebody who is given the link sees the same, and goes on from there.
    const other = await visitor({ width, scripts });
    await other.visit(address.pathname + address.search, quick);
    expect((await items(other)).join() === drawn.join(), "another reader sees another draw");
    await other.press(other.page.locator("main a[rel=next]"), quick);
    const second = await items(other);
    expect(second.length > 0 && second.every((each) => !drawn.includes(each)),
           "a comment stands on two pages of a draw");
    await other.press(link(other, say(language, "consultation.order.again")), quick);
    expect((await items(other)).join() !== drawn.join(), "drawn again, the same came");
    await reader.visit(`${prefix}/consultations/2/map`, quick);
    expect(!/\(\d[\d.,]* (trong|of) \d/.test(await reader.page.locator("main").innerText()),
           "the map tells how many answered");
  });
}

for (const [language, width, scripts] of [["vi", 1280, false], ["en", 390, true]]) {
  test(`consultation: three hundred comments stay readable (${language}, ${width} px)`,
       async ({ visitor }) => {
    const prefix = prefix_of(language), reader = await visitor({ width, scripts });
    await reader.visit(`${prefix}/consultations/2/map`, quick);
    await reader.press(link(reader, language === "vi" ? "Điều 5" : "Article 5"),
                       { shot: `clause-map-${language}` });
    expect(await reader.page.locator("main svg.plot").count() === 1, "there is no drawing");
    await sees(reader, say(language, "consultation.map.table"));
    await reader.visit(`${prefix}/consultations/2/clauses/d4/map`, quick);
    await seesNot(reader, say(language, "consultation.map.table"));

    await reader.visit(`${prefix}/consultations/3/comments`, quick);
    await reader.page.fill("#q", "boc tham");
    await reader.page.selectOption("#clause", "d5.2");
    await reader.press(button(reader, say(language, "consultation.search.do")),
                       { shot: `comments-${language}` });
    await sees(reader, "bốc thăm");
    expect(await reader.page.locator("main li.op").count() > 5, "few comments were found");

    await reader.visit(`${prefix}/consultations/3/answers`, { shot: `answers-full-${language}` });
    expect(await reader.page.locator("main tbody tr").count() === 15, "a page has fifteen rows");
    await reader.visit(`${prefix}/consultations/3/answers?from=15`);
    await reader.visit(`${prefix}/consultations/3/changes`, { shot: `changes-full-${language}` });
    await reader.visit(`${prefix}/consultations/3/clauses/d2.1`, quick);
    await sees(reader, say(language, "consultation.search.title"));
  });

  test(`consultation: a body sends a file, and its invitation is taken back (${language}, ${width} px)`,
       async ({ city, visitor }) => {
    const prefix = prefix_of(language), who = accountsOf(city);
    const head = await visitor({ width, scripts }), body = await visitor({ width, scripts });
    await signIn(head, language, who.city_head, who.password, quick);
    const desk = `${prefix}/staff/consultations/2/invitations`;
    const name = `Hội Nông dân, bản thử ${language} ${width}`;
    await head.visit(desk, { shot: `invitations-${language}` });
    await head.page.fill("#name", name);
    await head.page.fill("#due_on", dayAfter(10));
    await choose(head, "kind", "view");
    await head.press(button(head, say(language, "consultation.invite.do")), quick);
    const secret = await head.page.locator("#secret").innerText();
    const code = (await head.page.locator("#code").innerText()).replace(/^GY-|-/g, "");
    const own = `${prefix}/consultations/invitations/${code}`;
    await body.visit(own, quick);
    await body.page.fill("#secret", secret);
    await body.press(button(body, say(language, "consultation.own.open")), quick);
    await body.page.fill("#body", "Gửi kèm bảng so sánh từng điều.");
    await body.page.setInputFiles("#files", { name: "bang.txt", mimeType: "text/plain",
                                              buffer: Buffer.from("Bảng so sánh từng điều.") });
    await body.press(button(body, say(language, "consultation.reply.send")),
                     { shot: `reply-${language}` });
    const file = await body.page.locator("main .files a").first().getAttribute("href");
    const got = await body.page.request.get(new URL(file, city.url).href);
    expect((await got.text()).includes("so sánh"), "the body cannot read its file");
    expect((await fetch(new URL(file, city.url))).status === 404, "a stranger reads the file");

    await head.visit(desk, quick);
    await head.press(link(head, name), { shot: `invitation-${language}` });
    await sees(head, "bang.txt");
    await head.press(button(head, say(language, "consultation.invite.withdraw_do")),
                     { status: 422 });
    await head.page.fill("#reason", reason);
    await head.press(button(head, say(language, "consultation.invite.withdraw_do")));
    await sees(head, reason);
    await body.visit(own, { shot: `withdrawn-${language}` });
    await sees(body, say(language, "consultation.reply.withdrawn"));
    await sees(body, reason);
    const reader = await visitor({ width, scripts });
    await reader.visit(`${prefix}/consultations/2/invited`);
    await sees(reader, reason);
  });
}
