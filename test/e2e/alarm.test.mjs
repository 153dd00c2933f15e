// Somebody edits a case in the database: people are served, administrators are told above every page,
// and a stranger takes the script that checks the ledger from its page and runs it alone.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { test } from "./harness.mjs";
import { accountsOf, choose, expect, go, prefix_of, say, sees, seesNot, unitCode } from "./steps.mjs";

const quick = { inspect: false };

// Writes beside the program, as whoever has the file does, and gives what stood there before.
function edit(city, body) {
  const script = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=30)
row = """(SELECT min(id) FROM feedback f WHERE is_protected = 0 AND erased_at IS NULL AND published_at IS NULL AND NOT EXISTS
  (SELECT 1 FROM feedback_intake i WHERE i.feedback_id = f.id))"""
print(db.execute("SELECT body FROM feedback WHERE id = " + row).fetchone()[0], end="")
db.execute("UPDATE feedback SET body = ? WHERE id = " + row, (sys.argv[2],))
db.commit()`;
  return execFileSync("python3", ["-c", script, path.join(city.data, "langnghe.db"), body],
                      { encoding: "utf8" });
}

const readyz = async (city) => (await fetch(new URL("/readyz", city.url))).text();

async function signInAsAdministrator(visitor, city, prefix) {
  await visitor.visit(`${prefix}/staff`, { inspect: false });
  await visitor.page.fill("#login", "quantri");
  await visitor.page.fill("#password", accountsOf(city).password);
  await visitor.press(go(visitor), { inspect: false });
}

test("alarm: edited words are told above every page of an administrator", async ({ city, visitor }) => {
  if (city.database) return;  // The rows are in a file here.
  const own = await city.another({ cases: 40 });
  try {
    const before = edit(own, "Mọi thứ đều tốt.");
    await own.restart();
    await own.until(async () => (await readyz(own)).includes("warning: ledger:"), "warning");
    expect((await readyz(own)).startsWith("ready\n"), "people are not served");
    for (const [language, width, scripts] of [["vi", 390, false], ["en", 1280, true]]) {
      const prefix = prefix_of(language);
      const admin = await visitor({ width, scripts });
      admin.city = own;
      await signInAsAdministrator(admin, own, prefix);
      for (const place of ["/staff/rooms", "/staff/account", "/staff/administration"]) {
        await admin.visit(prefix + place, { shot: `alarm-${language}` });
        await sees(admin, say(language, "ledger.differs"));
        await sees(admin, say(language, "ledger.room.feedback"));
        await sees(admin, say(language, "ledger.fault.changed"));
      }
      await admin.leave();
    }
    const head = await visitor({ width: 390 });
    head.city = own;
    await head.visit("/staff", { inspect: false });
    await head.page.fill("#login", "lanhdao");
    await head.page.fill("#password", accountsOf(own).password);
    await head.press(go(head), { inspect: false });
    await seesNot(head, say("vi", "ledger.differs"));
    await head.leave();
    // What was edited is mended: the next look finds nothing, and the band is gone.
    edit(own, before);
    const looks = () => own.log.split("ledger_checked").length;
    const seen = looks();
    await own.restart();
    await own.until(async () => looks() > seen, "look after the start");
    expect(!(await readyz(own)).includes("warning: ledger:"), "it is told for ever");
  } finally {
    await own.stop();
  }
});

// What opens one line of the ledger is taken away, or put back: the ledger no longer fits itself.
function spoil(city, salt = "") {
  const script = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=30)
row = "(SELECT min(id) FROM ledger_secret WHERE commit_salt IS NOT NULL AND is_dummy IS NULL)"
print(db.execute("SELECT hex(commit_salt) FROM ledger_secret WHERE id = " + row).fetchone()[0], end="")
salt = bytes.fromhex(sys.argv[2]) if sys.argv[2] else bytes(64)
db.execute("UPDATE ledger_secret SET commit_salt = ? WHERE id = " + row, (salt,))
db.commit()`;
  return execFileSync("python3", ["-c", script, path.join(city.data, "langnghe.db"), salt],
                      { encoding: "utf8" });
}

test("alarm: while the ledger is stopped a citizen is told before typing, and nothing typed is lost",
     async ({ city, visitor }) => {
  if (city.database) return;  // The rows are in a file here.
  const own = await city.another({ cases: 40 });
  const body = "Mưa nửa giờ là ngõ 12 ngập đến gối, xe không đi được.";
  try {
    const hoa = await visitor({ width: 390, scripts: false });
    hoa.city = own;
    await hoa.visit(`/feedback/new?unit=${await unitCode(own, accountsOf(own).ward)}`, quick);
    await seesNot(hoa, say("vi", "ledger.stopped_first"));
    await choose(hoa, "about", "place");
    await hoa.press(go(hoa), quick);
    const topic = await hoa.page.locator('main input[name="topic"]').first().getAttribute("value");
    await choose(hoa, "topic", topic);
    await hoa.press(go(hoa), quick);
    if (await hoa.page.locator("#place").count()) {
      await hoa.page.fill("#place", "Ngõ 12");
      await hoa.press(go(hoa), quick);
    }
    await hoa.page.fill("#body", body);
    await hoa.press(go(hoa), quick);
    await choose(hoa, "public", "yes");
    await hoa.press(go(hoa), quick);
    await sees(hoa, body);
    const check = new URL(hoa.page.url()).pathname;

    const salt = spoil(own);
    await own.restart();
    await own.until(() => own.log.includes("ledger_stopped"), "stop");
    const other = await visitor({ width: 1280 });
    other.city = own;
    await other.visit("/en/feedback/new", { shot: "stopped-en" });
    await sees(other, say("en", "ledger.stopped_first"));
    await hoa.visit(check, { shot: "stopped-vi" });
    await sees(hoa, say("vi", "ledger.stopped_form"));
    await hoa.press(go(hoa), { status: 503 });
    await sees(hoa, say("vi", "ledger.stopped_form"));
    await sees(hoa, body);
    const admin = await visitor({ width: 390, scripts: false });
    admin.city = own;
    await signInAsAdministrator(admin, own, "");
    await admin.visit("/staff/rooms", { shot: "stopped-admin-vi" });
    await sees(admin, say("vi", "ledger.stopped_admin"));
    await sees(admin, say("vi", "ledger.fault.opens"));
    await seesNot(admin, "does not open");

    spoil(own, salt);
    await own.restart();
    await hoa.visit(check, quick);
    await seesNot(hoa, say("vi", "ledger.stopped_form"));
    await hoa.press(go(hoa), quick);
    expect(/^HN-/.test(await hoa.page.locator("#code").innerText()), "it is not sent");
  } finally {
    await own.stop();
  }
});

test("alarm: the script that checks the ledger is had from its page, and runs alone",
     async ({ city, visitor }) => {
  for (const [language, width, scripts] of [["vi", 390, false], ["en", 1280, true]]) {
    const stranger = await visitor({ width, scripts });
    await stranger.visit(`${prefix_of(language)}/ledger`, { shot: `ledger-tools-${language}` });
    const link = stranger.page.locator('main a[href="/tools/verify_ledger.py"]');
    const beside = await link.locator("xpath=..").innerText();
    const answer = await fetch(new URL("/tools/verify_ledger.py", city.url));
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.headers.get("content-disposition") === 'attachment; filename="verify_ledger.py"',
           "it is not a file to keep");
    expect(answer.headers.get("x-content-type-options") === "nosniff", "it may be taken for a page");
    expect(beside.includes(createHash("sha256").update(bytes).digest("hex")), "the sum is another");
    const folder = fs.mkdtempSync(path.join(city.folder, "stranger-"));
    fs.writeFileSync(path.join(folder, "verify_ledger.py"), bytes);
    const said = execFileSync("python3", ["-I", "-B", "verify_ledger.py", "log",
                                          new URL("/ledger", city.url).href],
                              { cwd: folder, encoding: "utf8", env: { LANG: "C.UTF-8", PATH: process.env.PATH } });
    expect(said.includes("HOLDS"), said);
    await stranger.leave();
  }
});
