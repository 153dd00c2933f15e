// A day of reception that somebody fills from many addresses, and who still gets a turn; and the
// criteria of emulation, changed from a day on.
import http from "node:http";
import { test } from "./harness.mjs";
import { accountsOf, button, dayAfter, expect, go, prefix_of, say, sees, seesNot }
  from "./steps.mjs";

const quick = { inspect: false };

// From an address of its own on this machine.
function ask(city, address, { from, method = "GET", cookie = "", form } = {}) {
  const body = form ? new URLSearchParams(form).toString() : "";
  return new Promise((resolve, reject) => {
    const request = http.request(new URL(address, city.url), {
      method, localAddress: from,
      headers: { cookie, "content-type": "application/x-www-form-urlencoded",
                 "content-length": Buffer.byteLength(body) },
    }, (response) => {
      let text = "";
      response.on("data", (bytes) => { text += bytes; });
      response.on("end", () => resolve({ status: response.statusCode, text,
                                         cookies: response.headers["set-cookie"] ?? [] }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

// Books without a browser; gives the status.
async function bookFrom(city, day, from) {
  const page = await ask(city, `${day}/book`, { from });
  const fields = {};
  const form = page.text.match(/<form[^>]*action="[^"]*\/book"[^>]*>[\s\S]*?<\/form>/)[0];
  for (const [input] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const name = input.match(/name="([^"]*)"/), value = input.match(/value="([^"]*)"/);
    if (name) fields[name[1]] = value ? value[1] : "";
  }
  const cookie = page.cookies.map((each) => each.split(";")[0]).join("; ");
  const sent = await ask(city, `${day}/book`, {
    from, method: "POST", cookie, form: { ...fields, way: "person", about: "Hỏi việc nhà ở ngõ 12" },
  });
  return sent.status;
}

test("rooms: a day that is filled from many addresses keeps turns for people",
     async ({ city, visitor }) => {
  const own = await city.another({ cases: 40, limits: "on" });
  try {
    const days = await (await fetch(new URL("/api/v1/receptions", own.url))).json();
    // None of the sample's bookings of the last hour counts for this day.
    const day = days.items.filter((each) => each.free === "many" && each.places >= 6).at(-1);
    expect(day !== undefined, "the sample has no day with turns");
    const address = `/receptions/${day.id}`;
    const statuses = [];
    for (let n = 2; n < 42; ++n) statuses.push(await bookFrom(own, address, `127.0.0.${n}`));
    const taken = statuses.filter((each) => each === 200).length;
    expect(taken <= Math.max(3, Math.floor(day.places / 4)), `${taken} turns were taken`);
    expect(statuses.filter((each) => each === 429).length === statuses.length - taken,
           `statuses were ${[...new Set(statuses)]}`);

    // Without scripting the text is kept and the reader told what to do.
    const plain = await visitor({ width: 390, scripts: false });
    plain.city = own;
    await plain.visit(`${address}/book`);
    await sees(plain, say("vi", "reception.book.pressed"));
    await plain.page.fill("#about", "Hỏi về giấy phép sửa nhà");
    await plain.press(button(plain, say("vi", "reception.book.do")), { status: 429 });
    await sees(plain, say("vi", "reception.error.pressed"));
    expect(await plain.page.inputValue("#about") === "Hỏi về giấy phép sửa nhà", "text is lost");
    await plain.leave();

    // A browser works unseen.
    const person = await visitor({ width: 390 });
    person.city = own;
    await person.visit(`${address}/book`, quick);
    await person.page.fill("#about", "Hỏi về giấy phép sửa nhà");
    await button(person, say("vi", "reception.book.do")).click();
    await person.page.locator("#secret").waitFor();
    await person.leave();
  } finally {
    await own.stop();
  }
});

for (const [language, width, scripts] of [["vi", 320, false], ["en", 1280, true]]) {
  test(`rooms: an administrator adds a criterion of emulation (${language}, ${width})`,
       async ({ city, visitor }) => {
    const admin = await visitor({ width, scripts }), prefix = prefix_of(language);
    await admin.visit(`${prefix}/staff`);
    await admin.page.fill("#login", "quantri");
    await admin.page.fill("#password", accountsOf(city).password);
    await admin.press(go(admin));
    await admin.visit(`${prefix}/staff/administration/criteria`, { shot: `criteria-${language}` });
    await admin.visit(`${prefix}/staff/administration/criteria/new`);
    const code = `tiet-kiem-${language}`;
    const [year, month, day] = dayAfter(3).split("-").map((part) => String(Number(part)));
    await admin.page.fill("#code", code);
    await admin.page.fill("#name_vi", `Tiết kiệm ${language}`);
    await admin.page.fill("#name_en", `Saving ${language}`);
    await admin.page.fill("#source", "Hướng dẫn 05-HD/BDVTU");
    await admin.page.fill("#from-day", day);
    await admin.page.fill("#from-month", month);
    await admin.page.fill("#from-year", year);
    const next = () => admin.page.locator("main form button").last();
    await admin.press(next(), { status: 422 });
    await sees(admin, say(language, "settings.error.reason"));
    expect(await admin.page.inputValue("#code") === code, "what was typed is lost");
    await admin.page.fill("#reason", "Theo hướng dẫn mới");
    await admin.press(next(), { shot: `criterion-preview-${language}` });
    await sees(admin, language === "vi" ? "Tiết kiệm vi" : "Saving en");
    await admin.press(next());
    await sees(admin, say(language, "settings.done"));
    await sees(admin, say(language, "settings.waits"));
    await admin.visit(`${prefix}/emulation`, quick);
    await seesNot(admin, language === "vi" ? "Tiết kiệm vi" : "Saving en");
    await admin.visit(`${prefix}/staff/administration/criteria`, quick);
    await admin.press(admin.page.locator("main li form button").first());
    await sees(admin, say(language, "settings.withdrawn"));
    await admin.leave();
  });
}
