#include "feature/feedback/feedback_pages_slip.h"

#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "core/people/people_citizen.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_store_intake.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/html/qr.h"

namespace ln::feedback::help {
namespace {

using html::Fragment;
using html::Url;
using html::View;

// One group of four a line, as they are said on the phone.
Fragment groups(std::string_view text) {
  return html::fill(R"(<ol class="spell" translate="no">{}</ol>)", [&](Fragment& list) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('-'), text.size());
      list.add("<li>{}</li>", text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  });
}

Fragment dates(const View& view, const SlipShown& shown) {
  const Sent& sent = shown.sent;
  std::vector<html::Fact> facts = {
      {view("feedback.sent.received_at"_t), html::moment(view, sent.received_at)}};
  if (shown.stated_at)
    facts.push_back({view("feedback.intake.stated"_t), html::moment(view, *shown.stated_at)});
  else if (shown.stated_on)
    facts.push_back({view("feedback.intake.stated"_t), html::day(view, *shown.stated_on)});
  facts.push_back({view("feedback.slip.taken_up"_t),
                   html::moment(view, accept_due_of(sent.received_at, shown.hours).at)});
  facts.push_back({view("feedback.slip.due"_t),
                   html::moment(view, due_of(shown.topic, sent.received_at, shown.hours).at)});
  facts.push_back({view("feedback.slip.who"_t), html::fill("{}", shown.handler)});
  if (shown.correct_until)
    facts.push_back(
        {view("feedback.slip.correct_until"_t), html::moment(view, *shown.correct_until)});
  return html::facts(facts);
}

Fragment ticket(const View& view, const SlipShown& shown) {
  const auto code = Code::parse(shown.sent.code);
  CHECK(code.has_value());
  const std::string page =
      view.site->base_url + std::string(Url::in(view, "/feedback/", shown.sent.code).view());
  Fragment out = html::fill(R"(<p class="slip__city">{}</p><p>{}</p><p class="ref" id="code" )"
                            R"(translate="no">{}</p>)",
                            view(view.site->city), view("feedback.sent.code"_t), code->shown());
  if (shown.is_on_paper)
    out.add("<p>{}</p>", view("feedback.slip.on_strip"_t));
  else
    out.add(R"(<p>{}</p><p class="secret" id="secret" translate="no">{}</p>)",
            view("feedback.sent.secret"_t), people::shown_secret(shown.sent.secret));
  const std::string address = shown.is_on_paper ? page : page + "#" + shown.sent.secret;
  out.add(R"(<div class="qr qr--big">{}</div><p class="hash" translate="no">{}</p>)",
          html::qr(address, view("feedback.sent.qr"_t)), page);
  out += dates(view, shown);
  out.add("<p>{}</p>", view("feedback.slip.keep"_t));
  return html::fill(R"(<section class="slip" aria-label="{}">{}</section>)",
                    view("feedback.slip.title"_t), out);
}

Fragment read_out(const View& view, const SlipShown& shown) {
  const auto code = Code::parse(shown.sent.code);
  Fragment inside = html::fill(R"(<h2 class="h-m">{}</h2><p>{}</p>)",
                               view("feedback.slip.read_out"_t), view("feedback.sent.code"_t));
  inside += groups(code->shown());
  if (!shown.is_on_paper) {
    inside.add("<p>{}</p>", view("feedback.sent.secret"_t));
    inside += groups(people::shown_secret(shown.sent.secret));
  }
  return html::fill(R"(<div class="no-print">{}</div>)", inside);
}

}  // namespace

Fragment slip_html(const View& view, const SlipShown& shown) {
  Fragment out;
  if (shown.reads_out || shown.is_protected) out += read_out(view, shown);
  Fragment paper = ticket(view, shown);
  paper.add(R"(<p class="no-print"><button type="button" class="govuk-button" data-print hidden>)"
            R"({}{}</button></p>)",
            html::icon("printer"), view("feedback.slip.print"_t));
  if (!shown.is_protected) {
    out += paper;
    return out;
  }
  // A slip in a pocket betrays whoever spoke up: they note both codes, and it is there for those
  // who ask for it.
  out += html::note({.kind = html::NoteKind::warn,
                     .heading = view("feedback.sent.protected"_t),
                     .body = html::fill("<p>{}</p>", view("feedback.slip.protected"_t))});
  out += html::details(view("feedback.slip.anyway"_t), paper);
  return out;
}

Fragment slip_shown_before(const View& view) {
  return html::note({.kind = html::NoteKind::info,
                     .heading = view("feedback.slip.before"_t),
                     .body = html::fill("<p>{}</p>", view("feedback.slip.before_text"_t))});
}

std::string packed_at(const Sent& sent, Instant at) {
  return std::to_string(to_ms(at)) + "|" + packed(sent);
}

Sent sent_of(const Submitted& submitted, const Prepared& prepared) {
  return {.code = submitted.feedback.code.text(),
          .secret = prepared.secret.empty() ? "-" : prepared.secret,
          .index = submitted.appended.line().value_or(0),
          .fingerprint = to_hex(submitted.appended.leaf_hash),
          .received_at = submitted.feedback.received_at,
          .before = submitted.appended.before};
}

SlipShown gather_slip(db::Read& read, const Sent& sent, const Feedback& feedback) {
  SlipShown shown{.sent = sent, .hours = feedback.hours, .is_protected = feedback.is_protected};
  if (const auto topic = find_topic(read, feedback.topic)) shown.topic = *topic;
  if (const auto unit = units::find(read, feedback.unit)) shown.handler = unit->name;
  if (const auto intake = intake_of(read, feedback.id)) {
    shown.reads_out = intake->channel == Channel::phone;
    shown.is_on_paper = intake->channel == Channel::paper;
    shown.correct_until = intake->correct_until;
    shown.stated_on = intake->stated_on;
    shown.stated_at = intake->stated_at;
  }
  return shown;
}

std::optional<SlipShown> slip_again(db::Read& read, std::string_view packed, Instant now) {
  const std::size_t bar = packed.find('|');
  if (bar == std::string_view::npos) return std::nullopt;
  const auto at = parse_number(packed.substr(0, bar));
  const auto sent = unpacked_sent(packed.substr(bar + 1));
  const auto code = sent ? Code::parse(sent->code) : std::nullopt;
  const auto feedback = code ? find(read, *code) : std::nullopt;
  if (!feedback || !at || now > from_ms(*at) + slip_again_within) return std::nullopt;
  return gather_slip(read, *sent, *feedback);
}

}  // namespace ln::feedback::help
