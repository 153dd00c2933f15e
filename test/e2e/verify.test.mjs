// The page that checks receipts, with receipts of this very server: in both languages, from the
// server and from a file without a network, with and without the browser's own Ed25519.
import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { expectNone, test, widths } from "./harness.mjs";
import { faultsOf } from "./inspect.mjs";
import { answer, expect, open, send, signIn, takeUp, accountsOf, unitCode, say } from "./steps.mjs";

const story = "Đèn đường tắt từ tối thứ Hai, trẻ con đi học về rất nguy hiểm";
const saved = fileURLToPath(new URL("../../assets/dist/verify.html", import.meta.url));
const bytes_max = 24 * 1024;  // one file with everything inside, which nobody loads by the way

async function fetched(city, path, secret) {
  const reply = await fetch(new URL(path, city.url),
                            { headers: secret ? { "x-feedback-secret": secret } : {} });
  expect(reply.ok, `${path} answered ${reply.status}`);
  return Buffer.from(await reply.arrayBuffer());
}

async function evidence(city) {
  const { code, secret } = await send(city, { about: "place", body: story });
  return { receipt: await fetched(city, `/feedback/${code}/receipt.tlog-proof`, secret),
           policy: await fetched(city, "/ledger/policy"), code, secret };
}

const file = (name, buffer) => ({ name, mimeType: "application/octet-stream", buffer });

async function check(page, { receipt, policy, text }) {
  await page.setInputFiles("#receipt-file", file("bien-nhan.tlog-proof", receipt));
  if (policy) await page.setInputFiles("#policy-file", file("policy", policy));
  if (text !== undefined) await page.fill("#original-text", text);
  await page.click("#check");
  await page.locator(".verdict").waitFor();
  return page.locator(".verdict").evaluate((e) => /verdict--(\w+)/.exec(e.className)[1]);
}
const states = (page) => page.locator(".step").evaluateAll((all) =>
  all.map((e) => /step--(\w+)/.exec(e.className)[1]));

// Some other letter in the place of the one there.
function altered(receipt, at) {
  const copy = Buffer.from(receipt);
  copy[at] = copy[at] === 65 ? 66 : 65;
  return copy;
}

for (const language of ["vi", "en"]) {
  for (const width of widths) {
    test(`verify page: a receipt of this server is green, an altered one red (${language}, `
         + `${width} px)`, async ({ city, visitor }) => {
      const reader = await visitor({ width });
      const given = await evidence(city);
      await reader.visit(`/ledger/verify.html${language === "en" ? "#en" : ""}`,
                         { bytes_max, shot: `verify-${language}` });
      const { page } = reader;
      expect(await page.locator("html").getAttribute("lang") === language, "another language");
      expect(await check(page, { ...given, text: story }) === "good", "it is not green");
      const good = await states(page);
      expect(good.length === 10 && !good.includes("bad") && !good.includes("open"), `${good}`);
      await reader.shoot(`verify-good-${language}`);
      expectNone(await faultsOf(reader, { bytes_max }), "with a result");
      const at = given.receipt.indexOf("\nindex ") - 20;
      expect(await check(page, { ...given, receipt: altered(given.receipt, at) }) === "bad",
             "it is not red");
      await reader.shoot(`verify-bad-${language}`);
      expectNone(await faultsOf(reader, { bytes_max }), "with a red result");
      // The other language says the same of the same.
      await page.click("#language");
      expect(await page.locator("html").getAttribute("lang") !== language, "the same language");
      expect(await page.locator(".verdict--bad").count() === 1, "the result is gone");
    });
  }
}

test("verify page: a saved copy works from a file and without a network", async ({ city, visitor }) => {
  const reader = await visitor();
  const given = await evidence(city);
  const { page } = reader;
  await page.goto(`file://${saved}`);
  await page.context().setOffline(true);
  expect(await check(page, given) === "good", "it is not green");
  expect(!await page.locator("#policy-near").isVisible(), "a file has no server");
  // Pasted, and with nobody to believe.
  await page.click("#clear");
  await page.fill("#receipt-text", `  ${given.receipt}\n\n`);
  await page.click("#check");
  await page.locator(".verdict--open").waitFor();
  await page.fill("#policy-text", String(given.policy).replace(/\s*quorum none\s*$/, "")
    .replace(/^log (\S+).*$/, "$1"));
  await page.click("#check");
  await page.locator(".verdict--good").waitFor();
  expectNone(reader.traffic.complaints, "the browser complained");
});

test("verify page: where the browser lacks Ed25519 the library does it, and says so",
     async ({ city, visitor }) => {
  const reader = await visitor();
  const given = await evidence(city);
  await reader.page.addInitScript(() => {
    const own = crypto.subtle.importKey.bind(crypto.subtle);
    crypto.subtle.importKey = (form, key, kind, ...rest) => (kind === "Ed25519"
      ? Promise.reject(new DOMException("no", "NotSupportedError")) : own(form, key, kind, ...rest));
  });
  await reader.visit("/ledger/verify.html", { bytes_max });
  expect(await reader.page.locator("#by-library").isVisible(), "it does not say so");
  expect(await check(reader.page, given) === "good", "it is not green");
  const line = given.receipt.toString().lastIndexOf(" ");
  expect(await check(reader.page, { ...given, receipt: altered(given.receipt, line + 40) }) === "bad",
         "a forged signature is not red");
});

test("verify page: without any cryptography, or without scripts, it says what to do instead",
     async ({ visitor }) => {
  const reader = await visitor();
  await reader.page.addInitScript(() =>
    Object.defineProperty(crypto, "subtle", { value: undefined }));
  await reader.visit("/ledger/verify.html", { bytes_max });
  expect(await reader.page.locator("#no-crypto").isVisible(), "it does not say so");
  expect(await reader.page.locator("#check").isDisabled(), "it offers what it cannot do");
  const plain = await visitor({ scripts: false });
  await plain.visit("/ledger/verify.html", { bytes_max });
  expect((await plain.page.locator("main").innerText()).includes("langnghe verify"), "no way out");
});

test("verify page: nothing but its own script runs, and nothing is fetched", async ({ city, visitor }) => {
  const reply = await fetch(new URL("/ledger/verify.html", city.url));
  const policy = reply.headers.get("content-security-policy");
  expect(/script-src 'sha256-[^']+'; style-src 'sha256-[^']+';/.test(policy)
    && policy.includes("connect-src 'none'") && policy.includes("frame-ancestors 'none'")
    && !policy.includes("'self'"), `its policy is ${policy}`);
  expect(fs.readFileSync(saved, "utf8") === await reply.text(), "the server gives other bytes");
  const reader = await visitor();
  await reader.visit("/ledger/verify.html", { bytes_max });
  const ran = await reader.page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "window.intruder = true";
    document.head.append(script);
    const went = await fetch("/ledger/policy").then(() => "fetched", () => "");
    return `${window.intruder ?? ""}${went}`;
  });
  expect(ran === "", `it let ${ran}`);
});

test("verify page: it is reached from the help and from a receipt, and reads all events of a case",
     async ({ city, visitor }) => {
  const accounts = accountsOf(city);
  const unit = await unitCode(city, accounts.ward);
  const { code, secret } = await send(city, { about: "place", unit, body: story });
  const officer = await visitor({ width: 1280, scripts: false });
  await signIn(officer, "vi", accounts.ward_head, accounts.password, { inspect: false });
  await takeUp(officer, "vi", code, { inspect: false });
  await answer(officer, "vi", code, { text: "Đã thay bóng đèn cháy ở ba cột, đèn đã sáng lại từ tối nay.",
                                      evidence: "Ảnh ba cột đèn" }, { inspect: false });
  const reader = await visitor();
  await reader.visit("/ledger/help");
  await reader.press(`main a:has-text("${say("vi", "ledger.verify.link")}")`, { bytes_max });
  await open(reader, "vi", { code, secret }, { inspect: false });
  await reader.visit(`/feedback/${code}/receipt`, { bytes_max: 64 * 1024 });
  await reader.press(`main a:has-text("${say("vi", "ledger.verify.link")}")`, { bytes_max });
  const receipt = await fetched(city, `/feedback/${code}/receipts.tlog-proofs`, secret);
  const policy = await fetched(city, "/ledger/policy");
  expect(await check(reader.page, { receipt, policy, text: story }) === "good", "it is not green");
  const events = (receipt.toString().match(/^--$/gm) ?? []).length;
  expect(events >= 4 && await reader.page.locator("#result h3").count() === events,
         `${events} events`);
  await reader.shoot("verify-case");
  // An event left out breaks the chain.
  const parts = receipt.toString().split("--\n");
  parts.splice(1, 1);
  expect(await check(reader.page, { receipt: Buffer.from(parts.join("--\n")), policy }) === "bad",
         "a gap is not red");
});
