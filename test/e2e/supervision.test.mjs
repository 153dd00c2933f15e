// Supervision from the lots to the last word: who supervises, the head of a unit, and a stranger
// who draws again, each with a browser of their own.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "./harness.mjs";
import { accountsOf, button, choose, dayAfter, expect, link, momentAfter, prefix_of, say, sees,
         seesNot, signIn } from "./steps.mjs";

const quick = { inspect: false };
const redraw = fileURLToPath(new URL("../../tools/redraw.py", import.meta.url));
const programmes = (prefix) => `${prefix}/staff/supervision/programmes`;

// The text that a stranger fetches, and what the ten lines of Python make of it.
async function frameOf(city, id) {
  const answer = await fetch(new URL(`/supervision/${id}/frame`, city.url));
  expect(answer.ok, `the frame answers ${answer.status}`);
  const text = await answer.text();
  return { text, hash: createHash("sha256").update(text).digest("hex") };
}
function drawnAgain(city, { text }, size, root) {
  const file = path.join(city.folder, "frame");
  fs.writeFileSync(file, text);
  const said = execFileSync("python3", ["-B", redraw, file, size, root], { encoding: "utf8" });
  const [hash, ...numbers] = said.trim().split("\n");
  return { hash: hash.replace("SHA-256 ", ""), numbers: numbers.map(Number) };
}
async function numbersShown(visitor) {
  const cells = await visitor.page.locator("main table").first().locator("tbody td:last-child")
    .allInnerTexts();
  return cells.flatMap((cell) => cell.match(/\d+/g) ?? []).map(Number);
}

// Says `form` to an address as the visitor's own page would, with their token.
async function post(visitor, where, form) {
  const account = await visitor.page.request.get(new URL("/staff/account", visitor.city.url).href);
  const [, csrf] = /name="csrf" value="([^"]+)"/.exec(await account.text());
  const answer = await visitor.page.request.post(new URL(where, visitor.city.url).href, {
    form: { csrf, ...form }, headers: { origin: visitor.city.url.slice(0, -1) }, maxRedirects: 0,
  });
  const text = await answer.text();
  for (const language of ["vi", "en"])
    expect(!text.includes(say(language, "http.error.csrf")), `${where} does not know the token`);
  return answer.status();
}

// The frame is sealed and the head that will decide is named; nobody can draw before.
async function announce({ supervisor, stranger, city, prefix, language }) {
  const title = `Giám sát phản ánh đã khép lại (${language})`;
  const page = supervisor.page;
  await supervisor.visit(programmes(prefix));
  await supervisor.press(link(supervisor, say(language, "supervision.new.title")));
  const [day, time] = momentAfter(2).split("T");
  const soon = momentAfter(0.2).split("T");
  for (const [name, value] of [
    ["title_vi", title], ["title_en", `${title}, in English`],
    ["subject", "Phản ánh khép lại có được trả lời đúng quy định không."],
    ["unit", "01"], ["from", dayAfter(-300)], ["to", dayAfter(-1)],
    ["draw_day", soon[0]], ["draw_time", soon[1]], ["count-closed", "5"], ["count-late", "3"],
  ]) await page.fill(`#${name}`, value);

  // A head that somebody might foresee is refused beside its field, and nothing typed is lost.
  const check = () => button(supervisor, say(language, "supervision.new.check"));
  await supervisor.press(check(), { status: 422, shot: `programme-refused-${language}` });
  await sees(supervisor, say(language, "supervision.error.head_at"));
  expect(await page.inputValue("#title_vi") === title && await page.inputValue("#unit") === "01",
         "what was typed is lost");
  await page.fill("#draw_day", day);
  await page.fill("#draw_time", time);
  await supervisor.press(check(), { shot: `programme-counted-${language}` });
  await sees(supervisor, say(language, "supervision.new.looked"));
  await supervisor.press(button(supervisor, say(language, "supervision.new.announce")),
                         { shot: `programme-announced-${language}` });
  await sees(supervisor, say(language, "supervision.desk.waits"));
  const id = /programmes\/(\d+)/.exec(page.url())[1];

  const frame = await frameOf(city, id);
  const head = new Date(`${day}T${time}:00+07:00`).toISOString().replace(".000", "");
  expect(frame.text.includes(`\nhead ${head}\n`), `the frame does not name ${head}`);
  await stranger.visit(`${prefix}/supervision/${id}`, { shot: `announced-${language}` });
  await sees(stranger, say(language, "supervision.not_drawn_yet"));
  await sees(stranger, frame.hash);
  expect((await numbersShown(stranger)).length === 0, "numbers before the draw");
  expect(!await stranger.page.locator("#redraw ~ pre").count(), "a redraw before the draw");
  const words = { unit: "01", text: "Kiến nghị trước khi bốc thăm vụ nào.", due_on: dayAfter(9) };
  expect(await post(supervisor, `${programmes(prefix)}/${id}/advise`, words) === 409,
         "somebody advises before the draw");
}

// The clock of the sample has drawn; a stranger gets the same cases from what is published.
async function drawAgain({ stranger, city, prefix, language }) {
  await stranger.visit(`${prefix}/supervision`);
  await stranger.visit(`${prefix}/supervision/1`, { shot: `drawn-${language}` });
  await sees(stranger, say(language, "supervision.drawn_so"));
  const command = await stranger.page.locator("#redraw ~ pre").innerText();
  expect(/curl -so frame \S+\/supervision\/1\/frame\n/.test(command), `no frame in "${command}"`);
  const [, size, root] = /redraw\.py frame (\d+) ([0-9a-f]{64})$/.exec(command.trim());
  const frame = await frameOf(city, 1), again = drawnAgain(city, frame, size, root);
  await sees(stranger, frame.hash);
  expect(again.hash === frame.hash, "the script hashes another frame");
  const shown = await numbersShown(stranger);
  expect(shown.length > 0 && String(again.numbers) === String(shown),
         `drawn again ${again.numbers}, shown ${shown}`);
  const other = drawnAgain(city, frame, size, root.replace(/^./, (c) => (c === "0" ? "1" : "0")));
  expect(String(other.numbers) !== String(shown), "another head draws the same cases");

  // Both lines stand in the ledger: the frame's before, the draw's after.
  const lines = stranger.page.locator('main dd a[href*="/ledger/facts/"]');
  expect(await lines.count() === 2, "two lines of the ledger");
  const [first, second] = await lines.evaluateAll((all) => all.map((a) => a.pathname));
  await stranger.visit(first, { shot: `fact-announced-${language}` });
  await sees(stranger, frame.hash);
  await stranger.visit(second, quick);
  await sees(stranger, root);
  return shown;
}

async function find({ supervisor, stranger, prefix, language }, drawn) {
  const note = "Hồ sơ thiếu ảnh sau khi làm; người gửi không được báo khi quá hạn.";
  await supervisor.visit(`${programmes(prefix)}/1`, { shot: `programme-${language}` });
  await supervisor.press(supervisor.page.locator(`main td a, main th a`).first(),
                         { shot: `drawn-case-${language}` });
  expect(supervisor.page.url().endsWith(`/cases/${drawn[0]}`), "another case than the first drawn");
  const keep = () => button(supervisor, say(language, "supervision.desk.correct"));
  await supervisor.page.fill("#text", note);
  await supervisor.press(keep(), { status: 422, ...quick });
  await sees(supervisor, say(language, "supervision.error.outcome"));
  expect(await supervisor.page.inputValue("#text") === note, "the note is lost");
  await choose(supervisor, "outcome", "breach");
  await supervisor.press(keep(), quick);
  await stranger.visit(`${prefix}/supervision/1`, quick);
  await sees(stranger, say(language, "supervision.corrected").replace("{count}", "1"));
  await seesNot(stranger, note);
}

const advised = "Mỗi câu trả lời kèm ảnh trước và sau, và báo người gửi khi quá hạn.";

async function advise({ supervisor, prefix, language, who }) {
  const page = supervisor.page;
  await supervisor.visit(`${programmes(prefix)}/1`, quick);
  const send = () => button(supervisor, say(language, "supervision.desk.advise"));
  await page.fill("#unit", who.ward);
  await page.fill("#text-0", "Ngắn quá.");
  await page.fill("#due_on-0", dayAfter(20));
  await supervisor.press(send(), { status: 422, shot: `advice-refused-${language}` });
  await sees(supervisor, say(language, "supervision.error.words_short"));
  expect(await page.inputValue("#text-0") === "Ngắn quá." &&
         await page.inputValue("#due_on-0") === dayAfter(20), "the recommendation is lost");
  await page.fill("#text-0", advised);
  await supervisor.press(send(), quick);
  await sees(supervisor, advised);
}

async function answer({ head, prefix, language }, id, text) {
  await head.visit(`${prefix}/staff/recommendations/${id}`);
  await head.page.fill("#text", text);
  await head.press(button(head, say(language, "supervision.unit.answer_do")));
  await sees(head, text);
  await sees(head, say(language, "supervision.unit.waits"));
}

// What the supervisor makes of an answer: `act` is verify or return.
async function judge({ supervisor, prefix, language }, id, act, text) {
  await supervisor.visit(`${programmes(prefix)}/1`, quick);
  await supervisor.page.fill(`#text-${id}`, text);
  if (act === "return") await supervisor.page.fill(`#due_on-${id}`, dayAfter(30));
  const under = supervisor.page.locator(`li:has(#text-${id})`);
  await supervisor.press(
    under.locator("button", { hasText: say(language, `supervision.desk.${act}`) }), quick);
  await sees(supervisor, text);
}

// Once every case drawn has its finding, who heads the unit of a case reads it and replies once.
async function reply({ supervisor, stranger, visitor, prefix, language, who, city }) {
  const head = await visitor({});
  head.city = city;
  await signIn(head, language, who.city_head, who.password, quick);
  await head.visit(`${prefix}/staff/recommendations`, quick);
  await head.press(link(head, say(language, "supervision.finding.title")),
                   { shot: `findings-unit-${language}` });
  await head.press(head.page.locator('main li a[href*="/staff/findings/1/"]').first(),
                   { shot: `finding-unit-${language}` });
  const number = /findings\/1\/(\d+)/.exec(head.page.url())[1];
  const send = () => button(head, say(language, "supervision.finding.reply_do"));
  await head.page.fill("#text", "Không đúng.");
  await head.press(send(), { status: 422, shot: `reply-refused-${language}` });
  expect(await head.page.inputValue("#text") === "Không đúng.", "the reply is lost");
  const words = "Vụ này chờ vật tư của thành phố; chúng tôi có văn bản xin từ tuần đầu.";
  await head.page.fill("#text", words);
  await head.press(send(), { shot: `replied-${language}` });
  await sees(head, words);
  expect(!await head.page.locator("#text").count(), "a second reply is offered");
  expect(await post(head, `/staff/findings/1/${number}`, { seq: "1", text: `${words} Nữa.` }) === 409,
         "a reply is written over");
  await supervisor.visit(`${programmes(prefix)}/1/cases/${number}`,
                         { shot: `case-replied-${language}` });
  await sees(supervisor, words);
  await stranger.visit(`${prefix}/supervision/1`, quick);
  await seesNot(stranger, words);
}

// The head of the unit may answer and nothing else, whatever they ask the server for.
async function onlyAnswers({ head, prefix, who, visitor, city }, drawn) {
  const words = { seq: "2", advice: "3", unit: "01", due_on: dayAfter(9), outcome: "in_order",
                  text: "Chúng tôi tự xác nhận là đã làm xong." };
  const desk = programmes(prefix);
  await head.visit(`${desk}/1`, { status: 403, ...quick });
  await head.visit(`${prefix}/staff/recommendations`, quick);
  const acts = [`cases/${drawn[0]}`, "advise", "verify", "return", "finish"];
  for (const where of [`${desk}/new`, ...acts.map((act) => `${desk}/1/${act}`)])
    expect(await post(head, where, words) === 403, `the head of a unit may post to ${where}`);
  const mine = `${prefix}/staff/recommendations/3`;
  for (const act of ["edit", "close", "delete", "withdraw"])
    expect(await post(head, `${mine}/${act}`, words) === 404, `there is ${act}`);
  expect(await post(head, mine, words) === 409, "an answer is written over");

  const clerk = await visitor({});
  clerk.city = city;
  await signIn(clerk, "vi", who.ward_handler, who.password, quick);
  expect(await post(clerk, "/staff/recommendations/3", words) === 404, "who heads nothing answers");
}

for (const [language, width, scripts] of [["vi", 1280, true], ["en", 390, false]]) {
  test(`supervision: lots drawn again, a finding and an advice to its end (${language}, ${width} `
       + `px, scripts ${scripts ? "on" : "off"})`, async ({ city: main, visitor }) => {
    // Smaller samples have too few cases for a programme.
    const city = await main.another({ cases: 1200 });
    try {
      const [supervisor, head, stranger] = await Promise.all(
        Array.from({ length: 3 }, () => visitor({ width, scripts })));
      for (const one of [supervisor, head, stranger]) one.city = city;
      const prefix = prefix_of(language), who = accountsOf(city);
      const all = { supervisor, head, stranger, city, visitor, prefix, language, who };
      await signIn(supervisor, language, "giamsat", who.password, quick);
      await signIn(head, language, who.ward_head, who.password, quick);
      await announce(all);
      const drawn = await drawAgain(all);
      await reply(all);
      await find(all, drawn);
      await advise(all);

      await head.visit(`${prefix}/staff/recommendations`);
      await head.visit(`${prefix}/staff/recommendations/3`,
                       { shot: `advice-unit-${language}` });
      await head.page.fill("#text", "Đã làm.");
      await head.press(button(head, say(language, "supervision.unit.answer_do")),
                       { status: 422 });
      await sees(head, say(language, "supervision.error.words_short"));
      expect(await head.page.inputValue("#text") === "Đã làm.", "the answer is lost");
      await answer(all, 3, "Mẫu trả lời mới có chỗ đính ảnh từ tuần này.");
      await onlyAnswers(all, drawn);
      await judge(all, 3, "return", "Chưa thấy báo người gửi khi quá hạn; đề nghị làm tiếp.");
      await answer(all, 3, "Từ hôm nay hệ thống nhắc và tổ trưởng gọi người gửi khi quá hạn.");

      // Not before everything is verified, and that only by who supervises.
      const finish = () => button(supervisor, say(language, "supervision.desk.finish_do"));
      await supervisor.visit(`${programmes(prefix)}/1`, { shot: `advice-answered-${language}` });
      await supervisor.press(finish(), { status: 409, ...quick });
      await sees(supervisor, say(language, "supervision.error.not_all_verified"));
      await judge(all, 3, "verify", "Đã xem mười vụ gần nhất: có ảnh, có báo người gửi.");
      await answer(all, 2, "Đã phân công người trực thay trong mọi ca vắng.");
      await judge(all, 2, "verify", "Bảng trực tháng này đủ người thay cho mọi ca.");
      await supervisor.press(finish(), quick);
      await stranger.visit(`${prefix}/supervision/1`, { shot: `finished-${language}` });
      await sees(stranger, say(language, "supervision.stage.finished"));
      for (const words of [advised, "chỗ đính ảnh từ tuần này", "Chưa thấy báo người gửi",
                           "Đã xem mười vụ gần nhất"]) await sees(stranger, words);

      // It is over for who supervises, too.
      const late = { outcome: "in_order", text: "Kết luận lại sau khi đã kết thúc.", seq: "3" };
      expect(await post(supervisor, `${programmes(prefix)}/1/cases/${drawn[0]}`, late) === 409,
             "a finding after the end");
    } finally {
      await city.stop();
    }
  });
}
