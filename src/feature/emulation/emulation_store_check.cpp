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
    std::int64_t last = -1;
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (events[i].line <= last || events[i].seq != static_cast<std::int64_t>(i) + 1)
        faults.push_back({chain.back().id, "what happened to the model stands in another order"});
      last = events[i].line;
    }
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
  const auto never_told = [&](const db::Row&) {
    faults.push_back({0, "a model or a claim is there and was never told"});
  };
  read.each(
      "SELECT m.id FROM emulation_model m LEFT JOIN ledger_entry e "
      "ON e.subject_kind = 'emulation_model' AND e.subject_id = m.id AND e.seq = 0 "
      "WHERE e.id IS NULL",
      never_told);
  read.each(
      "SELECT c.model_id FROM emulation_claim c LEFT JOIN emulation_event v "
      "ON v.model_id = c.model_id AND v.kind = 'claimed' WHERE v.model_id IS NULL",
      never_told);
  return faults;
}

}  // namespace ln::emulation
