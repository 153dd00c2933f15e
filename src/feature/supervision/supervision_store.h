// Rows of supervision and its tables. No rules. Nothing here changes or deletes what was said: the
// tables refuse it, too.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/feedback/feedback.h"
#include "feature/supervision/supervision.h"
#include "platform/db/db.h"

namespace ln::supervision {

// Ids that the next programme and the next advice will have; insert them in the same job.
ProgrammeId next_programme(db::Write& write);
AdviceId next_advice(db::Write& write);

// Cases handled by the unit at `path` or below that came in on [from, to], as they stand at `now`.
// What is no feedback in the legal sense and what was erased is not among them.
struct CandidatesOf {
  std::string_view path{};
  Day from{}, to{};
  Instant now{};
};
std::vector<Candidate> candidates(db::Read& read, const CandidatesOf& what);

void insert(db::Write& write, const Programme& programme);
void insert_frame(db::Write& write, ProgrammeId id, const Made& made);
std::optional<Programme> find(db::Read& read, ProgrammeId id);
// The newest first, with ids below `before` (0: from the newest).
std::vector<Programme> programmes(db::Read& read, std::int64_t before, std::int64_t limit);
// Announced ones whose moment has come.
std::vector<Programme> due_to_draw(db::Read& read, Instant now, std::int64_t limit);
std::vector<draw::Stratum> strata_of(db::Read& read, ProgrammeId id);
std::vector<Item> items_of(db::Read& read, ProgrammeId id);  // by number
std::optional<Item> find_item(db::Read& read, ProgrammeId id, std::int64_t number);

// The head that decides what is drawn at `head_at`: the first published then or later.
struct Published {
  draw::Head head;
  Instant at{};
};
std::optional<Published> head_from(db::Read& read, Instant head_at);

// Writes the draw. False when the programme is not waiting for it.
bool save_draw(db::Write& write, const Programme& programme, const std::vector<std::int64_t>& all);
std::vector<std::int64_t> drawn_of(db::Read& read, ProgrammeId id);
bool save_finished(db::Write& write, const Programme& programme);

void insert(db::Write& write, const Finding& finding);
// All, by number and then in order.
std::vector<Finding> findings_of(db::Read& read, ProgrammeId id);

// Replies of units to findings, by number and then in order.
void insert(db::Write& write, const FindingReply& reply);
std::vector<FindingReply> replies_to_findings(db::Read& read, ProgrammeId id);
// Findings of the programme that count, written for the unit that handled the case then, by number:
// none of a case of a stratum that protects, nor of one that needs protecting now, was held or
// erased. Whether the programme tells units at all, tells_units says.
struct ToldFinding {
  Finding finding;
  std::string code{};       // of the case
  std::string unit_path{};  // of the finding's unit
};
std::vector<ToldFinding> told_findings(db::Read& read, ProgrammeId id);

// Of the cases found out, those that are read no more only because they were erased: an erasure is
// public, so that a case missing for it tells nothing of a case that needs protecting.
std::int64_t count_erased(db::Read& read, ProgrammeId id);
// Programmes with a finding written for the unit at `path` or one below it, the newest first.
std::vector<ProgrammeId> programmes_about(db::Read& read, std::string_view path);

void insert(db::Write& write, const Advice& advice);
void insert(db::Write& write, AdviceId id, const Said& said);
std::optional<Advice> find_advice(db::Read& read, AdviceId id);
std::vector<Advice> advice_of(db::Read& read, ProgrammeId id);  // by number
// To the unit at `path` and those below, the newest first.
std::vector<Advice> advice_to(db::Read& read, std::string_view path, std::int64_t limit);

// What a supervisor sees of a case that was drawn: what happened and when, and no word that nobody
// released.
struct Seen {
  std::optional<feedback::Code> code{};  // null when the case needs protection, or was erased
  bool needs_protection = false, is_published = false, is_erased = false;
  units::UnitId unit{};
  Day received_on{}, due_on{};
  std::optional<Day> answered_on{}, closed_on{};
  std::int64_t reopen_count = 0, transfer_count = 0;
  struct Event {
    std::string word;
    Day on{};
  };
  std::vector<Event> events{};  // in order
};
std::optional<Seen> seen(db::Read& read, std::int64_t feedback);

// Drafts of which social criticism was asked, the newest first: it belongs to their consultation.
struct CriticisedDraft {
  std::int64_t consultation = 0;
  std::string title_vi{}, title_en{};
};
std::vector<CriticisedDraft> criticised_drafts(db::Read& read, std::int64_t limit);

// Takes away what was written about a case, and what leads from its number to it.
void forget_words(db::Write& write, feedback::FeedbackId id);

}  // namespace ln::supervision
