// What the desk does with many comments at once: asks the machine to group what is loose, takes a
// group apart again, and puts everything that a search found under one point.
//
// All of it is for whoever may edit the draft, from the day it is opened until it is decided.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "feature/consultation/consultation_actions_answer.h"
#include "feature/consultation/consultation_store_letter.h"
#include "platform/db/db.h"

namespace ln::consultation {

// Leaves word for the job that groups (consultation_jobs_letter.h). A second word while it is at
// work changes nothing. Refuses as undecided() does.
Result<Done> ask_grouping(db::Write& write, const EditAct& act, ConsultationId id);

// Takes away from a point what the machine put under it and nobody moved since. It stays loose
// until a person places it: the machine places nothing twice. That it was undone is kept, with who
// and when. Gives how many. Refuses (conflict) a point that is answered, and one under which the
// machine put nothing. A title that the machine made of the words of a letter goes with it.
Result<std::int64_t> undo_grouping(db::Write& write, const EditAct& act, IssueId id);

// Titles that the machine gives a point, in Vietnamese; the desk writes other words in their place.
// Of a letter it says no more than what they wrote: what they ask for is for a person to name. How
// many they are stands beside it, so that the title does not change with each that comes or goes.
std::string title_of_clause(const std::string& clause);
std::string title_of_letter(const std::vector<LetterPart>& parts);

inline constexpr std::size_t found_at_once = 2'000;
// Puts `comments` under a point, or under a new one called `title` when there is no `to`, by hand:
// each is kept with who and when. Comments of other consultations and withdrawn ones are passed
// over. Gives how many moved. Refuses (invalid) none at all, more than found_at_once, and what may
// not be a title; (not_found) a point of another consultation.
struct PlaceMany {
  std::vector<CommentId> comments{};
  IssueId to{};  // 0: a new one
  std::string title{};
};
Result<std::int64_t> place_many(db::Write& write,
                                const EditAct& act,
                                ConsultationId id,
                                const PlaceMany& what,
                                const IssueDraws& draws);

}  // namespace ln::consultation
