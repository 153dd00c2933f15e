#include "feature/feedback/feedback_pages_card.h"

#include <iterator>

#include "core/units/units_store.h"

namespace ln::feedback {

std::optional<std::string_view> lang_of(const html::View& view, const Feedback& feedback) {
  const bool is_page_english = view.voice.language() == i18n::Language::en;
  // What stands in place of erased words is the page's own.
  if (feedback.erased_at || feedback.in_english == is_page_english) return std::nullopt;
  return feedback.in_english ? "en" : "vi";
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

html::Fragment recurrence_badge(const html::View& view, const Feedback& feedback) {
  if (feedback.recurrence < 2) return {};
  return html::badge(html::Tone::soon, "history",
                     view.voice("feedback.card.recurrence"_t,
                                {{"count", view.voice.number(feedback.recurrence)}}));
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

html::Fragment case_card(const html::View& view, db::Read& read, const Feedback& feedback) {
  const auto unit = units::find(read, feedback.unit);
  html::Fragment card;
  card.add(R"(<li><h3><a href="{}" lang="{}">{}</a></h3>)"
           R"(<p class="row">{}{}<span class="muted small">{} · {}</span></p></li>)",
           html::Url::in(view, "/feedback/", feedback.code.text()), lang_of(view, feedback),
           public_title(view, feedback), state_badge(view, feedback.state),
           recurrence_badge(view, feedback),
           unit ? std::string_view(unit->name) : std::string_view(),
           view.voice.date(local_day(feedback.received_at)));
  return card;
}

}  // namespace ln::feedback
