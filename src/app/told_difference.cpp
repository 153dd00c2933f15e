#include "app/told_difference.h"

#include <utility>

#include "core/ledger/ledger_store.h"
#include "feature/feedback/feedback_store.h"

namespace ln::app {
namespace {

std::string code_of_line(db::Read& read, std::int64_t line) {
  const auto entry = line > 0 ? ledger::entry_at(read, line - 1) : std::nullopt;
  if (!entry || entry->subject.kind != "feedback") return "";
  const auto about = feedback::find(read, feedback::FeedbackId{entry->subject.id});
  return about && !about->is_protected && !about->held_as ? about->code.text() : "";
}

}  // namespace

ledger::Difference difference_of(db::Read& read, ledger::Fault fault) {
  ledger::Difference found;
  if (const std::size_t colon = fault.what.find(": "); colon != std::string::npos) {
    found.room = fault.what.substr(0, colon);
    fault.what.erase(0, colon + 2);
  }
  try {
    found.code = code_of_line(read, fault.id);
  } catch (const db::Failure&) {
    // A row that was changed into one that cannot be read keeps its line.
  }
  found.fault = std::move(fault);
  return found;
}

}  // namespace ln::app
