// One point at the desk: its answer, its comments, and who objects.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "feature/consultation/consultation_actions_answer.h"
#include "feature/consultation/consultation_actions_draft.h"
#include "feature/consultation/consultation_actions_letter.h"
#include "feature/consultation/consultation_pages_letter.h"
#include "feature/consultation/consultation_pages_points.h"
#include "feature/consultation/consultation_pages_points_parts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"

namespace ln::consultation::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t comments_on_desk = 20;

struct PointSheet {
  PointDesk desk;
  Issue issue;
  draft::Draft draft;
  Given typed{};
  std::string answer_word{};
  std::string reply_code{}, reply_text{};  // what was typed for which objection
  std::optional<Proposal> proposal{};
  std::vector<people::Account> drafters{};
};

Result<PointSheet> point_sheet(const http::Request& request,
                               db::Read& read,
                               const people::Officer& officer,
                               Instant now) {
  TRY(PointDesk desk, point_desk(request, read, officer, now));
  auto issue = find_issue(read, IssueId{request.path_number("number")});
  const auto version = find_version(read, desk.c.id, desk.c.version);
  auto draft = version ? draft::parse(draft::split(version->text)) : std::nullopt;
  if (!issue || issue->consultation != desk.c.id || !draft)
    return Error{ErrorKind::not_found, "consultation.error.no_issue"_t};
  PointSheet sheet{.desk = std::move(desk), .issue = *issue, .draft = *std::move(draft)};
  sheet.typed = {.answer = issue->answer.value_or(Answer::noted),
                 .reason = issue->reason,
                 .clause = issue->changed_clause.empty() ? issue->clause : issue->changed_clause,
                 .wording = issue->wording,
                 .title = issue->title};
  sheet.answer_word = issue->answer ? to_text(*issue->answer) : std::string_view();
  sheet.proposal = find_proposal(read, issue->id);
  // What its drafter would answer stands in the form as long as nobody answered since.
  if (sheet.proposal && !issue->answered_at) {
    sheet.typed = sheet.proposal->given;
    sheet.answer_word = to_text(sheet.proposal->given.answer);
  }
  sheet.drafters = drafters_of(read, sheet.desk.c);
  return sheet;
}

Fragment answer_form(const PointSheet& sheet, const Error* error) {
  const View view = sheet.desk.view();
  Fragment body = answer_fields(view, sheet.draft, sheet.typed, sheet.answer_word, error);
  body += html::hidden("revision", std::to_string(sheet.issue.revision));
  body += html::button(
      {.text = view("consultation.point.send"_t), .name = "step", .value = "answer", .once = true});
  return html::form(view, {.action = sheet.desk.url_of(sheet.issue.id), .body = std::move(body)});
}

Fragment objection_item(const PointSheet& sheet,
                        const Comment& comment,
                        const Objection& objection,
                        const Error* error) {
  const View view = sheet.desk.view();
  const std::string code = comment.code->text();
  Fragment reply;
  if (objection.replied_at) {
    reply = fill(R"(<p><b>{}</b></p><p lang="vi">{}</p>)", view("consultation.objection.reply"_t),
                 objection.reply);
  } else if (!sheet.desk.decision) {
    const bool is_typed = sheet.reply_code == code;
    Fragment body = html::textarea(
        view, {.name = "reply",
               .label = {view("consultation.objection.reply"_t)},
               .error = is_typed ? html::error_for(view, error, "reply") : std::string_view(),
               .value = is_typed ? sheet.reply_text : std::string_view(),
               .id = is_typed ? std::string("reply") : "reply-" + code,
               .rows = 3,
               .chars_max = static_cast<int>(reason_chars_max)});
    body += html::hidden("code", code);
    body += html::button({.text = view("consultation.objection.send"_t),
                          .kind = html::ButtonKind::secondary,
                          .name = "step",
                          .value = "reply",
                          .once = true});
    reply =
        html::form(view, {.action = sheet.desk.url_of(sheet.issue.id), .body = std::move(body)});
  }
  return fill(R"(<li class="op" id="o-{}"><p>{} {}</p><blockquote>{}</blockquote>{}</li>)", code,
              html::code(comment.code->shown()), html::moment(view, objection.sent_at),
              objection.body, reply);
}

Fragment objections_part(const PointSheet& sheet, db::Read& read, const Error* error) {
  const View view = sheet.desk.view();
  Fragment list;
  for (const Objection& each : objections_of(read, sheet.desk.c.id)) {
    if (each.issue != sheet.issue.id) continue;
    if (const auto comment = find_comment(read, each.comment))
      list += objection_item(sheet, *comment, each, error);
  }
  if (list.empty()) return {};
  return fill(R"(<h2 class="h-m">{}</h2><p>{}</p><ul class="plain">{}</ul>)",
              view("consultation.objection.title"_t), view("consultation.objection.desk"_t), list);
}

// Who drafts the answer.
Fragment assign_part(const PointSheet& sheet, const Error* error) {
  const View view = sheet.desk.view();
  const std::string chosen = std::to_string(sheet.issue.drafter);
  html::Select select{.name = "drafter",
                      .label = {view("consultation.draft.who"_t)},
                      .error = html::error_for(view, error, "drafter"),
                      .value = chosen,
                      .options = {{"0", view("consultation.draft.nobody"_t)}}};
  std::vector<std::string> ids;
  for (const people::Account& each : sheet.drafters) ids.push_back(std::to_string(each.id.value));
  for (std::size_t i = 0; i < ids.size(); ++i)
    select.options.push_back({ids[i], sheet.drafters[i].name});
  Fragment body = html::select(view, select);
  body += html::button({.text = view("consultation.draft.assign"_t),
                        .kind = html::ButtonKind::secondary,
                        .name = "step",
                        .value = "assign",
                        .once = true});
  return html::form(view, {.action = sheet.desk.url_of(sheet.issue.id), .body = std::move(body)});
}

// What the machine put here goes back with one press, as long as nobody answered.
Fragment undo_part(const PointSheet& sheet, db::Read& read) {
  if (sheet.desk.decision || sheet.issue.answer) return {};
  const std::int64_t count = placed_by_machine(read, sheet.issue.id);
  if (count == 0) return {};
  const View view = sheet.desk.view();
  return fill(R"(<h2 class="h-m">{}</h2><p>{}</p>{})", view("consultation.undo.title"_t),
              view.voice.counted("consultation.undo.lead"_t, count),
              html::form(view, {.action = sheet.desk.url_of(sheet.issue.id),
                                .body = html::button({.text = view("consultation.undo.do"_t),
                                                      .kind = html::ButtonKind::secondary,
                                                      .name = "step",
                                                      .value = "undo",
                                                      .once = true})}));
}

// Those who added words of their own to a letter come first.
Fragment standing_part(const PointSheet& sheet, db::Read& read, const Error* error) {
  const PointDesk& desk = sheet.desk;
  const View view = desk.view();
  const Url url = desk.url_of(sheet.issue.id);
  LetterPage page = letter_page(read, sheet.issue, url, desk.request.query, comments_on_desk);
  if (page.own.empty() && page.rest.empty())
    return html::nothing_here(view("consultation.nothing_said"_t));
  PlaceForm form{.action = url};
  if (!page.own.empty())
    form.lists.push_back({fill(R"(<h3 class="h-s" id="own">{}</h3><p>{}</p>)",
                               view.voice("consultation.letter.own"_t,
                                          {{"count", view.voice.number(page.own_count)}}),
                               view("consultation.letter.own_lead"_t)),
                          std::move(page.own)});
  Fragment heading;
  if (page.own_count > 0)
    heading = fill(R"(<h3 class="h-s">{}</h3>)", view("consultation.letter.others"_t));
  form.lists.push_back({std::move(heading), std::move(page.rest)});
  Fragment out = place_form(desk, read, form, error);
  if (page.next) out += html::pager(view, {.next = page.next});
  return out;
}

http::Response show_point(const PointSheet& sheet, db::Read& read, const Error* error) {
  const PointDesk& desk = sheet.desk;
  const View view = desk.view();
  const auto row = std::ranges::find_if(
      desk.rows, [&](const TableRow& each) { return each.issue.id == sheet.issue.id; });
  Fragment body = html::error_summary(view, error);
  body.add(R"(<p class="eyebrow">{}</p><h1 class="h-l" lang="vi">{}</h1>)",
           cited(view, sheet.issue.clause), sheet.issue.title);
  if (row != desk.rows.end()) body.add("<p>{}</p>", who_said(view.voice, row->behind));
  body += answer_part(view, desk.c, sheet.issue);
  if (sheet.issue.answer && !desk.decision)
    body.add(R"(<p><a href="{}">{}</a></p>)", answer_url(view, sheet.issue),
             view("consultation.point.public"_t));
  if (sheet.issue.answered_at)
    body.add(R"(<p><a href="{}">{}</a></p>)",
             Url::in(view, "/staff/commitments/new").with("point", sheet.issue.id.value),
             view("commitment.new.for_point"_t));
  body += promises_part(view, read, desk.c.id, sheet.issue.id.value, desk.now);
  body += objections_part(sheet, read, error);
  if (!desk.decision) {
    body += assign_part(sheet, error);
    body.add(R"(<h2 class="h-m">{}</h2>)", view("consultation.point.answer_title"_t));
    if (sheet.proposal)
      body.add("<p>{}</p>",
               view.voice("consultation.draft.proposed"_t,
                          {{"day", view.voice.date(local_day(sheet.proposal->proposed_at))}}));
    body += answer_form(sheet, error);
  }
  body += undo_part(sheet, read);
  body += letter_part(view, find_letter(read, sheet.issue.id));
  body.add(R"(<h2 class="h-m" id="said">{}</h2>)", view("consultation.point.comments"_t));
  body += standing_part(sheet, read, error);
  return desk_response(desk, sheet.issue.title, std::move(body), error);
}

Result<http::Pending> answer_post(PointSheet sheet, db::Read& read, Random& random) {
  const http::Fields& form = sheet.desk.request.form;
  const auto answer = from_word(all_answers, form.text("answer"));
  sheet.answer_word = form.text("answer");
  sheet.typed = {.answer = answer.value_or(Answer::noted),
                 .reason = std::string(form.text("reason")),
                 .clause = std::string(form.text("clause")),
                 .wording = std::string(form.text("wording")),
                 .title = std::string(form.text("title"))};
  const TextKey none = "consultation.error.answer"_t;
  Result<Done> fine = answer ? check_issue_title(sheet.typed.title)
                             : Result<Done>(Error{ErrorKind::invalid, none, {{"answer", none}}});
  Given trimmed_given = sheet.typed;
  trimmed_given.reason = trimmed(sheet.typed.reason);
  if (fine.ok()) fine = check_answer(trimmed_given, sheet.draft);
  if (!fine.ok()) return http::Pending::answer(show_point(sheet, read, &fine.error()));
  const std::string back(sheet.desk.url_of(sheet.issue.id).view());
  return http::Pending::commit(
      [act = sheet.desk.act(), id = sheet.issue.id, given = sheet.typed,
       salts = ledger::draw(random)](db::Write& write) {
        return answer_issue(write, act, id, given, salts);
      },
      [&request = sheet.desk.request, back](const Result<Issue>& done, std::string_view) {
        return done.ok() ? http::see_other(back) : http::error_response(request, done.error());
      });
}

Result<http::Pending> reply_post(PointSheet sheet, db::Read& read, Random& random) {
  const http::Fields& form = sheet.desk.request.form;
  const auto code = Code::parse(form.text("code"));
  if (!code) return Error{ErrorKind::not_found, "consultation.error.code_or_secret"_t};
  sheet.reply_code = code->text();
  sheet.reply_text = form.text("reply");
  const std::size_t chars = count_chars(trimmed(sheet.reply_text));
  if (chars < reason_chars_min || chars > reason_chars_max) {
    const TextKey text = "consultation.error.reply"_t;
    const Error wrong{ErrorKind::invalid, text, {{"reply", text}}};
    return http::Pending::answer(show_point(sheet, read, &wrong));
  }
  const std::string back(sheet.desk.url_of(sheet.issue.id).view());
  return http::Pending::commit(
      [act = sheet.desk.act(), code = *code, text = sheet.reply_text, salts = ledger::draw(random)](
          db::Write& write) { return reply(write, act, code, text, salts); },
      [&request = sheet.desk.request, back](const Result<Objection>& done, std::string_view) {
        return done.ok() ? http::see_other(back) : http::error_response(request, done.error());
      });
}

Result<http::Pending> assign_post(const PointSheet& sheet, Random& random) {
  const people::AccountId to{sheet.desk.request.form.number("drafter").value_or(0)};
  const std::string back(sheet.desk.url_of(sheet.issue.id).view());
  return http::Pending::commit(
      [act = sheet.desk.act(), id = sheet.issue.id, to, salts = ledger::draw(random)](
          db::Write& write) { return assign_issue(write, act, id, to, salts); },
      [&request = sheet.desk.request, back](const Result<Issue>& done, std::string_view) {
        return done.ok() ? http::see_other(back) : http::error_response(request, done.error());
      });
}

Result<http::Pending> undo_post(const PointSheet& sheet) {
  const std::string back(sheet.desk.url().view());
  return http::Pending::commit(
      [act = sheet.desk.act(), id = sheet.issue.id](db::Write& write) {
        return undo_grouping(write, act, id);
      },
      [&request = sheet.desk.request, back](const Result<std::int64_t>& done, std::string_view) {
        return done.ok() ? http::see_other(back) : http::error_response(request, done.error());
      });
}

}  // namespace

Result<http::Response> point_page(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Instant now) {
  TRY(const PointSheet sheet, point_sheet(request, read, officer, now));
  return show_point(sheet, read, nullptr);
}

Result<http::Pending> point_post(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Random& random,
                                 Instant now) {
  TRY(PointSheet sheet, point_sheet(request, read, officer, now));
  const std::string_view step = request.form.text("step");
  if (step == "answer") return answer_post(std::move(sheet), read, random);
  if (step == "assign") return assign_post(sheet, random);
  if (step == "reply") return reply_post(std::move(sheet), read, random);
  if (step == "undo") return undo_post(sheet);
  if (step != "place") return Error{ErrorKind::not_found, "consultation.error.none"_t};
  const auto fine = check_placing(sheet.desk, true);
  if (!fine.ok()) return http::Pending::answer(show_point(sheet, read, &fine.error()));
  return place_post(sheet.desk, random, std::string(sheet.desk.url_of(sheet.issue.id).view()));
}

}  // namespace ln::consultation::staff
