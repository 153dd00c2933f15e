// Rows of surveys and their tables. No rules. Forms stand as their files, read by read_form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/draw/draw.h"
#include "feature/survey/survey.h"
#include "feature/survey/survey_result.h"
#include "platform/db/db.h"

namespace ln::survey {

// --- forms --------------------------------------------------------------------------------------

// A form as its file says it (docs/formats/survey-form.md), or what is wrong with it and where. The
// members of the row are not set.
struct ReadForm {
  std::optional<Form> form{};
  std::optional<Fault> fault{};  // set when there is no form
};
ReadForm read_form(std::string_view body);
// The same of a form that need not be whole yet: of its rules only its syntax is looked at.
ReadForm read_draft(std::string_view body);
// The file of a form: read_draft() gives back all of it that a file holds.
std::string file_of(const Form& form);

FormId next_form(db::Write& write);
void insert(db::Write& write, const Form& form);
std::optional<Form> find_form(db::Read& read, FormId id);
std::optional<Form> find_form(db::Read& read, std::string_view code, std::int64_t version);
// The newest version of each code, by code; all versions of one, the newest first.
std::vector<Form> newest_forms(db::Read& read);
std::vector<Form> versions_of(db::Read& read, std::string_view code);
// Forms that came with the program and are not there yet are put in. Called when a city opens.
void install_forms(db::Write& write, Instant now);

// --- surveys ------------------------------------------------------------------------------------

SurveyId next_survey(db::Write& write);
void insert(db::Write& write, const Survey& survey, const std::vector<Cluster>& clusters);
std::optional<Survey> find(db::Read& read, SurveyId id);
// The newest first, with ids below `before` (0: from the newest).
std::vector<Survey> surveys(db::Read& read, std::int64_t before, std::int64_t limit);
std::vector<Cluster> clusters_of(db::Read& read, SurveyId id);  // by number
std::vector<std::int64_t> drawn_of(db::Read& read, SurveyId id);
// Announced ones whose moment has come; open ones whose last day is over.
std::vector<Survey> due_to_draw(db::Read& read, Instant now, std::int64_t limit);
std::vector<Survey> due_to_close(db::Read& read, Day today, std::int64_t limit);
// The first head of the ledger published at `from` or later.
std::optional<draw::Head> head_from(db::Read& read, Instant from);
// False when the survey is not where the change begins.
bool save_drawn(db::Write& write, const Survey& survey, const std::vector<std::int64_t>& numbers);
bool save_closed(db::Write& write, const Survey& survey);

// --- slips --------------------------------------------------------------------------------------

struct Slip {
  std::int64_t id = 0;
  SurveyId survey{};
  std::int64_t cluster = 0;
  bool is_used = false;
  std::optional<AnswerId> answer{};
  std::int64_t printed_by = 0;  // account
  Instant printed_at{};
};
struct NewSlips {
  SurveyId survey{};
  std::int64_t cluster = 0, printed_by = 0;
  Instant printed_at{};
  std::vector<std::string> hashes{};
};
void insert(db::Write& write, const NewSlips& slips);
std::optional<Slip> find_slip(db::Read& read, std::string_view hash);
// How many slips of a cluster (0: of all), or how many of them answered.
std::int64_t slips_of(db::Read& read, SurveyId id, std::int64_t cluster);
std::int64_t used_of(db::Read& read, SurveyId id);

// --- answers ------------------------------------------------------------------------------------

struct Answer {
  AnswerId id{};
  SurveyId survey{};
  Way way = Way::slip;
  std::int64_t cluster = 0;
  Given given{};
  std::optional<std::int64_t> score{};
  Instant answered_at{};
  std::optional<Instant> changed_at{};
  std::int64_t revision = 1;
  std::optional<std::int64_t> entered_by{};
  std::int64_t line = 0;
  std::string nonce{};  // 32 bytes, another with each change
};
AnswerId next_answer(db::Write& write);
void insert(db::Write& write, const Answer& answer, const Slip* slip);
std::optional<Answer> find_answer(db::Read& read, AnswerId id);
// Writes values, texts, score, changed_at, line and nonce. False when its revision is another by
// now.
bool save(db::Write& write, const Answer& answer);
// Keeps of the survey's answers their counts, scores and rush, and takes the answers away: with the
// secret of a slip nobody finds what it said, nor when. To be called once, when it is over.
void keep_totals(db::Write& write, SurveyId id);
// Cuts slips from their answers and deletes these with what people wrote.
void forget_answers(db::Write& write, SurveyId id);

// --- counts -------------------------------------------------------------------------------------

// Of the answers, or of what keep_totals kept of them. Both by way, then question or party, then
// cluster.
std::vector<Count> counts_of(db::Read& read, SurveyId id);
std::vector<Scores> scores_of(db::Read& read, SurveyId id);
// What looks like stuffing: the most answers and changes by slip within one minute in one cluster,
// and how many came while offices are open (8 to 17, Monday to Friday) of how many.
struct Rush {
  std::int64_t most_in_a_minute = 0, in_office_hours = 0, all = 0;
};
Rush rush_of(db::Read& read, SurveyId id);

}  // namespace ln::survey
