#include "feature/survey/survey_actions.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "core/ledger/ledger_actions_survey.h"
#include "core/ledger/ledger_public.h"
#include "core/ledger/ledger_stop.h"
#include "core/people/people_independent.h"
#include "core/units/units_store.h"
#include "engine/merkle/merkle.h"
#include "engine/text/text_typed.h"
#include "feature/survey/survey_store_check.h"

namespace ln::survey {
namespace {

Error no_survey() { return {ErrorKind::not_found, "survey.error.none"_t}; }
Error not_at_this_stage() { return {ErrorKind::conflict, "survey.error.not_now"_t}; }
Error wrong_at(std::string_view field, TextKey text) {
  return {ErrorKind::invalid, text, {{std::string(field), text}}};
}

Instant whole_seconds(Instant at) { return std::chrono::floor<std::chrono::seconds>(at); }
std::string digest_of(const std::string& text) {
  return std::string(as_text(merkle::sha256(as_bytes(text))));
}
merkle::Hash as_hash(const std::string& bytes) {
  return merkle::to_hash(bytes).value_or(merkle::Hash{});
}

std::string code_of_unit(db::Read& read, units::UnitId id) {
  const auto unit = units::find(read, id);
  return ledger::public_code(unit ? unit->code : "none");
}

// One line of text: a plan is hashed line by line.
std::string one_line(const std::string& typed) {
  std::string out = text::tidied(typed);
  std::ranges::replace_if(out, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return out;
}

// "name; how many", line by line. Null for anything else.
std::optional<std::vector<Cluster>> clusters_in(std::string_view typed) {
  std::vector<Cluster> all;
  std::set<std::string> names;
  while (!typed.empty()) {
    const std::size_t end = std::min(typed.find('\n'), typed.size());
    const std::string_view line = trimmed(typed.substr(0, end));
    typed.remove_prefix(std::min(end + 1, typed.size()));
    if (line.empty()) continue;
    const std::size_t mark = line.rfind(';');
    if (mark == std::string_view::npos) return std::nullopt;
    const auto size = parse_number(trimmed(line.substr(mark + 1)));
    Cluster cluster{.number = std::ssize(all) + 1,
                    .name = one_line(std::string(line.substr(0, mark))),
                    .size = size.value_or(0)};
    if (cluster.name.empty() || count_chars(cluster.name) > title_chars_max || cluster.size < 1 ||
        cluster.size > frame_max || !names.insert(cluster.name).second)
      return std::nullopt;
    all.push_back(std::move(cluster));
  }
  return all;
}

void check_words(FieldErrors& errors, const Survey& s) {
  if (count_chars(s.title_vi) < title_chars_min)
    errors.add("title_vi", "survey.error.title_short"_t);
  if (count_chars(s.title_vi) > title_chars_max)
    errors.add("title_vi", "survey.error.title_long"_t);
  if (count_chars(s.title_en) > title_chars_max)
    errors.add("title_en", "survey.error.title_long"_t);
  if (s.frame.empty() || count_chars(s.frame) > title_chars_max)
    errors.add("frame", "survey.error.frame"_t);
  if (count_chars(s.procedure) > 40) errors.add("procedure", "survey.error.procedure"_t);
}

void check_plan(FieldErrors& errors, Planned& planned, const Typed& typed, Instant now) {
  Survey& s = planned.survey;
  auto clusters = clusters_in(typed.clusters);
  const auto count = clusters ? std::ssize(*clusters) : 0;
  if (!clusters || count > clusters_max || (s.plan == Plan::random && count > 0) ||
      (s.plan == Plan::clusters && count < 2))
    errors.add("clusters", "survey.error.clusters"_t);
  else
    planned.clusters = *std::move(clusters);
  if (count > 0) {  // what they say is what is asked
    s.frame_size = 0;
    for (const Cluster& each : planned.clusters) s.frame_size += each.size;
  }
  if (s.frame_size < 1 || s.frame_size > frame_max)
    errors.add("frame_size", "survey.error.frame_size"_t);
  const std::int64_t most = s.plan == Plan::clusters ? count : s.frame_size;
  if (s.plan == Plan::census)
    s.sample_size = std::max<std::int64_t>(s.frame_size, 1);
  else if (s.sample_size < 1 || s.sample_size > most ||
           (s.plan == Plan::clusters && s.sample_size < 2))
    errors.add("sample_size", "survey.error.sample_size"_t);
  if (s.plan == Plan::census) return;
  if (!typed.head_at || *typed.head_at < now + head_ahead_min ||
      *typed.head_at > now + head_ahead_max || local_day(*typed.head_at) >= s.closes_on)
    errors.add("head_day", "survey.error.head_at"_t);
  else
    s.head_at = whole_seconds(*typed.head_at);
}

}  // namespace

Result<Form> save_form(db::Write& write,
                       const people::Administrator& administrator,
                       const std::string& body,
                       Instant now) {
  auto read = read_form(body);
  if (!read.form) return wrong_at("body", read.fault->text);
  Form form = *std::move(read.form);
  const auto before = versions_of(write, form.code);
  if (!before.empty() && before.front().body == form.body) return before.front();
  form.version = before.empty() ? 1 : before.front().version + 1;
  form.id = next_form(write);
  form.hash = digest_of(form.body);
  form.created_by = administrator.id().value;
  form.created_at = now;
  insert(write, form);
  return form;
}

Result<Planned> check(const Typed& typed, Instant now) {
  FieldErrors errors;
  Planned planned;
  Survey& s = planned.survey;
  s.title_vi = one_line(typed.title_vi);
  s.title_en = one_line(typed.title_en);
  s.frame = one_line(typed.frame);
  s.procedure = one_line(typed.procedure);
  s.form = typed.form;
  s.opens_on = typed.opens_on;
  s.closes_on = typed.closes_on;
  s.plan = typed.plan;
  s.frame_size = typed.frame_size;
  s.sample_size = typed.sample_size;
  s.has_kiosk = typed.has_kiosk;
  s.has_link = typed.has_link;
  check_words(errors, s);
  const Day today = local_day(now);
  if (s.opens_on < today || s.opens_on > s.closes_on ||
      (s.closes_on - today).count() > period_days_max)
    errors.add("opens_on", "survey.error.period"_t);
  check_plan(errors, planned, typed, now);
  if (!errors.empty()) return errors.take();
  return planned;
}

Result<Survey> announce(db::Write& write,
                        const SupervisorAct& act,
                        const units::Unit& unit,
                        const Typed& typed) {
  if (!people::is_independent(act.supervisor.staff(), unit.path))
    return Error{ErrorKind::forbidden, "survey.error.not_independent"_t};
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  TRY(Planned planned, check(typed, act.now));
  const auto form = find_form(write, typed.form);
  if (!form) return wrong_at("form", "survey.error.form"_t);
  Survey& s = planned.survey;
  s.id = next_survey(write);
  s.unit = unit.id;
  s.unit_path = unit.path;
  s.stage = s.plan == Plan::census ? Stage::open : Stage::announced;
  if (s.plan == Plan::census)
    for (Cluster& each : planned.clusters) each.is_drawn = true;
  s.created_by = act.supervisor.id().value;
  s.created_at = act.now;
  const std::string code = ledger::public_code(unit.code);
  s.plan_hash = digest_of(plan_text(s, planned.clusters, code, form->hash));
  TRY(s.line, ledger::announce(
                  write, ledger::SurveyFact{.at = act.now,
                                            .what = "announced",
                                            .survey = s.id.value,
                                            .count = s.sample_size,
                                            .unit = code,
                                            .hash = as_hash(s.plan_hash),
                                            .until = s.head_at.value_or(at_local(s.opens_on))}));
  insert(write, s, planned.clusters);
  return s;
}

Result<Survey> draw_lots(db::Write& write, SurveyId id, const draw::Head& head, Instant now) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  auto s = find(write, id);
  if (!s) return no_survey();
  // A head that does not cover the announcement could have been known when it was made.
  if (s->stage != Stage::announced || !s->head_at || *s->head_at > now || head.size <= s->line)
    return not_at_this_stage();
  const auto named = head_from(write, *s->head_at);
  if (!named || named->size != head.size || named->root != head.root) return not_at_this_stage();
  const auto clusters = clusters_of(write, id);
  const std::int64_t most = s->plan == Plan::clusters ? std::ssize(clusters) : s->frame_size;
  std::vector<std::int64_t> numbers;
  for (std::int64_t number = 1; number <= most; ++number) numbers.push_back(number);
  const auto drawn = draw::sample(draw::seed_of(frame_name(id), head), numbers, s->sample_size);
  s->stage = Stage::open;
  s->head_size = head.size;
  s->head_root = as_text(head.root);
  TRY([[maybe_unused]] const std::int64_t line,
      ledger::announce(write, ledger::SurveyFact{.at = now,
                                                 .what = "drawn",
                                                 .survey = id.value,
                                                 .count = std::ssize(drawn),
                                                 .unit = code_of_unit(write, s->unit),
                                                 .hash = head.root,
                                                 .until = *s->head_at}));
  if (!save_drawn(write, *s, drawn)) throw db::Failure("a survey changed while it was drawn");
  return *std::move(s);
}

Result<std::int64_t> print_slips(db::Write& write,
                                 const SupervisorAct& act,
                                 SurveyId id,
                                 const NewSheet& sheet) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  const auto s = find(write, id);
  if (!s) return no_survey();
  if (!people::is_independent(act.supervisor.staff(), s->unit_path))
    return Error{ErrorKind::forbidden, "survey.error.not_independent"_t};
  const std::int64_t all = slips_of(write, id, 0), count = std::ssize(sheet.hashes);
  if (count < 1 || count > slips_per_sheet_max)
    return wrong_at("count", "survey.error.slip_count"_t);
  if (const auto before = find_slip(write, sheet.hashes.front())) {
    if (before->survey != id) return no_survey();
    if (s->stage != Stage::open || before->printed_by != act.supervisor.id().value ||
        act.now > before->printed_at + sheet_again_max)
      return Error{ErrorKind::conflict, "survey.error.sheet_over"_t};
    return all;
  }
  if (s->stage != Stage::open || local_day(act.now) > s->closes_on) return not_at_this_stage();
  const auto clusters = clusters_of(write, id);
  const bool is_drawn = clusters.empty() ? sheet.cluster == 0
                                         : std::ranges::any_of(clusters, [&](const Cluster& each) {
                                             return each.number == sheet.cluster && each.is_drawn;
                                           });
  if (!is_drawn) return wrong_at("cluster", "survey.error.cluster"_t);
  if (slips_of(write, id, sheet.cluster) + count > slips_allowed(*s, clusters, sheet.cluster))
    return wrong_at("count", "survey.error.slips_enough"_t);
  TRY([[maybe_unused]] const std::int64_t line,
      ledger::announce(write, ledger::SurveyFact{.at = act.now,
                                                 .what = "printed",
                                                 .survey = id.value,
                                                 .count = all + count,
                                                 .unit = code_of_unit(write, s->unit),
                                                 .until = whole_seconds(act.now)}));
  insert(write, NewSlips{.survey = id,
                         .cluster = sheet.cluster,
                         .printed_by = act.supervisor.id().value,
                         .printed_at = act.now,
                         .hashes = sheet.hashes});
  return all + count;
}

Figures figures_now(db::Read& read, const Survey& survey, const Form& form) {
  return figures_of(survey, form,
                    {.invited = slips_of(read, survey.id, 0),
                     .counts = counts_of(read, survey.id),
                     .scores = scores_of(read, survey.id)});
}

Result<Survey> close_survey(db::Write& write, SurveyId id, Instant now) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  auto s = find(write, id);
  const auto form = s ? find_form(write, s->form) : std::nullopt;
  if (!form) return no_survey();
  if (s->stage != Stage::open || local_day(now) <= s->closes_on) return not_at_this_stage();
  if (!unfit_answers(write, id).empty()) return Error{ErrorKind::conflict, "survey.result.unfit"_t};
  const Figures figures = figures_now(write, *s, *form);
  s->stage = Stage::closed;
  s->closed_at = now;
  s->result_hash = digest_of(counts_csv(*s, figures));
  TRY(s->closed_line,
      ledger::announce(write, ledger::SurveyFact{.at = now,
                                                 .what = "closed",
                                                 .survey = id.value,
                                                 .count = figures.answers.value_or(0),
                                                 .unit = code_of_unit(write, s->unit),
                                                 .hash = as_hash(s->result_hash),
                                                 .until = whole_seconds(now)}));
  if (!save_closed(write, *s)) throw db::Failure("a survey changed while it was closed");
  keep_totals(write, id);
  forget_answers(write, id);
  return *std::move(s);
}

}  // namespace ln::survey
