// Public facts: lines of the log that everybody reads in clear, 0x02 before one object in the
// canonical form of RFC 8785 (docs/formats/ledger.md). Nobody outside the program writes a byte of
// one: they hold words of the lists below, codes, dates, counts, hashes and keys, never a sentence.
// Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/ledger/ledger.h"

namespace ln::ledger {

// A leaf has at most 16 KiB (schema/0013), of which the first byte is the 0x02.
inline constexpr std::size_t fact_size_max = 16 * 1024 - 1;

// What is counted, of the day or since the last time it was given:
//   received  cases that came in
//   answered  first answers not after the first due instant
//   late      first answers after it
//   overdue   cases whose first due instant passed without an answer
//   reopened  answers that the sender did not accept
//   solved    cases closed because their sender accepted the answer
inline constexpr std::string_view figure_words[] = {"received", "answered", "late",
                                                    "overdue",  "reopened", "solved"};
inline constexpr std::size_t figure_count = 6;

// Stands for the whole city in a row of counts; what it counts is left out of the rows of units.
inline constexpr std::string_view whole_city = "*";

// `count` cases of `unit` in the days from `from` to the day of the fact.
struct CountRow {
  std::string unit;  // code, or whole_city
  std::size_t figure = 0;
  Day from{};
  std::int64_t count = 0;
  friend bool operator==(const CountRow&, const CountRow&) = default;
};

// One day in Vietnam. `lines` is how many lines of the log were counted; a line of the day that
// came after them counts in the next. In several parts when it is too long for one leaf.
struct DailyFact {
  Day day{};
  Instant at{};
  std::int64_t lines = 0;
  std::int64_t part = 1, parts = 1;
  std::vector<CountRow> counts{};  // by unit, then in figure_words' order
  std::vector<std::pair<std::string, std::int64_t>> erased{};  // by reason, in part 1
};

// How long a topic may take, in whole units of `measure`.
struct DeadlineRow {
  std::string topic;    // code
  std::string measure;  // working_hours, working_days, calendar_days
  std::int64_t count = 0;
};
// The deadline table in force from `at` on.
struct DeadlinesFact {
  Instant at{};
  std::int64_t part = 1, parts = 1;
  std::vector<DeadlineRow> topics{};  // by code
};

// Who signs from `at` on: the log's key and the policy of the city. At most witnesses_told of the
// witnesses are named; the hash of the policy stands for all.
inline constexpr std::size_t witnesses_told = 200;
struct KeysFact {
  Instant at{};
  PublicKey log{};
  std::optional<Hash> policy{};        // SHA-256 of its text; null: there is none
  std::vector<PublicKey> witnesses{};  // in the policy's order
};

// This log begins after the leaves of one with another name and key (ledger_origin.h): it has kept
// the first `kept` of them. `note` is the last head the other log is known to have signed, with its
// own signature alone; it may be of more leaves than were kept, and those are lost.
struct OriginFact {
  Instant at{};
  std::int64_t kept = 0;
  std::string key{};  // of the other log, as C2SP writes it
  std::string note{};
};

// One month in Vietnam, in one row for each unit and figure of which a stretch ended in it: the sum
// of those stretches, and the root of the tree in which each counted case has a leaf
// (engine/merkle/merkle_sum.h, ledger_sum.h). In several parts when it is too long for one leaf.
struct SumRow {
  std::string unit;  // code, or whole_city
  std::size_t figure = 0;
  std::int64_t count = 0;
  Hash root{};
  friend bool operator==(const SumRow&, const SumRow&) = default;
};
struct MonthlyFact {
  std::chrono::year_month month{};
  Instant at{};
  std::int64_t part = 1, parts = 1;
  std::vector<SumRow> sums{};  // by unit, then in figure_words' order
};

// Days of the working calendar that somebody changed: what each is from now on ("holiday",
// "swap_off", "comp_off", "makeup_work", or "plain": what its weekday says), and the SHA-256 of its
// words as the calendar's page shows them: name_vi, name_en and source, a "\n" after each.
struct CalendarRow {
  Day day{};
  std::string kind;
  Hash words{};
};
struct CalendarFact {
  Instant at{};
  std::int64_t part = 1, parts = 1;
  std::vector<CalendarRow> days{};  // in the order of the change
};

// One entry of a list of the city's settings that an administrator changed (core/settings): which
// list ("topic"), which entry, from which day on, and the SHA-256 of its value as the settings file
// writes it (docs/formats/settings.md). Taking a change back is one more such fact.
struct SettingsFact {
  Instant at{};
  std::string list;  // a word
  std::string code;  // of the entry
  Day from{};
  Hash value{};
};

// An authority ordered the city to hand out what is kept secret of a sender: who ("court",
// "procuracy", "police", "inspectorate", "other") and what was done ("refused", "partly", "given").
// Whose case it was is not said.
struct DisclosureFact {
  Instant at{};
  std::string authority, outcome;  // words
};

// A draft rule that everybody may comment on (feature/consultation): it was opened, has another
// version, was given more time, or is closed. `text` is the SHA-256 of the version as its page
// gives it out; `closes` is the last day; `comments` counts what had come in by then.
struct ConsultationFact {
  Instant at{};
  std::string what;  // "opened", "version", "extended", "closed"
  std::int64_t consultation = 0, version = 0, comments = 0;
  Day closes{};
  Hash text{};
};

// The open data of the night after `day` (docs/formats/open-data.md): SHA-256 of its manifest,
// which holds the hashes of all its files.
struct OpenDataFact {
  Instant at{};
  Day day{};
  Hash manifest{};
};

using Fact = std::variant<DailyFact,
                          DeadlinesFact,
                          KeysFact,
                          OriginFact,
                          MonthlyFact,
                          CalendarFact,
                          SettingsFact,
                          DisclosureFact,
                          ConsultationFact,
                          OpenDataFact>;
// In the order of Fact's alternatives; the words stand as `k` in payloads.
inline constexpr std::string_view fact_words[] = {
    "daily",    "deadlines", "keys",       "origin",       "monthly",
    "calendar", "settings",  "disclosure", "consultation", "open_data"};
inline constexpr std::size_t origin_kind = 3, monthly_kind = 4, calendar_kind = 5,
                             settings_kind = 6, disclosure_kind = 7, consultation_kind = 8,
                             open_data_kind = 9;

// What an entry of a fact happened to: each kind of fact is one chain.
Subject subject_of(std::size_t fact_kind);

// A code as it may stand in a fact: itself when it consists of ASCII letters, digits, '.', '_' and
// '-', and else the beginning of its SHA-256.
std::string public_code(std::string_view code);

// The payload. Precondition: parse_fact reads it back; who makes facts keeps to the limits here.
std::string text_of(const Fact& fact);
// Null for everything that text_of does not write, byte for byte.
std::optional<Fact> parse_fact(std::string_view payload);

// The leaf of a fact: 0x02, then its payload.
std::string public_leaf(std::string_view payload);
// Whether `leaf` is that of the known public fact `payload`.
bool is_public_leaf(std::string_view leaf, std::string_view payload);

// Cuts facts that would be too long for a leaf into parts; most have one.
std::vector<DailyFact> parts_of(DailyFact whole);
std::vector<DeadlinesFact> parts_of(DeadlinesFact whole);
std::vector<MonthlyFact> parts_of(MonthlyFact whole);
std::vector<CalendarFact> parts_of(CalendarFact whole);

// The place of a word in figure_words; null when it is none.
std::optional<std::size_t> figure_of(std::string_view word);
// "2026-11".
std::string to_text(std::chrono::year_month month);
std::chrono::year_month month_of(Day day);

}  // namespace ln::ledger
