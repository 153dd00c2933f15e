// A street is flooded for the seventh time: somebody presses "it happens
// again", and everybody reads how often it was said.
import { test } from "./harness.mjs";
import { accountsOf, casePath, choose, expect, go, prefix_of, say, sees, send,
         signIn } from "./steps.mjs";

const quick = { inspect: false };

// The sixth report of a matter: one of the sample that is over, and others who say it again.
async function sixthOf(city) {
  const read = async (path) => (await fetch(new URL(`/api/v1/${path}`, city.url))).json();
  const { items } = await read("feedback?state=closed&limit=50");
  let last = await read(`feedback/${items.find((each) => each.about === "place").code}`);
  for (let n = last.recurrence + 1; n <= 6; ++n)
    last = await send(city, { about: "place", public: true, recurs_of: last.code,
                              body: `Mưa nửa giờ là ngõ 12 ngập, đây là lần thứ ${n}.` });
  return last;
}

for (const [language, width, scripts] of [["vi", 390, false], ["en", 1280, true]]) {
  test(`a street is flooded for the seventh time (${language}, ${width} px)`,
       async ({ city, visitor }) => {
    const prefix = prefix_of(language);
    const sixth = await sixthOf(city);
    const hoa = await visitor({ width, scripts });
    await hoa.visit(`${prefix}/feedback/${sixth.code}`, { shot: `chain-${language}` });
    await sees(hoa, say(language, "feedback.chain.title"));
    expect(await hoa.page.locator("aside ol li").count() >= 1, "the chain is not listed");
    await hoa.visit(`${prefix}/feedback/new?recurs_of=${sixth.code}`, quick);
    await choose(hoa, "about", "place");
    await hoa.press(go(hoa), quick);
    const topic = await hoa.page.locator('main input[name="topic"]').first().getAttribute("value");
    await choose(hoa, "topic", topic);
    await hoa.press(go(hoa), quick);
    await hoa.page.fill("#place", "Ngõ 12");
    await hoa.press(go(hoa), quick);
    await hoa.page.fill("#body", "Mưa nửa giờ là ngõ 12 lại ngập đến gối, lần này là lần thứ bảy.");
    await hoa.press(go(hoa), quick);
    await choose(hoa, "public", "yes");
    await hoa.press(go(hoa), quick);
    await hoa.press(go(hoa));
    const code = (await hoa.page.locator("#code").innerText()).replace(/^HN-|-/g, "");

    const reader = await visitor({ width, scripts });
    await reader.visit(`${prefix}/feedback/${code}`);
    await sees(reader, say(language, "feedback.case.recurrence").replace("{number}", "7"));
    await sees(reader, sixth.code.replace(/(.{4})(.{4})/, "HN-$1-$2"));

    const { password, city_head } = accountsOf(city);
    const officer = await visitor({ width, scripts });
    await signIn(officer, language, city_head, password, quick);
    await officer.visit(casePath(language, code), { shot: `chain-staff-${language}` });
    await sees(officer, say(language, "feedback.chain.title"));
  });
}
