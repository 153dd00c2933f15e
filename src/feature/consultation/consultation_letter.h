// One letter that many sent: what they have in common, where each fills in something, and what each
// added. engine/campaigns finds families of similar texts; here it is judged whether one of them is
// a letter, and read what may be shown of it.
//
// A family is a letter when it has enough senders, most of them added nothing, they speak of one
// clause (or most of them of the whole draft), and its texts do not differ by whole sentences: two
// mails that share their greeting and their thanks and ask for different things are two comments.
// The limits are data/consultation/letters.csv, each with its reason.
//
// Nothing that fewer than `senders_min` comments have in common is ever a part of a letter. That is
// no promise that no name is: five comments may be of one person, and five people may live in one
// house. So of what is filled in nothing is told that has a word like a name, a number or an
// address in it: a capital, a digit, "ngõ". A name in small letters that five wrote would be.
//
// Types and rules; nothing here reads a database, a clock or a socket.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/campaigns/campaigns.h"
#include "feature/consultation/consultation_answer.h"

namespace ln::consultation {

struct LetterLimits {
  std::int64_t senders_min = 0;
  std::int64_t fits_percent_min = 0, merged_fits_percent_min = 0;
  std::int64_t one_clause_percent_min = 0, whole_draft_percent_min = 0;
  std::int64_t phrase_words_max = 0, sentence_slots_percent_max = 0;
  std::int64_t slot_words_max = 0, slot_percent_min = 0, names_percent_min = 0;
};
// Null when a line is not understood or one is missing; a test reads the built-in table.
std::optional<LetterLimits> read_letter_limits(std::string_view csv);
// The table inside the executable.
const LetterLimits& letter_limits();

// The words of SQL and of the archive; "" and nothing for a point without a letter.
inline constexpr std::array all_letter_kinds = {campaigns::Kind::exact, campaigns::Kind::edited,
                                                campaigns::Kind::merged};
std::string_view word_of(campaigns::Kind);
TextKey key_of(campaigns::Kind);

// A piece of a letter: words that all have, or a place that each fills. Of what stands there only
// the values are told that at least senders_min comments have and that have no word like a name,
// a number or an address in them, the commonest first.
struct LetterPart {
  struct Value {
    std::string text{};  // empty: it may be left out
    std::int64_t senders = 0;
    bool operator==(const Value&) const = default;
  };
  std::string text{};  // empty: a slot
  std::vector<Value> values{};
  bool is_slot() const { return text.empty(); }
  bool operator==(const LetterPart&) const = default;
};
inline constexpr std::size_t values_shown_max = 4;

// As one column of the database; parts_in() gives none for what parts_text() did not write.
std::string parts_text(const std::vector<LetterPart>& parts);
std::vector<LetterPart> parts_in(std::string_view text);
// "12-40 55-90"; spans that are not in order or end beyond `size` are left out.
std::string spans_text(const std::vector<campaigns::Span>& spans);
std::vector<campaigns::Span> spans_in(std::string_view text, std::size_t size);

// The first words of a letter, a slot as "…"; cut between words.
std::string beginning_of(const std::vector<LetterPart>& parts);

// One family, read.
struct LetterReading {
  campaigns::Kind kind = campaigns::Kind::exact;
  std::vector<LetterPart> parts{};
  std::int64_t members = 0, fitting = 0;
  // Of merged texts: the share of their words that stand in slots of whole sentences, in percent.
  std::int64_t sentence_slots_percent = 0;
  // What is its own of each text that has something of its own, by its place in Found::texts.
  std::map<std::uint32_t, std::vector<campaigns::Span>> own{};

  std::int64_t fits_percent() const { return members == 0 ? 0 : fitting * 100 / members; }
  // Whether it is one letter as far as its words tell; who speaks of which clause is asked apart.
  bool is_letter() const;
};
// The members of each group, as places in Found::texts; those who only quote a letter are none.
std::vector<std::vector<std::uint32_t>> members_of(const campaigns::Found& found);
// Group `group` of what was found, with its members; asks `texts` for those it has to look at.
LetterReading read_letter(const campaigns::Found& found,
                          std::uint32_t group,
                          const std::vector<std::uint32_t>& members,
                          const campaigns::Texts& texts);

// Of which clause a family speaks; nothing when it speaks of several.
std::optional<std::string> clause_of(const std::map<std::string, std::int64_t>& senders_by_clause);

}  // namespace ln::consultation
