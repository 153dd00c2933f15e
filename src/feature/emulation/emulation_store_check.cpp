#include "feature/emulation/emulation_store_check.h"

#include <algorithm>
#include <string>

#include "core/ledger/ledger_told.h"
#include "feature/emulation/emulation_store.h"

namespace ln::emulation {
namespace {

// What this event of a model was told with.
std::string body_of(db::Read& read, const Model& m, const Event& event) {
  if (event.kind == Happening::registered) return statement_of(m);
  if (event.kind != Happening::claimed) return event.text;
  const auto claim = claim_of(read, m.id);
  return (claim ? statement_of(*claim) : std::string()) + "\n" + event.text;
}

const char* unfit_line(db::Read& read,
                       const Model& m,
                       const std::vector<Event>& events,
                       const ledger::Told& line) {
  const auto event = std::ranges::find(events, line.id - 1, &Event::line);
  if (event == events.end()) return "what happened to the model is not there any more";
  if (!line.is_about(to_text(event->kind))) return "what happened to the model is another thing";
  if (line.was_told(body_of(read, m, *event))) return nullptr;
  switch (event->kind) {
    case Happening::registered: return "the model is not the one that was registered";
    case Happening::claimed: return "the claim is not the one that was made";
    case Happening::confirmed:
    case Happening::refuted: return "the verdict is not the one that was given";
    case Happening::replied: break;
  }
  return "the reply to the verdict is not the one that was given";
}

}  // namespace

std::vector<ledger::Fault> unfit_texts(db::Read& read) {
  std::vector<ledger::Fault> faults;
  ledger::each_chain(read, "emulation_model", [&](const ledger::Chain& chain) {
    const auto m = find(read, ModelId{chain.front().subject});
    if (!m) {
      faults.push_back({chain.front().id, "the model of this line is not there any more"});
      return;
    }
    const auto events = events_of(read, m->id);
    for (const ledger::Told& line : chain)
      if (const char* wrong = unfit_line(read, *m, events, line); wrong != nullptr)
        faults.push_back({line.id, wrong});
  });
  read.each(
      "SELECT v.line FROM emulation_event v LEFT JOIN ledger_entry e ON e.id = v.line + 1 "
      "AND e.subject_kind = 'emulation_model' AND e.subject_id = v.model_id WHERE e.id IS NULL "
      "ORDER BY v.model_id, v.seq",
      [&](const db::Row&) {
        faults.push_back({0, "something is said to have happened to a model and was never told"});
      });
  return faults;
}

}  // namespace ln::emulation
