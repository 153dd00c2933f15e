// An administrator makes a topic with a question that must be answered; a citizen is asked it; the
// change is undone. Without scripting at 390 px in Vietnamese, with it at 1280 px in English.
import { test } from "./harness.mjs";
import { accountsOf, expect, go, prefix_of, say, sees } from "./steps.mjs";

for (const [language, width, scripts] of [["vi", 390, false], ["en", 1280, true]]) {
  test(`an administrator makes a topic, and undoes it (${language}, ${width})`,
       async ({ city, visitor }) => {
    const admin = await visitor({ width, scripts });
    await admin.visit(`${prefix_of(language)}/staff`);
    await admin.page.fill("#login", "quantri");
    await admin.page.fill("#password", accountsOf(city).password);
    await admin.press(go(admin));
    const code = `lamp-${language}`;
    await admin.visit(`${prefix_of(language)}/staff/administration/topics/new`, { shot: `topic-${language}` });
    await admin.page.fill("#code", code);
    await admin.page.selectOption("#about", "place");
    await admin.page.fill("#name_vi", `Đèn ${language}`);
    await admin.page.fill("#name_en", `Lamp ${language}`);
    await admin.page.fill("#count", "3");
    await admin.page.fill("#q1_text_vi", "Bên nào đường?");
    await admin.page.fill("#q1_text_en", "Which side?");
    await admin.page.fill("#q1_code", "side");
    const save = admin.page.locator("main form button").last();
    await admin.press(save, { status: 422 });
    await sees(admin, say(language, "settings.error.reason"));
    expect(await admin.page.inputValue("#q1_code") === "side", "what was typed is lost");
    await admin.page.fill("#reason", "Quyết định 12/QĐ-UBND");
    await admin.press(admin.page.locator("main form button").last(), { shot: `administration-${language}` });
    await sees(admin, say(language, "settings.done"));
    const topics = await (await fetch(new URL("/api/v1/topics?limit=100", city.url))).json();
    const made = topics.items.find((each) => each.code === code);
    expect(made?.questions[0]?.code === "side", "the topic is not offered");
    await admin.press(admin.page.locator("main table form button").first());
    await sees(admin, say(language, "settings.undo_done"));
    await admin.leave();
  });
}
