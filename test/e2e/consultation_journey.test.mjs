// Five thousand letters: a draft rule from the file of an office program to the last signed letter,
// with a campaign by mail merge, the same letter edited by one person, organic comments and an
// objection. Weeks pass by the clock of the sample city, so that nothing here waits.
import { createHmac } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { docx } from "./docx.mjs";
import { test } from "./harness.mjs";
import { accountsOf, button, choose, expect, link, prefix_of, say, sees, seesNot, signIn }
  from "./steps.mjs";

const quick = { inspect: false };
const letters = 5000, hookKey = "khoa-cua-cong-tin-nhan";
const begins = Date.parse("2026-11-02T02:00:00Z");  // Monday, nine o'clock in Hanoi
const at = (days) => `${new Date(begins + days * 86_400_000).toISOString().slice(0, 19)}Z`;
const day = (days) => at(days).slice(0, 10);
const numbers = { vi: "5.000", en: "5,000" };

// A sentence of ours with its holes filled.
const said = (language, key, holes) =>
  Object.entries(holes).reduce((text, [name, value]) => text.replace(`{${name}}`, value),
                               say(language, key));

// Laid out as Decree 30/2020/NĐ-CP asks: head, grounds, chapters, articles, clauses, points.
const draft = (months) => [
  "ỦY BAN NHÂN DÂN", "THÀNH PHỐ HÀ NỘI", "Số:      /2026/QĐ-UBND",
  "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
  "QUYẾT ĐỊNH", "Ban hành Quy định về trông giữ xe tại sân chung cư",
  "Căn cứ Luật Tổ chức chính quyền địa phương;", "Căn cứ Luật Nhà ở;",
  "Theo đề nghị của Giám đốc Sở Xây dựng;",
  "Chương I", "QUY ĐỊNH CHUNG",
  "Điều 1. Phạm vi điều chỉnh", "1. Quy định này áp dụng với chung cư có từ 20 căn hộ.",
  "Điều 2. Giải thích từ ngữ", "1. Trong Quy định này:",
  "a) Sân chung là phần đất không xây dựng dùng cho mọi cư dân;",
  "b) Người trông giữ xe là tổ chức, cá nhân được ban quản trị thuê.",
  "Chương II", "TRÔNG GIỮ XE",
  "Điều 3. Giá vé tháng", `1. Giá vé tháng được giữ nguyên ít nhất ${months} tháng kể từ ngày niêm yết.`,
  "2. Giá vé được niêm yết tại cổng.",
  "Điều 4. Lối thoát nạn", "1. Không để xe chắn lối thoát nạn và họng nước chữa cháy.",
  "Chương III", "ĐIỀU KHOẢN THI HÀNH", "Điều 5. Hiệu lực",
  "Quyết định này có hiệu lực từ ngày 01 tháng 01 năm 2027.",
];

const family = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ"];
const given = ["An", "Bình", "Chi", "Dũng", "Giang", "Hạnh", "Khánh", "Lan", "Minh", "Nga"];
const letter = (n) => `Kính gửi Ủy ban nhân dân thành phố. Tôi là ${family[n % 10]} Thị `
  + `${given[Math.floor(n / 10) % 10]}, ở căn hộ số ${100 + n}, chung cư số ${1 + n % 40}. Tôi đề nghị `
  + "giữ giá vé tháng trông xe ít nhất mười hai tháng, vì mỗi lần tăng giá cư dân không được hỏi ý kiến "
  + "và không có chỗ gửi nào khác. Trân trọng cảm ơn.";
const table = ["Nội dung\tĐiều khoản\tNgười góp ý",
               ...Array.from({ length: letters }, (_, n) =>
                 `${letter(n)}\tkhoản 1 Điều 3\t${family[n % 10]} ${n + 1}`)].join("\n");
const edited = "Kính gửi Ủy ban nhân dân thành phố. Tôi là Ngô Thị Yến, ở căn hộ số 77, chung cư số 3. "
  + "Tôi không đồng ý với thư mẫu đang chuyền tay: giá vé nên tính theo từng quý, vì quỹ bảo trì của tòa "
  + "nhà tôi đã âm hai năm nay. Trân trọng cảm ơn.";
const organic = [
  ["d1.1", "Chung cư mini dưới hai mươi căn cũng có sân và cũng thu tiền, xin đưa vào."],
  ["d2.1.a", "Sân tầng lửng có mái che thì có là sân chung không?"],
  ["d3.2", "Niêm yết ở cổng chữ nhỏ quá, người già không đọc được. Xin dán cả trong thang máy."],
  ["d4.1", "Đêm nào cũng có ô tô đỗ kín họng nước, gọi bảo vệ không ai ra."],
  ["d4.1", "Xin kẻ vạch vàng và phạt người đỗ chắn lối thoát nạn."],
];

// A gateway of short messages: keeps what is signed rightly, refuses the rest.
async function gateway() {
  const kept = [];
  const server = http.createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { "webhook-id": id, "webhook-timestamp": time } = request.headers;
    const mine = createHmac("sha256", hookKey).update(`${id}.${time}.${body}`).digest("base64");
    const fits = request.headers["webhook-signature"] === `v1,${mine}`;
    if (fits) kept.push(JSON.parse(body));
    response.writeHead(fits ? 204 : 401).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { kept, url: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}

async function comment(city, id, [clause, body]) {
  const answer = await fetch(new URL(`/api/v1/consultations/${id}/comments`, city.url), {
    method: "POST", headers: { "content-type": "application/json" },
    body: JSON.stringify({ clause, body }) });
  expect(answer.status === 201, `a comment answered ${answer.status}: ${await answer.text()}`);
}

const answersOf = async (head, language, desk) => {
  await head.visit(desk, quick);
  return head.page.locator("main tr", { hasText: say(language, "consultation.answer.waits") });
};

// Opens the point whose title, or place, has these words, and answers it.
async function answerPoint(head, language, desk, words, [answer, reason, clause]) {
  const row = (await answersOf(head, language, desk)).filter({ hasText: words });
  await head.press(row.first().locator("a").first(), quick);
  await choose(head, "answer", answer);
  if (clause) await head.page.selectOption("#clause", clause);
  if (reason) await head.page.fill("#reason", reason);
  await head.press(button(head, say(language, "consultation.point.send")), quick);
}

// Everything that is done once in each language, on a city of its own.
async function journey(language, width, past, hook, visitor) {
  const prefix = prefix_of(language), who = accountsOf(past);
  const head = await visitor({ width, scripts: false });
  const citizen = await visitor({ width, scripts: false });
  head.city = citizen.city = past;

  // The draft comes as a file and is opened.
  await signIn(head, language, who.city_head, who.password, quick);
  await head.visit(`${prefix}/staff/consultations/new`, quick);
  await choose(head, "kind", "internal");
  await head.page.fill("#title_vi", "Quy định về trông giữ xe tại sân chung cư");
  await head.page.fill("#summary_vi", "Giá vé, chỗ để xe và lối thoát nạn tại sân chung cư.");
  await head.page.setInputFiles("#file", docx("du-thao.docx", draft(3)));
  await head.press(button(head, say(language, "consultation.edit.check")), quick);
  await sees(head, said(language, "consultation.edit.counts",
                        { chapters: 3, articles: 5, clauses: 5, points: 2 }));
  await head.press(button(head, say(language, "consultation.edit.keep")), quick);
  await head.page.fill("#closes_on", day(14));
  await head.press(button(head, say(language, "consultation.desk.open_do")), quick);
  const id = /consultations\/(\d+)/.exec(head.page.url())[1];
  const desk = `${prefix}/staff/consultations/${id}/issues`;

  // People write: one by the page, who wants to be told; some by machine; five thousand on paper.
  await citizen.visit(`${prefix}/consultations/${id}/clauses/d3.1`, quick);
  await citizen.page.fill("#body", "Lương tôi trả theo quý, xin cho mua vé theo quý với giá cũ.");
  await citizen.press(button(citizen, say(language, "consultation.form.send")), quick);
  await citizen.press(link(citizen, say(language, "consultation.sent.own")), quick);
  const own = new URL(citizen.page.url()).pathname;
  await citizen.page.fill("#contact", "0912 345 678");
  await citizen.press(button(citizen, say(language, "consultation.contact.do")), quick);
  const asked = await past.until(() => hook.kept.shift(), "message with a link");
  expect(asked.to === "+84912345678" && asked.language === language, JSON.stringify(asked));
  await citizen.visit(new URL(/https?:\S+/.exec(asked.text)[0]).pathname, quick);
  await citizen.press(button(citizen, say(language, "consultation.contact.confirm")), quick);
  for (const each of [...organic, ["d3.1", edited]]) await comment(past, id, each);

  await head.visit(`${prefix}/staff/consultations/${id}/sources`, quick);
  await choose(head, "kind", "sheet");
  await head.page.fill("#name", "Thư của cư dân các chung cư");
  await head.page.fill("#received_on", day(0));
  // Pasted, as 1.7 MB are: typing them would take the browser a minute.
  await head.page.locator("#text").evaluate((field, text) => { field.value = text; }, table);
  await head.press(button(head, say(language, "consultation.source.check")), quick);
  await sees(head, numbers[language]);
  await head.press(button(head, say(language, "consultation.source.keep")), quick);
  await sees(head, numbers[language]);

  // Among all of them one comment is found, with marks and without.
  const search = `${prefix}/consultations/${id}/comments`;
  await past.until(async () => (await (await fetch(
    new URL(`${search}?q=${encodeURIComponent("thang máy")}`, past.url))).text())
    .includes("người già không đọc được"), "comment in the search");
  await past.until(async () => (await (await fetch(new URL(`${search}?q=${99 + letters}`, past.url)))
    .text()).includes(`căn hộ số ${99 + letters}`), "last letter in the search");
  await citizen.visit(`${search}?q=nguoi+gia+khong+doc`, { shot: `search-${language}` });
  await sees(citizen, "Xin dán cả trong thang máy.");
  await citizen.visit(`${search}?q=${encodeURIComponent("mười hai tháng")}&clause=d3.1`, quick);
  expect(await citizen.page.locator("main li.op").count() === 15, "a page has fifteen comments");
  await citizen.visit(`${search}?q=hong+nuoc&clause=d3`, quick);
  await sees(citizen, say(language, "consultation.search.nothing"));

  // It cannot be decided while people may comment, nor before each row has its answer.
  const decide = async (status) => {
    await head.visit(desk, quick);
    await head.page.fill("#note", "Thông qua Quy định theo bản 2, trình ký ban hành.");
    await head.press(button(head, say(language, "consultation.gate.decide")),
                     { ...quick, ...(status ? { status } : {}) });
  };
  await decide(409);
  await sees(head, say(language, "consultation.gate.open"));
  await past.restart(at(16));
  await signIn(head, language, who.city_head, who.password, quick);
  await decide(409);
  await seesNot(head, say(language, "consultation.gate.open"));
  await sees(head, said(language, "consultation.gate.unplaced",
                        { count: numbers[language].replace(/000$/, String(organic.length + 2).padStart(3, "0")) }));

  // The edited letter gets a point of its own before the campaign takes what looks like it.
  const box = head.page.locator("main li", { hasText: "Tôi không đồng ý với thư mẫu" })
    .locator("label");
  await box.first().click();
  await head.page.fill("#new_title", "Giá vé nên tính theo từng quý");
  await head.press(button(head, say(language, "consultation.points.place")), quick);
  await head.press(button(head, say(language, "consultation.points.suggest")), quick);
  // The machine works beside: whoever looks again sees when it is done, and the letter read.
  const campaign = head.page.locator("main tr", { hasText: numbers[language] });
  await past.until(async () => {
    await head.visit(desk, quick);
    return await campaign.locator("p.small").count() > 0;
  }, "letters grouped");
  expect(await campaign.count() === 1, "the five thousand letters are one point");
  const letterTitle = await campaign.locator("a").first().innerText();
  await decide(409);
  await sees(head, say(language, "consultation.gate.unanswered"));
  await sees(head, letterTitle);

  // What is accepted must stand in the draft: the gate names the row until it does.
  await answerPoint(head, language, desk, letterTitle, ["accepted", "", "d3.1"]);
  await decide(409);
  await sees(head, `${say(language, "consultation.gate.unchanged")} ${letterTitle}`);
  await head.visit(`${prefix}/staff/consultations/${id}/text`, quick);
  await head.page.setInputFiles("#file", docx("ban-2.docx", draft(12)));
  await head.press(button(head, say(language, "consultation.edit.check")), quick);
  await head.press(button(head, say(language, "consultation.edit.keep")), quick);
  await head.press(button(head, say(language, "consultation.desk.publish")), quick);
  const turns = await (await answersOf(head, language, desk)).count();
  for (let turn = 0; turn < turns; ++turn) {
    const row = (await answersOf(head, language, desk)).first();
    const words = await row.locator("a").first().innerText();
    await answerPoint(head, language, desk, words,
                      ["declined", "Vé theo quý làm tăng số lần thu tiền mặt tại cổng."]);
  }

  // One writer objects; the gate says at which row, until it is replied to and answered again.
  await citizen.visit(own, quick);
  await citizen.page.fill("#objection", "Tôi xin mua vé bằng chuyển khoản, không phải tiền mặt.");
  await citizen.press(button(citizen, say(language, "consultation.objection.do")), quick);
  await decide(409);
  await sees(head, say(language, "consultation.gate.objection").split("{")[0].trim());
  await head.press(head.page.locator("main tr", { hasText: say(language, "consultation.answer.again") })
    .locator("a").first(), quick);
  await head.page.locator("textarea[name=reply]").fill("Đúng vậy. Vé quý bằng chuyển khoản được bán "
    + "tại ban quản trị, không cần sửa Quy định.");
  await head.press(button(head, say(language, "consultation.objection.send")), quick);
  await choose(head, "answer", "noted");
  await head.page.fill("#reason", "Vé theo quý bằng chuyển khoản bán tại ban quản trị.");
  await head.press(button(head, say(language, "consultation.point.send")), quick);
  hook.kept.length = 0;
  await decide();
  await sees(head, say(language, "consultation.decision.title"));

  // The last letter leaves, signed; the comment's own page says what became of it.
  await past.restart(at(17));
  const last = await past.until(() => hook.kept.at(-1), "last letter");
  expect(last.to === "+84912345678" && last.text.includes(new URL(own, past.url).pathname
    .split("/").at(-1)), JSON.stringify(last));
  await citizen.visit(own, { shot: `letters-own-${language}` });
  await sees(citizen, "Vé theo quý bằng chuyển khoản bán tại ban quản trị.");
  await sees(citizen, say(language, "consultation.objection.reply"));
  const receipt = await citizen.page.request.get(new URL(`${own}/receipt.tlog-proof`, past.url).href);
  expect(receipt.ok() && (await receipt.text()).includes("— "), "the receipt is not signed");
  await citizen.visit(`${prefix}/consultations/${id}/answers`, { shot: `letters-table-${language}` });
  await sees(citizen, numbers[language]);
  await citizen.visit(`${prefix}/consultations/${id}/changes`, { shot: `letters-changes-${language}` });
  await sees(citizen, "12");
}

for (const [language, width] of [["vi", 1280], ["en", 390]]) {
  test(`consultation: five thousand letters to the last signed answer (${language}, ${width} px)`,
       async ({ city, visitor }) => {
    if (!city.binary) return;  // A server that runs already has the clock it has.
    const hook = await gateway();
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "langnghe-hook-"));
    const key = path.join(folder, "key");
    fs.writeFileSync(key, hookKey);
    const past = await city.another({
      cases: 40, now: at(0), clock: true, serve: ["--message-hook", hook.url, "--message-key", key] });
    try {
      await journey(language, width, past, hook, visitor);
    } finally {
      hook.stop();
      fs.rmSync(folder, { recursive: true, force: true });
      await past.stop();
    }
  });
}
