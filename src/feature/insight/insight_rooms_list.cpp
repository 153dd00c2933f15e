// What the figures of other rooms are.
#include "feature/insight/insight_rooms.h"

namespace ln::insight {
namespace {

constexpr std::string_view promised = "docs/decisions/0034-promises.md";
constexpr std::string_view disclosed = "Luật 10/2022/QH15; data/disclosure/items.csv";

std::vector<RoomFigure> promise_figures() {
  using enum RoomKind;
  return {
      {"promises", "commitments", count, "rows", "rows", false, "made", "/commitments", promised,
       "insight.room.title.promises"_t, "insight.room.figure.promises"_t},
      {"promises_waiting", "commitments", count,
       "[state=proposed due>night] + [state=open due>night]", "rows", false, "made", "/commitments",
       promised, "insight.room.title.promises_waiting"_t, "insight.room.figure.promises_waiting"_t},
      {"promises_overdue", "commitments", count,
       "[state=proposed due<=night] + [state=open due<=night]", "rows", false, "made",
       "/commitments", promised, "insight.room.title.promises_overdue"_t,
       "insight.room.figure.promises_overdue"_t},
      {"promises_declared", "commitments", count, "[state=declared]", "rows", false, "made",
       "/commitments", promised, "insight.room.title.promises_declared"_t,
       "insight.room.figure.promises_declared"_t},
      {"promises_kept", "commitments", count, "[state=kept declared<=due broken=]", "rows", false,
       "made", "/commitments", promised, "insight.room.title.promises_kept"_t,
       "insight.room.figure.promises_kept"_t},
      {"promises_late", "commitments", count, "[state=kept] - [state=kept declared<=due broken=]",
       "rows", false, "made", "/commitments", promised, "insight.room.title.promises_late"_t,
       "insight.room.figure.promises_late"_t},
      {"promises_broken", "commitments", count, "[state=broken]", "rows", false, "made",
       "/commitments", promised, "insight.room.title.promises_broken"_t,
       "insight.room.figure.promises_broken"_t},
      {"promises_changed", "commitments", count, "[changed!=0]", "rows", false, "made",
       "/commitments", promised, "insight.room.title.promises_changed"_t,
       "insight.room.figure.promises_changed"_t},
      {"promises_on_time", "commitments", share, "[state=kept declared<=due broken=]",
       "[state=kept] + [state=broken] + [state=proposed due<=night] + [state=open due<=night]",
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

}  // namespace

const std::vector<RoomFigure>& room_figures() {
  static const std::vector<RoomFigure> all = [] {
    std::vector<RoomFigure> made;
    for (auto& room : {promise_figures(), disclosure_figures()})
      made.insert(made.end(), room.begin(), room.end());
    return made;
  }();
  return all;
}

}  // namespace ln::insight
