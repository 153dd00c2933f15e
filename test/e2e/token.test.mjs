// A token for a draft about those who work for the city: taken with the script and spent in a clean
// browser, or drawn from a box and spent without a script; in both languages, wide and narrow.
import { test } from "./harness.mjs";
import { accountsOf, button, expect, link, prefix_of, say, sees, seesNot, signIn } from "./steps.mjs";

const quick = { inspect: false };
const draft = 1;  // the sample's rules on receiving citizens

// Spends what is typed in a browser that nobody is signed in with, comments, and reads the receipt.
async function speak(visitor, language, typed, words) {
  const prefix = prefix_of(language);
  await visitor.visit(`${prefix}/consultations/${draft}/token`, { shot: `token-${language}` });
  await visitor.page.fill("#token", `${typed.slice(0, 6)} ABC`);
  await visitor.press(button(visitor, say(language, "consultation.token.spend")), { status: 422 });
  await sees(visitor, say(language, "consultation.token.error.unknown"));
  await visitor.page.fill("#token", typed);
  await visitor.press(button(visitor, say(language, "consultation.token.spend")));
  await sees(visitor, say(language, "consultation.token.spent"));
  await visitor.visit(`${prefix}/consultations/${draft}/clauses/d1`);
  await sees(visitor, say(language, "consultation.token.form_by"));
  await visitor.page.fill("#body", words);
  await visitor.press(button(visitor, say(language, "consultation.form.send")));
  await visitor.press(link(visitor, say(language, "consultation.sent.own")));
  await sees(visitor, words);
  // Nothing on the comment tells that it came by token.
  await seesNot(visitor, say(language, "consultation.strength.verified"));
}

for (const [language, width, role] of [["vi", 1280, "city_handler"], ["en", 390, "triage"]]) {
  test(`tokens: taken with the script, spent in a clean browser (${language}, ${width} px)`,
    async ({ city, visitor }) => {
      const prefix = prefix_of(language), who = accountsOf(city);
      const staff = await visitor({ width });
      await signIn(staff, language, who[role], who.password, quick);
      await staff.visit(`${prefix}/consultations/${draft}/token`);
      await sees(staff, say(language, "consultation.token.signed_in"));
      await staff.press(link(staff, say(language, "consultation.token.take")),
                        { shot: `token-take-${language}` });
      // What leaves the browser from here on.
      const sent = [];
      staff.page.on("request", (request) => sent.push(request));
      await button(staff, say(language, "consultation.token.take")).click();
      const shown = staff.page.locator("#token-text");
      await shown.waitFor({ state: "visible" });
      const token = await shown.innerText();
      expect(/^CT-1-[\w-]{427}$/.test(token), `no token: ${token}`);
      for (const path of [`/api/v1/consultations/${draft}`, "/api/v1/facts"]) {
        const asked = sent.filter((request) => new URL(request.url()).pathname === path);
        expect(asked.length === 1, `the key was not compared with ${path}`);
        const headers = await asked[0].allHeaders();
        expect(!("cookie" in headers), `${path} was asked with the session`);
      }
      for (const request of sent)
        for (const part of [token.slice(6), token.slice(20, 90), token.slice(-80)])
          expect(!`${request.url()} ${request.postData() ?? ""}`.includes(part),
                 `the token left with ${request.url()}`);
      await staff.arrived();
      const [file] = await Promise.all([
        staff.page.waitForEvent("download"),
        link(staff, say(language, "consultation.token.download")).click()]);
      expect(file.suggestedFilename() === "token-1.txt", file.suggestedFilename());
      // A second one is refused, and the first is nowhere any more.
      await staff.visit(`${prefix}/staff/consultations/${draft}/token`);
      await sees(staff, say(language, "consultation.token.error.issued"));
      await seesNot(staff, token);

      const clean = await visitor({ width });
      await speak(clean, language, token, `Ý kiến bằng phiếu, ${language} ${width}.`);
      const other = await visitor({ width });
      await other.visit(`${prefix}/consultations/${draft}/token`, quick);
      await other.page.fill("#token", token);
      await other.press(button(other, say(language, "consultation.token.spend")), { status: 409 });
      await sees(other, say(language, "consultation.token.error.spent"));
    });

  test(`tokens: a slip drawn from a box, without scripting (${language}, ${width} px)`,
    async ({ city, visitor }) => {
      const prefix = prefix_of(language), who = accountsOf(city);
      const head = await visitor({ width, scripts: false });
      await signIn(head, language, who.city_head, who.password, quick);
      await head.visit(`${prefix}/staff/consultations/${draft}/token`);
      await sees(head, say(language, "consultation.token.no_script"));
      await head.visit(`${prefix}/staff/consultations/${draft}/slips`,
                       { shot: `slips-${language}` });
      await head.page.fill("#count", "10");
      await head.press(button(head, say(language, "consultation.token.slips.do")));
      const slip = await head.page.locator(".secret").first().innerText();
      const clean = await visitor({ width, scripts: false });
      await speak(clean, language, slip, `Ý kiến bằng phiếu giấy, ${language} ${width}.`);
    });
}

test("tokens: a key that is not in the ledger is given nothing", async ({ city, visitor }) => {
  const who = accountsOf(city);
  const staff = await visitor({ width: 1280 });
  await signIn(staff, "vi", who.ward_handler, who.password, quick);
  // The page that this person is given bears a key of its own.
  await staff.page.route("**/staff/consultations/1/token", async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace(/(data-token="[^"]{60})./, "$1x");
    await route.fulfill({ response: answer, body });
  });
  await staff.visit("/staff/consultations/1/token", quick);
  let posts = 0;
  staff.page.on("request", (request) => { posts += request.method() === "POST" ? 1 : 0; });
  await button(staff, say("vi", "consultation.token.take")).click();
  await staff.page.locator("[role=status]", { hasText: say("vi", "consultation.token.swapped") })
    .waitFor();
  expect(posts === 0, "the swapped key was asked for a signature");
});

test("tokens: an answer that was lost is given again, and a busy server is no swapped key",
  async ({ city, visitor }) => {
    const who = accountsOf(city);
    const staff = await visitor({ width: 1280 });
    await signIn(staff, "vi", who.ward_handler, who.password, quick);
    await staff.visit(`/staff/consultations/${draft}/token`, quick);
    const take = button(staff, say("vi", "consultation.token.take"));
    const failed = staff.page.locator("[role=status]",
                                      { hasText: say("vi", "consultation.token.failed") });
    // The ledger cannot be asked: nothing is asked for, and nobody is accused.
    await staff.page.route("**/api/v1/facts?**", (route) => route.fulfill({ status: 503 }));
    await take.click();
    await failed.waitFor();
    await staff.page.unroute("**/api/v1/facts?**");
    // The signature is lost on its way once, and asked for again by the script.
    let lost = 0;
    await staff.page.route("**/staff/consultations/1/token", async (route) => {
      if (route.request().method() === "POST" && lost === 0) {
        lost += 1;
        await route.fetch();
        await route.abort();
      } else {
        await route.continue();
      }
    });
    await take.click();
    const shown = staff.page.locator("#token-text");
    await shown.waitFor({ state: "visible" });
    expect(lost === 1 && /^CT-1-[\w-]{427}$/.test(await shown.innerText()), "no token came");
  });
