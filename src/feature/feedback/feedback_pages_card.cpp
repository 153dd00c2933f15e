#include "feature/feedback/feedback_pages_card.h"

#include <iterator>

namespace ln::feedback {

namespace {

// What stands in place of erased words is the page's own.
std::optional<std::string_view> lang_where(const html::View& view,
                                           bool in_english,
                                           bool is_erased) {
  const bool is_page_english = view.voice.language() == i18n::Language::en;
  if (is_erased || in_english == is_page_english) return std::nullopt;
  return in_english ? "en" : "vi";
}

}  // namespace

std::optional<std::string_view> lang_of(const html::View& view, const Feedback& feedback) {
  return lang_where(view, feedback.in_english, feedback.erased_at.has_value());
}

std::string_view sent_title(const html::View& view, const Feedback& feedback) {
  return feedback.erased_at ? view("feedback.erased.title"_t) : std::string_view(feedback.title);
}

std::string_view public_title(const html::View& view, const Feedback& feedback) {
  return feedback.erased_at ? view("feedback.erased.title"_t)
                            : std::string_view(feedback.public_title);
}

html::Fragment state_badge(const html::View& view, State state) {
  using html::Tone;
  const std::string_view words = view(key_of(state));
  switch (state) {
    case State::received: return html::badge(Tone::plain, "inbox", words);
    case State::accepted: return html::badge(Tone::plain, "user-round", words);
    case State::assigned: return html::badge(Tone::info, "file-text", words);
    case State::asked: return html::badge(Tone::soon, "message-circle", words);
    case State::answered: return html::badge(Tone::info, "reply", words);
    case State::promised: return html::badge(Tone::soon, "calendar-clock", words);
    case State::declined: return html::badge(Tone::plain, "ban", words);
    case State::redirected: return html::badge(Tone::plain, "arrow-right", words);
    case State::reopened: return html::badge(Tone::late, "rotate-ccw", words);
    case State::closed: return html::badge(Tone::ok, "circle-check", words);
  }
  return {};
}

html::Fragment position_link(const geo::Point& position) {
  const std::string numbers = geo::to_text(position);
  return html::fill(R"(<a href="{}" translate="no">{}</a>)", html::Url::point(numbers), numbers);
}

html::Fragment recurrence_badge(const html::View& view, int recurrence) {
  if (recurrence < 2) return {};
  return html::badge(
      html::Tone::soon, "history",
      view.voice("feedback.card.recurrence"_t, {{"count", view.voice.number(recurrence)}}));
}

html::Fragment chain_card(const html::View& view,
                          std::span<const Feedback> chain,
                          const Feedback& here,
                          std::optional<std::span<const std::string>> places) {
  if (chain.empty()) return {};
  const auto is_shown = [&](const Feedback& each) {
    // What a clerk typed for a protected sender shows in no list that this clerk may look at.
    if (each.is_protected && each.entered_by != 0) return false;
    return places ? may_see(each, *places) : each.published_at.has_value();
  };
  html::Fragment body =
      html::fill("<p>{}</p>", view.voice.counted("feedback.chain.count"_t, std::ssize(chain)));
  body.add(R"(<ol class="plain">{}</ol>)", [&](html::Fragment& list) {
    for (const Feedback& each : chain) {
      if (!is_shown(each)) continue;
      const std::string_view before = places ? "/staff/feedback/" : "/feedback/";
      const bool is_here = each.id == here.id;
      list.add(R"(<li><a href="{}" translate="no" aria-current="{}">{}</a> · {}<br>{}</li>)",
               html::Url::in(view, before, each.code.text()),
               is_here ? std::optional<std::string_view>("true") : std::nullopt, each.code.shown(),
               view.voice.date(local_day(each.received_at)), state_badge(view, each.state));
    }
  });
  return html::card(
      {.icon_name = "history", .heading = view("feedback.chain.title"_t), .body = std::move(body)});
}

html::Fragment case_card(const html::View& view, const CaseLine& line) {
  html::Fragment card;
  card.add(R"(<li><h3><a href="{}" lang="{}">{}</a></h3>)"
           R"(<p class="row">{}{}<span class="muted small">{} · {}</span></p></li>)",
           html::Url::in(view, "/feedback/", line.code.text()),
           lang_where(view, line.in_english, line.is_erased),
           line.is_erased ? view("feedback.erased.title"_t) : std::string_view(line.title),
           state_badge(view, line.state), recurrence_badge(view, line.recurrence), line.unit,
           view.voice.date(local_day(line.received_at)));
  return card;
}

html::Fragment commitment_link(const html::View& view, std::int64_t commitment) {
  return html::fill(
      R"(<p><a href="{}">{}</a></p>)", html::Url::in(view, "/commitments/", commitment),
      view.voice("commitment.case_is"_t, {{"number", view.voice.number(commitment)}}));
}

}  // namespace ln::feedback
