// A picture on its way to the public: sent by a citizen, covered by an officer with mouse, keys or
// fingers, black in its pixels where a box was, and kept as it came for who may see it.
import { expectNone, test } from "./harness.mjs";
import { accountsOf, choose, expect, go, prefix_of, say, sees, signIn, unitCode }
  from "./steps.mjs";

const quick = { inspect: false };

// Red on the left, blue on the right, 200 by 100; the browser draws it.
async function twoColours(visitor) {
  const base64 = await visitor.page.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [200, 100];
    const brush = canvas.getContext("2d");
    brush.fillStyle = "#ff0000";
    brush.fillRect(0, 0, 100, 100);
    brush.fillStyle = "#0000ff";
    brush.fillRect(100, 0, 100, 100);
    return canvas.toDataURL("image/png").split(",")[1];
  });
  return { name: "anh.png", mimeType: "image/png", buffer: Buffer.from(base64, "base64") };
}

// "red", "blue", "black" or the numbers, at these places in percent of the picture at `path`.
const coloursAt = (visitor, path, places) => visitor.page.evaluate(async ([from, all]) => {
  const answer = await fetch(from);
  if (!answer.headers.get("content-type").startsWith("image/")) return ["no picture"];
  const picture = await createImageBitmap(await answer.blob());
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.width, picture.height];
  const brush = canvas.getContext("2d");
  brush.drawImage(picture, 0, 0);
  return all.map(([x, y]) => {
    const [r, g, b] = brush.getImageData(Math.round(picture.width * x / 100),
                                         Math.round(picture.height * y / 100), 1, 1).data;
    if (r + g + b < 90) return "black";
    if (r > 180 && g < 80 && b < 80) return "red";
    if (b > 180 && r < 80 && g < 80) return "blue";
    return `${r},${g},${b}`;
  });
}, [path, places]);

function equal(is, wanted, what) {
  const [a, b] = [JSON.stringify(is), JSON.stringify(wanted)];
  if (a !== b) expectNone([`${a} instead of ${b}`], what);
}

// A citizen sends a report with the picture, for everybody to read, and gives its code.
async function sendWithPicture(hoa, language, unit) {
  await hoa.visit(`${prefix_of(language)}/feedback/new?unit=${unit}`, quick);
  await choose(hoa, "about", "place");
  await hoa.press(go(hoa), quick);
  const topic = await hoa.page.locator('main input[name="topic"]').first().getAttribute("value");
  await choose(hoa, "topic", topic);
  await hoa.press(go(hoa), quick);
  if (await hoa.page.locator("#body").count() === 0) await hoa.press(go(hoa), quick);
  await hoa.page.fill("#body", "Xe đỗ kín vỉa hè trước cổng trường, trẻ phải đi xuống lòng đường.");
  await hoa.page.setInputFiles("#files", await twoColours(hoa));
  await hoa.press(go(hoa), quick);
  await choose(hoa, "public", "yes");
  await hoa.press(go(hoa), quick);
  await hoa.press(go(hoa), quick);
  return (await hoa.page.locator("#code").innerText()).replaceAll("-", "").slice(2);
}

const boxOf = (officer, number) => Promise.all(["left", "top", "width", "height"].map((side) =>
  officer.page.inputValue(`[name="box${number}-${side}"]`)));

// Draws from one place to another, both in percent, with the mouse or with a finger.
async function drag(officer, from, to, fingers) {
  const picture = officer.page.locator("svg[data-boxes]");
  await picture.scrollIntoViewIfNeeded();
  const frame = await picture.boundingBox();
  const at = ([x, y]) => ({ x: frame.x + frame.width * x / 100, y: frame.y + frame.height * y / 100 });
  const middle = at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]);
  if (!fingers) {
    const { mouse } = officer.page;
    await mouse.move(at(from).x, at(from).y);
    await mouse.down();
    await mouse.move(middle.x, middle.y);
    await mouse.move(at(to).x, at(to).y);
    await mouse.up();
    return;
  }
  const touch = await officer.page.context().newCDPSession(officer.page);
  const tell = (type, touchPoints) => touch.send("Input.dispatchTouchEvent", { type, touchPoints });
  await tell("touchStart", [at(from)]);
  await tell("touchMove", [middle]);
  await tell("touchMove", [at(to)]);
  await tell("touchEnd", []);
}

for (const [language, width, fingers] of [["vi", 1280, false], ["en", 390, true]]) {
  test(`an officer covers a picture with boxes drawn ${fingers ? "by finger" : "by mouse and keys"}`
       + ` (${language}, ${width} px)`, async ({ city, visitor }) => {
    const who = accountsOf(city);
    const hoa = await visitor({ width });
    const code = await sendWithPicture(hoa, language, await unitCode(city, who.ward));
    const officer = await visitor({ width, hasTouch: fingers });
    await signIn(officer, language, who.ward_head, who.password, quick);
    const path = `${prefix_of(language)}/staff/feedback/${code}`;
    await officer.visit(`${path}/publish`, quick);
    await officer.press(go(officer), quick);
    await officer.press('main a[href*="/pictures/"]', { shot: `boxes-${language}` });
    await sees(officer, say(language, "feedback.picture.remove"));

    // From 20 to 40 across and 30 to 70 down: at least what was drawn over, and hardly more.
    await drag(officer, [20.4, 30.4], [39.6, 69.6], fingers);
    const [left, top, wide, high] = (await boxOf(officer, 1)).map(Number);
    expect(left <= 20 && left >= 19 && left + wide >= 40 && left + wide <= 41 && top <= 30
           && top >= 29 && top + high >= 70 && top + high <= 71,
           `the box is ${left}, ${top}, ${wide}, ${high}`);
    const boxes = officer.page.locator("svg[data-boxes] [data-row]");
    if (!fingers) {
      // Keys move, stretch and remove.
      await boxes.first().focus();
      await officer.page.keyboard.press("ArrowRight");
      await officer.page.keyboard.press("Shift+ArrowDown");
      equal((await boxOf(officer, 1)).map(Number), [left + 1, top, wide, high + 1], "after the keys");
      await officer.page.keyboard.press("ArrowLeft");
      await drag(officer, [80, 10], [95, 20], fingers);
      equal(await boxes.count(), 2, "boxes drawn");
      await boxes.nth(1).focus();
      await officer.page.keyboard.press("Delete");
      equal(await boxOf(officer, 2), ["", "", "", ""], "the second box");
    } else {
      // A drag on a box moves it as a whole.
      await drag(officer, [25, 40], [35, 40], fingers);
      equal((await boxOf(officer, 1)).map(Number), [left + 10, top, wide, high], "after the move");
      await drag(officer, [35, 40], [25, 40], fingers);
      await drag(officer, [80, 10], [95, 20], fingers);
      await officer.page.locator("[data-boxes-remove]").click();
    }
    equal(await boxes.count(), 1, "boxes left");

    await officer.press('button[name="step"][value="look"]');
    await choose(officer, "looked", "yes");
    await officer.press('button[name="step"][value="show"]', quick);

    const stranger = await visitor({ width });
    await stranger.visit(`${prefix_of(language)}/feedback/${code}`);
    const shown = await stranger.page.locator('main ul.files a[href^="/attachment/"]').first()
      .getAttribute("href");
    const places = [[30, 50], [5, 50], [30, 10], [90, 15], [75, 50]];
    equal(await coloursAt(stranger, shown, places), ["black", "red", "red", "blue", "blue"],
          "what everybody sees");
    // The office has it as it came.
    await officer.visit(path, quick);
    const original = await officer.page.locator('main ul.files a[href*="/files/"]').first()
      .getAttribute("href");
    equal(await coloursAt(officer, original, places), ["red", "red", "red", "blue", "blue"],
          "the original");
    equal(await coloursAt(stranger, original, places), ["no picture"], "the original for a stranger");
  });
}

test("without scripts boxes are numbers, as before", async ({ city, visitor }) => {
  const who = accountsOf(city);
  const hoa = await visitor({});
  const code = await sendWithPicture(hoa, "vi", await unitCode(city, who.ward));
  const officer = await visitor({ scripts: false });
  await signIn(officer, "vi", who.ward_head, who.password, quick);
  await officer.visit(`/staff/feedback/${code}/publish`, quick);
  await officer.press(go(officer), quick);
  await officer.press('main a[href*="/pictures/"]');
  expect(!(await officer.page.locator("[data-boxes-remove]").isVisible()), "it shows what needs a script");
  for (const [side, value] of [["left", 20], ["top", 30], ["width", 20], ["height", 40]])
    await officer.page.fill(`[name="box1-${side}"]`, String(value));
  await officer.press('button[name="step"][value="look"]');
  expect(await officer.page.locator("svg[data-boxes] [data-covers] rect").count() === 1,
         "the box is not drawn");
});
