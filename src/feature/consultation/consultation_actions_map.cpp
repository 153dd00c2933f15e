#include "feature/consultation/consultation_actions_map.h"

#include <algorithm>
#include <cmath>

#include "engine/opinion/opinion_findings.h"
#include "engine/opinion/opinion_quality.h"
#include "platform/json/json.h"

namespace ln::consultation {
namespace {

// Fractions travel as whole billionths.
constexpr double billion = 1e9;
constexpr std::size_t json_size_max = 4 * 1024 * 1024;

opinion::Said said_of(int said) {
  if (said > 0) return opinion::Said::agree;
  return said < 0 ? opinion::Said::disagree : opinion::Said::pass;
}
int number_of(opinion::Said said) { return opinion::value_of(said); }

opinion::Votes votes_in(const std::vector<std::int64_t>& statements,
                        const std::vector<StoredVote>& votes) {
  std::vector<std::string> ids;
  for (const std::int64_t id : statements) ids.push_back(std::to_string(id));
  opinion::Votes all(std::move(ids));
  std::vector<opinion::Vote> row;
  for (std::size_t i = 0; i < votes.size(); ++i) {
    const auto at = std::ranges::lower_bound(statements, votes[i].statement);
    if (at != statements.end() && *at == votes[i].statement)
      row.emplace_back(static_cast<std::size_t>(at - statements.begin()), said_of(votes[i].said));
    const bool is_last = i + 1 == votes.size() || votes[i + 1].participant != votes[i].participant;
    if (!is_last) continue;
    if (!row.empty()) all.add(std::to_string(votes[i].participant), row);
    row.clear();
  }
  return all;
}

std::vector<double> spreads_of(const opinion::Map& map) {
  std::vector<double> sums(map.grouping.centres.size()), counts(sums.size());
  for (std::size_t i = 0; i < map.points.size(); ++i) {
    if (map.group[i] == opinion::no_group || map.points[i] == opinion::nowhere) continue;
    const opinion::Spot spot = opinion::spot_of(map.points[i], map.shift);
    const opinion::Centre& centre = map.grouping.centres[map.group[i]];
    sums[map.group[i]] += std::pow(spot.x - centre.x, 2) + std::pow(spot.y - centre.y, 2);
    counts[map.group[i]] += 1;
  }
  for (std::size_t i = 0; i < sums.size(); ++i)
    sums[i] = counts[i] > 0 ? std::sqrt(sums[i] / counts[i]) : 0;
  return sums;
}

void add_findings(Picture& picture, const opinion::Findings& findings) {
  const auto id = [&](std::size_t at) { return picture.statements[at]; };
  const auto holding = [&](const opinion::Held& held) {
    return Holding{id(held.statement), number_of(held.said), held.share};
  };
  for (std::size_t i = 0; i < findings.groups.size() && i < picture.groups.size(); ++i) {
    for (const opinion::Held& each : findings.groups[i].holds)
      if (picture.groups[i].holds.size() < findings_max)
        picture.groups[i].holds.push_back(holding(each));
    for (const opinion::SetApart& each : findings.groups[i].apart)
      if (picture.groups[i].apart.size() < findings_max)
        picture.groups[i].apart.push_back(holding(each.here));
  }
  for (const opinion::Union& each : findings.unites) {
    if (picture.unites.size() == findings_max) break;
    Holding sum{id(each.statement), number_of(each.said), {}};
    for (const opinion::Held& held : each.by_group) {
      sum.share.part += held.share.part;
      sum.share.whole += held.share.whole;
    }
    picture.unites.push_back(sum);
  }
  for (const opinion::Division& each : findings.divides)
    if (picture.divides.size() < findings_max)
      picture.divides.push_back({id(each.statement), static_cast<std::int64_t>(each.group_for),
                                 static_cast<std::int64_t>(each.group_against), each.agrees.share,
                                 each.disagrees.share});
}

std::int64_t scaled(double value) { return std::llround(value * billion); }
double unscaled(std::int64_t value) { return static_cast<double>(value) / billion; }

void write_numbers(json::Writer& out, std::string_view name, const std::vector<double>& values) {
  out.name(name).array();
  for (const double each : values) out.integer(scaled(each));
  out.end_array();
}

void write_holdings(json::Writer& out, std::string_view name, const std::vector<Holding>& all) {
  out.name(name).array();
  for (const Holding& each : all)
    out.array()
        .integer(each.statement)
        .integer(each.said)
        .integer(each.share.part)
        .integer(each.share.whole)
        .end_array();
  out.end_array();
}

std::vector<std::int64_t> numbers_in(const json::Value& list) {
  std::vector<std::int64_t> all;
  for (const json::Value each : list.items()) all.push_back(each.integer().value_or(0));
  return all;
}

std::vector<double> fractions_in(const json::Value& list) {
  std::vector<double> all;
  for (const std::int64_t each : numbers_in(list)) all.push_back(unscaled(each));
  return all;
}

std::vector<Holding> holdings_in(const json::Value& list) {
  std::vector<Holding> all;
  for (const json::Value each : list.items()) {
    const auto cells = numbers_in(each);
    if (cells.size() == 4)
      all.push_back({cells[0], static_cast<int>(cells[1]), {cells[2], cells[3]}});
  }
  return all;
}

}  // namespace

std::string article_of(std::string_view clause) {
  if (!clause.starts_with('d')) return {};
  return std::string(clause.substr(0, clause.find('.')));
}

Picture picture_of(const std::vector<std::int64_t>& statements,
                   const std::vector<StoredVote>& stored) {
  const opinion::Votes votes = votes_in(statements, stored);
  const opinion::Map map = opinion::map_of(votes);
  const opinion::Counts counts(votes, map);
  Picture picture{.people = static_cast<std::int64_t>(map.people),
                  .placed = static_cast<std::int64_t>(map.placed),
                  .votes = static_cast<std::int64_t>(map.votes),
                  .shift = map.shift,
                  .statements = statements,
                  .mean = map.axes.mean,
                  .first = map.axes.first,
                  .second = map.axes.second};
  if (map.placed > 0) {
    const opinion::Quality quality = opinion::quality_of(votes, map, opinion::alone());
    picture.stability = quality.agreement_median;
    picture.gain = quality.gain;
  }
  const auto spreads = spreads_of(map);
  for (std::size_t i = 0; i < map.grouping.centres.size(); ++i)
    picture.groups.push_back({.people = static_cast<std::int64_t>(map.grouping.sizes[i]),
                              .x = map.grouping.centres[i].x,
                              .y = map.grouping.centres[i].y,
                              .spread = spreads[i]});
  add_findings(picture, opinion::findings_of(map, counts));
  for (std::size_t i = 0; i < statements.size(); ++i)
    picture.weights.push_back(
        {statements[i],
         opinion::priority_of(counts.placed(i), opinion::extremity_of(map.axes, i))});
  return picture;
}

bool stands_on(const Picture& picture, const std::vector<std::int64_t>& now) {
  return !picture.statements.empty() && std::ranges::includes(now, picture.statements);
}

std::string to_json(const Picture& picture) {
  std::string json;
  json::Writer out(json);
  out.object().member("people", picture.people).member("placed", picture.placed);
  out.member("votes", picture.votes).member("shift", picture.shift);
  out.member("stability", scaled(picture.stability)).member("gain", scaled(picture.gain));
  out.name("groups").array();
  for (const PictureGroup& each : picture.groups) {
    out.object().member("people", each.people).member("x", scaled(each.x));
    out.member("y", scaled(each.y)).member("spread", scaled(each.spread));
    write_holdings(out, "holds", each.holds);
    write_holdings(out, "apart", each.apart);
    out.end_object();
  }
  out.end_array();
  write_holdings(out, "unites", picture.unites);
  out.name("divides").array();
  for (const Division& each : picture.divides)
    out.array()
        .integer(each.statement)
        .integer(each.group_for)
        .integer(each.group_against)
        .integer(each.agree.part)
        .integer(each.agree.whole)
        .integer(each.disagree.part)
        .integer(each.disagree.whole)
        .end_array();
  out.end_array().name("statements").array();
  for (const std::int64_t each : picture.statements) out.integer(each);
  out.end_array();
  write_numbers(out, "mean", picture.mean);
  write_numbers(out, "first", picture.first);
  write_numbers(out, "second", picture.second);
  std::vector<double> weights;
  for (const Weight& each : picture.weights) weights.push_back(each.weight);
  write_numbers(out, "weights", weights);
  out.end_object();
  return json;
}

std::optional<Picture> picture_in(std::string_view text) {
  const auto document = json::parse(text, {.size_max = json_size_max});
  if (!document.ok()) return std::nullopt;
  const json::Value root = document.value().root();
  const auto number = [&](std::string_view name) { return root.integer(name).value_or(0); };
  Picture picture{.people = number("people"),
                  .placed = number("placed"),
                  .votes = number("votes"),
                  .stability = unscaled(number("stability")),
                  .gain = unscaled(number("gain")),
                  .shift = number("shift")};
  for (const json::Value each : root.items("groups"))
    picture.groups.push_back({.people = each.integer("people").value_or(0),
                              .x = unscaled(each.integer("x").value_or(0)),
                              .y = unscaled(each.integer("y").value_or(0)),
                              .spread = unscaled(each.integer("spread").value_or(0)),
                              .holds = holdings_in(each.find("holds")),
                              .apart = holdings_in(each.find("apart"))});
  picture.unites = holdings_in(root.find("unites"));
  for (const json::Value each : root.items("divides")) {
    const auto cells = numbers_in(each);
    if (cells.size() == 7)
      picture.divides.push_back(
          {cells[0], cells[1], cells[2], {cells[3], cells[4]}, {cells[5], cells[6]}});
  }
  picture.statements = numbers_in(root.find("statements"));
  picture.mean = fractions_in(root.find("mean"));
  picture.first = fractions_in(root.find("first"));
  picture.second = fractions_in(root.find("second"));
  const auto weights = fractions_in(root.find("weights"));
  const std::size_t count = picture.statements.size();
  if (picture.mean.size() != count || picture.first.size() != count ||
      picture.second.size() != count || weights.size() != count || picture.shift < 0 ||
      picture.shift > 31)
    return std::nullopt;
  for (std::size_t i = 0; i < count; ++i)
    picture.weights.push_back({picture.statements[i], weights[i]});
  return picture;
}

std::optional<Place> place_of(const Picture& picture, const std::map<std::int64_t, int>& answers) {
  std::vector<opinion::Vote> row;
  for (std::size_t i = 0; i < picture.statements.size(); ++i)
    if (const auto said = answers.find(picture.statements[i]); said != answers.end())
      row.emplace_back(i, said_of(said->second));
  const opinion::Placer placer(
      opinion::Axes{.mean = picture.mean, .first = picture.first, .second = picture.second});
  if (row.empty() || row.size() < placer.votes_needed()) return std::nullopt;
  const opinion::Spot spot =
      opinion::spot_of(placer.place(row), static_cast<unsigned>(picture.shift));
  Place place{.x = static_cast<double>(spot.x), .y = static_cast<double>(spot.y)};
  std::vector<opinion::Centre> centres;
  for (const PictureGroup& each : picture.groups) centres.push_back({each.x, each.y});
  if (!centres.empty()) place.group = opinion::nearest(centres, spot);
  return place;
}

}  // namespace ln::consultation
