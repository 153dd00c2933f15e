// One case that was drawn: what happened and when, and what the supervisor finds.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/people/people_independent.h"
#include "feature/supervision/supervision_actions.h"
#include "feature/supervision/supervision_pages_parts.h"
#include "feature/supervision/supervision_pages_staff.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::supervision::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

struct OpenCase {
  Programme programme;
  Item item;
  Seen seen;
  std::vector<Finding> findings;      // of this case
  std::vector<FindingReply> replies;  // to them
  std::string unit;
  bool may_act = false;
  bool tells_units = true;  // false: too few cases that protect are drawn
};

Result<OpenCase> open_case(const http::Request& request,
                           db::Read& read,
                           const people::Supervisor& supervisor) {
  const Error none{ErrorKind::not_found, "supervision.error.none"_t};
  const std::int64_t number = request.path_number("number");
  auto p = find(read, ProgrammeId{request.path_number("id")});
  if (!p) return none;
  const auto drawn = drawn_of(read, p->id);
  if (std::ranges::find(drawn, number) == drawn.end()) return none;
  // Who works for those looked at learns nothing of which cases were drawn.
  if (!people::is_independent(supervisor.staff(), p->unit_path))
    return Error{ErrorKind::forbidden, "supervision.error.not_independent"_t};
  auto item = find_item(read, p->id, number);
  auto it = item ? seen(read, item->feedback) : std::nullopt;
  if (!it) return none;
  auto findings = findings_of(read, p->id);
  std::erase_if(findings, [&](const Finding& each) { return each.number != number; });
  auto replies = replies_to_findings(read, p->id);
  std::erase_if(replies, [&](const FindingReply& each) { return each.number != number; });
  std::string unit = unit_name(read, it->unit);
  const bool may_act = p->stage == Stage::drawn;
  const bool tells_units = may_tell_units(strata_of(read, p->id));
  return OpenCase{*std::move(p),      *std::move(item), *std::move(it), std::move(findings),
                  std::move(replies), std::move(unit),  may_act,        tells_units};
}

// The name of an event; words of the ledger that have none of their own stand as they are.
std::string_view event_name(const View& view, std::string_view word) {
  if (word == "received") return view("supervision.event.received"_t);
  if (word == "accepted") return view("supervision.event.accepted"_t);
  if (word == "assigned") return view("supervision.event.assigned"_t);
  if (word == "transferred") return view("supervision.event.transferred"_t);
  if (word == "asked") return view("supervision.event.asked"_t);
  if (word == "replied") return view("supervision.event.replied"_t);
  if (word == "extended") return view("supervision.event.extended"_t);
  if (word == "answered") return view("supervision.event.answered"_t);
  if (word == "promised") return view("supervision.event.promised"_t);
  if (word == "declined") return view("supervision.event.declined"_t);
  if (word == "redirected") return view("supervision.event.redirected"_t);
  if (word == "contested") return view("supervision.event.contested"_t);
  if (word == "reopened") return view("supervision.event.reopened"_t);
  if (word == "closed") return view("supervision.event.closed"_t);
  if (word == "lapsed") return view("supervision.event.lapsed"_t);
  if (word == "published") return view("supervision.event.published"_t);
  if (word == "redacted") return view("supervision.event.redacted"_t);
  if (word == "merged") return view("supervision.event.merged"_t);
  if (word == "rated") return view("supervision.event.rated"_t);
  if (word == "opened_identity") return view("supervision.event.opened_identity"_t);
  if (word == "rekeyed") return view("supervision.event.rekeyed"_t);
  if (word == "erased") return view("supervision.event.erased"_t);
  return word;
}

Fragment seen_part(const View& view, const OpenCase& open) {
  const Seen& s = open.seen;
  std::vector<html::Fact> facts = {
      {view("supervision.stratum"_t), fill("{}", view(key_of(open.item.stratum)))},
      {view("supervision.desk.handler"_t), fill(R"(<span lang="vi">{}</span>)", open.unit)},
      {view("supervision.desk.received_on"_t), html::day(view, s.received_on)},
      {view("supervision.desk.first_due_on"_t), html::day(view, s.due_on)}};
  if (s.answered_on)
    facts.push_back({view("supervision.desk.answered_on"_t), html::day(view, *s.answered_on)});
  if (s.closed_on)
    facts.push_back({view("supervision.desk.closed_on"_t), html::day(view, *s.closed_on)});
  facts.push_back({view("supervision.desk.reopened"_t), fill("{}", s.reopen_count)});
  facts.push_back({view("supervision.desk.transferred"_t), fill("{}", s.transfer_count)});
  if (s.code)
    facts.push_back({view("supervision.desk.code"_t),
                     fill(R"(<a href="{}" translate="no">{}</a>)",
                          Url::in(view, "/feedback/", s.code->text()), s.code->shown())});
  facts.push_back({view("supervision.commitment"_t), hash_text(open.item.commitment)});
  Fragment out = html::facts(facts, true);
  if (s.needs_protection)
    out += html::note({.heading = view("supervision.desk.guarded"_t),
                       .body = fill("<p>{}</p>", view("supervision.desk.guarded_why"_t))});
  if (s.is_erased) out.add("<p>{}</p>", view("supervision.desk.erased"_t));
  out.add(R"(<h2 class="h-m sp">{}</h2><ol>{}</ol>)", view("supervision.desk.happened"_t),
          [&](Fragment& list) {
            for (const Seen::Event& each : s.events)
              list.add("<li>{} · {}</li>", html::day(view, each.on), event_name(view, each.word));
          });
  return out;
}

Fragment findings_part(const View& view, const OpenCase& open) {
  Fragment list;
  for (const Finding& each : open.findings) {
    const auto reply = std::ranges::find(open.replies, each.seq, &FindingReply::seq);
    list.add(
        R"(<li class="card"><h3 class="h-s">{}</h3><p class="muted small">{} · {}</p>)"
        R"(<p lang="vi">{}</p>{}{}</li>)",
        view(key_of(each.outcome)), html::moment(view, each.found_at), line_link(view, each.line),
        each.note.empty() ? view("supervision.desk.words_gone"_t) : std::string_view(each.note),
        hash_text(each.hash),
        reply == open.replies.end() ? Fragment() : finding_reply(view, *reply));
  }
  Fragment out = fill(R"(<h2 class="h-m sp">{}</h2>)", view("supervision.findings"_t));
  if (list.empty())
    out.add("<p>{}</p>", view("supervision.desk.open"_t));
  else
    out.add(R"(<ul class="plain">{}</ul>)", list);
  return out;
}

bool is_for_unit_to_read(const OpenCase& open) {
  return open.tells_units && !is_guarded(open.item.stratum) && !open.seen.needs_protection &&
         !open.seen.is_erased;
}

struct Writing {
  std::string outcome{}, text{};
  const Error* error = nullptr;
};

http::Response show(const View& view, const OpenCase& open, const Writing& writing) {
  const std::string title =
      view.voice("supervision.desk.number"_t, {{"number", view.voice.number(open.item.number)}});
  const Url desk = Url::in(view, "/staff/supervision/programmes/", open.programme.id.value);
  Fragment body = html::back_link(view, desk);
  body += html::error_summary(view, writing.error);
  body.add(R"(<h1 class="h-l">{}</h1>{}{})", title, seen_part(view, open),
           findings_part(view, open));
  if (open.may_act) {
    std::vector<html::Choice> choices;
    for (const Outcome each : all_outcomes)
      choices.push_back({.value = to_text(each), .text = view(key_of(each))});
    const bool is_for_unit = is_for_unit_to_read(open);
    const TextKey hint = !open.tells_units ? "supervision.desk.note_few"_t
                         : is_for_unit     ? "supervision.desk.note_unit"_t
                                           : "supervision.desk.note_hint"_t;
    Fragment form = html::hidden("seq", std::to_string(open.findings.size() + 1));
    // What the form said goes with the words, should the case be released or protected meanwhile.
    form += html::hidden("for_unit", is_for_unit ? "1" : "0");
    form += html::radios(view, {.name = "outcome",
                                .legend = {view("supervision.outcome"_t)},
                                .error = html::error_for(view, writing.error, "outcome"),
                                .choices = choices,
                                .values = {writing.outcome}});
    form += html::textarea(view, {.name = "text",
                                  .label = {view("supervision.desk.note"_t)},
                                  .hint = view(hint),
                                  .error = html::error_for(view, writing.error, "text"),
                                  .value = writing.text,
                                  .rows = 6,
                                  .chars_max = static_cast<int>(words_chars_max)});
    form += html::button({.text = view(open.findings.empty() ? "supervision.desk.find"_t
                                                             : "supervision.desk.correct"_t),
                          .once = true});
    body +=
        html::form(view, {.action = Url::in(view, "/staff/supervision/programmes/",
                                            open.programme.id.value, "/cases/", open.item.number),
                          .body = std::move(form)});
  }
  return http::page(writing.error == nullptr ? 200 : http::status_of(writing.error->kind),
                    html::page(view, {.title = title,
                                      .here = "/staff/supervision",
                                      .body = html::columns({.body = std::move(body)}),
                                      .is_staff = true,
                                      .has_errors = writing.error != nullptr,
                                      .is_unlisted = true}));
}

}  // namespace

Result<http::Response> case_page(const http::Request& request,
                                 db::Read& read,
                                 people::Supervisor supervisor) {
  const View view = people::view_of(request, supervisor.staff());
  TRY(const OpenCase open, open_case(request, read, supervisor));
  return show(view, open, {});
}

Result<http::Pending> case_post(const http::Request& request,
                                db::Read& read,
                                people::Supervisor supervisor,
                                Random& random,
                                Instant now) {
  const View here = people::view_of(request, supervisor.staff());
  TRY(const OpenCase open, open_case(request, read, supervisor));
  const http::Fields& form = request.form;
  const Writing writing{.outcome = std::string(form.text("outcome")),
                        .text = std::string(form.text("text"))};
  const auto outcome = from_word(all_outcomes, writing.outcome);
  if (!outcome) {
    const Error error{ErrorKind::invalid,
                      "supervision.error.outcome"_t,
                      {{"outcome", "supervision.error.outcome"_t}}};
    return http::Pending::answer(show(here, open, {writing.outcome, writing.text, &error}));
  }
  const Found found{.number = open.item.number,
                    .seq = form.number("seq").value_or(0),
                    .outcome = *outcome,
                    .note = writing.text,
                    .salt = std::string(as_text(random.bytes<32>())),
                    .is_for_unit = form.text("for_unit") == "1"};
  const std::string back(
      Url::in(here, "/staff/supervision/programmes/", open.programme.id.value).view());
  return http::Pending::commit(
      [act = SupervisorAct{supervisor, now}, id = open.programme.id, found](db::Write& write) {
        return find_out(write, act, id, found);
      },
      [&request, supervisor, open, writing, back](const Result<Finding>& done, std::string_view) {
        if (done.ok()) return http::see_other(back);
        if (done.error().kind != ErrorKind::invalid)
          return http::error_response(request, done.error());
        const View view = people::view_of(request, supervisor.staff());
        return show(view, open, {writing.outcome, writing.text, &done.error()});
      });
}

}  // namespace ln::supervision::staff
