#include "app/opinion_report.h"

#include "platform/json/json.h"

namespace ln::app {
namespace {

constexpr int json_digits = 6;

void write_count(json::Writer& json,
                 std::string_view name,
                 const opinion::Count& count,
                 bool is_shown) {
  json.name(name);
  if (!is_shown) {
    json.null();
    return;
  }
  json.object()
      .member("votes", count.votes())
      .member("agree", count.of(opinion::Said::agree))
      .member("disagree", count.of(opinion::Said::disagree))
      .member("pass", count.of(opinion::Said::pass))
      .end_object();
}

void write_share(json::Writer& json, const opinion::Held& held) {
  json.object()
      .member("part", held.share.part)
      .member("whole", held.share.whole)
      .name("share")
      .decimal(stats::ratio(held.share), json_digits)
      .name("low")
      .decimal(held.interval.low, json_digits)
      .name("high")
      .decimal(held.interval.high, json_digits)
      .end_object();
}

std::string_view said_word(opinion::Said said) {
  return said == opinion::Said::agree      ? "agree"
         : said == opinion::Said::disagree ? "disagree"
                                           : "pass";
}

class JsonReport {
 public:
  JsonReport(const OpinionReport& report, std::string& out) : report_(report), json_(out) {}

  void write() {
    const opinion::Map& map = report_.map;
    json_.object()
        .member("format", "langnghe-opinion-1")
        .member("statements", report_.votes.statements())
        .member("left_out", report_.left_out)
        .member("people", map.people)
        .member("placed", map.placed)
        .member("votes", map.votes)
        .member("votes_to_place", opinion::votes_needed(report_.votes.statements()))
        .member("privacy_floor", stats::privacy_floor);
    write_quality();
    write_groups();
    write_unites();
    write_divides();
    write_statements();
    json_.end_object();
  }

 private:
  std::string_view id(std::size_t statement) const { return report_.votes.statement(statement); }

  void write_quality() {
    const opinion::Quality& quality = report_.quality;
    json_.name("quality").object().member("people", quality.people).name("agreement").array();
    for (const double each : quality.agreement) json_.decimal(each, json_digits);
    json_.end_array()
        .name("agreement_median")
        .decimal(quality.agreement_median, json_digits)
        .member("same_number_of_groups", quality.same_number)
        .member("maps", 2 * opinion::quality_halvings)
        .member("hidden_votes", quality.hidden_votes)
        .name("gain")
        .decimal(quality.gain, json_digits)
        .end_object();
  }

  void write_groups() {
    const opinion::Grouping& grouping = report_.map.grouping;
    json_.name("silhouette").decimal(grouping.silhouette, json_digits).name("groups").array();
    for (std::size_t group = 0; group < report_.findings.groups.size(); ++group) {
      const opinion::GroupFindings& found = report_.findings.groups[group];
      const double step = static_cast<double>(1U << report_.map.shift) / opinion::point_unit;
      json_.object()
          .member("name", std::string_view(group_name(group)))
          .member("people", found.people)
          .name("x")
          .decimal(grouping.centres[group].x * step, json_digits)
          .name("y")
          .decimal(grouping.centres[group].y * step, json_digits)
          .name("holds")
          .array();
      for (const opinion::Held& each : found.holds) {
        json_.object().member("statement", id(each.statement)).member("said", said_word(each.said));
        json_.name("here");
        write_share(json_, each);
        json_.end_object();
      }
      json_.end_array().name("sets_apart").array();
      for (const opinion::SetApart& each : found.apart) {
        json_.object()
            .member("statement", id(each.here.statement))
            .member("said", said_word(each.here.said))
            .name("here");
        write_share(json_, each.here);
        json_.name("elsewhere");
        write_share(json_, each.elsewhere);
        json_.end_object();
      }
      json_.end_array().end_object();
    }
    json_.end_array();
  }

  void write_unites() {
    json_.name("unites").array();
    for (const opinion::Union& each : report_.findings.unites) {
      json_.object().member("statement", id(each.statement)).member("said", said_word(each.said));
      json_.name("by_group").array();
      for (const opinion::Held& held : each.by_group) write_share(json_, held);
      json_.end_array().end_object();
    }
    json_.end_array();
  }

  void write_divides() {
    json_.name("divides").array();
    for (const opinion::Division& each : report_.findings.divides) {
      json_.object()
          .member("statement", id(each.statement))
          .member("agrees", std::string_view(group_name(each.group_for)))
          .name("agree");
      write_share(json_, each.agrees);
      json_.member("disagrees", std::string_view(group_name(each.group_against))).name("disagree");
      write_share(json_, each.disagrees);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_statements() {
    const opinion::Axes& axes = report_.map.axes;
    const opinion::Counts& counts = report_.counts;
    json_.name("all_statements").array();
    for (std::size_t j = 0; j < report_.votes.statements(); ++j) {
      json_.object().member("statement", id(j));
      if (!report_.texts[j].empty()) json_.member("text", std::string_view(report_.texts[j]));
      // A mean of fewer than five votes would tell them.
      const bool is_shown = counts.is_shown(j);
      write_count(json_, "everybody", counts.everybody(j), is_shown);
      json_.name("groups").array();
      const std::size_t groups = report_.findings.groups.size();
      for (std::size_t group = 0; group < groups; ++group) {
        json_.object();
        write_count(json_, group_name(group), counts.group(group, j), counts.is_shown(group, j));
        json_.end_object();
      }
      json_.end_array();
      if (is_shown && groups > 0) {
        json_.name("x")
            .decimal(axes.first[j], json_digits)
            .name("y")
            .decimal(axes.second[j], json_digits);
        if (counts.shows_all_groups(j)) write_consensus(j);
      }
      json_.end_object();
    }
    json_.end_array();
  }

  void write_consensus(std::size_t statement) {
    const double consensus = opinion::group_aware_consensus(report_.counts, statement);
    const double extremity = opinion::extremity_of(report_.map.axes, statement);
    const opinion::Count placed = report_.counts.placed(statement);
    json_.name("group_aware_consensus")
        .decimal(consensus, json_digits)
        .name("priority")
        .decimal(opinion::priority_of(placed, extremity), json_digits);
  }

  const OpinionReport& report_;
  json::Writer json_;
};

}  // namespace

std::string opinion_json(const OpinionReport& report) {
  std::string out;
  JsonReport(report, out).write();
  return out + "\n";
}

}  // namespace ln::app
