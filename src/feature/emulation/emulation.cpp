#include "feature/emulation/emulation.h"

#include <algorithm>

#include "base/text.h"

namespace ln::emulation {
namespace {

std::string share_text(const stats::Share& share) {
  if (share.whole < cases_min) return "withheld";
  return std::to_string(share.part) + "/" + std::to_string(share.whole);
}

}  // namespace

std::string_view to_text(Field field) {
  constexpr std::string_view words[] = {"economy", "society", "defence", "politics"};
  return words[static_cast<std::size_t>(field)];
}
std::string_view to_text(Metric metric) {
  constexpr std::string_view words[] = {"on_time", "satisfied", "solved", "reopened"};
  return words[static_cast<std::size_t>(metric)];
}
std::string_view to_text(Happening happening) {
  constexpr std::string_view words[] = {"registered", "claimed", "confirmed", "refuted", "replied"};
  return words[static_cast<std::size_t>(happening)];
}
TextKey key_of(Field field) {
  switch (field) {
    case Field::economy: return "emulation.field.economy"_t;
    case Field::society: return "emulation.field.society"_t;
    case Field::defence: return "emulation.field.defence"_t;
    case Field::politics: return "emulation.field.politics"_t;
  }
  return {};
}
TextKey key_of(Metric metric) {
  switch (metric) {
    case Metric::on_time: return "emulation.metric.on_time"_t;
    case Metric::satisfied: return "emulation.metric.satisfied"_t;
    case Metric::solved: return "emulation.metric.solved"_t;
    case Metric::reopened: return "emulation.metric.reopened"_t;
  }
  return {};
}
TextKey meaning_of(Metric metric) {
  switch (metric) {
    case Metric::on_time: return "emulation.metric.on_time.means"_t;
    case Metric::satisfied: return "emulation.metric.satisfied.means"_t;
    case Metric::solved: return "emulation.metric.solved.means"_t;
    case Metric::reopened: return "emulation.metric.reopened.means"_t;
  }
  return {};
}
TextKey key_of(Happening happening) {
  switch (happening) {
    case Happening::registered: return "emulation.event.registered"_t;
    case Happening::claimed: return "emulation.event.claimed"_t;
    case Happening::confirmed: return "emulation.event.confirmed"_t;
    case Happening::refuted: return "emulation.event.refuted"_t;
    case Happening::replied: return "emulation.event.replied"_t;
  }
  return {};
}
TextKey key_of(Reading reading) {
  switch (reading) {
    case Reading::too_few: return "emulation.reading.too_few"_t;
    case Reading::no_change: return "emulation.reading.no_change"_t;
    case Reading::better: return "emulation.reading.better"_t;
    case Reading::worse: return "emulation.reading.worse"_t;
  }
  return {};
}

std::string value_of(const Criterion& c) {
  return c.name_vi + "\n" + c.name_en + "\n" + c.source + "\n" + (c.is_in_force ? "1" : "0");
}

std::optional<Criterion> read_criterion(std::string_view code, std::string_view value) {
  std::string lines[4];
  for (std::string& line : lines) {
    const std::size_t end = std::min(value.find('\n'), value.size());
    line = value.substr(0, end);
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  if (!value.empty() || (lines[3] != "0" && lines[3] != "1")) return std::nullopt;
  return Criterion{std::string(code), lines[0], lines[1], lines[2], lines[3] == "1"};
}

Happening stands_of(const std::vector<Event>& events) {
  Happening stands = Happening::registered;
  for (const Event& each : events)
    if (each.kind != Happening::replied) stands = each.kind;
  return stands;
}

stats::Difference difference_of(const Claim& claim) {
  return stats::difference_of(claim.after, claim.before);
}

Reading reading_of(Metric metric, const Claim& claim) {
  if (claim.before.whole < cases_min || claim.after.whole < cases_min) return Reading::too_few;
  const stats::Difference d = difference_of(claim);
  if (!d.is_shown()) return Reading::no_change;
  const bool rose = d.interval.low > 0;
  return rose == (metric != Metric::reopened) ? Reading::better : Reading::worse;
}

std::optional<std::vector<std::int64_t>> read_lines(std::string_view text) {
  std::vector<std::int64_t> all;
  constexpr std::string_view between = " ,;\n\t";
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(between), text.size()));
    if (text.empty()) break;
    const std::size_t end = std::min(text.find_first_of(between), text.size());
    const auto line = parse_number(text.substr(0, end));
    if (!line || all.size() >= lines_max) return std::nullopt;
    all.push_back(*line);
    text.remove_prefix(end);
  }
  std::ranges::sort(all);
  const auto twice = std::ranges::unique(all);
  all.erase(twice.begin(), twice.end());
  return all.empty() ? std::nullopt : std::optional(std::move(all));
}

void withhold_few(Claim& claim) {
  const auto withhold = [](stats::Share& own, stats::Share& others) {
    const bool is_few = own.whole < cases_min;
    if (is_few) own = {};
    if (is_few || others.whole < cases_min) others = {};
  };
  withhold(claim.before, claim.city_before);
  withhold(claim.after, claim.city_after);
}

std::string statement_of(const Model& m) {
  return std::to_string(m.id.value) + " " + std::string(to_text(m.field)) + " " +
         std::string(to_text(m.metric)) + " " + to_iso(m.begins_on) + " " + std::to_string(m.days) +
         " " + std::to_string(m.adopted_from.value) + "\n" + m.name_vi + "\n" + m.name_en + "\n" +
         m.task + "\n" + m.place + "\n" + m.launched_by;
}

std::string statement_of(const Claim& c) {
  std::string text = share_text(c.before) + " " + share_text(c.after) + " " +
                     share_text(c.city_before) + " " + share_text(c.city_after) + " " +
                     std::to_string(c.ledger_size) + "\n";
  for (const std::int64_t line : c.lines) text += std::to_string(line) + " ";
  return text;
}

}  // namespace ln::emulation
