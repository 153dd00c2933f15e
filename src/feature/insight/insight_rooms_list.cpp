// What the figures of other rooms are.
#include "feature/insight/insight_rooms.h"

namespace ln::insight {
namespace {

constexpr std::string_view promised = "docs/decisions/0034-promises.md";
constexpr std::string_view measured = "docs/decisions/0037-surveys.md";
constexpr std::string_view supervised = "docs/decisions/0035-supervision.md";
constexpr std::string_view claimed = "docs/decisions/0040-no-state-of-agreeing.md";
constexpr std::string_view decided =
    "docs/decisions/0039-households-decide.md; data/ballot/rules.csv";
constexpr std::string_view disclosed = "Luật 10/2022/QH15; data/disclosure/items.csv";

std::vector<RoomFigure> promise_figures() {
  using enum RoomKind;
  return {
      {"promises", "commitments", count, "rows", "rows", false, "made", "/commitments", promised,
       "insight.room.title.promises"_t, "insight.room.figure.promises"_t},
      {"promises_waiting", "commitments", count,
       "[state=proposed due>@night] + [state=open due>@night]", "rows", false, "made",
       "/commitments", promised, "insight.room.title.promises_waiting"_t,
       "insight.room.figure.promises_waiting"_t},
      {"promises_overdue", "commitments", count,
       "[state=proposed due<=@night] + [state=open due<=@night]", "rows", false, "made",
       "/commitments", promised, "insight.room.title.promises_overdue"_t,
       "insight.room.figure.promises_overdue"_t},
      {"promises_declared", "commitments", count, "[state=declared]", "rows", false, "made",
       "/commitments", promised, "insight.room.title.promises_declared"_t,
       "insight.room.figure.promises_declared"_t},
      {"promises_kept", "commitments", count, "[state=kept declared<=@due broken=]", "rows", false,
       "made", "/commitments", promised, "insight.room.title.promises_kept"_t,
       "insight.room.figure.promises_kept"_t},
      {"promises_late", "commitments", count, "[state=kept] - [state=kept declared<=@due broken=]",
       "rows", false, "made", "/commitments", promised, "insight.room.title.promises_late"_t,
       "insight.room.figure.promises_late"_t},
      {"promises_broken", "commitments", count, "[state=broken]", "rows", false, "made",
       "/commitments", promised, "insight.room.title.promises_broken"_t,
       "insight.room.figure.promises_broken"_t},
      {"promises_changed", "commitments", count, "[changed!=0]", "rows", false, "made",
       "/commitments", promised, "insight.room.title.promises_changed"_t,
       "insight.room.figure.promises_changed"_t},
      {"promises_on_time", "commitments", share, "[state=kept declared<=@due broken=]",
       "[state=kept] + [state=broken] + [state=proposed due<=@night] + [state=open due<=@night]",
       false, "made", "/commitments", promised, "insight.room.title.promises_on_time"_t,
       "insight.room.figure.promises_on_time"_t},
  };
}

std::vector<RoomFigure> disclosure_figures() {
  using enum RoomKind;
  return {
      {"disclosures", "disclosures", count, "rows", "rows", false, "decided", "/disclosure",
       disclosed, "insight.room.title.disclosures"_t, "insight.room.figure.disclosures"_t},
      {"disclosures_waiting", "disclosures", count, "[posted= late=0]", "rows", false, "decided",
       "/disclosure", disclosed, "insight.room.title.disclosures_waiting"_t,
       "insight.room.figure.disclosures_waiting"_t},
      {"disclosures_overdue", "disclosures", count, "[posted= late=1]", "rows", false, "decided",
       "/disclosure", disclosed, "insight.room.title.disclosures_overdue"_t,
       "insight.room.figure.disclosures_overdue"_t},
      {"disclosures_posted", "disclosures", count, "[posted!=]", "rows", false, "decided",
       "/disclosure", disclosed, "insight.room.title.disclosures_posted"_t,
       "insight.room.figure.disclosures_posted"_t},
      {"disclosures_late", "disclosures", count, "[posted!= late=1]", "rows", false, "decided",
       "/disclosure", disclosed, "insight.room.title.disclosures_late"_t,
       "insight.room.figure.disclosures_late"_t},
      {"disclosures_on_time", "disclosures", share, "[posted!= late=0]",
       "[posted!=] + [posted= late=1]", false, "decided", "/disclosure", disclosed,
       "insight.room.title.disclosures_on_time"_t, "insight.room.figure.disclosures_on_time"_t},
      {"questions_answered", "disclosures", part, "answered", "asked", false, "decided",
       "/disclosure", disclosed, "insight.room.title.questions_answered"_t,
       "insight.room.figure.questions_answered"_t},
  };
}

std::vector<RoomFigure> survey_figures() {
  using enum RoomKind;
  return {
      {"surveys", "surveys", count, "rows", "rows", false, "opens", "/surveys", measured,
       "insight.room.title.surveys"_t, "insight.room.figure.surveys"_t},
      {"survey_answered", "surveys", part, "answers", "invited", true, "opens", "/surveys",
       measured, "insight.room.title.survey_answered"_t, "insight.room.figure.survey_answered"_t},
      {"survey_index", "surveys", part, "score_sum", "score_most", true, "opens", "/surveys",
       measured, "insight.room.title.survey_index"_t, "insight.room.figure.survey_index"_t,
       "[score_most!=]"},
      {"survey_satisfied", "survey_questions", share, "satisfied", "answered", true, "opens",
       "/surveys", measured, "insight.room.title.survey_satisfied"_t,
       "insight.room.figure.survey_satisfied"_t, "[plan!=clusters]"},
      {"survey_satisfied_clusters", "survey_questions", part, "satisfied", "answered", true,
       "opens", "/surveys", measured, "insight.room.title.survey_satisfied_clusters"_t,
       "insight.room.figure.survey_satisfied_clusters"_t, "[plan=clusters]"},
  };
}

std::vector<RoomFigure> supervision_figures() {
  using enum RoomKind;
  return {
      {"programmes", "programmes", count, "rows", "rows", false, "announced", "/supervision",
       supervised, "insight.room.title.programmes"_t, "insight.room.figure.programmes"_t},
      {"found_in_order", "programmes", part, "in_order", "found", false, "announced",
       "/supervision", supervised, "insight.room.title.found_in_order"_t,
       "insight.room.figure.found_in_order"_t, "[found!=]"},
      {"found_breach", "programmes", part, "breach", "found", false, "announced", "/supervision",
       supervised, "insight.room.title.found_breach"_t, "insight.room.figure.found_breach"_t,
       "[found!=]"},
      {"advice", "advice", count, "rows", "rows", false, "advised", "/supervision", supervised,
       "insight.room.title.advice"_t, "insight.room.figure.advice"_t},
      {"advice_late", "advice", count, "late", "rows", false, "advised", "/supervision", supervised,
       "insight.room.title.advice_late"_t, "insight.room.figure.advice_late"_t},
      {"advice_verified", "advice", part, "verified", "rows", false, "advised", "/supervision",
       supervised, "insight.room.title.advice_verified"_t, "insight.room.figure.advice_verified"_t},
  };
}

std::vector<RoomFigure> model_figures() {
  using enum RoomKind;
  return {
      {"models", "models", count, "rows", "rows", false, "registered", "/emulation", claimed,
       "insight.room.title.models"_t, "insight.room.figure.models"_t},
      {"models_confirmed", "models", part, "[state=confirmed]",
       "[state=confirmed] + [state=refuted]", false, "registered", "/emulation", claimed,
       "insight.room.title.models_confirmed"_t, "insight.room.figure.models_confirmed"_t},
      {"model_before", "models", share, "before_part", "before_whole", true, "registered",
       "/emulation", claimed, "insight.room.title.model_before"_t,
       "insight.room.figure.model_before"_t, "[claimed=1]"},
      {"model_after", "models", share, "after_part", "after_whole", true, "registered",
       "/emulation", claimed, "insight.room.title.model_after"_t,
       "insight.room.figure.model_after"_t, "[claimed=1]"},
  };
}

std::vector<RoomFigure> ballot_figures() {
  using enum RoomKind;
  return {
      {"ballot_turnout", "ballots", part, "voted", "households", true, "opens", "/ballots", decided,
       "insight.room.title.ballot_turnout"_t, "insight.room.figure.ballot_turnout"_t,
       "[stage=counted]"},
  };
}

}  // namespace

const std::vector<RoomFigure>& room_figures() {
  static const std::vector<RoomFigure> all = [] {
    std::vector<RoomFigure> made;
    for (auto& room : {promise_figures(), disclosure_figures(), survey_figures(),
                       supervision_figures(), model_figures(), ballot_figures()})
      made.insert(made.end(), room.begin(), room.end());
    return made;
  }();
  return all;
}

}  // namespace ln::insight
