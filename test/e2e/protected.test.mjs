// Who speaks up about an office is not seen by it: a case about conduct, from the form to every
// place where it must not show.
import { test } from "./harness.mjs";
import { accountsOf, casePath, choose, expect, go, open, prefix_of, say, sees, seesNot, signIn,
         unitCode } from "./steps.mjs";

const mark = "xưng hô trống không";
const story = `Cán bộ ở quầy số 3 ${mark} với mẹ tôi và bắt đi về ba lần.`;
const contact = "0977 123 321";

async function sendAboutConduct(lan, language, unit) {
  await lan.visit(`${prefix_of(language)}/feedback/new?unit=${unit}`);
  await choose(lan, "about", "conduct");
  await lan.press(go(lan));
  while (!(await lan.page.locator("#body").count())) await lan.press(go(lan));
  await lan.page.fill("#body", story);
  await lan.press(go(lan));
  expect(await lan.page.locator('input[name="protected"][value="yes"]').isChecked(),
         "a case about conduct is not protected by itself");
  await lan.page.fill("#contact", contact);
  await lan.press(go(lan));
  await sees(lan, say(language, "feedback.form.check.above"));
  await lan.press(go(lan));
  await sees(lan, say(language, "feedback.sent.protected"));
  return { code: (await lan.page.locator("#code").innerText()).replace(/^HN-|-/g, ""),
           secret: await lan.page.locator("#secret").innerText() };
}

for (const [language, width, scripts] of [["vi", 390, false], ["en", 1280, true]]) {
  const about = `${language}, ${width} px, scripts ${scripts ? "on" : "off"}`;

  test(`who speaks up about an office is protected (${about})`, async ({ city, visitor }) => {
    const who = accountsOf(city), prefix = prefix_of(language);
    const lan = await visitor({ width, scripts });
    const made = await sendAboutConduct(lan, language, await unitCode(city, who.ward));

    // For the public the case is not there, whatever they ask.
    const stranger = await visitor({ width, scripts });
    await stranger.visit(`${prefix}/feedback/${made.code}`, { status: 404 });
    await seesNot(stranger, mark);
    await stranger.visit(`${prefix}/register?q=${encodeURIComponent(mark)}`);
    await seesNot(stranger, made.code);
    const api = await fetch(new URL(`/api/v1/feedback/${made.code}`, city.url));
    expect(api.status === 404, `the API answered ${api.status}`);

    // Nor is it for the office complained about.
    for (const login of [who.ward_head, who.ward_handler]) {
      const accused = await visitor({ width, scripts });
      await signIn(accused, language, login, who.password, { inspect: false });
      for (const query of [made.code, mark, ""]) {
        await accused.visit(`${prefix}/staff?q=${encodeURIComponent(query)}`, { inspect: false });
        await seesNot(accused, `/staff/feedback/${made.code}`);
      }
      await accused.visit(casePath(language, made.code), { status: 404 });
      await accused.visit(`${casePath(language, made.code)}/note`, { status: 404, inspect: false });
      await seesNot(accused, mark);
      await accused.leave();
    }

    // Above it there is a case to handle, without a way to the sender.
    const above = await visitor({ width, scripts });
    await signIn(above, language, who.city_head, who.password, { inspect: false });
    await above.visit(`${prefix}/staff?q=${made.code}`);
    await above.press(`main a[href="${casePath(language, made.code)}"]`);
    await sees(above, mark);
    for (const text of [contact, contact.replaceAll(" ", "")]) await seesNot(above, text);

    // With the secret it opens; a wrong one is refused.
    await stranger.visit(`${prefix}/feedback/${made.code}`, { status: 404 });
    await stranger.page.fill("#secret", "AAAA-AAAA-AAAA-AAAA-AAAA");
    await stranger.press(go(stranger), { status: 422 });
    await open(stranger, language, made);
    await sees(stranger, mark);
    await sees(stranger, say(language, "feedback.case.contact_sealed"));
    await stranger.press('form[action$="/close"] button');
    await stranger.visit(`${prefix}/feedback/${made.code}`, { status: 404 });
  });
}
