// A grandmother at the counter, a form on paper, a public screen, and a counter without a network.
import { test } from "./harness.mjs";
import { accountsOf, choose, expect, go, open, prefix_of, say, sees, seesNot, signIn, unitCode,
         casePath } from "./steps.mjs";

const quick = { inspect: false };
// Read on the office's own line: all offices and topics to choose from, or forms with their codes.
const wide = { bytes_max: 16_000 };
const story = "Tôi đi ba lần mà chưa được giấy khai sinh cho cháu.";
const corrected = "Tôi đi bốn lần mà chưa được giấy khai sinh cho cháu.";

async function atTheCounter(city, visitor, language, options) {
  const clerk = await visitor(options);
  const who = accountsOf(city);
  await signIn(clerk, language, who.ward_head, who.password, quick);
  return clerk;
}

// What is typed while she talks; the page that reads it back comes next.
async function type(clerk, { about = "procedure", body = story } = {}) {
  await choose(clerk, "channel", "counter");
  await choose(clerk, "about", about);
  await clerk.page.selectOption("#unit", clerk.unit ?? "");
  await clerk.page.fill("#body", body);
}

const sendButton = (clerk) => clerk.page.locator('form[action$="/intake/send"] button.govuk-button');

for (const [language, width, scripts] of [["vi", 390, false], ["vi", 1280, true],
                                          ["en", 390, true], ["en", 1280, false]]) {
  test(`a grandmother at the counter (${language}, ${width} px, scripts `
       + `${scripts ? "on" : "off"})`, async ({ city, visitor }) => {
    const prefix = prefix_of(language);
    const clerk = await atTheCounter(city, visitor, language, { width, scripts });
    clerk.unit = await unitCode(city, accountsOf(city).ward);
    await clerk.visit(`${prefix}/staff/intake`, { ...wide, shot: `intake-${language}` });
    await type(clerk);
    await clerk.press(clerk.page.locator("#intake button.govuk-button").last(),
                      { shot: `read-back-${language}` });
    await sees(clerk, story);
    // Without her word that it is right nothing is sent.
    await clerk.press(sendButton(clerk), { status: 422 });
    await sees(clerk, say(language, "feedback.error.not_read_back"));
    await choose(clerk, "agreed", "yes");
    await clerk.press(sendButton(clerk), { ...wide, shot: `slip-${language}` });
    const code = (await clerk.page.locator("#code").innerText()).trim();
    const secret = (await clerk.page.locator("#secret").innerText()).trim();
    await clerk.page.emulateMedia({ media: "print" });
    expect(await clerk.page.locator(".slip").isVisible(), "the slip is not printed");
    expect(!(await clerk.page.locator("header nav, .nav").first().isVisible()),
           "the menu is printed");
    await clerk.page.emulateMedia({ media: "screen" });

    // The clerk finds the case and who helped, and no secret.
    const plain = code.replace(/^HN-|-/g, "");
    await clerk.visit(casePath(language, plain));
    await sees(clerk, say(language, "feedback.intake.channel.counter"));
    await seesNot(clerk, secret);

    // At home her grandson types both codes from the slip, and puts one word right.
    const grandson = await visitor({ width, scripts });
    await open(grandson, language, { code, secret });
    await sees(grandson, say(language, "feedback.correct.card"));
    await grandson.press(grandson.page.locator('a[href$="/correct"]'),
                         { shot: `correct-${language}` });
    await grandson.page.fill("#text", corrected);
    await grandson.press(go(grandson));
    await sees(grandson, corrected);
    await clerk.visit(casePath(language, plain), quick);
    await sees(clerk, corrected);
    await sees(clerk, say(language, "feedback.event.corrected"));

    // Who has lost the secret is told that nobody has it; the code alone opens nothing.
    const lost = await visitor({ width, scripts });
    await lost.visit(`${prefix}/feedback/find`, quick);
    await sees(lost, say(language, "feedback.find.lost"));
    await lost.visit(`${prefix}/feedback/${plain}`, quick);
    await seesNot(lost, corrected);
  });

  test(`a form on paper waits for somebody to type it in (${language}, ${width} px, scripts `
       + `${scripts ? "on" : "off"})`, async ({ city, visitor }) => {
    const prefix = prefix_of(language);
    const clerk = await atTheCounter(city, visitor, language, { width, scripts });
    await clerk.visit(`${prefix}/staff/paper`, { shot: `papers-${language}` });
    await clerk.page.fill("#count", "2");
    await clerk.press(clerk.page.locator("main form button.govuk-button").first(),
                      { ...wide, shot: `paper-${language}` });
    const sheets = clerk.page.locator("section.paper");
    expect(await sheets.count() === 2, "there are not two forms");
    const code = (await sheets.first().locator(".ref").first().innerText()).trim();
    const secret = (await sheets.first().locator(".secret").innerText()).trim();
    // On paper each form fills a sheet of its own, and no more.
    const pdf = (await clerk.page.pdf({ format: "A4", preferCSSPageSize: false })).toString("latin1");
    const pages = (pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
    expect(pages === 2, `two forms take ${pages} sheets`);

    const plain = code.replace(/^HN-|-/g, "");
    const writer = await visitor({ width, scripts });
    await writer.visit(`${prefix}/feedback/${plain}`, { shot: `waiting-${language}` });
    await sees(writer, say(language, "feedback.paper.waiting"));
    await clerk.visit(`${prefix}/staff/intake?paper=${plain}`, quick);
    await clerk.page.fill("#body", story);
    await clerk.press(clerk.page.locator("#intake button.govuk-button").last(), quick);
    await choose(clerk, "agreed", "yes");
    await clerk.press(sendButton(clerk), wide);
    await sees(clerk, say(language, "feedback.slip.on_strip"));
    await seesNot(clerk, secret);
    await open(writer, language, { code, secret });
    await sees(writer, story);
  });
}

for (const [language, width, scripts] of [["vi", 390, true], ["en", 1280, false]]) {
  test(`at the public screen nothing is kept (${language}, ${width} px, scripts `
       + `${scripts ? "on" : "off"})`, async ({ visitor }) => {
    const prefix = prefix_of(language);
    const screen = await visitor({ width, scripts });
    await screen.visit(`${prefix}/kiosk`, { ...wide, shot: `kiosk-${language}` });
    await choose(screen, "about", "place");
    await screen.page.fill("#body", story);
    await screen.press(screen.page.locator("#intake button.govuk-button").last(),
                       { shot: `kiosk-check-${language}` });
    await sees(screen, story);
    await screen.press(screen.page.locator('form[action$="/kiosk/send"] button'),
                       { ...wide, shot: `kiosk-slip-${language}` });
    const secret = await screen.page.locator("#secret").innerText();
    await screen.press(screen.page.locator('main a[href$="/kiosk"]').first(), wide);
    await seesNot(screen, secret);
    expect(await screen.page.inputValue("#body") === "", "the story is still there");
  });
}

test("a public screen that nobody touches clears itself", async ({ visitor }) => {
  const screen = await visitor({ width: 1280 });
  await screen.page.clock.install();
  await screen.visit("/kiosk", quick);
  await screen.page.fill("#body", story);
  await screen.page.clock.runFor(69_000);
  expect(await screen.page.inputValue("#body") === story, "cleared too early");
  await screen.page.keyboard.press("Shift");  // Somebody is still there.
  await screen.page.clock.runFor(71_000);
  expect((await screen.page.locator("[data-clears] [role=status]").innerText()).includes("20"),
         "nobody is told that it will clear itself");
  const gone = screen.page.waitForEvent("framenavigated");
  await screen.page.clock.runFor(20_000);
  await gone;
  await screen.page.waitForLoadState("load");
  expect(await screen.page.inputValue("#body") === "", "the story is still there");
});

test("a counter without a network keeps what was typed, and sends it later",
     async ({ city, visitor }) => {
  const clerk = await atTheCounter(city, visitor, "vi", { width: 1280 });
  clerk.unit = await unitCode(city, accountsOf(city).ward);
  await clerk.visit("/staff/intake", quick);
  await clerk.context.setOffline(true);
  const first = "Mất mạng mà vẫn nhận được: cống tắc ở đầu ngõ.";
  await type(clerk, { about: "place", body: first });
  await clerk.page.fill("#contact", "0912 345 678");
  await clerk.page.locator("#intake button.govuk-button").last().click();
  await clerk.page.locator("[data-queue] section").waitFor();
  expect(await clerk.page.inputValue("#body") === "", "the form is not free for the next person");
  // The second person is protected: how to reach her is not kept.
  await type(clerk, { about: "conduct", body: "Cán bộ hẹn nhiều lần rồi không làm." });
  await clerk.page.fill("#contact", "0987 654 321");
  await clerk.page.locator("#intake button.govuk-button").last().click();
  await clerk.page.locator("[data-queue] h2", { hasText: "2" }).waitFor();
  // What lies in the browser is not in the clear.
  const lying = await clerk.page.evaluate(async () => {
    const asked = indexedDB.open("counter", 1);
    await new Promise((done) => { asked.onsuccess = done; });
    const all = asked.result.transaction("reports").objectStore("reports").getAll();
    await new Promise((done) => { all.onsuccess = done; });
    const text = all.result.map((each) => JSON.stringify(each)
      + new TextDecoder("latin1").decode(each.bytes)).join();
    asked.result.close();
    return text + JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage });
  });
  expect(!lying.includes("0912") && !lying.includes("Mất mạng") && !lying.includes("0987"),
         "the queue is readable");

  await clerk.context.setOffline(false);
  const waiting = clerk.page.locator("[data-queue] section button");
  await clerk.press(waiting.first(), quick);
  await sees(clerk, first);
  await choose(clerk, "agreed", "yes");
  await clerk.press(sendButton(clerk), wide);
  await sees(clerk, say("vi", "feedback.intake.stated"));
  await clerk.page.locator("[data-removed]").waitFor({ state: "attached" });
  await clerk.visit("/staff/intake", quick);
  await clerk.page.locator("[data-queue] h2", { hasText: "1" }).waitFor();
  await clerk.press(waiting.first(), quick);
  await sees(clerk, "Cán bộ hẹn nhiều lần");
  await sees(clerk, say("vi", "feedback.intake.contact_none"));
  await choose(clerk, "agreed", "yes");
  await clerk.press(sendButton(clerk), quick);
  await clerk.page.locator("[data-removed]").waitFor({ state: "attached" });
  await clerk.visit("/staff/intake", quick);
  await clerk.page.locator("[data-waiting='0']").waitFor({ state: "attached" });
});
