// The module of assets/src/js, on small pages of its own: what it adds to markup, under the strict
// policy, whatever the product's pages use of it.
import fs from "node:fs";
import { test } from "./harness.mjs";

const manifest = JSON.parse(fs.readFileSync(
  new URL("../../assets/dist/manifest.json", import.meta.url)));
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
  + "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
  + "frame-ancestors 'none'";
const page_of = (body, lang) => `<!DOCTYPE html><html lang="${lang}"><head><meta charset="utf-8">
<title>Thử</title><link rel="stylesheet" href="/a/${manifest["main.css"]}">
<script type="module" src="/a/${manifest["main.js"]}"></script></head>
<body><main><h1>Thử</h1>${body}</main></body></html>`;

// Answers /stage with a page holding `body`; `more` maps further paths to what answers them.
async function stage(visitor, body, { lang = "vi", more = {}, hash = "" } = {}) {
  const html = (text) => ({ status: 200, contentType: "text/html; charset=utf-8",
                            headers: { "content-security-policy": policy }, body: text });
  await visitor.page.route("**/stage**", async (route) => {
    const path = new URL(route.request().url()).pathname;
    const answer = more[path];
    if (answer) return route.fulfill(html(await answer(route.request()) ?? page_of("", lang)));
    return route.fulfill(html(page_of(body, lang)));
  });
  await visitor.visit(`/stage${hash}`, { inspect: false });
  return visitor.page;
}

function equal(is, wanted, what) {
  if (JSON.stringify(is) === JSON.stringify(wanted)) return;
  throw new Error(`${what}: ${JSON.stringify(is)} instead of ${JSON.stringify(wanted)}`);
}

function nothingSaid(visitor) {
  equal(visitor.traffic.complaints, [], "the browser complained");
}

const counted = (most) => `<div data-module="govuk-character-count" data-maxlength="${most}">
<label for="t">Chữ</label><textarea class="govuk-textarea govuk-js-character-count" id="t"
aria-describedby="t-info"></textarea>
<div class="govuk-hint govuk-character-count__message" id="t-info">Tối đa ${most}.</div></div>`;

test("module: characters are counted as the server counts them", async ({ visitor }) => {
  const reader = await visitor();
  const page = await stage(reader, counted(10));
  const shown = page.locator(".govuk-character-count__message[aria-hidden]");
  equal(await shown.innerText(), "Bạn còn 10 ký tự", "empty");
  await page.fill("#t", "Ế".normalize("NFD") + "😀\nx");
  equal(await shown.innerText(), "Bạn còn 6 ký tự", "marks apart, emoji, line break, letter");
  await page.fill("#t", "x".repeat(1300));
  equal(await shown.innerText(), "Bạn viết quá 1.290 ký tự", "too many");
  equal(await page.locator("#t.govuk-textarea--error").count(), 1, "the field says so too");
  const spoken = page.locator("[aria-live=polite]", { hasText: "Bạn viết quá 1.290 ký tự" });
  await spoken.waitFor({ state: "attached" });
  equal(await page.locator("#t-info").innerText(), "Tối đa 10.", "the description stays");
  nothingSaid(reader);
});

test("module: it speaks the language of the page", async ({ visitor }) => {
  const page = await stage(await visitor(), counted(2), { lang: "en" });
  const shown = page.locator(".govuk-character-count__message[aria-hidden]");
  equal(await shown.innerText(), "You have 2 characters left", "two");
  await page.fill("#t", "x");
  equal(await shown.innerText(), "You have 1 character left", "one");
});

test("module: the error summary has the focus and leads to the field", async ({ visitor }) => {
  const page = await stage(await visitor(), `<div class="govuk-error-summary"
    data-module="govuk-error-summary"><h2>Lỗi</h2><ul><li><a href="#t">Viết nội dung</a></li></ul>
    </div><label for="t">Nội dung</label><input id="t">`);
  const focused = () => page.evaluate(() => document.activeElement.id
    || document.activeElement.className);
  equal(await focused(), "govuk-error-summary", "on arrival");
  await page.click("text=Viết nội dung");
  equal(await focused(), "t", "after the link");
});

test("module: a draft outlives a reload and ends when it has arrived", async ({ visitor }) => {
  const reader = await visitor();
  const page = await stage(reader, `<form action="/stage/sent" method="post" data-draft="d1">
    <label for="t">Chữ</label><textarea id="t" name="body"></textarea>
    <label for="p">Mật khẩu</label><input id="p" name="pin" type="password">
    <button type="submit">Gửi</button></form>`, { more: { "/stage/sent": () => undefined } });
  await page.fill("#t", "Đường hỏng");
  await page.fill("#p", "1234");
  await page.reload();
  equal(await page.inputValue("#t"), "Đường hỏng", "after a reload");
  equal(await page.inputValue("#p"), "", "a password is never kept");
  await reader.press("button", { inspect: false });
  await reader.visit("/stage", { inspect: false });
  equal(await page.inputValue("#t"), "", "after it was sent");
  nothingSaid(reader);
});

test("module: the secret leaves the address and travels in the form", async ({ visitor }) => {
  const reader = await visitor();
  const sent = [];
  const secret = "7K3M4Q2P9FGHABCDWXYZ";
  const body = `<form action="/stage/open" method="post" data-secret-form>
    <label for="s">Mã bí mật</label><input id="s" name="secret"><button>Mở</button></form>`;
  const open = (request) => void sent.push(request.postData());
  await reader.page.addInitScript(() => {
    const send = HTMLFormElement.prototype.requestSubmit;
    HTMLFormElement.prototype.requestSubmit = function () {
      sessionStorage.setItem("address when sent", location.href);
      send.call(this);
    };
  });
  const page = await stage(reader, body, { hash: `#${secret}`, more: { "/stage/open": open } });
  await page.waitForURL("**/stage/open");
  equal(sent, [`secret=${secret}`], "the form");
  const address = await page.evaluate(() => sessionStorage.getItem("address when sent"));
  equal(new URL(address).hash, "", "the address when it was sent");
  nothingSaid(reader);
});

test("module: anything else in the fragment is left alone", async ({ visitor }) => {
  const page = await stage(await visitor(), `<form action="/stage/open" method="post"
    data-secret-form><label for="s">Mã</label><input id="s" name="secret"><button>Mở</button>
    </form>`, { hash: "#answer" });
  equal([new URL(page.url()).hash, await page.inputValue("#s")], ["#answer", ""], "the page");
});

test("module: a second press sends nothing", async ({ visitor }) => {
  const reader = await visitor();
  let count = 0, begin, answer;
  const begun = new Promise((resolve) => { begin = resolve; });
  const answered = new Promise((resolve) => { answer = resolve; });
  const take = async () => {
    count += 1;
    begin();
    await answered;
  };
  const page = await stage(reader, `<form action="/stage/sent" method="post">
    <button data-prevent-double-click="true">Gửi</button></form>`,
    { more: { "/stage/sent": take } });
  await page.focus("button");
  await page.keyboard.press("Enter");
  await begun;
  await page.keyboard.press("Enter");  // while the first is still under way
  answer();
  await page.waitForURL("**/stage/sent");
  equal(count, 1, "forms sent");
});

const buttons = `<p id="c">HN-7K3M-4Q2P</p>
  <button type="button" data-copy="c" hidden>Chép</button>
  <button type="button" data-print hidden>In</button>
  <label for="f">Ghi âm</label><input id="f" type="file" data-upload>
  <button type="button" data-record="f" hidden><span data-label>Ghi âm</span></button>`;

test("module: buttons that need scripting are hidden without it", async ({ visitor }) => {
  for (const [scripts, wanted] of [[true, 3], [false, 0]]) {
    const page = await stage(await visitor({ scripts }), buttons);
    equal(await page.locator("button:visible").count(), wanted, `scripts ${scripts}`);
  }
});

test("module: copying takes the text and says so", async ({ visitor }) => {
  const reader = await visitor({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await stage(reader, buttons);
  await page.click("[data-copy]");
  await page.locator("[role=status]", { hasText: "Đã chép" }).waitFor();
  equal(await page.evaluate(() => navigator.clipboard.readText()), "HN-7K3M-4Q2P", "clipboard");
});

test("module: files are listed, and those too big are named", async ({ visitor }) => {
  const page = await stage(await visitor(), `<label for="f">Tệp</label><input id="f" type="file"
    multiple data-upload data-size-max="2000" data-files-max="1">`);
  await page.setInputFiles("#f", [
    { name: "nhỏ.txt", mimeType: "text/plain", buffer: Buffer.alloc(1024) },
    { name: "to.txt", mimeType: "text/plain", buffer: Buffer.alloc(4096) }]);
  equal(await page.locator(".picked li").allInnerTexts(),
        ["nhỏ.txt (1 KB)", "to.txt (4 KB): quá lớn, tối đa 2 KB", "Chỉ gửi được tối đa 1 tệp"],
        "the list");
  equal(await page.locator(".picked .bad").count(), 2, "marked");
});

test("module: a recording becomes a file of the form", async ({ visitor }) => {
  const reader = await visitor({ permissions: ["microphone"] });
  const page = await stage(reader, buttons);
  const button = page.locator("[data-record]");
  for (const number of [1, 2]) {
    await button.click();
    await page.locator("[data-record]", { hasText: "Dừng ghi âm" }).waitFor();
    await button.click();
    await page.locator(".picked li", { hasText: `ghi-am-${number}.` }).waitFor();
    equal(await button.innerText(), "Ghi âm", "the label comes back");
  }
  equal(await page.locator(".picked li").count(), 1, "recording again replaces the first");
  nothingSaid(reader);
});

test("module: live figures replace the text the server wrote", async ({ visitor }) => {
  const reader = await visitor();
  await reader.page.route("**/live", (route) => route.fulfill({ contentType: "text/event-stream",
    body: 'event: figures\ndata: {"received": "1.234"}\n\n' }));
  const page = await stage(reader, `<div data-live="/live"><b data-k="received">1.233</b>
    <b data-k="late">7</b></div>`);
  await page.locator("b", { hasText: "1.234" }).waitFor();
  equal(await page.locator("b").allInnerTexts(), ["1.234", "7"], "figures");
});
