// A citizen sends feedback and follows it: by phone without scripting in Vietnamese, at a desk with
// scripting in English.
import { test } from "./harness.mjs";
import { accountsOf, choose, expect, go, open, picture, prefix_of, say, sees, seesNot,
         send } from "./steps.mjs";

const story = "Đèn đường trước số 12 ngõ 5 tắt đã ba tuần.\nTối đi lại rất nguy hiểm.";
const first_line = "Đèn đường trước số 12 ngõ 5 tắt đã ba tuần.";

// A form that is not right comes back with what is wrong, on top and beside the field.
async function refused(hoa, language, key, field) {
  await hoa.press(go(hoa), { status: 422 });
  const summary = hoa.page.locator(".govuk-error-summary");
  const said = await summary.innerText();
  expect(said.includes(say(language, key)), `the summary says ${said}`);
  expect(await hoa.page.locator(`#${field}-error`).count() === 1, `no sentence beside ${field}`);
  const title = await hoa.page.title();
  expect(title.startsWith(say(language, "form.error_prefix")), `the title is ${title}`);
}

async function findWard(hoa, name) {
  await hoa.page.fill("#q", name.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d")
    .replaceAll("Đ", "D").toLowerCase());
  await hoa.press('button[name="search"]');
  const code = await hoa.page.locator('main input[name="unit"]').evaluateAll((boxes, wanted) =>
    boxes.find((box) => box.labels[0].innerText.split("\n")[0].trim() === wanted)?.value, name);
  return code;
}

// Two codes as the confirmation shows them, and its line in the ledger.
async function slip(hoa) {
  return { code: await hoa.page.locator("#code").innerText(),
           secret: await hoa.page.locator("#secret").innerText(),
           line: await hoa.page.locator(".next li").first().innerText() };
}

async function fillTheForm(hoa, language, ward) {
  const prefix = prefix_of(language);
  await hoa.visit(`${prefix}/`);
  await hoa.press(hoa.page.locator(`a[href="${prefix}/feedback/new"]`)
    .and(hoa.page.locator(":visible")).first());

  await refused(hoa, language, "feedback.error.about_missing", "about");
  await choose(hoa, "about", "place");
  await hoa.press(go(hoa));
  const topic = await hoa.page.locator('main input[name="topic"]').first().getAttribute("value");
  await choose(hoa, "topic", topic);
  await hoa.press(go(hoa));

  const unit = await findWard(hoa, ward);
  expect(unit, `${ward} is not found without its marks`);
  await choose(hoa, "unit", unit);
  await hoa.page.fill("#place", "Ngõ 5, gần trường học");
  await hoa.press(go(hoa));

  await refused(hoa, language, "feedback.error.body_empty", "body");
  await hoa.page.fill("#body", story);
  await hoa.page.setInputFiles("#files", await picture(hoa));
  await hoa.press(go(hoa));

  await hoa.page.fill("#contact", "0912 345 678");
  await choose(hoa, "public", "yes");

  // Going back loses nothing.
  await hoa.press("a.govuk-back-link");
  expect(await hoa.page.inputValue("#body") === story, "the story did not stay");
  await sees(hoa, "anh.jpg");
  await hoa.shoot(`story-${language}`);
  await hoa.press(go(hoa));
  await hoa.page.fill("#contact", "0912 345 678");
  await choose(hoa, "public", "yes");
  await hoa.press(go(hoa));

  for (const text of [first_line, "anh.jpg", "0912 345 678", ward]) await sees(hoa, text);
}

for (const [language, width, scripts] of [["vi", 390, false], ["en", 1280, true]]) {
  const about = `${language}, ${width} px, scripts ${scripts ? "on" : "off"}`;

  test(`a citizen sends feedback and follows it (${about})`, async ({ city, visitor }) => {
    const prefix = prefix_of(language);
    const hoa = await visitor({ width, scripts });
    await fillTheForm(hoa, language, accountsOf(city).ward);
    await hoa.press(go(hoa), { shot: `confirm-${language}` });
    const sent = await slip(hoa);
    expect(/^HN-\w{4}-\w{4}$/.test(sent.code), `the code is ${sent.code}`);
    expect(/^(\w{4}-){4}\w{4}$/.test(sent.secret), `the secret is ${sent.secret}`);
    expect(await hoa.page.locator(".qr svg").count() === 1, "there is no QR code");

    // The same form once more: the answer is the same, and so is the line in the ledger.
    hoa.traffic.reset();
    await hoa.page.reload();
    await hoa.arrived();
    expect(JSON.stringify(await slip(hoa)) === JSON.stringify(sent), "sent a second case");

    await hoa.visit(`${prefix}/feedback/find`);
    await hoa.page.fill("#code", sent.code.toLowerCase().replaceAll("-", " "));
    await hoa.page.fill("#secret", "AAAA-AAAA-AAAA-AAAA-AAAA");
    await refused(hoa, language, "feedback.error.code_or_secret", "secret");
    await hoa.page.fill("#secret", sent.secret.toLowerCase());
    await hoa.press(go(hoa), { shot: `case-${language}` });
    await sees(hoa, first_line);
    await sees(hoa, say(language, "feedback.state.received"));

    const path = new URL(hoa.page.url()).pathname;
    const stranger = await visitor({ width, scripts });
    await stranger.visit(path);
    await sees(stranger, say(language, "feedback.case.not_yet_public"));
    for (const text of ["ba tuần", "0912", "anh.jpg"]) await seesNot(stranger, text);
  });
}

for (const [language, width, scripts] of [["vi", 390, false], ["en", 1280, true]]) {
  test(`a citizen erases what they sent (${language}, ${width} px)`, async ({ city, visitor }) => {
    const prefix = prefix_of(language);
    const hoa = await visitor({ width, scripts });
    const sent = await send(city, { about: "place", body: story });
    await open(hoa, language, sent);
    const path = new URL(hoa.page.url()).pathname;
    await hoa.press(`a[href="${prefix}/feedback/${sent.code}/erase"]`,
                    { shot: `erase-${language}` });
    await refused(hoa, language, "feedback.error.erase_unsure", "sure");
    await choose(hoa, "sure", "yes");
    await hoa.press(go(hoa), { shot: `erased-${language}` });
    await sees(hoa, say(language, "feedback.erased.done"));
    const stranger = await visitor({ width, scripts });
    await stranger.visit(path);
    await sees(stranger, say(language, "feedback.erased_because.by_sender"));
    for (const reader of [hoa, stranger]) await seesNot(reader, "ba tuần");
  });
}

test("the address of the QR code opens the case by itself", async ({ city, visitor }) => {
  const hoa = await visitor({ width: 390 });
  const { code, secret } = await send(city, { about: "place", body: story });
  await hoa.visit(`/feedback/${code}#${secret}`, { inspect: false });
  await hoa.page.locator("main .quote", { hasText: "Đèn đường" }).waitFor();
  expect(!hoa.page.url().includes(secret), "the secret stays in the address");
});

test("a code that is none says how codes look, and a form without its token changes nothing",
     async ({ city, visitor }) => {
  const hoa = await visitor({ width: 390, scripts: false });
  await hoa.visit("/feedback/find");
  await hoa.page.fill("#code", "12");
  await refused(hoa, "vi", "feedback.error.code_form", "code");
  const answer = await fetch(new URL("/feedback/new", city.url), {
    method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "about=place", redirect: "manual",
  });
  expect(answer.status === 403, `a form without its token got ${answer.status}`);
});
