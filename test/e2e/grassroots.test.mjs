// A village decides: slips, a vote online, a slip given for paper, and a finished decision that a
// stranger counts again with the script; both languages, wide and narrow, with scripting and without.
import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { test } from "./harness.mjs";
import { accountsOf, choose, expect, prefix_of, say, sees, seesNot, signIn } from "./steps.mjs";

const quick = { inspect: false };
const button = (visitor, text) => visitor.page.locator("main button", { hasText: text }).first();
const tools = fileURLToPath(new URL("../../tools/", import.meta.url));

// The slip of a household, printed again by the head: { code, secret }.
async function slip(head, language, prefix, household) {
  await head.visit(`${prefix}/staff/ballots/2`, quick);
  const details = head.page.locator("details", { hasText: say(language, "ballot.desk.reissue") });
  await details.locator("summary").click();
  await head.page.fill("#number-reissue", String(household));
  await head.press(button(head, say(language, "ballot.desk.reissue_do")), quick);
  const code = await head.page.locator("main .ref").first().innerText();
  const secret = await head.page.locator("main .secret").first().innerText();
  return { code, secret };
}

async function openSlip(household, language, prefix, { code, secret }) {
  await household.visit(`${prefix}/ballots/vote`);
  await household.page.fill("#code", code);
  await household.press(button(household, say(language, "ballot.vote.go")));
  await household.page.fill("#secret", secret);
  await household.press(button(household, say(language, "ballot.vote.open")), quick);
}

for (const [language, width, scripts, first] of [["vi", 1280, true, 40], ["en", 390, false, 50]]) {
  test(`a village decides online and on paper, and a stranger counts again (${language}, ${width} px, `
       + `scripts ${scripts ? "on" : "off"})`, async ({ city, visitor }) => {
    const prefix = prefix_of(language), who = accountsOf(city);
    const head = await visitor({ width, scripts }), household = await visitor({ width, scripts });
    await signIn(head, language, who.ward_head, who.password, quick);
    await head.visit(`${prefix}/staff/ballots`, { shot: `ballots-desk-${language}` });

    const online = await slip(head, language, prefix, first);
    await openSlip(household, language, prefix, online);
    await household.press(button(household, say(language, "ballot.vote.cast")), { status: 422 });
    await choose(household, "choice-1", "1");
    await choose(household, "choice-2", "0");
    await household.press(button(household, say(language, "ballot.vote.cast")),
                          { shot: `ballot-voted-${language}` });
    await sees(household, say(language, "ballot.voted.no_proof"));
    const mark = await household.page.locator("main .mark").first().innerText();
    await household.visit(`${prefix}/ballots/2`, quick);
    await sees(household, say(language, "ballot.nothing_told"));
    await seesNot(household, mark);

    // Paper is given for a slip, which then votes online no more.
    const paper = await slip(head, language, prefix, first + 1);
    await head.visit(`${prefix}/staff/ballots/2`, { shot: `ballot-desk-${language}` });
    await head.page.fill("#code", paper.code);
    await head.page.fill("#secret", paper.secret);
    await head.press(button(head, say(language, "ballot.desk.hand_in_do")), quick);
    await openSlip(household, language, prefix, paper);
    await choose(household, "choice-1", "2");
    await choose(household, "choice-2", "1");
    await household.press(button(household, say(language, "ballot.vote.cast")), { status: 409 });
    await sees(household, say(language, "ballot.error.voted_paper"));

    // The finished one: page, box and ledger say the same to a script that shares no code with us.
    await household.visit(`${prefix}/ballots/1`, quick);
    await sees(household, say(language, "ballot.result.passed"));
    const command = await household.page.locator("main pre.code").innerText();
    const hash = /recount\.py box ([0-9a-f]{64})/.exec(command)[1];
    const box = await fetch(new URL("/ballots/1/box", city.url));
    const file = path.join(city.folder, `box-${language}`);
    fs.writeFileSync(file, Buffer.from(await box.arrayBuffer()));
    const { stdout } = await promisify(execFile)("python3", [`${tools}recount.py`, file, hash]);
    expect(stdout.includes("option 1 passed"), stdout);
    expect(stdout.includes("42 of 48 voted, blank 1, option 1: 36, option 2: 5"), stdout);
    fs.appendFileSync(file, "vote 1 222222222222 1\n");
    const stuffed = await promisify(execFile)("python3", [`${tools}recount.py`, file, hash])
      .catch((error) => error);
    expect(stuffed.code === 1, "a stuffed box was counted");
  });
}
