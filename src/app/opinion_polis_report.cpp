// The map as Polis draws it, for comparison.
#include <algorithm>

#include "app/opinion_polis_report.h"
#include "app/opinion_report.h"
#include "platform/json/json.h"

namespace ln::app {
namespace {

bool may_be_shown(const opinion::polis::PolisMap& map, std::size_t group) {
  return map.sizes[group] >= static_cast<std::uint64_t>(stats::privacy_floor);
}

std::vector<opinion::polis::Stand> stands_of(const opinion::polis::PolisMap& map,
                                             std::size_t group) {
  std::vector<opinion::polis::Stand> stands;
  for (std::size_t j = 0; j < map.everybody.size(); ++j) {
    opinion::Count others;
    for (std::size_t other = 0; other < map.by_group.size(); ++other)
      if (other != group) others += map.by_group[other][j];
    // Shares of fewer than five votes tell what somebody said.
    if (map.by_group[group][j].votes() >= stats::privacy_floor)
      stands.push_back(opinion::polis::stand_of(j, map.by_group[group][j], others));
  }
  return opinion::polis::representative(stands);
}

std::vector<opinion::Count> shown_counts(const opinion::polis::PolisMap& map) {
  std::vector<opinion::Count> counts = map.everybody;
  for (opinion::Count& each : counts)
    if (each.votes() < stats::privacy_floor) each = {};
  return counts;
}

void write_statements(json::Writer& json,
                      std::string_view name,
                      const opinion::Votes& votes,
                      const std::vector<std::size_t>& statements) {
  json.name(name).array();
  for (const std::size_t j : statements) json.text(votes.statement(j));
  json.end_array();
}

}  // namespace

std::string polis_text(const PolisReport& report, const i18n::Voice& voice) {
  const opinion::polis::PolisMap& map = report.map;
  const auto number = [&](std::uint64_t value) {
    return voice.number(static_cast<std::int64_t>(value));
  };
  const auto statement = [&](std::size_t j) {
    const std::string& text = report.texts[j];
    return "    #" + report.votes.statement(j) + (text.empty() ? "" : "  " + text) + "\n";
  };
  std::string out = voice("opinion.polis"_t,
                          {{"placed", number(map.placed)}, {"groups", number(map.sizes.size())}}) +
                    "\n";
  if (report.agreement_published)
    out +=
        voice("opinion.published"_t, {{"index", voice.decimal(*report.agreement_published, 3)}}) +
        "\n";
  for (std::size_t group = 0; group < map.sizes.size(); ++group) {
    if (!may_be_shown(map, group)) {
      out += "\n" + std::string(voice("opinion.group_hidden"_t)) + "\n";
      continue;
    }
    const auto people = static_cast<std::int64_t>(map.sizes[group]);
    const auto placed = static_cast<std::int64_t>(map.placed);
    out += "\n" +
           voice.counted("opinion.group"_t, people,
                         {{"name", group_name(group)},
                          {"share", voice.percent(stats::ratio({people, placed}))}}) +
           "\n";
    for (const opinion::polis::Stand& each : stands_of(map, group)) {
      out += statement(each.statement);
      const bool agrees = each.side() == opinion::Said::agree;
      const std::string share = voice(
          "opinion.part"_t,
          {{"share",
            voice.percent(stats::ratio({agrees ? each.agrees : each.disagrees, each.votes}), 0)},
           {"whole", voice.number(each.votes)}});
      out += "      " +
             voice(agrees ? "opinion.agree"_t : "opinion.disagree"_t, {{"share", share}}) + "\n";
    }
  }
  const auto consensus = opinion::polis::consensus_of(shown_counts(map));
  out += "\n" + std::string(voice("opinion.all_agree"_t)) + "\n";
  for (const std::size_t j : consensus.agree) out += statement(j);
  out += std::string(voice("opinion.all_disagree"_t)) + "\n";
  for (const std::size_t j : consensus.disagree) out += statement(j);
  return out;
}

std::string polis_json(const PolisReport& report) {
  const opinion::polis::PolisMap& map = report.map;
  constexpr int digits_of_axes = 9, digits_of_rest = 6;
  std::string out;
  json::Writer json(out);
  json.object()
      .member("format", "langnghe-opinion-polis-1")
      .member("statements", report.votes.statements())
      .member("placed", map.placed)
      .member("base_clusters", map.base_clusters)
      .name("groups")
      .array();
  for (std::size_t group = 0; group < map.sizes.size(); ++group) {
    if (!may_be_shown(map, group)) continue;
    json.object().member("name", std::string_view(group_name(group)));
    json.member("people", map.sizes[group]).name("representative").array();
    for (const opinion::polis::Stand& each : stands_of(map, group))
      json.object()
          .member("statement", std::string_view(report.votes.statement(each.statement)))
          .member("said", each.side() == opinion::Said::agree ? "agree" : "disagree")
          .member("agrees", each.agrees)
          .member("disagrees", each.disagrees)
          .member("votes", each.votes)
          .end_object();
    json.end_array().end_object();
  }
  json.end_array();
  const auto consensus = opinion::polis::consensus_of(shown_counts(map));
  write_statements(json, "agree", report.votes, consensus.agree);
  write_statements(json, "disagree", report.votes, consensus.disagree);
  json.name("agreement_published");
  if (report.agreement_published) {
    json.decimal(*report.agreement_published, digits_of_rest);
  } else {
    json.null();
  }
  json.name("all_statements").array();
  for (std::size_t j = 0; j < report.votes.statements(); ++j) {
    json.object().member("statement", std::string_view(report.votes.statement(j)));
    if (map.everybody[j].votes() >= stats::privacy_floor)
      json.name("mean")
          .decimal(map.axes.mean[j], digits_of_axes)
          .name("x")
          .decimal(map.axes.first[j], digits_of_axes)
          .name("y")
          .decimal(map.axes.second[j], digits_of_axes)
          .name("priority")
          .decimal(map.priority[j], digits_of_rest);
    json.end_object();
  }
  json.end_array().end_object();
  return out + "\n";
}

}  // namespace ln::app
