// Passing a page on, what is viewed most, and a word about a page: both languages, wide and narrow,
// with scripting and without.
import { test } from "./harness.mjs";
import { choose, expect, go, link, prefix_of, say, sees } from "./steps.mjs";

const quick = { inspect: false };

async function addressOf(visitor) {
  return (await visitor.page.locator("#link").innerText()).trim();
}

for (const [language, width, scripts] of [["vi", 390, false], ["vi", 1280, true], ["en", 390, true],
                                          ["en", 1280, false]]) {
  test(`share: pages are passed on, and somebody says a word about one (${language}, ${width} px, `
       + `scripts ${scripts ? "on" : "off"})`, async ({ visitor }) => {
    const prefix = prefix_of(language), reader = await visitor({ width, scripts });
    for (const path of ["/consultations/1", "/consultations/1/clauses/d1", "/consultations/1/answers",
                        "/dialogues/1", "/projects/1", "/ballots/1", "/disclosure/1", "/figures",
                        "/figures/on_time", "/surveys/1"]) {
      await reader.visit(prefix + path, quick);
      const address = await addressOf(reader);
      expect(new URL(address).pathname === prefix + path, `${path} is passed on as ${address}`);
      const letter = await link(reader, say(language, "share.mail")).getAttribute("href");
      expect(letter.startsWith("mailto:?subject=") && letter.includes(encodeURIComponent(address)),
             `the letter of ${path} is ${letter}`);
      const offered = link(reader, say(language, "share.code"));
      expect(await offered.count() === 1, `${path} has no code`);
    }

    await reader.visit(`${prefix}/projects/1`, { shot: `share-part-${language}-${width}` });
    const address = await addressOf(reader);
    await reader.press(link(reader, say(language, "share.code")),
                       { shot: `share-${language}-${width}` });
    expect(await addressOf(reader) === address, "the code is of another page");
    expect(await reader.page.locator("main .qr svg").isVisible(), "there is no code to see");
    await sees(reader, say(language, "share.said_none"));

    await reader.press(link(reader, say(language, "share.comment")));
    await sees(reader, say(language, "feedback.page.about"));
    expect(await reader.page.locator("select[name=kind]").inputValue() === "suggestion",
           "a word about a page begins as a suggestion");
    await choose(reader, "about", "place");
    await reader.press(go(reader), quick);
    expect(!/\/feedback\/new$/.test(reader.page.url()), "the form did not go on");

    for (const path of ["/staff", "/feedback/find", "//evil.example", "/share"])
      await reader.visit(`${prefix}/share?path=${encodeURIComponent(path)}`,
                         { status: 404 });

    await reader.visit(`${prefix}/most-viewed`, { shot: `most-viewed-${language}-${width}` });
    await sees(reader, say(language, "insight.home.solved"));
    await reader.visit(`${prefix}/register`, quick);
    await reader.press(link(reader, say(language, "insight.viewed.all")), quick);
    await sees(reader, say(language, "insight.viewed.title"));
  });
}
