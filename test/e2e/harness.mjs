// What every browser test uses: `test(name, body)` and, inside the body, visitors.
//
//   test("a citizen sends feedback", async ({ city, visitor }) => {
//     const hoa = await visitor({ width: 390, scripts: false });
//     await hoa.visit("/feedback/new", { shot: "feedback-new" });
//     await hoa.page.check("text=…");
//     await hoa.press("text=Tiếp tục");        // follows the form and inspects where it leads
//   });
//
// A visitor is a fresh profile. visit() and press() inspect the page that arrives (inspect.mjs) and
// throw with all its faults at once; `{ inspect: false }` only goes there.
import { fileURLToPath } from "node:url";
import { faultsOf } from "./inspect.mjs";
import { Traffic } from "./traffic.mjs";

const shots = fileURLToPath(new URL("../../docs/shots", import.meta.url));
const kept = new Set(["home-vi-1280.png", "home-en-390.png", "story-vi-390.png",
  "confirm-vi-390.png", "case-vi-390.png", "queue-vi-1280.png", "staffcase-vi-1280.png",
  "register-en-1280.png", "figures-vi-1280.png"]);

const tests = [];
export const test = (name, body) => tests.push({ name, body });
export const all = () => tests;

export const widths = [390, 1280];
const heights = { 390: 844, 1280: 900 };

// Throws with every line that is wrong; says nothing when there is none.
export function expectNone(faults, where) {
  if (faults.length) throw new Error(`${where}\n    ${faults.join("\n    ")}`);
}

export class Visitor {
  static async arrive(browser, city, out, { width = 390, scripts = true, ...more } = {}) {
    const context = await browser.newContext({
      viewport: { width, height: heights[width] ?? 800 }, javaScriptEnabled: scripts,
      locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh", reducedMotion: "reduce", ...more,
    });
    const visitor = new Visitor();
    Object.assign(visitor, { context, city, out, width, scripts });
    visitor.page = await context.newPage();
    visitor.page.setDefaultTimeout(30_000);
    visitor.traffic = await Traffic.watch(visitor.page);
    return visitor;
  }

  // Goes to a path of the city.
  async visit(path, wish = {}) {
    this.traffic.reset();
    await this.page.goto(new URL(path, this.city.url).href, { waitUntil: "load" });
    return this.arrived(wish);
  }

  // Presses a button or a link that leads to another page.
  async press(target, wish = {}) {
    const element = typeof target === "string" ? this.page.locator(target) : target;
    this.traffic.reset();
    const gone = this.page.waitForEvent("framenavigated", (frame) => !frame.parentFrame());
    gone.catch(() => {});  // When the click fails, that is what is told.
    await element.click();
    await gone;
    await this.page.waitForLoadState("load");
    return this.arrived(wish);
  }

  // `status` is what the page must answer with, `bytes_max` the most its document may weigh on the
  // wire, `visit_bytes_max` the same for everything that had to be fetched, `shot` the name of a
  // screenshot.
  async arrived({ inspect = true, shot, ...wish } = {}) {
    await this.traffic.settled();
    if (shot) await this.shoot(shot);
    if (inspect) expectNone(await faultsOf(this, wish), this.page.url());
    return this.traffic.document;
  }

  // With SHOTS=1 the pictures named here also go to docs/shots, as they look on a screen.
  async shoot(name) {
    const file = `${name}-${this.width}.png`;
    if (process.env.SHOTS && kept.has(file)) {
      await this.page.screenshot({ path: `${shots}/${file}`, animations: "disabled" });
    }
    const scripts = this.scripts ? "" : "-no-js";
    await this.page.screenshot({ path: `${this.out}/${name}-${this.width}${scripts}.png`,
                                 fullPage: true, animations: "disabled" });
  }

  leave() { return this.context.close(); }
}
