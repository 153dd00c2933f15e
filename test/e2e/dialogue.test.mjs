// A dialogue in the hall from its announcement to a promise that comes back: who leads it, who
// takes questions in, and those who ask, each with a browser of their own.
import { test } from "./harness.mjs";
import { accountsOf, button, dayAfter, expect, link, momentAfter, prefix_of, say, sees, signIn }
  from "./steps.mjs";

const quick = { inspect: false };
const drain = "Cống trước chợ tắc từ mùa mưa năm ngoái, bao giờ phường cho thông?";
const flood = "Mưa to là trước chợ ngập, cống thoát không kịp, ai lo việc này?";
const lamp = "Ngõ 40 có lắp thêm đèn đường cho trẻ con đi học tối không?";

// What a slip says to whoever holds it.
async function slipOf(visitor) {
  const words = (id) => visitor.page.locator(`#${id}`).innerText();
  const shown = await words("code");
  return { shown, code: shown.replace(/^DT|-/g, ""), secret: await words("secret") };
}

async function announce(head, prefix, language, topic, wish) {
  await head.visit(`${prefix}/staff/dialogues/new`, wish);
  await head.page.fill("#topic_vi", topic);
  await head.page.fill("#topic_en", `${topic} (in English)`);
  await head.page.fill("#summary", "Thoát nước, đèn ngõ và những điều đã hứa lần trước.");
  await head.page.fill("#leader", "Chủ tịch phường");
  await head.page.fill("#place", "Nhà văn hóa phường");
  await head.page.fill("#starts", momentAfter(48));
  await head.page.fill("#closes", momentAfter(24));
  await head.press(button(head, say(language, "dialogue.new.do")), wish);
  return /dialogues\/(\d+)/.exec(head.page.url())[1];
}

async function ask(citizen, language, body, wish) {
  await citizen.page.fill("#body", body);
  await citizen.press(button(citizen, say(language, "dialogue.ask.do")), wish);
  return slipOf(citizen);
}

// What one of the buttons of a question at the desk does.
async function answer(head, prefix, language, id, { code }, words) {
  await head.visit(`${prefix}/staff/dialogues/${id}/questions/${code}`, quick);
  await head.page.fill("#answer", words);
  await head.press(button(head, say(language, "dialogue.desk.answer_do")), quick);
  await sees(head, words);
}

// What was promised and not kept stands above what the session is about.
async function standsAtTheTop(reader, language, promise) {
  await sees(reader, say(language, "dialogue.broken_lead"));
  const words = (await reader.page.locator("main").innerText()).replace(/\s+/g, " ");
  const at = (text) => words.indexOf(text.replace(/\s+/g, " "));
  const place = at(say(language, "dialogue.place"));
  expect(at(promise) > 0 && at(promise) < place,
         `"${promise}" does not stand at the top:\n${words}`);
}

async function announceAndAsk({ head, lan, minh, prefix, language, topic }) {
  const id = await announce(head, prefix, language, topic, { shot: `dialogue-desk-${language}` });
  await lan.visit(`${prefix}/dialogues/${id}`, { shot: `dialogue-${language}` });
  await sees(lan, say(language, "dialogue.no_questions"));
  await lan.press(link(lan, say(language, "dialogue.ask.title")));

  // Nothing asked is refused beside its field, and so is too little; what was typed stays.
  const send = () => button(lan, say(language, "dialogue.ask.do"));
  await lan.page.locator('main label[for^="speak"]').first().click();
  for (const typed of ["", "Cống?"]) {
    await lan.page.fill("#body", typed);
    await lan.press(send(), { status: 422, inspect: typed !== "" });
    await sees(lan, say(language, "dialogue.error.body_short"));
    const told = await lan.page.getAttribute("#body", "aria-describedby");
    const wrong = await lan.page.locator("#body-error").innerText();
    expect(told.includes("body-error"), "the field does not name what is wrong with it");
    expect(wrong.includes(say(language, "dialogue.error.body_short")), "another sentence there");
    expect(await lan.page.inputValue("#body") === typed, "what was asked is lost");
    expect(await lan.page.isChecked('input[name="speak"]'), "the wish to speak is lost");
  }
  const first = await ask(lan, language, drain, { shot: `slip-${language}` });
  await lan.press(link(lan, say(language, "dialogue.sent.own")));
  await sees(lan, drain);

  // Somebody else asks this too, and then in words of their own.
  await minh.visit(`${prefix}/dialogues/${id}`, quick);
  await minh.press(link(minh, say(language, "dialogue.support.link")));
  await minh.press(minh.page.locator("#support ~ ul button").first(), quick);
  await sees(minh, say(language, "dialogue.question.support").replace("{count}", "1"));
  await minh.visit(`${prefix}/dialogues/${id}/ask`, quick);
  const second = await ask(minh, language, flood, quick);
  return { id, first, second };
}

async function wrongSecret(stranger, prefix, language, { code }) {
  await stranger.visit(`${prefix}/dialogues/questions/${code}`);
  await stranger.page.fill("#secret", "AAAA-BBBB-CCCC-DDDD-EEEE");
  await stranger.press(button(stranger, say(language, "dialogue.own.open")),
                       { status: 404, shot: `secret-wrong-${language}` });
  await sees(stranger, say(language, "dialogue.error.code_or_secret"));
  const lines = await stranger.page.locator("#secret-error").allInnerTexts();
  expect(lines.length === 1, `a wrong secret is told ${lines.length} times beside the field`);
}

// The hall: a clerk takes a question in, two are joined, one is called, all are answered.
async function hold({ head, clerk, lan, prefix, language, id, first, second }) {
  const queue = `${prefix}/dialogues/${id}/queue`;
  await head.visit(`${prefix}/staff/dialogues/${id}`, quick);
  await head.press(button(head, say(language, "dialogue.desk.start")));
  await clerk.visit(`${prefix}/staff/dialogues/${id}`, quick);
  await clerk.press(link(clerk, say(language, "dialogue.hall.title")));
  await clerk.press(button(clerk, say(language, "dialogue.hall.do")), { status: 422, ...quick });
  await sees(clerk, say(language, "dialogue.error.body_short"));
  await clerk.page.fill("#body", lamp);
  await clerk.press(button(clerk, say(language, "dialogue.hall.do")),
                    { shot: `hall-slip-${language}` });
  const third = await slipOf(clerk);

  await head.visit(`${prefix}/staff/dialogues/${id}/questions/${second.code}`,
                   { shot: `question-desk-${language}` });
  const join = say(language, "dialogue.desk.merge");
  await head.page.locator("main summary", { hasText: join }).click();
  await head.page.selectOption("#into", first.code);
  await head.press(button(head, say(language, "dialogue.desk.merge_do")), quick);

  await lan.visit(queue);
  await sees(lan, say(language, "dialogue.queue.nobody"));
  await head.press(head.page.locator(`form[action$="/${first.code}/call"] button`), quick);
  const now = lan.page.locator('[data-k="now"]', { hasText: first.shown });
  if (lan.scripts) {
    await now.waitFor();
  } else {
    // Without scripts the page renews itself for whoever asks for that; the validator knows no
    // such wish.
    await lan.press(link(lan, say(language, "dialogue.queue.renew")), quick);
    expect(await lan.page.locator('meta[http-equiv="refresh"]').count() === 1, "no renewal");
    expect(await now.count() === 1, "the queue does not say who asks now");
  }
  await lan.shoot(`queue-live-${language}`);

  await answer(head, prefix, language, id, first,
               "Phường đã khảo sát và sẽ thông cống trước chợ trong tháng này.");
  await answer(head, prefix, language, id, third, "Ngõ 40 có trong kế hoạch lắp đèn quý tới.");
  return { third };
}

// A promise made from the answer, which both who asked see and one confirms.
async function promise({ head, lan, minh, prefix, language, id, first, second }, text) {
  await head.visit(`${prefix}/staff/dialogues/${id}/questions/${first.code}`);
  await head.press(link(head, say(language, "dialogue.desk.promise")));
  expect((await head.page.locator("main .note").first().innerText()).trim().startsWith("2 "),
         "the promise is not made to both who asked");
  await head.page.fill("#text", text);
  await head.page.fill("#due_on", dayAfter(0));
  const make = () => button(head, say(language, "commitment.new.do"));
  await head.press(make(), { status: 422, ...quick });
  expect(await head.page.inputValue("#text") === text, "the promise that was typed is lost");
  await head.page.fill("#due_on", dayAfter(30));
  await head.press(make(), { shot: `promise-desk-${language}` });
  const number = /commitments\/(\d+)/.exec(head.page.url())[1];
  await lan.visit(`${prefix}/dialogues/questions/${first.code}`, quick);
  await sees(lan, text);
  await minh.visit(`${prefix}/dialogues/questions/${second.code}`, { shot: `joined-${language}` });
  await sees(minh, flood);
  await sees(minh, "sẽ thông cống trước chợ");
  await minh.press(link(minh, say(language, "dialogue.own.promise")));
  await minh.press(button(minh, say(language, "commitment.own.confirm")),
                   { shot: `promise-own-${language}` });
  await sees(minh, say(language, "commitment.own.has_confirmed"));
  return number;
}

// Minutes that somebody who asked contests; the objection and the reply stand for everybody.
async function contest({ head, minh, reader, prefix, language, id, second }) {
  const objection = "Chủ tịch hứa thông cống trước ngày 20, biên bản không ghi ngày.";
  const reply = "Đúng là đã nói trước ngày 20; phường sẽ ghi vào biên bản lần sau.";
  const desk = `${prefix}/staff/dialogues/${id}`;
  await head.visit(desk, quick);
  await head.press(button(head, say(language, "dialogue.desk.finish")),
                   { shot: `minutes-desk-${language}` });
  expect((await head.page.inputValue("#minutes")).includes(drain), "the draft lacks a question");
  await head.press(button(head, say(language, "dialogue.desk.minutes_do")), quick);
  await minh.visit(`${prefix}/dialogues/questions/${second.code}`, quick);
  await minh.page.fill("#body", objection);
  await minh.press(button(minh, say(language, "dialogue.own.contest_do")),
                   { shot: `contested-${language}` });
  await sees(minh, objection);
  await reader.visit(`${prefix}/dialogues/${id}/minutes`, quick);
  await sees(reader, objection);
  await sees(reader, say(language, "dialogue.minutes.waits"));
  await head.visit(desk, { shot: `contest-desk-${language}` });
  await head.page.fill('textarea[name="answer"]', reply);
  await head.press(button(head, say(language, "dialogue.desk.contest_do")), quick);
  await sees(head, say(language, "dialogue.error.term"));
  await reader.visit(`${prefix}/dialogues/${id}/minutes`, { shot: `minutes-${language}` });
  await sees(reader, reply);
}

for (const [language, width, scripts] of [["vi", 1280, true], ["en", 390, false]]) {
  test(`dialogue: a hall, its queue and a promise that comes back (${language}, ${width} px, `
       + `scripts ${scripts ? "on" : "off"})`, async ({ city, visitor }) => {
    const prefix = prefix_of(language), who = accountsOf(city);
    const [head, clerk, lan, minh, reader] = await Promise.all(
      Array.from({ length: 5 }, () => visitor({ width, scripts })));
    await signIn(head, language, who.ward_head, who.password, quick);
    await signIn(clerk, language, who.ward_handler, who.password, quick);
    const topic = `Thoát nước và đèn ngõ, bản thử ${language}`;
    const all = { head, clerk, lan, minh, reader, prefix, language, topic };
    Object.assign(all, await announceAndAsk(all));
    await wrongSecret(reader, prefix, language, all.first);
    Object.assign(all, await hold(all));
    await reader.visit(`${prefix}/dialogues/${all.id}`, { shot: `dialogue-live-${language}` });
    for (const words of [drain, flood, lamp])
      expect((await reader.page.content()).includes(words), `nobody reads "${words}"`);

    const text = `Thông cống trước chợ, có tổ dân phố nghiệm thu (${language}).`;
    const number = await promise(all, text);
    await contest(all);

    // "It is done", says the unit; "it is not", says who asked.
    await head.visit(`${prefix}/staff/commitments/${number}`, { shot: `owed-${language}` });
    await head.page.fill('textarea[name="evidence"]', "Đã thông cống ngày 18, có ảnh nghiệm thu.");
    await head.press(button(head, say(language, "commitment.desk.declare_do")), quick);
    await minh.visit(`${prefix}/commitments/${number}/own?code=${all.second.code}`);
    await minh.page.fill("#words-refuse", "Mưa hôm qua vẫn ngập, nắp cống chưa mở lần nào.");
    await minh.press(button(minh, say(language, "commitment.own.refuse")), quick);
    await reader.visit(`${prefix}/commitments/${number}`);
    await sees(reader, say(language, "commitment.event.refused"));
    await sees(reader, say(language, "commitment.refused_times"));

    // It cannot be kept, so everybody sees it broken, the next session first of all.
    await head.visit(`${prefix}/staff/commitments/${number}`, quick);
    await head.page.locator("main summary", { hasText: say(language, "commitment.desk.admit") })
      .click();
    await head.page.fill("#reason-admit", "Đoạn cống nằm dưới móng nhà, phải lập dự án mới.");
    await head.press(button(head, say(language, "commitment.desk.admit_do")), quick);
    await reader.visit(`${prefix}/commitments?state=broken`, { shot: `broken-${language}` });
    await sees(reader, text);
    const next = await announce(head, prefix, language, `Buổi sau: ${topic}`, quick);
    await reader.visit(`${prefix}/dialogues/${next}`, { shot: `dialogue-next-${language}` });
    await standsAtTheTop(reader, language, text);
  });
}

test("dialogue: a promise nobody keeps shows itself late, then broken, by the clock alone",
     async ({ city, visitor }) => {
  // The sample promises lamps within twenty days of its present.
  const promised = "Lắp đèn chiếu sáng ở hai ngõ chưa có đèn.";
  for (const [days, event] of [[25, "overdue"], [55, "broken_by_time"]]) {
    const then = new Date(Date.now() - days * 24 * 3600 * 1000).toISOString().slice(0, 19) + "Z";
    const past = await city.another({ cases: 40, now: then });
    try {
      // What reports promise has numbers before those of the dialogue.
      const session = await (await fetch(`${past.url}dialogues/1`)).text();
      const number = new RegExp(`/commitments/(\\d+)"[^>]*>${promised}`).exec(session)[1];
      await past.until(async () => (await (await fetch(`${past.url}commitments/${number}`)).text())
        .includes(say("vi", `commitment.event.${event}`)), event);
      for (const [language, width, scripts] of [["vi", 1280, true], ["en", 390, false]]) {
        const reader = await visitor({ width, scripts }), prefix = prefix_of(language);
        reader.city = past;
        await reader.visit(`${prefix}/commitments/${number}`, { shot: `${event}-${language}` });
        await sees(reader, promised);
        await sees(reader, say(language, "commitment.party.clock"));
        await reader.visit(`${prefix}/dialogues/2`, { shot: `${event}-next-${language}` });
        await standsAtTheTop(reader, language, promised);
      }
    } finally {
      await past.stop();
    }
  }
});
