#include "feature/survey/survey_result.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "engine/stats/stats_index.h"
#include "engine/stats/stats_sample.h"

namespace ln::survey {
namespace {

using ByClass = std::map<std::int64_t, std::int64_t>;

stats::Asked asked_in(const Survey& survey) {
  return survey.plan == Plan::clusters ? stats::Asked::in_clusters : stats::Asked::one_by_one;
}

template <class Fits>
IndexFigures index_figures(const Survey& survey, const Counted& counted, Fits fits) {
  IndexFigures out;
  std::map<std::int64_t, stats::ScoreSums> clusters;
  constexpr auto unit = static_cast<double>(score_max);
  for (const Scores& each : counted.scores) {
    if (!fits(each)) continue;
    out.answers += each.answers;
    out.scored += each.count;
    out.sum += each.sum;
    stats::ScoreSums& own = clusters[each.cluster];
    own.count += each.count;
    own.sum += static_cast<double>(each.sum) / unit;
    own.squares += static_cast<double>(each.squares) / (unit * unit);
  }
  out.is_told = out.answers == 0 || out.answers >= count_floor;
  if (!out.is_told) out.answers = 0;
  if (!out.is_told || out.scored < count_floor) {
    out.scored = out.sum = 0;
    return out;
  }
  std::vector<stats::ScoreSums> all;
  for (const auto& [number, sums] : clusters)
    if (sums.count > 0) all.push_back(sums);
  const auto asked = asked_in(survey);
  if (asked == stats::Asked::in_clusters && all.size() < 2) {
    out.verdict = Verdict::one_group;
    return out;
  }
  const auto index = stats::index_of(all, asked);
  out.value = index.mean;
  out.interval = index.interval;
  out.verdict = index.interval.high - index.interval.low > interval_width_max ? Verdict::too_wide
                                                                              : Verdict::concluded;
  return out;
}

bool is_few(std::int64_t count) { return count > 0 && count < count_floor; }

void withhold(IndexFigures& each) {
  each = {.answers = each.answers, .is_told = each.is_told, .verdict = Verdict::hidden};
}

// Rounds so far that count_floor people who say the opposite in its heaviest question do not show;
// withholds what would say nothing any more.
void round_off(IndexFigures& each, const Form& form) {
  if (!each.has_value()) return;
  double heaviest = 0, all = 0;
  for (const Question* one : form.counted()) {
    heaviest = std::max(heaviest, static_cast<double>(one->weight));
    all += static_cast<double>(one->weight);
  }
  const double least =
      heaviest / all * static_cast<double>(count_floor) / static_cast<double>(each.scored);
  for (const double step : {0.01, 0.02, 0.05}) {
    if (step < least) continue;
    each.step = step;
    each.sum = 0;
    each.value = std::clamp(std::round(each.value / step) * step, 0.0, 1.0);
    each.interval = {std::max(std::floor(each.interval.low / step) * step, 0.0),
                     std::min(std::ceil(each.interval.high / step) * step, 1.0)};
    return;
  }
  withhold(each);
}

bool is_satisfied(const Question& question, std::int64_t value) {
  return question.kind == Kind::yes_no ? value == 1 : value >= 4;
}

// Wilson's interval on what people said, with the design effect of clusters.
stats::Interval interval_of(const Survey& survey,
                            const Question& question,
                            const std::vector<Count>& counts,
                            stats::Share share) {
  if (survey.plan != Plan::clusters) return stats::wilson(share);
  std::map<std::int64_t, stats::Share> clusters;
  for (const Count& each : counts) {
    if (each.way != Way::slip || each.question != question.code) continue;
    clusters[each.cluster].whole += each.count;
    if (is_satisfied(question, each.value)) clusters[each.cluster].part += each.count;
  }
  std::vector<stats::Share> all;
  for (const auto& [number, one] : clusters) all.push_back(one);
  return stats::cluster_wilson(all);
}

// How many were asked a question by what they said to another before; null where that is hidden.
std::optional<std::int64_t> asked_by(const ShowIf& condition,
                                     const std::vector<QuestionFigures>& before) {
  const auto other = std::ranges::find(before, condition.question, &QuestionFigures::code);
  if (other == before.end()) return std::nullopt;
  std::int64_t asked = 0;
  for (std::size_t i = 0; i < other->classes.size(); ++i) {
    if (std::ranges::find(condition.is, other->classes[i]) == condition.is.end()) continue;
    if (!other->counts[i]) return std::nullopt;
    asked += *other->counts[i];
  }
  return asked;
}

// Hides who is silent, and the least class that anybody gave, so that the total does not tell.
void hide_silent(QuestionFigures& out, const std::vector<std::int64_t>& row) {
  out.silent.reset();
  std::optional<std::size_t> least;
  for (std::size_t i = 0; i < out.counts.size(); ++i)
    if (row[i] > 0 && (!least || row[i] < row[*least])) least = i;
  if (least) out.counts[*least].reset();
}

// The counts of one question as they may be told: each class, and at the end who kept silent.
QuestionFigures question_figures(const Survey& survey,
                                 const Question& question,
                                 const Counted& counted,
                                 std::int64_t answers,
                                 const std::vector<QuestionFigures>& before) {
  QuestionFigures out{.code = question.code, .classes = question.classes(), .asked = answers};
  if (question.show_if) out.asked = asked_by(*question.show_if, before);
  ByClass given;
  std::int64_t answered = 0;
  for (const Count& each : counted.counts)
    if (each.way == Way::slip && each.question == question.code) {
      given[each.value] += each.count;
      answered += each.count;
    }
  std::vector<std::int64_t> row;
  for (const std::int64_t each : out.classes) row.push_back(given[each]);
  row.push_back(out.asked.value_or(answers) - answered);
  const stats::SafeTable safe({row}, count_floor);
  for (std::size_t i = 0; i < out.classes.size(); ++i) out.counts.push_back(safe.count(0, i));
  out.silent = safe.count(0, out.classes.size());
  if (!out.asked) hide_silent(out, row);
  if (question.kind == Kind::choice || !out.silent || answered == 0) return out;
  stats::Share satisfied{0, answered}, acceptable{0, answered};
  bool all_shown = true, middle_shown = question.kind == Kind::scale;
  for (std::size_t i = 0; i < out.classes.size(); ++i) {
    const bool is_middle = question.kind == Kind::scale && out.classes[i] == 3;
    if (is_satisfied(question, out.classes[i])) {
      all_shown = all_shown && out.counts[i];
      satisfied.part += out.counts[i].value_or(0);
    } else if (is_middle) {
      middle_shown = out.counts[i].has_value();
      acceptable.part = out.counts[i].value_or(0);
    }
  }
  if (middle_shown) out.acceptable = acceptable;
  if (!all_shown) return out;
  out.satisfied = satisfied;
  out.interval = interval_of(survey, question, counted.counts, satisfied);
  return out;
}

// Whether a count is hidden of a question that the index counts: then an exact index is an equation
// for it.
bool hides_counted(const Form& form, const Figures& figures) {
  const auto counted = form.counted();
  for (const QuestionFigures& each : figures.questions) {
    const bool is_in =
        std::ranges::any_of(counted, [&](const Question* one) { return one->code == each.code; });
    if (is_in && (!each.silent || std::ranges::any_of(each.counts, [](const auto& count) {
          return !count.has_value();
        })))
      return true;
  }
  return false;
}

// Whether answers less scored would tell of a few: of all who have no score, or of those among them
// who were asked.
bool tells_unscored(const Form& form, const Figures& figures, const IndexFigures& index) {
  const std::int64_t unscored = index.answers - index.scored;
  if (is_few(unscored)) return true;
  return std::ranges::any_of(figures.questions, [&](const QuestionFigures& each) {
    const Question* question = form.find(each.code);
    return question->weight > 0 && question->show_if && each.asked &&
           is_few(unscored - (index.answers - *each.asked));
  });
}

// Hides or rounds what would tell of a few people together with the counts.
void make_safe(const Form& form, Figures& figures) {
  for (auto& [way, each] : figures.other_ways) {
    if (each.has_value() && is_few(each.answers - each.scored)) withhold(each);
    round_off(each, form);
  }
  IndexFigures& index = figures.index;
  const bool is_hidden = hides_counted(form, figures);
  if (index.has_value() && ((is_hidden && form.counted().size() < index_items_min) ||
                            tells_unscored(form, figures, index)))
    withhold(index);
  // Of each party the scored and the unscored are a row, and the rows add up to the headline.
  const bool tells_party = std::ranges::any_of(figures.parties, [](const auto& each) {
    const IndexFigures& own = each.second;
    return own.answers > 0 && (own.scored < count_floor || is_few(own.answers - own.scored));
  });
  for (auto& [party, each] : figures.parties) {
    if (each.has_value() && (tells_party || index.verdict == Verdict::hidden)) withhold(each);
    round_off(each, form);
  }
  if (is_hidden) round_off(index, form);
}

std::string decimal6(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6f", value);
  return text;
}

}  // namespace

TextKey key_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::concluded: return "survey.verdict.concluded"_t;
    case Verdict::too_few: return "survey.verdict.too_few"_t;
    case Verdict::one_group: return "survey.verdict.one_group"_t;
    case Verdict::too_wide: return "survey.verdict.too_wide"_t;
    case Verdict::hidden: return "survey.verdict.hidden"_t;
  }
  return {};
}

Figures figures_of(const Survey& survey, const Form& form, const Counted& counted) {
  Figures out{.invited = counted.invited};
  std::int64_t answers = 0, changed = 0;
  std::map<Party, std::int64_t> parties;
  for (const Scores& each : counted.scores)
    if (each.way == Way::slip) {
      answers += each.answers;
      changed += each.changed;
      parties[each.party] += each.answers;
    }
  out.index =
      index_figures(survey, counted, [](const Scores& each) { return each.way == Way::slip; });
  for (const Way way : all_ways)
    if (way != Way::slip)
      out.other_ways.emplace_back(
          way, index_figures(survey, counted, [&](const Scores& each) { return each.way == way; }));
  if (answers < count_floor) {
    if (answers == 0) out.answers = out.changed = 0;
    make_safe(form, out);
    return out;
  }
  out.answers = answers;
  out.changed = stats::SafeTable({{changed, answers - changed}}, count_floor).count(0, 0);
  for (const Question& each : form.questions)
    if (!each.classes().empty())
      out.questions.push_back(question_figures(survey, each, counted, answers, out.questions));
  if (std::ranges::all_of(
          parties, [](const auto& each) { return each.second == 0 || each.second >= count_floor; }))
    for (const Party party : all_parties)
      out.parties.emplace_back(party, index_figures(survey, counted, [&](const Scores& each) {
                                 return each.way == Way::slip && each.party == party;
                               }));
  make_safe(form, out);
  if (out.index.has_value() && out.invited >= answers && out.invited > 0) {
    const auto scored = static_cast<double>(out.index.scored);
    const auto silent = static_cast<double>(out.invited - answers);
    const double sum = out.index.value * scored;
    out.if_all_answered =
        stats::Interval{sum / (scored + silent), (sum + silent) / (scored + silent)};
  }
  return out;
}

std::string counts_csv(const Survey& survey, const Figures& figures) {
  std::string out = "survey,way,party,question,answer,count\n";
  const auto line = [&](std::string_view way, std::string_view party, std::string_view question,
                        std::string_view answer, const std::string& count) {
    out.append(std::to_string(survey.id.value)).append(",").append(way).append(",");
    out.append(party).append(",").append(question).append(",").append(answer).append(",");
    out.append(count).append("\n");
  };
  const auto told = [](const std::optional<std::int64_t>& count) {
    return count ? std::to_string(*count) : std::string();
  };
  const auto index = [&](std::string_view way, std::string_view party, const IndexFigures& each) {
    line(way, party, "*", "answers", each.is_told ? std::to_string(each.answers) : "");
    if (!each.has_value()) return;
    line(way, party, "*", "scored", std::to_string(each.scored));
    if (each.step > 0)
      line(way, party, "*", "index_step", decimal6(each.step));
    else
      line(way, party, "*", "score_sum", std::to_string(each.sum));
    line(way, party, "*", "index", decimal6(each.value));
    line(way, party, "*", "index_low", decimal6(each.interval.low));
    line(way, party, "*", "index_high", decimal6(each.interval.high));
  };
  line("slip", "*", "*", "invited", std::to_string(figures.invited));
  index("slip", "*", figures.index);
  line("slip", "*", "*", "changed", told(figures.changed));
  for (const auto& [party, each] : figures.parties) index("slip", to_text(party), each);
  for (const auto& [way, each] : figures.other_ways) index(to_text(way), "*", each);
  for (const QuestionFigures& each : figures.questions) {
    for (std::size_t i = 0; i < each.classes.size(); ++i)
      line("slip", "*", each.code, std::to_string(each.classes[i]), told(each.counts[i]));
    line("slip", "*", each.code, "none", told(each.silent));
    line("slip", "*", each.code, "asked", told(each.asked));
  }
  return out;
}

}  // namespace ln::survey
