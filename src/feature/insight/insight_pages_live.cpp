#include "feature/insight/insight_pages_live.h"

#include "platform/json/json.h"

namespace ln::insight {

std::string live_channel(i18n::Language language) {
  return "figures/" + std::string(i18n::code(language));
}

std::string on_time_text(const i18n::Voice& voice, const stats::Share& share) {
  if (share.whole < stats::privacy_floor) return "–";
  return voice.percent(static_cast<double>(stats::tenths_of_percent(share)) / 1000.0);
}

std::string count_text(const i18n::Voice& voice, std::int64_t count) {
  if (count > 0 && count < stats::privacy_floor) return "< 5";
  return voice.number(count);
}

std::string rating_text(const i18n::Voice& voice, const stats::Ratings& ratings) {
  if (ratings.count() < stats::privacy_floor) return "–";
  return voice.decimal(stats::mean_of(ratings).mean, 1);
}

std::string rating_interval_text(const i18n::Voice& voice, const stats::Ratings& ratings) {
  if (ratings.count() < stats::privacy_floor) return "";
  const stats::Interval interval = stats::mean_of(ratings).interval;
  return "(" + voice.decimal(interval.low, 1) + "–" + voice.decimal(interval.high, 1) + ")";
}

std::string share_interval_text(const i18n::Voice& voice,
                                const stats::Interval& interval,
                                int digits) {
  return voice.percent(interval.low, digits) + "–" + voice.percent(interval.high, digits);
}

std::string moment_text(const i18n::Voice& voice, std::int64_t count) {
  constexpr std::int64_t least = 2 * stats::privacy_floor;
  if (count < least) return "< " + voice.number(least);
  return voice.number(count - count % stats::privacy_floor);
}

std::string live_figures(i18n::Language language, const Figures& figures) {
  const i18n::Voice voice(language);
  std::string out;
  json::Writer writer(out);
  writer.object();
  writer.member("received", moment_text(voice, figures.city.received));
  writer.member("overdue", moment_text(voice, figures.city.overdue_open));
  writer.member("at", voice.time(figures.to));
  writer.end_object();
  return out;
}

Result<http::Response> live_stream(const http::Request& request) {
  http::Response response;
  response.sse_channel = live_channel(request.view.voice.language());
  return response;
}

}  // namespace ln::insight
