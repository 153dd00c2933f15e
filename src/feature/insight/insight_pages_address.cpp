#include "feature/insight/insight_pages_address.h"

#include "base/check.h"
#include "feature/insight/insight_open.h"
#include "platform/html/charts.h"
#include "platform/html/parts.h"

namespace ln::insight {
namespace {

const Definition& definition_of(std::string_view figure) {
  const Definition* found = find_definition(figure);
  CHECK(found != nullptr);
  return *found;
}

// A link named by a dash alone would say nothing to whoever hears the page.
html::Fragment headline_value(const html::View& view,
                              std::string_view figure,
                              const Counts& counts,
                              const About& about) {
  if (share_of(definition_of(figure), counts).whole < class_floor)
    return html::fill(R"(<span class="withheld small">{}</span>)", view("insight.units.too_few"_t));
  return html::fill(R"(<a href="{}">{}</a>)", figure_url(view, figure, about),
                    value_of(view, figure, counts));
}

}  // namespace

html::Url figure_url(const html::View& view, std::string_view figure, const About& about) {
  html::Url url = html::Url::in(view, "/figures/", figure).with("period", about.period);
  if (!about.unit.empty()) url = std::move(url).with("unit", about.unit);
  if (about.with_below) url = std::move(url).with("below", "1");
  return url;
}

std::string value_of(const html::View& view, std::string_view figure, const Counts& counts) {
  const Definition& of = definition_of(figure);
  const stats::Share share = share_of(of, counts);
  if (share.whole < class_floor) return "–";
  switch (of.kind) {
    case FigureKind::count: return view.voice.number(share.part);
    case FigureKind::mean: return rating_text(view.voice, counts.ratings);
    case FigureKind::share: return on_time_text(view.voice, share);
  }
  return {};
}

std::string certainty_of(const html::View& view, std::string_view figure, const Counts& counts) {
  const Definition& of = definition_of(figure);
  const stats::Share share = share_of(of, counts);
  if (share.whole < class_floor) return {};
  const std::string n = "n = " + view.voice.number(share.whole);
  if (of.kind == FigureKind::count) return share.part == share.whole ? std::string() : n;
  if (of.kind == FigureKind::mean) {
    const stats::Interval interval = stats::mean_of(counts.ratings).interval;
    return view.voice.decimal(interval.low, 1) + "–" + view.voice.decimal(interval.high, 1) + ", " +
           n;
  }
  return share_interval_text(view.voice, stats::wilson(share), 0) + ", " + n;
}

html::Fragment linked_value(const html::View& view,
                            std::string_view figure,
                            const Counts& counts,
                            const About& about) {
  if (share_of(definition_of(figure), counts).whole < class_floor)
    return html::fill(R"(<span class="withheld">{}</span>)", view("insight.units.too_few"_t));
  return html::fill(R"(<a class="num" href="{}">{}</a>)", figure_url(view, figure, about),
                    value_of(view, figure, counts));
}

html::Fragment linked_figure(const html::View& view,
                             std::string_view figure,
                             const Counts& counts,
                             const About& about) {
  html::Fragment out = linked_value(view, figure, counts, about);
  if (const std::string more = certainty_of(view, figure, counts); !more.empty())
    out.add(R"( <span class="ci num">({})</span>)", more);
  return out;
}

html::Fragment headlines(const html::View& view,
                         const Counts& counts,
                         const About& about,
                         std::span<const Headline> all) {
  return html::fill(R"(<dl class="stats">{}</dl>)", [&](html::Fragment& out) {
    for (const Headline& each : all) {
      const std::string more = certainty_of(view, each.figure, counts);
      out.add(
          R"(<div><dt>{}{}</dt><dd>{}</dd></div>)", view(each.name),
          [&](html::Fragment& name) {
            if (!more.empty()) name.add(R"( <span class="num">({})</span>)", more);
          },
          headline_value(view, each.figure, counts, about));
    }
  });
}

html::Fragment told_until(const html::View& view, const Settled& settled) {
  const Counts& told = settled.year.city;
  if (!settled.sunday || (told.received == 0 && told.ratings.count() == 0))
    return html::fill(R"(<p class="muted small">{}</p>)", view("figures.settled.none"_t));
  return html::fill(
      R"(<p class="muted small">{}</p>)",
      view.voice("figures.settled.until"_t, {{"day", view.voice.date(*settled.sunday)}}));
}

}  // namespace ln::insight
