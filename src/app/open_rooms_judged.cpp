#include <algorithm>
#include <ranges>
#include <sstream>

#include "app/open_rooms_parts.h"
#include "base/text.h"
#include "feature/ballot/ballot_store.h"
#include "feature/emulation/emulation_store.h"
#include "feature/supervision/supervision_store.h"
#include "feature/survey/survey_actions.h"
#include "feature/survey/survey_store.h"

namespace ln::app::told {
namespace {

constexpr std::int64_t page_size = 200;

// All that a room lists from the newest on, the oldest first: a few hundred in a city's life.
template <class List>
auto oldest_first(const List& list) {
  auto all = list(std::int64_t{0});
  for (auto last = all; std::ssize(last) == page_size;) {
    last = list(last.back().id.value);
    all.insert(all.end(), last.begin(), last.end());
  }
  std::ranges::reverse(all);
  return all;
}

std::string decimal6(double value) {
  std::ostringstream out;
  out.setf(std::ios::fixed);
  out.precision(6);
  out << value;
  return out.str();
}

struct Closed {
  survey::Survey survey{};
  survey::Form form{};
  survey::Figures figures{};
};

Cells cells_of(const Closed& each, const insight::Place& place) {
  const survey::Survey& s = each.survey;
  const survey::IndexFigures& index = each.figures.index;
  const bool is_exact = index.has_value() && index.step == 0;
  const auto exact = [&](std::int64_t value) { return is_exact ? number(value) : ""; };
  const auto shown = [&](double value) { return index.has_value() ? decimal6(value) : ""; };
  return {number(s.id.value),
          place.unit,
          place.valid_from,
          s.procedure,
          each.form.code,
          number(each.form.version),
          std::string(survey::to_text(s.plan)),
          number(s.frame_size),
          number(s.sample_size),
          day(s.opens_on),
          day(s.closes_on),
          number(each.figures.invited),
          number(each.figures.answers),
          exact(index.scored),
          exact(index.sum),
          exact(index.scored * survey::score_max),
          shown(index.value),
          shown(index.interval.low),
          shown(index.interval.high),
          to_hex(as_bytes(s.result_hash))};
}

void tell_questions(const std::vector<Closed>& all,
                    const Places& places,
                    insight::RoomFiles& files) {
  constexpr std::int64_t places_of_survey = 1'000;
  files.table("survey_questions", [&](const TakeRow& take) {
    for (const Closed& each : all) {
      const insight::Place& place = places.of(each.survey.unit);
      std::int64_t at = 0;
      for (const survey::QuestionFigures& question : each.figures.questions) {
        ++at;
        if (!question.satisfied) continue;
        const std::string id = number(each.survey.id.value * places_of_survey + at);
        take({id, place.unit, place.valid_from, number(each.survey.id.value), question.code,
              day(each.survey.opens_on), std::string(survey::to_text(each.survey.plan)),
              number(question.satisfied->part), number(question.satisfied->whole),
              decimal6(question.interval.low), decimal6(question.interval.high)});
        files.figure(each.survey.plan == survey::Plan::clusters ? "survey_satisfied_clusters"
                                                                : "survey_satisfied",
                     place, id, question.satisfied);
      }
    }
  });
}

}  // namespace

void tell_surveys(db::Read& read, Instant end, const Places& places, insight::RoomFiles& files) {
  std::vector<Closed> all;
  for (survey::Survey& s : oldest_first(
           [&](std::int64_t before) { return survey::surveys(read, before, page_size); })) {
    if (!s.closed_at || *s.closed_at >= end) continue;
    auto form = survey::find_form(read, s.form);
    if (!form) continue;
    survey::Figures figures = survey::figures_now(read, s, *form);
    all.push_back({std::move(s), *std::move(form), std::move(figures)});
  }
  Sums sums;
  files.table("surveys", [&](const TakeRow& take) {
    for (const Closed& each : all) {
      const insight::Place& place = places.of(each.survey.unit);
      const std::string id = number(each.survey.id.value);
      take(cells_of(each, place));
      sums.add("surveys", place, {1, 1});
      const auto& answers = each.figures.answers;
      files.figure(
          "survey_answered", place, id,
          answers ? std::optional(stats::Share{*answers, each.figures.invited}) : std::nullopt);
      const survey::IndexFigures& index = each.figures.index;
      if (index.has_value() && index.step == 0)
        files.figure("survey_index", place, id,
                     stats::Share{index.sum, index.scored * survey::score_max});
    }
  });
  sums.tell(files);
  tell_questions(all, places, files);
  files.table("survey_counts", [&](const TakeRow& take) {
    for (const Closed& each : all) {
      std::istringstream lines(survey::counts_csv(each.survey, each.figures));
      std::string line;
      std::getline(lines, line);  // the header
      while (std::getline(lines, line)) {
        Cells cells;
        for (const auto cell : std::views::split(line, ','))
          cells.emplace_back(cell.begin(), cell.end());
        take(cells);
      }
    }
  });
}

void tell_supervision(db::Read& read,
                      Instant end,
                      const Places& places,
                      insight::RoomFiles& files) {
  auto all = oldest_first(
      [&](std::int64_t before) { return supervision::programmes(read, before, page_size); });
  std::erase_if(all, [&](const supervision::Programme& p) { return p.created_at >= end; });
  Sums sums;
  files.table("programmes", [&](const TakeRow& take) {
    for (const supervision::Programme& p : all) {
      const insight::Place& place = places.of(p.unit);
      std::map<std::int64_t, supervision::Outcome> last;
      for (const supervision::Finding& each : supervision::findings_of(read, p.id))
        last[each.number] = each.outcome;
      const auto found = [&](supervision::Outcome outcome) {
        return std::ranges::count(last | std::views::values, outcome);
      };
      using enum supervision::Outcome;
      const std::int64_t drawn = std::ssize(supervision::drawn_of(read, p.id));
      // While cases are still looked at, the difference of two nights would tell of one of them.
      const bool is_told = p.stage != supervision::Stage::announced && std::ssize(last) == drawn;
      const auto told = [&](std::int64_t count) { return is_told ? number(count) : ""; };
      take({number(p.id.value), place.unit, place.valid_from, day_of(p.created_at), day(p.from),
            day(p.to), std::string(supervision::to_text(p.stage)), number(p.frame_size),
            number(drawn), told(std::ssize(last)), told(found(in_order)), told(found(flaw)),
            told(found(breach)), told(found(unclear))});
      sums.add("programmes", place, {1, 1});
      if (!is_told) continue;
      sums.add("found_in_order", place, {found(in_order), std::ssize(last)});
      sums.add("found_breach", place, {found(breach), std::ssize(last)});
    }
  });
  files.table("drawn", [&](const TakeRow& take) {
    for (const supervision::Programme& p : all)
      for (const std::int64_t each : supervision::drawn_of(read, p.id))
        take({number(p.id.value), number(each)});
  });
  std::vector<supervision::Advice> advice;
  for (const supervision::Programme& p : all)
    for (supervision::Advice& each : supervision::advice_of(read, p.id))
      if (each.advised_at < end) advice.push_back(std::move(each));
  std::ranges::sort(advice, {}, [](const supervision::Advice& each) { return each.id.value; });
  files.table("advice", [&](const TakeRow& take) {
    for (const supervision::Advice& each : advice) {
      const insight::Place& place = places.of(each.unit);
      const bool is_late = each.is_late(end);
      take({number(each.id.value), place.unit, place.valid_from, number(each.programme.value),
            number(each.number), day_of(each.advised_at), day(each.due_now()),
            flag(!each.waits_for_unit()), flag(is_late), flag(each.is_verified())});
      sums.add("advice", place, {1, 1});
      sums.add("advice_late", place, {is_late ? 1 : 0, 1});
      sums.add("advice_verified", place, {each.is_verified() ? 1 : 0, 1});
    }
  });
  sums.tell(files);
}

void tell_models(db::Read& read, Instant end, const Places& places, insight::RoomFiles& files) {
  auto all = oldest_first([&](std::int64_t before) {
    const std::int64_t from = before == 0 ? std::numeric_limits<std::int64_t>::max() : before;
    return emulation::models_before(read, emulation::ModelId{from}, page_size);
  });
  Sums sums;
  files.table("models", [&](const TakeRow& take) {
    for (const emulation::Model& m : all) {
      if (m.registered_at >= end) continue;
      const insight::Place& place = places.of(m.unit);
      const std::string id = number(m.id.value);
      const auto claim = emulation::claim_of(read, m.id);
      const auto stands = emulation::stands_of(read, m.id);
      // 0 of 0 is withheld, and so is what would be compared with it.
      const auto told = [](const stats::Share& share) {
        return share.whole > 0 ? std::optional(share) : std::nullopt;
      };
      const auto before = claim ? told(claim->before) : std::nullopt;
      const auto after = claim ? told(claim->after) : std::nullopt;
      const auto part = [](const auto& share) { return share ? number(share->part) : ""; };
      const auto whole = [](const auto& share) { return share ? number(share->whole) : ""; };
      Cells cells = {id,
                     place.unit,
                     place.valid_from,
                     std::string(emulation::to_text(m.field)),
                     std::string(emulation::to_text(m.metric)),
                     day_of(m.registered_at),
                     day(m.begins_on),
                     number(m.days),
                     std::string(emulation::to_text(stands)),
                     flag(claim.has_value()),
                     part(before),
                     whole(before),
                     part(after),
                     whole(after)};
      if (before && after) {
        const auto difference = emulation::difference_of(*claim);
        for (const double each :
             {difference.difference, difference.interval.low, difference.interval.high})
          cells.push_back(decimal6(each));
      } else {
        cells.resize(cells.size() + 3);
      }
      take(cells);
      sums.add("models", place, {1, 1});
      using enum emulation::Happening;
      sums.add("models_confirmed", place,
               {stands == confirmed ? 1 : 0, stands == confirmed || stands == refuted ? 1 : 0});
      if (claim) files.figure("model_before", place, id, before);
      if (claim) files.figure("model_after", place, id, after);
    }
  });
  sums.tell(files);
}

void tell_ballots(db::Read& read, Instant end, const Places& places, insight::RoomFiles& files) {
  auto all =
      oldest_first([&](std::int64_t before) { return ballot::ballots(read, before, page_size); });
  std::erase_if(all, [&](const ballot::Ballot& b) { return b.created_at >= end; });
  const auto is_told = [&](const ballot::Ballot& b) {
    return b.stage == ballot::Stage::counted && b.voted;
  };
  files.table("ballots", [&](const TakeRow& take) {
    for (const ballot::Ballot& b : all) {
      const insight::Place& place = places.of(b.unit);
      take({number(b.id.value), place.unit, place.valid_from, b.rule.code, day_of(b.opens_at),
            day_of(b.closes_at), std::string(ballot::to_text(b.stage)), number(b.households),
            is_told(b) ? number(b.voted) : ""});
      if (is_told(b))
        files.figure("ballot_turnout", place, number(b.id.value),
                     stats::Share{*b.voted, b.households});
    }
  });
  files.table("ballot_counts", [&](const TakeRow& take) {
    for (const ballot::Ballot& b : all) {
      if (!is_told(b)) continue;
      const auto box = ballot::votes_of(read, b.id);
      for (const ballot::Question& question : ballot::questions_of(read, b.id)) {
        const auto outcome = ballot::result_of(b.rule, b.households, question, box);
        for (std::size_t i = 0; i < outcome.counts.size(); ++i)
          take({number(b.id.value), number(question.number), number(static_cast<std::int64_t>(i)),
                number(outcome.counts[i]), flag(outcome.passed == static_cast<std::int64_t>(i))});
      }
    }
  });
}

}  // namespace ln::app::told
