// What people do on these pages, for the journeys: words to look for, sending, signing in, acting.
// Sentences come from text/*.po, so that rewording one breaks no journey.
import fs from "node:fs";

const root = new URL("../../", import.meta.url);

function readText(language) {
  const po = fs.readFileSync(new URL(`text/${language}.po`, root), "utf8");
  const entries = po.matchAll(/^msgid "([^"]+)"\n(?:msgid_plural .*\n)?msgstr(?:\[0\])? "(.*)"$/gm);
  return new Map([...entries].map(([, key, text]) => [key, text.replaceAll('\\"', '"')]));
}
const texts = { vi: readText("vi"), en: readText("en") };

export function say(language, key) {
  const text = texts[language].get(key);
  if (text === undefined) throw new Error(`text/${language}.po has no ${key}`);
  return text;
}

export const prefix_of = (language) => (language === "vi" ? "" : `/${language}`);

export function expect(condition, what) {
  if (!condition) throw new Error(what);
}

// The page holds this text, or will in a moment.
export async function sees(visitor, text) {
  const shown = await visitor.page.locator("main").innerText();
  expect(squeezed(shown).includes(squeezed(text)),
         `${visitor.page.url()} does not say "${text}":\n${shown.slice(0, 1500)}`);
}

export async function seesNot(visitor, text) {
  const html = await visitor.page.content();
  expect(!squeezed(html).includes(squeezed(text)), `${visitor.page.url()} must not say "${text}"`);
}

const squeezed = (text) => text.replace(/[\s\u00a0]+/g, " ");

// Chooses a radio or a box as people do: by its label, which lies over it.
export async function choose(visitor, name, value) {
  const box = visitor.page.locator(`main input[name="${name}"][value="${value}"]`);
  const id = await box.getAttribute("id");
  await visitor.page.locator(`main label[for="${id}"]`).click();
  expect(await box.isChecked(), `${name}=${value} is not chosen`);
}

// The button that leads on: the last one of the page's forms that has no other task.
export const go = (visitor) =>
  visitor.page.locator("main form button.govuk-button:not([name])").last();

// The first button, or link, that says this.
export const button = (visitor, text) =>
  visitor.page.locator("main button", { hasText: text }).first();
export const link = (visitor, text) => visitor.page.locator("main a", { hasText: text }).first();

// A day so many days from now as a field for days takes it, and a moment so many hours from now as
// one for moments does, both of a clock in Hanoi.
export const momentAfter = (hours) =>
  new Date(Date.now() + (hours + 7) * 3600 * 1000).toISOString().slice(0, 16);
export const dayAfter = (days) => momentAfter(days * 24).slice(0, 10);

export const heading = (visitor) => visitor.page.locator("h1").first().innerText();

// A picture as a camera would send it; the browser draws it.
export async function picture(visitor) {
  return { name: "anh.png", mimeType: "image/png",
           buffer: await visitor.page.screenshot({ clip: { x: 0, y: 0, width: 64, height: 64 } }) };
}

// Accounts of the sample, from the file it leaves for people.
export function accountsOf(city) {
  const text = fs.readFileSync(`${city.data}/accounts.txt`, "utf8");
  const password = /password[^:]*:\s+(\S+)/.exec(text)[1];
  const [, name, rest] = /^ {2}(\S+)\.lanhdao\s+(.*)$/m.exec(text);
  const ward = rest.split(/\s{2,}/).at(-1).replace(/ \([^)]*\)$/, "");
  return { password, city_head: "lanhdao", city_handler: "xuly", triage: "dieuphoi",
           ward_head: `${name}.lanhdao`, ward_handler: `${name}.xuly`,
           ward_clerk: `${name}.vanthu`, ward };
}

// A case of the sample that was answered, as whoever sent it knows it: { code, secret }.
export function answeredCase(city) {
  const text = fs.readFileSync(`${city.data}/accounts.txt`, "utf8");
  const [, code, secret] = /(HN(?:-\w{4}){2})\s+(\w{4}(?:-\w{4}){4})/.exec(text);
  return { code, secret };
}

// The code of a unit with exactly this name.
export async function unitCode(city, name) {
  const answer = await fetch(new URL(`/api/v1/units?q=${encodeURIComponent(name)}`, city.url));
  const unit = (await answer.json()).items.find((each) => each.name === name);
  expect(unit, `no unit is called ${name}`);
  return unit.code;
}

// Sends by machine, for journeys that begin after sending. Gives { code, secret, … }.
export async function send(city, what) {
  const answer = await fetch(new URL("/api/v1/feedback", city.url), {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(what),
  });
  const text = await answer.text();
  expect(answer.status === 201, `sending answered ${answer.status}: ${text}`);
  return JSON.parse(text);
}

// Opens a case with its secret, through the form that everybody uses.
export async function open(visitor, language, { code, secret }, wish) {
  await visitor.visit(`${prefix_of(language)}/feedback/find`, { inspect: false });
  await visitor.page.fill("#code", code);
  await visitor.page.fill("#secret", secret);
  await visitor.press(go(visitor), wish);
}

export async function signIn(visitor, language, login, password, wish) {
  await visitor.visit(`${prefix_of(language)}/staff`, wish);
  await visitor.page.fill("#login", login);
  await visitor.page.fill("#password", password);
  await visitor.press(go(visitor), wish);
  // Who leads begins at the desk; the journeys go on at the queue.
  if (visitor.page.url().endsWith("/staff/desk"))
    await visitor.visit(`${prefix_of(language)}/staff`, wish);
  // Who supervises and handles nothing begins at figures.
  const begins = ["/staff", "/staff/supervision"].map((path) => prefix_of(language) + path);
  expect(begins.includes(new URL(visitor.page.url()).pathname),
         `signing in as ${login} led to ${visitor.page.url()}`);
}

export const casePath = (language, code) => `${prefix_of(language)}/staff/feedback/${code}`;

// Takes a new case up and gives it to the officer who asks, so that it can be answered.
export async function takeUp(officer, language, code, wish) {
  await officer.visit(casePath(language, code), wish);
  await officer.press(officer.page.locator(`form[action$="/${code}/accept"] button`), wish);
  await sees(officer, say(language, "feedback.staff.done"));
  await assign(officer, language, code, wish);
}

export async function assign(officer, language, code, wish) {
  await officer.visit(`${casePath(language, code)}/assign`, wish);
  const first = await officer.page.locator('input[name="officer"]').first().getAttribute("value");
  await choose(officer, "officer", first);
  await officer.press(go(officer), wish);
  await sees(officer, say(language, "feedback.staff.done"));
}

export async function answer(officer, language, code, { text, evidence, outcome = "confirmed" },
                             wish) {
  await officer.visit(`${casePath(language, code)}/answer`, wish);
  await officer.page.fill("#text", text);
  await choose(officer, "outcome", outcome);
  await officer.page.fill("#evidence", evidence);
  await officer.press(go(officer), wish);
  await sees(officer, text);
  await officer.press('button[name="step"][value="send"]', wish);
  await sees(officer, say(language, "feedback.staff.done"));
}
