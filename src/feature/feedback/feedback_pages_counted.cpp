#include "feature/feedback/feedback_pages_counted.h"

#include "core/ledger/ledger_counted.h"
#include "core/ledger/ledger_tools.h"
#include "core/units/units_name.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/download.h"
#include "platform/http/form_page.h"
#include "platform/json/json.h"

namespace ln::feedback {
namespace {

using html::Url;
using ledger::CountState;
using ledger::CountStatus;

// One answer for a code that does not exist and a wrong secret.
Error no_counts() { return {ErrorKind::not_found, "feedback.receipt.none"_t}; }

Result<Feedback> counted_case(const http::Request& request,
                              db::Read& read,
                              const std::optional<people::Citizen>& citizen) {
  const auto code = Code::parse(request.path_text("code"));
  if (!code || !citizen) return no_counts();
  auto feedback = open(read, *citizen, *code);
  if (!feedback.ok()) return no_counts();
  return std::move(feedback).value();
}

ledger::Subject subject_of(const Feedback& feedback) { return {"feedback", feedback.id.value}; }

bool is_apart(const Feedback& feedback) {
  return feedback.is_protected || feedback.about == About::conduct;
}

// What a clerk typed for somebody else is in no figure.
std::vector<CountStatus> counts_of(db::Read& read, const Feedback& feedback, Instant now) {
  if (feedback.entered_by != 0) return {};
  return ledger::count_states(read, subject_of(feedback), is_apart(feedback), now);
}

TextKey figure_title(std::size_t figure) {
  constexpr TextKey keys[ledger::figure_count] = {
      "insight.facts.received"_t, "insight.facts.answered"_t, "insight.facts.late"_t,
      "insight.facts.overdue"_t,  "insight.facts.reopened"_t, "insight.facts.solved"_t};
  return keys[figure];
}

std::string place_of(const html::View& view, db::Read& read, const CountStatus& status) {
  if (status.unit == ledger::whole_city) return std::string(view("insight.facts.apart"_t));
  const auto unit = units::find_on(read, status.unit, status.counting.day);
  if (!unit) return status.unit;
  const bool is_english = view.voice.language() == i18n::Language::en;
  return units::name_in(*unit, is_english);
}

std::string sentence_of(const html::View& view, db::Read& read, const CountStatus& status) {
  const std::string place = place_of(view, read, status);
  const std::string month =
      status.month ? view.voice.date(Day(*status.month / 1)).substr(3) : std::string();
  switch (status.state) {
    case CountState::counted:
      return std::string(
          view.voice("feedback.counted.counted"_t,
                     {{"month", month}, {"unit", place}, {"sum", view.voice.number(status.sum)}}));
    case CountState::told:
      return std::string(
          view.voice("feedback.counted.told"_t, {{"month", month}, {"unit", place}}));
    case CountState::left_out:
      return std::string(
          view.voice("feedback.counted.left_out"_t, {{"month", month}, {"unit", place}}));
    case CountState::waiting: break;
  }
  return std::string(view(status.unit == ledger::whole_city ? "feedback.counted.waiting_apart"_t
                                                            : "feedback.counted.waiting"_t));
}

std::string line_of(const CountStatus& status) { return std::to_string(status.counting.index); }

std::string_view word_of(const CountStatus& status) {
  return ledger::figure_words[status.counting.figure];
}

html::Fragment count_part(const html::View& view,
                          db::Read& read,
                          const Feedback& feedback,
                          const CountStatus& status) {
  html::Fragment out =
      html::fill(R"(<h2 class="h-m sp">{}</h2>)", view(figure_title(status.counting.figure)));
  const std::string sentence = sentence_of(view, read, status);
  if (status.state == CountState::left_out) {
    out += html::note({.kind = html::NoteKind::warn,
                       .heading = view("feedback.counted.left_out_title"_t),
                       .body = html::fill("<p>{}</p>", sentence)});
    return out;
  }
  out.add("<p>{}</p>", sentence);
  if (status.state == CountState::counted)
    out.add(R"(<p><a href="{}" download>{}</a></p>)",
            Url::path("/feedback/", feedback.code.text(), "/counted/", line_of(status), "/",
                      word_of(status)),
            view("feedback.counted.file"_t));
  return out;
}

}  // namespace

Result<http::Response> counted_page(const http::Request& request,
                                    db::Read& read,
                                    people::Citizen citizen,
                                    Instant now) {
  const html::View& view = request.view;
  TRY(const Feedback feedback, counted_case(request, read, citizen));
  const auto counts = counts_of(read, feedback, now);
  html::Fragment body = html::back_link(view, Url::in(view, "/feedback/", feedback.code.text()));
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("feedback.counted.title"_t),
           view("feedback.counted.lead"_t));
  if (feedback.entered_by != 0)
    body.add("<p>{}</p>", view("feedback.counted.by_clerk"_t));
  else if (counts.empty())
    body.add("<p>{}</p>", view("feedback.counted.not_in_log"_t));
  for (const CountStatus& each : counts) body += count_part(view, read, feedback, each);
  if (!counts.empty())
    body.add(R"(<h2 class="h-m sp">{}</h2><p>{}</p><pre class="code" translate="no">{}</pre>)"
             R"(<p><a href="{}">{}</a></p>)",
             view("feedback.counted.check"_t), view("feedback.counted.how"_t),
             "langnghe verify --counted FILE --policy policy\n"
             "python3 verify_ledger.py counted FILE --policy policy",
             Url::in(view, "/ledger/facts"), view("insight.facts.title"_t));
  if (!counts.empty()) body += ledger::tool_link(view, ledger::verify_tool);
  return http::form_page(
      view,
      {.title = view("feedback.counted.title"_t), .body = std::move(body), .is_narrow = true});
}

Result<http::Response> counted_file(const http::Request& request,
                                    db::Read& read,
                                    people::Citizen citizen,
                                    Instant now) {
  TRY(const Feedback feedback, counted_case(request, read, citizen));
  const std::string& code = feedback.code.text();
  for (const CountStatus& each : counts_of(read, feedback, now)) {
    if (each.counting.index != request.path_number("line") ||
        word_of(each) != request.path_text("figure"))
      continue;
    const auto proof = ledger::counted_proof(read, subject_of(feedback), code, each);
    if (!proof) break;
    http::Response response;
    response.content_type = "text/plain; charset=utf-8";
    response.body = proof->text();
    return http::download(std::move(response),
                          code + "-" + std::string(word_of(each)) + ".counted");
  }
  return Error{ErrorKind::not_found, "feedback.counted.none"_t};
}

Result<http::Response> counted_api(const http::Request& request, db::Read& read, Instant now) {
  const auto feedback = counted_case(request, read, people::machine_of(request));
  if (!feedback.ok()) return Error{ErrorKind::not_found, "feedback.error.no_such_case"_t};
  const Feedback& held = feedback.value();
  http::Response response = http::json(200, {});
  json::Writer writer(response.body);
  writer.object().name("items").array();
  for (const CountStatus& each : counts_of(read, held, now)) {
    writer.object().member("figure", word_of(each)).member("index", each.counting.index);
    writer.member("state", ledger::to_text(each.state)).member("unit", each.unit).name("month");
    if (each.month)
      writer.text(ledger::to_text(*each.month));
    else
      writer.null();
    const auto proof = ledger::counted_proof(read, subject_of(held), held.code.text(), each);
    writer.name("proof");
    if (proof)
      writer.text(proof->text());
    else
      writer.null();
    writer.end_object();
  }
  writer.end_array().end_object();
  return response;
}

}  // namespace ln::feedback
