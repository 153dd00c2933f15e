#include <algorithm>
#include <cmath>

#include "app/opinion_report.h"
#include "platform/json/json.h"

namespace ln::app {
namespace {

// Writes sentences, each on a line of its own.
class TextReport {
 public:
  TextReport(const OpinionReport& report, const i18n::Voice& voice, std::size_t most)
      : report_(report), voice_(voice), most_(most) {}

  std::string write() {
    write_head();
    if (report_.findings.groups.empty()) {
      line(std::string(voice_("opinion.too_few"_t)));
      return std::move(out_);
    }
    write_quality();
    for (std::size_t group = 0; group < report_.findings.groups.size(); ++group) write_group(group);
    if (report_.findings.groups.size() > 1) {
      write_unites();
      write_divides();
    }
    return std::move(out_);
  }

 private:
  void line(std::string_view text, std::size_t indent = 0) {
    out_.append(indent, ' ').append(text).push_back('\n');
  }
  void heading(std::string_view text) {
    out_.push_back('\n');
    line(text);
  }
  std::string number(std::uint64_t value) const {
    return voice_.number(static_cast<std::int64_t>(value));
  }
  void statement(std::size_t at) {
    const std::string& text = report_.texts[at];
    line("#" + report_.votes.statement(at) + (text.empty() ? "" : "  " + text), 4);
  }
  // "92% (90%–94%) of 500"
  std::string share(const opinion::Held& held) const {
    return voice_("opinion.share"_t, {{"share", voice_.percent(stats::ratio(held.share), 0)},
                                      {"low", voice_.percent(held.interval.low, 0)},
                                      {"high", voice_.percent(held.interval.high, 0)},
                                      {"whole", voice_.number(held.share.whole)}});
  }
  std::string said(const opinion::Held& held) const {
    const TextKey key =
        held.said == opinion::Said::agree ? "opinion.agree"_t : "opinion.disagree"_t;
    return voice_(key, {{"share", share(held)}});
  }

  void write_head() {
    line(voice_("opinion.people"_t,
                {{"people", number(report_.map.people)},
                 {"votes", number(report_.map.votes)},
                 {"statements", number(report_.votes.statements())},
                 {"placed", number(report_.map.placed)},
                 {"needed", number(opinion::votes_needed(report_.votes.statements()))}}));
    if (report_.left_out > 0)
      line(voice_("opinion.left_out"_t, {{"count", number(report_.left_out)}}));
  }

  void write_quality() {
    const opinion::Quality& quality = report_.quality;
    line(voice_("opinion.stability"_t, {{"median", voice_.decimal(quality.agreement_median, 2)},
                                        {"least", voice_.decimal(quality.agreement.front(), 2)},
                                        {"most", voice_.decimal(quality.agreement.back(), 2)},
                                        {"same", number(quality.same_number)},
                                        {"maps", number(2 * opinion::quality_halvings)},
                                        {"groups", number(report_.findings.groups.size())}}));
    line(voice_("opinion.gain"_t, {{"gain", voice_.percent(quality.gain, 1)},
                                   {"votes", number(quality.hidden_votes)}}));
    if (quality.gain <= 0 || quality.agreement_median < 0.5) line(voice_("opinion.doubtful"_t));
  }

  void write_group(std::size_t group) {
    const opinion::GroupFindings& found = report_.findings.groups[group];
    const auto people = static_cast<std::int64_t>(found.people);
    heading(voice_.counted(
        "opinion.group"_t, people,
        {{"name", group_name(group)},
         {"share",
          voice_.percent(stats::ratio({people, static_cast<std::int64_t>(report_.map.placed)}))}}));
    line(voice_(found.holds.empty() ? "opinion.holds_nothing"_t : "opinion.holds"_t), 2);
    for (std::size_t i = 0; i < std::min(most_, found.holds.size()); ++i) {
      statement(found.holds[i].statement);
      line(said(found.holds[i]), 6);
    }
    if (report_.findings.groups.size() < 2) return;
    line(voice_(found.apart.empty() ? "opinion.apart_nothing"_t : "opinion.apart"_t), 2);
    for (std::size_t i = 0; i < std::min(most_, found.apart.size()); ++i) {
      const opinion::SetApart& each = found.apart[i];
      statement(each.here.statement);
      line(voice_("opinion.here_elsewhere"_t,
                  {{"here", said(each.here)}, {"elsewhere", share(each.elsewhere)}}),
           6);
    }
  }

  void write_unites() {
    const auto& unites = report_.findings.unites;
    heading(voice_(unites.empty() ? "opinion.unites_nothing"_t : "opinion.unites"_t));
    for (std::size_t i = 0; i < std::min(most_, unites.size()); ++i) {
      statement(unites[i].statement);
      for (std::size_t group = 0; group < unites[i].by_group.size(); ++group)
        line(group_name(group) + ": " + said(unites[i].by_group[group]), 6);
    }
  }

  void write_divides() {
    const auto& divides = report_.findings.divides;
    heading(voice_(divides.empty() ? "opinion.divides_nothing"_t : "opinion.divides"_t));
    for (std::size_t i = 0; i < std::min(most_, divides.size()); ++i) {
      statement(divides[i].statement);
      line(group_name(divides[i].group_for) + ": " + said(divides[i].agrees), 6);
      line(group_name(divides[i].group_against) + ": " + said(divides[i].disagrees), 6);
    }
  }

  const OpinionReport& report_;
  const i18n::Voice& voice_;
  std::size_t most_;
  std::string out_;
};

// A fixed number of digits, the same everywhere.
std::string six_decimals(double value) {
  std::string text;
  json::Writer(text).decimal(value, 6);
  return text;
}

}  // namespace

std::string group_name(std::size_t group) { return {static_cast<char>('A' + group)}; }

std::string opinion_text(const OpinionReport& report, const i18n::Voice& voice, std::size_t most) {
  return TextReport(report, voice, most).write();
}

std::string opinion_people(const opinion::Votes& votes, const opinion::Map& map) {
  std::string out = "participant,group,x,y\n";
  for (const std::uint32_t person : votes.sorted_people()) {
    out += votes.id(person);
    if (map.group[person] == opinion::no_group) {
      out += ",,,\n";
      continue;
    }
    out += "," + group_name(map.group[person]) + "," +
           six_decimals(map.points[person].x / opinion::point_unit) + "," +
           six_decimals(map.points[person].y / opinion::point_unit) + "\n";
  }
  return out;
}

}  // namespace ln::app
