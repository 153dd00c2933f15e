#include "feature/consultation/consultation_pages_draft.h"

#include <utility>

#include "base/text.h"
#include "feature/consultation/consultation_actions_draft.h"
#include "feature/consultation/consultation_pages_points_parts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"

namespace ln::consultation::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t mine_max = 200, comments_to_read = 20;

// A point for its drafter, and what they typed.
struct ProposalSheet {
  const http::Request& request;
  people::Officer officer;
  DraftedPoint point;
  draft::Draft draft;
  std::optional<Proposal> proposal{};
  Given typed{};
  std::string answer_word{};

  View view() const { return people::view_of(request, officer.staff()); }
  Url url() const {
    return Url::in(view(), "/staff/consultations/", point.consultation.id.value, "/issues/",
                   point.issue.id.value, "/proposal");
  }
};

Result<ProposalSheet> proposal_sheet(const http::Request& request,
                                     db::Read& read,
                                     const people::Officer& officer) {
  TRY(DraftedPoint point, drafted_point(read, officer, IssueId{request.path_number("number")}));
  const Consultation& c = point.consultation;
  const auto version = find_version(read, c.id, c.version);
  auto draft = version ? draft::parse(draft::split(version->text)) : std::nullopt;
  if (!draft || c.id.value != request.path_number("id"))
    return Error{ErrorKind::not_found, "consultation.error.no_issue"_t};
  const Issue issue = point.issue;
  ProposalSheet sheet{.request = request,
                      .officer = officer,
                      .point = std::move(point),
                      .draft = *std::move(draft),
                      .proposal = find_proposal(read, issue.id)};
  if (sheet.proposal) {
    sheet.typed = sheet.proposal->given;
    sheet.answer_word = to_text(sheet.proposal->given.answer);
  } else {
    sheet.typed = {.clause = issue.clause, .title = issue.title};
  }
  return sheet;
}

http::Response show_proposal(const ProposalSheet& sheet, db::Read& read, const Error* error) {
  const View view = sheet.view();
  const Issue& issue = sheet.point.issue;
  Fragment body = html::error_summary(view, error);
  body.add(R"(<p class="eyebrow">{}</p><h1 class="h-l" lang="vi">{}</h1><p>{}</p>)",
           cited(view, issue.clause), issue.title, view("consultation.draft.lead"_t));
  if (sheet.proposal && error == nullptr)
    body += html::note(
        {.kind = html::NoteKind::ok,
         .body =
             fill("<p>{}</p>",
                  view.voice("consultation.draft.kept"_t,
                             {{"day", view.voice.date(local_day(sheet.proposal->proposed_at))}})),
         .is_status = true});
  Fragment fields = answer_fields(view, sheet.draft, sheet.typed, sheet.answer_word, error);
  fields += html::button({.text = view("consultation.draft.do"_t), .once = true});
  body += html::form(view, {.action = sheet.url(), .body = std::move(fields)});
  auto comments = comments_under(read, issue, sheet.request.query.number("after").value_or(0),
                                 comments_to_read + 1);
  const bool has_more = std::ssize(comments) > comments_to_read;
  if (has_more) comments.pop_back();
  body.add(R"(<h2 class="h-m" id="said">{}</h2><ul class="plain">{}</ul>)",
           view("consultation.point.comments"_t), [&](Fragment& list) {
             for (const Comment& each : comments)
               list += comment_item(view, each, sheet.point.consultation.version);
           });
  if (has_more)
    body +=
        html::pager(view, {.next = sheet.url().with("after", comments.back().id.value).at("said")});
  return http::page(
      error == nullptr ? 200 : http::status_of(error->kind),
      html::page(view, {.title = issue.title,
                        .here = "/staff/consultations",
                        .body = html::columns({.before = html::breadcrumbs(
                                                   view,
                                                   {{view("consultation.draft.mine"_t),
                                                     Url::in(view, "/staff/consultations/mine")}},
                                                   issue.title),
                                               .body = std::move(body)}),
                        .is_staff = true,
                        .has_errors = error != nullptr,
                        .is_unlisted = true}));
}

}  // namespace

Result<http::Response> mine_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer) {
  const View view = people::view_of(request, officer.staff());
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("consultation.draft.mine"_t),
                       view("consultation.draft.mine_lead"_t));
  Fragment list;
  for (const Issue& each : points_of_drafter(read, officer.id(), mine_max)) {
    const auto c = find(read, each.consultation);
    if (!c || !officer.may_act_for(c->unit_path)) continue;
    list.add(
        R"(<li><h3><a href="{}" lang="vi">{}</a></h3><p><span lang="vi">{}</span> · {}</p>{})"
        R"(</li>)",
        Url::in(view, "/staff/consultations/", c->id.value, "/issues/", each.id.value, "/proposal"),
        each.title, c->title_vi, cited(view, each.clause), answer_badge(view, each));
  }
  if (list.empty())
    body += html::nothing_here(view("consultation.draft.none"_t));
  else
    body.add(R"(<ul class="list">{}</ul>)", list);
  return http::form_page(view, {.title = view("consultation.draft.mine"_t),
                                .here = "/staff/consultations",
                                .body = std::move(body),
                                .is_staff = true});
}

Result<http::Response> proposal_page(const http::Request& request,
                                     db::Read& read,
                                     people::Officer officer) {
  TRY(const ProposalSheet sheet, proposal_sheet(request, read, officer));
  return show_proposal(sheet, read, nullptr);
}

Result<http::Pending> proposal_post(const http::Request& request,
                                    db::Read& read,
                                    people::Officer officer,
                                    Instant now) {
  TRY(ProposalSheet sheet, proposal_sheet(request, read, officer));
  const http::Fields& form = request.form;
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
  Given given = sheet.typed;
  given.reason = trimmed(sheet.typed.reason);
  if (fine.ok()) fine = check_answer(given, sheet.draft);
  if (!fine.ok()) return http::Pending::answer(show_proposal(sheet, read, &fine.error()));
  const std::string back(sheet.url().view());
  return http::Pending::commit(
      [act = EditAct{.officer = officer, .now = now}, id = sheet.point.issue.id,
       given](db::Write& write) { return propose(write, act, id, given); },
      [&request, back](const Result<Proposal>& done, std::string_view) {
        return done.ok() ? http::see_other(back) : http::error_response(request, done.error());
      });
}

}  // namespace ln::consultation::staff
