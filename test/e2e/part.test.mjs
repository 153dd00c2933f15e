// A letter about two matters: an officer takes a part out for another office, and whoever sent it
// reads both on one page. And the queue, narrowed.
import { test } from "./harness.mjs";
import { accountsOf, casePath, expect, go, open, prefix_of, say, sees, seesNot, send, signIn,
         unitCode } from "./steps.mjs";

const lamp = "Đèn ngõ 12 không sáng ba tuần nay.";
const form = "Tôi đề nghị thành phố cho nộp hồ sơ tuyển dụng qua mạng.";

for (const [language, width, scripts] of [["vi", 1280, true], ["en", 390, false]]) {
  test(`a letter about two matters is answered by two offices on one page (${language}, ${width} px)`,
       async ({ city, visitor }) => {
    const who = accountsOf(city);
    const made = await send(city, { about: "place", unit: await unitCode(city, who.ward),
      title: "Đèn hỏng và một đề nghị", contact: "0987 654 321", body: `${lamp}\n${form}` });
    const officer = await visitor({ width, scripts });
    await signIn(officer, language, who.ward_head, who.password);
    await officer.visit(casePath(language, made.code));
    await sees(officer, say(language, "feedback.due.why"));
    await officer.visit(`${casePath(language, made.code)}/part`, { shot: `part-${language}` });
    // More than the letter says is refused, and what was typed stays.
    await officer.page.fill("#passage", `${form} Ngay lập tức.`);
    await officer.page.fill("#unit", "so-noi-vu");
    await officer.page.selectOption("#topic", "staff-rule");
    await officer.press(go(officer), { status: 422 });
    await sees(officer, say(language, "feedback.error.passage_not_theirs"));
    expect((await officer.page.inputValue("#passage")).includes("Ngay lập tức"), "typed is lost");
    await officer.page.fill("#passage", form);
    await officer.press(go(officer));
    await sees(officer, say(language, "feedback.event.parted"));
    await officer.shoot(`parted-${language}`);

    const citizen = await visitor({ width, scripts });
    await open(citizen, language, made);
    await sees(citizen, form);
    await sees(citizen, language === "vi" ? "Sở Nội vụ" : "Department of Home Affairs");
    await citizen.shoot(`letter-parts-${language}`);

    // The city's triage narrows the queue to what nobody has yet in that office.
    const triage = await visitor({ width, scripts });
    await signIn(triage, language, who.triage, who.password);
    await triage.visit(`${prefix_of(language)}/staff?who=nobody&unit=so-noi-vu&topic=staff-rule`,
                       { shot: `queue-narrow-${language}` });
    await sees(triage, form.slice(0, 30));
    await seesNot(triage, "Đèn hỏng và một đề nghị");
    await triage.visit(`${prefix_of(language)}/staff?unit=Gotham`);
    await sees(triage, "Gotham");
  });
}
