#include "feature/consultation/consultation.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/embedded.h"
#include "base/text.h"
#include "core/people/people_code.h"
#include "engine/csv/csv.h"

namespace ln::consultation {
namespace {

constexpr std::string_view periods_file = "data/consultation/periods.csv";
constexpr std::size_t period_cells = 5;
constexpr std::string_view code_kind = "GY";

}  // namespace

std::string_view to_text(Stage stage) {
  constexpr std::string_view words[] = {"editing", "open", "closed"};
  return words[static_cast<std::size_t>(stage)];
}
std::string_view to_text(Strength strength) {
  constexpr std::string_view words[] = {"anonymous", "email", "signed_in", "verified"};
  return words[static_cast<std::size_t>(strength)];
}
std::string_view to_text(Sight sight) {
  constexpr std::string_view words[] = {"shown", "hidden", "withdrawn"};
  return words[static_cast<std::size_t>(sight)];
}
std::string_view to_text(Channel channel) {
  constexpr std::string_view words[] = {"site", "imported", "invited"};
  return words[static_cast<std::size_t>(channel)];
}
std::string_view to_text(HideReason reason) {
  constexpr std::string_view words[] = {"privacy", "safety", "secrecy", "insult", "forbidden"};
  return words[static_cast<std::size_t>(reason)];
}

TextKey key_of(Stage stage) {
  switch (stage) {
    case Stage::editing: return "consultation.stage.editing"_t;
    case Stage::open: return "consultation.stage.open"_t;
    case Stage::closed: return "consultation.stage.closed"_t;
  }
  return {};
}
TextKey key_of(Strength strength) {
  switch (strength) {
    case Strength::anonymous: return "consultation.strength.anonymous"_t;
    case Strength::email: return "consultation.strength.email"_t;
    case Strength::signed_in: return "consultation.strength.signed_in"_t;
    case Strength::verified: return "consultation.strength.verified"_t;
  }
  return {};
}
TextKey key_of(Channel channel) {
  switch (channel) {
    case Channel::site: return "consultation.channel.site"_t;
    case Channel::imported: return "consultation.channel.imported"_t;
    case Channel::invited: return "consultation.channel.invited"_t;
  }
  return {};
}
TextKey key_of(HideReason reason) {
  switch (reason) {
    case HideReason::privacy: return "consultation.reason.privacy"_t;
    case HideReason::safety: return "consultation.reason.safety"_t;
    case HideReason::secrecy: return "consultation.reason.secrecy"_t;
    case HideReason::insult: return "consultation.reason.insult"_t;
    case HideReason::forbidden: return "consultation.reason.forbidden"_t;
  }
  return {};
}

std::optional<Code> Code::parse(std::string_view text) {
  auto code = people::read_code(text, code_kind);
  return code ? std::optional(Code(*std::move(code))) : std::nullopt;
}

Code Code::draw(Random& random) { return Code(people::draw_letters(random, people::code_size)); }

std::string Code::shown() const { return people::shown_code(code_kind, text_); }

std::string statement_of(const Comment& comment) {
  std::string out = std::to_string(comment.consultation.value) + " " +
                    std::to_string(comment.version) + " " + comment.clause + "\n" + comment.body;
  if (!comment.wording.empty()) out += "\n=>\n" + comment.wording;
  return out;
}

std::optional<std::vector<Period>> read_periods(std::string_view csv) {
  std::vector<Period> all;
  for (bool is_head = true; !csv.empty(); is_head = false) {
    const auto end = csv::record_end(csv).value_or(csv::RecordEnd{csv.size(), csv.size(), 1});
    const auto cells = csv::cells(csv.substr(0, end.size));
    csv.remove_prefix(end.with_break);
    if (is_head) continue;
    if (!cells || cells->size() != period_cells) return std::nullopt;
    const auto days = parse_number((*cells)[1]);
    if (!days || *days < 1 || *days > window_days_max) return std::nullopt;
    all.push_back({(*cells)[0], (*cells)[2], (*cells)[3], static_cast<int>(*days), (*cells)[4]});
  }
  return all;
}

const std::vector<Period>& periods() {
  static const std::vector<Period> all = [] {
    const auto file = embedded::find(periods_file);
    CHECK(file.has_value());
    auto read = read_periods(*file);
    CHECK(read.has_value());
    return *std::move(read);
  }();
  return all;
}

const Period* period_of(std::string_view kind) {
  const auto found = std::ranges::find(periods(), kind, &Period::kind);
  return found == periods().end() ? nullptr : &*found;
}

Window window_of(Day opens_on, Day closes_on, const calendar::Holidays& holidays) {
  Window window;
  for (Day day = opens_on + std::chrono::days(1); day <= closes_on && window.days < 1'000;
       day += std::chrono::days(1)) {
    ++window.days;
    if (holidays.is_working_day(day)) ++window.working_days;
    const calendar::NamedDay* named = holidays.find(day);
    if (named != nullptr && named->kind != calendar::DayKind::makeup_work)
      window.off.push_back(*named);
  }
  return window;
}

Result<Done> check_period(std::string_view kind, Day opens_on, Day closes_on) {
  const Period* period = period_of(kind);
  const auto refused = [](TextKey text) {
    return Error{ErrorKind::invalid, text, {{"closes_on", text}}};
  };
  if (period == nullptr) return refused("consultation.error.kind"_t);
  const auto days = (closes_on - opens_on).count();
  if (days < period->days) return refused("consultation.error.too_short"_t);
  if (days > window_days_max) return refused("consultation.error.too_long"_t);
  return Done{};
}

}  // namespace ln::consultation
