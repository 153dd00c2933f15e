// An administrator erases a case that is over: the code, the reason, and what everybody sees then.
import { test } from "./harness.mjs";
import { accountsOf, answer, casePath, choose, expect, go, prefix_of, say, sees, seesNot, send,
         signIn, takeUp, unitCode } from "./steps.mjs";

const mark = "ngõ sau nhà văn hóa cũ";
const quick = { inspect: false };

// Answered, and accepted by its sender: over, with nothing that could be looked at again.
async function closedCase(city, visitor, language) {
  const who = accountsOf(city);
  const made = await send(city, { about: "place", unit: await unitCode(city, who.ward),
                                  body: `Rác không ai thu ở ${mark}.`, contact: "0987 654 321" });
  const officer = await visitor({ width: 1280 });
  await signIn(officer, language, who.ward_handler, who.password, quick);
  await takeUp(officer, language, made.code, quick);
  await answer(officer, language, made.code,
               { text: `Xe rác nay vào ${mark} mỗi tối.`, evidence: "Lịch thu gom đã dán." }, quick);
  await officer.leave();
  return made;
}

async function acceptedBy(city, { code, secret }) {
  const done = await fetch(new URL(`/api/v1/feedback/${code}/accept`, city.url), {
    method: "POST", headers: { "content-type": "application/json", "x-feedback-secret": secret },
  });
  expect(done.status === 200, `accepting answered ${done.status}`);
}

// An administrator has no queue: signing in leads to the page of erasures.
async function signInAsAdministrator(admin, language, password) {
  await admin.visit(`${prefix_of(language)}/staff`, quick);
  await admin.page.fill("#login", "quantri");
  await admin.page.fill("#password", password);
  await admin.press(go(admin));
  const path = new URL(admin.page.url()).pathname;
  expect(path === `${prefix_of(language)}/staff/erasure`, `signing in led to ${path}`);
}

for (const [language, width, scripts] of [["vi", 390, false], ["en", 1280, true],
                                          ["en", 390, true], ["vi", 1280, false]]) {
  test(`an administrator erases a case that is over (${language}, ${width} px, scripts `
       + `${scripts ? "on" : "off"})`, async ({ city, visitor }) => {
    const prefix = prefix_of(language);
    const made = await closedCase(city, visitor, language);
    const admin = await visitor({ width, scripts });
    await signInAsAdministrator(admin, language, accountsOf(city).password);

    // What is no code, and what still runs, is told beside the field, which keeps what was typed.
    for (const [typed, key] of [["12", "feedback.error.code_form"],
                                [made.code, "feedback.error.erase_runs"]]) {
      await admin.page.fill("#code", typed);
      await admin.press(go(admin), { status: 422 });
      await sees(admin, say(language, key));
      expect(await admin.page.inputValue("#code") === typed, "the code is lost");
    }
    await acceptedBy(city, made);
    await admin.press(go(admin), { shot: `erasing-${language}` });
    await sees(admin, say(language, "feedback.state.closed"));
    await seesNot(admin, mark);

    await admin.press(go(admin), { status: 422 });
    await sees(admin, say(language, "feedback.error.erase_reason"));
    await choose(admin, "because", "purpose_done");
    await admin.press(go(admin));
    const shown = `HN-${made.code.slice(0, 4)}-${made.code.slice(4)}`;
    await sees(admin, say(language, "feedback.erasing.done").replace("{code}", shown));

    // Gone for the public and for the office alike; for neither has it never been.
    const stranger = await visitor({ width, scripts });
    await stranger.visit(`${prefix}/feedback/${made.code}`, { shot: `tombstone-${language}` });
    await sees(stranger, say(language, "feedback.erased_because.purpose_done"));
    const officer = await visitor({ width, scripts });
    const who = accountsOf(city);
    await signIn(officer, language, who.ward_handler, who.password, quick);
    await officer.visit(casePath(language, made.code));
    for (const reader of [stranger, officer]) await seesNot(reader, mark);
  });
}

test("the page of erasures is for administrators and the ombudsman", async ({ city, visitor }) => {
  const who = accountsOf(city);
  for (const login of [who.ward_handler, who.city_head, who.triage]) {
    const officer = await visitor({});
    await signIn(officer, "vi", login, who.password, quick);
    await officer.visit("/staff/erasure", { status: 403 });
    await officer.leave();
  }
});
