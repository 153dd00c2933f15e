#include "feature/survey/survey.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "core/people/people_citizen.h"
#include "core/people/people_code.h"
#include "engine/merkle/merkle.h"

namespace ln::survey {

std::string_view to_text(Kind kind) {
  switch (kind) {
    case Kind::scale: return "scale";
    case Kind::yes_no: return "yes_no";
    case Kind::choice: return "choice";
    case Kind::number: return "number";
    case Kind::text: return "text";
  }
  return "";
}
std::string_view to_text(FormulaKind kind) {
  switch (kind) {
    case FormulaKind::top_two: return "top_two";
    case FormulaKind::scaled: return "scaled";
    case FormulaKind::points: return "points";
  }
  return "";
}
std::string_view to_text(Plan plan) {
  switch (plan) {
    case Plan::census: return "census";
    case Plan::random: return "random";
    case Plan::clusters: return "clusters";
  }
  return "";
}
std::string_view to_text(Stage stage) {
  switch (stage) {
    case Stage::announced: return "announced";
    case Stage::open: return "open";
    case Stage::closed: return "closed";
  }
  return "";
}
std::string_view to_text(Way way) {
  switch (way) {
    case Way::slip: return "slip";
    case Way::kiosk: return "kiosk";
    case Way::link: return "link";
    case Way::clerk: return "clerk";
  }
  return "";
}
std::string_view to_text(Party party) {
  switch (party) {
    case Party::person: return "person";
    case Party::organisation: return "organisation";
    case Party::business: return "business";
  }
  return "";
}

TextKey key_of(Kind kind) {
  switch (kind) {
    case Kind::scale: return "survey.kind.scale"_t;
    case Kind::yes_no: return "survey.kind.yes_no"_t;
    case Kind::choice: return "survey.kind.choice"_t;
    case Kind::number: return "survey.kind.number"_t;
    case Kind::text: return "survey.kind.text"_t;
  }
  return {};
}
TextKey key_of(FormulaKind kind) {
  switch (kind) {
    case FormulaKind::top_two: return "survey.formula.top_two"_t;
    case FormulaKind::scaled: return "survey.formula.scaled"_t;
    case FormulaKind::points: return "survey.formula.points"_t;
  }
  return {};
}
TextKey key_of(Plan plan) {
  switch (plan) {
    case Plan::census: return "survey.plan.census"_t;
    case Plan::random: return "survey.plan.random"_t;
    case Plan::clusters: return "survey.plan.clusters"_t;
  }
  return {};
}
TextKey key_of(Stage stage) {
  switch (stage) {
    case Stage::announced: return "survey.stage.announced"_t;
    case Stage::open: return "survey.stage.open"_t;
    case Stage::closed: return "survey.stage.closed"_t;
  }
  return {};
}
TextKey key_of(Way way) {
  switch (way) {
    case Way::slip: return "survey.way.slip"_t;
    case Way::kiosk: return "survey.way.kiosk"_t;
    case Way::link: return "survey.way.link"_t;
    case Way::clerk: return "survey.way.clerk"_t;
  }
  return {};
}
TextKey key_of(Party party) {
  switch (party) {
    case Party::person: return "survey.party.person"_t;
    case Party::organisation: return "survey.party.organisation"_t;
    case Party::business: return "survey.party.business"_t;
  }
  return {};
}

std::string frame_name(SurveyId id) { return "survey/" + std::to_string(id.value); }

std::string plan_text(const Survey& s,
                      const std::vector<Cluster>& clusters,
                      std::string_view unit_code,
                      std::string_view form_hash) {
  std::string out = "langnghe survey plan 1\n";
  const auto line = [&](std::string_view name, std::string_view value) {
    out.append(name).append(" ").append(value).append("\n");
  };
  line("name", frame_name(s.id));
  line("unit", unit_code);
  line("procedure", s.procedure.empty() ? "-" : s.procedure);
  line("form", to_hex(as_bytes(form_hash)));
  line("period", to_iso(s.opens_on) + " " + to_iso(s.closes_on));
  line("plan", to_text(s.plan));
  line("frame", std::to_string(s.frame_size) + " " + s.frame);
  line("sample", std::to_string(s.sample_size));
  if (s.head_at) line("head", to_iso(*s.head_at));
  for (const Cluster& each : clusters)
    line("cluster",
         std::to_string(each.number) + " " + std::to_string(each.size) + " " + each.name);
  return out;
}

std::int64_t slips_allowed(const Survey& s,
                           const std::vector<Cluster>& clusters,
                           std::int64_t cluster) {
  if (clusters.empty()) return s.plan == Plan::census ? s.frame_size : s.sample_size;
  std::int64_t all = 0;
  for (const Cluster& each : clusters)
    if (each.is_drawn && (cluster == 0 || each.number == cluster)) all += each.size;
  return all;
}

std::optional<std::string> slip_hash(std::string_view typed) {
  const std::string secret = people::plain_secret(typed);
  const bool is_one =
      secret.size() == people::secret_size && std::ranges::all_of(secret, [](char letter) {
        return people::code_letters.find(letter) != std::string_view::npos;
      });
  if (!is_one) return std::nullopt;
  return std::string(as_text(merkle::sha256(as_bytes("langnghe slip 1\n" + secret))));
}

}  // namespace ln::survey
