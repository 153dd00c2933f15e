#include "platform/i18n/i18n.h"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <memory>
#include <mutex>
#include <vector>

#include "base/check.h"
#include "platform/i18n/i18n_replace.h"

namespace ln::i18n {
namespace {

char group_mark(Language language) { return language == Language::vi ? '.' : ','; }
char decimal_mark(Language language) { return language == Language::vi ? ',' : '.'; }

// "1234567" → "1.234.567".
std::string grouped(std::string_view digits, char mark) {
  std::string out;
  out.reserve(digits.size() + digits.size() / 3);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += mark;
    out += digits[i];
  }
  return out;
}

TextKey weekday_key(std::chrono::weekday weekday) {
  const std::array<TextKey, 7> names = {"date.sunday"_t,    "date.monday"_t,   "date.tuesday"_t,
                                        "date.wednesday"_t, "date.thursday"_t, "date.friday"_t,
                                        "date.saturday"_t};
  return names[weekday.c_encoding()];
}

std::string fill_holes(std::string_view sentence, std::span<const Hole> holes) {
  std::string out;
  for_each_piece(
      sentence, [&](std::string_view text) { out += text; },
      [&](std::string_view name) {
        const auto found = std::find_if(holes.begin(), holes.end(),
                                        [&](const Hole& hole) { return hole.name == name; });
        CHECK(found != holes.end());  // A sentence has a hole that nobody filled.
        out += found->value;
      });
  return out;
}

using Replacements = std::vector<Replacement>;
std::atomic<const Replacements*> replaced = nullptr;

}  // namespace

std::string_view code(Language language) { return language == Language::vi ? "vi" : "en"; }
std::string_view path_prefix(Language language) { return language == Language::vi ? "" : "/en"; }

bool replace_texts(std::vector<Replacement> all) {
  // What stood before may be on its way to a reader, so it is never freed.
  static std::mutex mutex;
  static std::vector<std::unique_ptr<const Replacements>> kept;
  const std::lock_guard lock(mutex);
  const Replacements* now = replaced.load();
  if (now == nullptr ? all.empty() : *now == all) return false;
  kept.push_back(std::make_unique<const Replacements>(std::move(all)));
  replaced.store(kept.back().get());
  return true;
}

std::string_view Voice::operator()(TextKey key) const {
  if (key.is_none()) return {};
  if (const Replacements* all = replaced.load(std::memory_order_acquire))
    for (const Replacement& each : *all)
      if (each.key == key && each.language == language_) return each.text;
  return language_ == Language::vi ? key.message().vi : key.message().en;
}

std::string Voice::operator()(TextKey key, std::initializer_list<Hole> holes) const {
  return fill_holes((*this)(key), {holes.begin(), holes.size()});
}

std::string Voice::counted(TextKey key,
                           std::int64_t count,
                           std::initializer_list<Hole> holes) const {
  const std::string shown = number(count);
  std::vector<Hole> all(holes);
  all.push_back({"count", shown});
  return fill_holes(form_for(key, count), all);
}

std::string_view Voice::form_for(TextKey key, std::int64_t count) const {
  const bool is_many = language_ == Language::en && count != 1;
  return is_many ? key.message().en_many : (*this)(key);
}

std::string Voice::number(std::int64_t value) const {
  const std::string digits = fmt::format("{}", value);
  if (value >= 0) return grouped(digits, group_mark(language_));
  return "-" + grouped(std::string_view(digits).substr(1), group_mark(language_));
}

std::string Voice::decimal(double value, int digits) const {
  if (!std::isfinite(value)) return "–";
  CHECK(digits >= 0 && digits <= 12 && std::abs(value) < 1e15);
  const std::string plain = fmt::format("{:.{}f}", std::abs(value), digits);
  const std::size_t point = std::min(plain.find('.'), plain.size());
  const bool is_zero = plain.find_first_not_of("0.") == std::string::npos;
  std::string out = std::signbit(value) && !is_zero ? "-" : "";
  out += grouped(std::string_view(plain).substr(0, point), group_mark(language_));
  if (point < plain.size()) {
    out += decimal_mark(language_);
    out += std::string_view(plain).substr(point + 1);
  }
  return out;
}

std::string Voice::percent(double share, int digits) const {
  return decimal(share * 100, digits) + (std::isfinite(share) ? "%" : "");
}

std::string Voice::date(Day day) const {
  const std::chrono::year_month_day parts{std::chrono::sys_days(day.time_since_epoch())};
  return fmt::format(FMT_COMPILE("{:02}/{:02}/{:04}"), static_cast<unsigned>(parts.day()),
                     static_cast<unsigned>(parts.month()), static_cast<int>(parts.year()));
}

std::string Voice::day_name(Day day) const {
  const std::chrono::weekday weekday{std::chrono::sys_days(day.time_since_epoch())};
  return std::string((*this)(weekday_key(weekday))) + " " + date(day);
}

std::string Voice::time(Instant at) const {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(time_of_day(at)).count();
  return fmt::format(FMT_COMPILE("{:02}:{:02}"), minutes / 60, minutes % 60);
}

std::string Voice::moment(Instant at) const { return time(at) + " " + day_name(local_day(at)); }

std::string Voice::bytes(std::int64_t size) const {
  if (size < 1024) return number(size) + " B";
  const double kilo = static_cast<double>(size) / 1024;
  if (kilo < 1023.5) return decimal(kilo, 0) + " KB";
  const double mega = kilo / 1024;
  if (mega < 1023.5) {
    const bool whole = mega >= 10 || size % (1024LL * 1024) == 0;
    return decimal(mega, whole ? 0 : 1) + " MB";
  }
  return decimal(mega / 1024, 1) + " GB";
}

}  // namespace ln::i18n
