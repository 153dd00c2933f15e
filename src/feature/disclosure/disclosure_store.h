// Rows of what is disclosed and its tables. No rules. A posting is never changed or deleted.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/disclosure/disclosure.h"
#include "platform/db/db.h"

namespace ln::disclosure {

// The id that the next item will have; insert it in the same job.
DisclosureId next_disclosure(db::Write& write);
void insert(db::Write& write, const Disclosure& disclosure);
std::optional<Disclosure> find(db::Read& read, DisclosureId id);
// Of the unit at `path` and below: what nobody can read yet first, by its date; then the newest.
std::vector<Disclosure> of_unit(db::Read& read,
                                std::string_view path,
                                std::int64_t from,
                                std::int64_t limit);
// The newest first, with ids below `before` (0: from the newest); of the unit at `path` and below,
// empty: of all.
std::vector<Disclosure> disclosures_before(db::Read& read,
                                           std::string_view path,
                                           std::int64_t before,
                                           std::int64_t limit);
// The codes of items.csv of which the unit at `path` or one below has entered anything.
std::vector<std::string> items_entered(db::Read& read, std::string_view path);
// How every unit stands that has anything to disclose, those with most overdue first.
std::vector<Standing> standings(db::Read& read, Instant now, std::int64_t from, std::int64_t limit);

// Not posted although it was due, of the unit at `path` and below.
std::int64_t count_overdue(db::Read& read, std::string_view path, Instant now);

// What was entered before then, by its number, one after the other, with the questions that are
// shown and those of them that have an answer.
void each(db::Read& read,
          Instant entered_before,
          const std::function<
              void(const Disclosure& disclosure, std::int64_t asked, std::int64_t answered)>& take);

// False when somebody posted meanwhile: `post.number` is one more than the postings that were seen.
bool insert(db::Write& write, const Disclosure& disclosure, const Post& post);
std::vector<Post> posts_of(db::Read& read, DisclosureId id);  // the newest first
void add_views(db::Write& write, DisclosureId id, std::int64_t count);

QuestionId insert(db::Write& write, const Question& question);
// Words, sight and answer. False when somebody was faster.
bool save(db::Write& write, const Question& question);
std::optional<Question> find_question(db::Read& read, const Code& code);
std::vector<Question> questions_of(db::Read& read, DisclosureId id);  // the oldest first
// Shown, and not answered.
std::int64_t count_open(db::Read& read, DisclosureId id);
// Not answered, of the unit at `path` and below.
std::int64_t count_unanswered(db::Read& read, std::string_view path);

}  // namespace ln::disclosure
