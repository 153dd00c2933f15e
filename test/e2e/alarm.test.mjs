// Somebody edits a case in the database: people are served, administrators are told above every page,
// and a stranger takes the script that checks the ledger from its page and runs it alone.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { City } from "./city.mjs";
import { test } from "./harness.mjs";
import { accountsOf, expect, go, prefix_of, say, sees, seesNot } from "./steps.mjs";

// Writes beside the program, as whoever has the file does, and gives what stood there before.
function edit(city, body) {
  const script = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=30)
row = """(SELECT min(id) FROM feedback f WHERE is_protected = 0 AND published_at IS NULL AND NOT EXISTS
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
  const own = await City.start(city.binary, { cases: 40 });
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
    await own.restart();
    await own.until(async () => own.log.split("ledger_checked").length > 2, "second look");
    expect(!(await readyz(own)).includes("warning: ledger:"), "it is told for ever");
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
