#include "feature/feedback/feedback_actions_foreign.h"

#include <algorithm>

#include "core/units/units_store.h"
#include "core/workdays/workdays.h"
#include "feature/feedback/feedback_actions_record.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_part.h"
#include "feature/feedback/feedback_settings.h"
#include "feature/feedback/feedback_store_foreign.h"
#include "feature/feedback/feedback_store_settings.h"

namespace ln::feedback {
namespace {

Typed typed_of(const ForeignRow& row, const Source& source, const std::optional<Topic>& topic) {
  Typed typed;
  typed.about = to_text(topic ? topic->about : source.about);
  typed.topic = row.topic;
  typed.unit = row.unit;
  typed.title = row.title;
  typed.body = row.body;
  typed.place = row.place;
  typed.contact = row.contact;
  return typed;
}

// The clock of a case that was received elsewhere. As in prepare(): a topic that a rule named, and
// nobody chose, brings the date nearer or leaves it.
void count_from(Prepared& prepared, Instant stated, bool has_topic) {
  const workdays::Shared calendar = workdays::current();
  const auto due = [&](const Topic& topic) {
    return due_of(topic, stated, prepared.feedback.hours, calendar->days());
  };
  prepared.due = due(prepared.topic);
  if (!has_topic)
    if (auto plain = due(Topic{}); plain.at < prepared.due.at) prepared.due = std::move(plain);
  prepared.feedback.due_at = prepared.feedback.first_due_at = prepared.due.at;
}

// The case of ours that this line is about, while it is still somebody's work and within what the
// importer acts for.
std::optional<Feedback> open_here(db::Read& read,
                                  const Importer& importer,
                                  const Source& source,
                                  std::string_view code) {
  constexpr std::int64_t same_codes_max = 10;  // of other systems
  for (const FeedbackId id : with_foreign_code(read, code, same_codes_max)) {
    const auto foreign = foreign_of(read, id);
    auto found = foreign && foreign->source == source.code ? find(read, id) : std::nullopt;
    if (found && waits_for_office(found->state) && !found->is_protected && !found->held_as &&
        !found->erased_at && importer.may_act_for(found->unit_path))
      return found;
  }
  return std::nullopt;
}

settings::Wish wish_for(db::Read& read, const SourceChange& change, Instant now) {
  return {.list = std::string(source_list),
          .code = change.source.code,
          .before = source_value(read, change.source.code),
          .after = value_of(change.source),
          .from = local_day(now),
          .reason = change.reason};
}

const settings::Apply apply_source =
    [](db::Write& write, const std::string& code, const std::string& value) {
      save_source(write, code, value);
    };

}  // namespace

ForeignPlan plan_foreign(db::Read& read,
                         const Importer& importer,
                         const Source& source,
                         const ForeignFile& file,
                         Random& random,
                         Instant now) {
  ForeignPlan plan{.troubles = file.troubles};
  const auto refuse = [&](const ForeignRow& row, TextKey what) {
    plan.troubles.push_back({row.line, row.code, what});
  };
  for (const ForeignRow& row : file.rows) {
    if (is_here(read, source.code, row.code)) {
      ++plan.here_count;
      if (row.is_over && plan.to_settle.size() < foreign_settle_max)
        if (auto open = open_here(read, importer, source, row.code))
          plan.to_settle.push_back(*std::move(open));
      continue;
    }
    if (row.is_over) {
      ++plan.over_count;
      continue;
    }
    const auto topic = row.topic.empty() ? std::nullopt : find_topic(read, row.topic);
    auto prepared = prepare(read, typed_of(row, source, topic), random, now);
    if (!prepared.ok()) {
      const Error& error = prepared.error();
      refuse(row, error.fields.empty() ? error.text : error.fields.front().text);
      continue;
    }
    if (!importer.may_act_for(prepared.value().feedback.unit_path)) {
      refuse(row, "exchange.error.row_unit"_t);
      continue;
    }
    if (plan.fresh.size() == foreign_at_once) {
      ++plan.later_count;
      continue;
    }
    ForeignCase fresh{std::move(prepared).value(), row};
    fresh.prepared.feedback.entered_by = importer.id().value;
    fresh.row.received_at = kept_time(fresh.prepared.feedback, row.received_at);
    count_from(fresh.prepared, fresh.row.received_at, topic.has_value());
    plan.fresh.push_back(std::move(fresh));
  }
  std::ranges::stable_sort(plan.troubles, {}, &ForeignTrouble::line);
  return plan;
}

Result<std::int64_t> bring_in(db::Write& write,
                              const Importer& importer,
                              const Source& source,
                              const std::vector<ForeignCase>& fresh,
                              Instant now) {
  const auto kept = find_source(write, source.code);
  if (!kept || !kept->is_on) return Error{ErrorKind::conflict, "exchange.error.source_off"_t};
  for (const ForeignCase& each : fresh)
    if (!importer.may_act_for(each.prepared.feedback.unit_path))
      return Error{ErrorKind::forbidden, "exchange.error.row_unit"_t};
  std::int64_t count = 0;
  for (const ForeignCase& each : fresh) {
    if (is_here(write, source.code, each.row.code)) continue;
    const auto sent = submit(write, each.prepared, now);
    // Whether the ledger takes lines is the same for all of them; after the first there is no way
    // back but to throw.
    if (!sent.ok() && count == 0) return sent.error();
    if (!sent.ok()) throw db::Failure("cases of another system were refused half-way");
    const Feedback& feedback = sent.value().feedback;
    insert_foreign(write, feedback.id,
                   {.source = source.code,
                    .code = feedback.is_protected ? std::string() : each.row.code,
                    .state = feedback.is_protected ? std::string() : each.row.state,
                    .stated_at = each.row.received_at},
                   each.row.code);
    ++count;
  }
  return count;
}

Result<Done> check_source_change(db::Read& read, const SourceChange& change, Instant now) {
  return check_source_among(read, change, {}, now);
}

Result<Done> check_source_among(db::Read& read,
                                const SourceChange& change,
                                const Brought& brought,
                                Instant now) {
  FieldErrors errors;
  const Source& source = change.source;
  check_source(source, errors);
  if (change.seen.empty() && !source_value(read, source.code).empty())
    errors.add("code", "settings.error.code_twice"_t);
  for (const ForeignWord& each : source.topics)
    if (!knows_topic(read, brought, each.ours)) {
      errors.add("topics", "exchange.error.no_topic"_t);
      break;
    }
  for (const ForeignWord& each : source.units)
    if (!knows_unit(read, brought, each.ours, now)) {
      errors.add("units", "exchange.error.no_unit"_t);
      break;
    }
  settings::check(wish_for(read, change, now), now, errors);
  if (!errors.empty()) return errors.take();
  if (value_of(source).size() > settings::value_size_max)
    return Error{ErrorKind::invalid,
                 "exchange.error.words_long"_t,
                 {{"units", "exchange.error.words_long"_t}}};
  return Done{};
}

Result<std::int64_t> change_source(db::Write& write,
                                   const people::Administrator& administrator,
                                   const SourceChange& change,
                                   Instant now) {
  if (!settings::may_change(administrator))
    return Error{ErrorKind::forbidden, "settings.error.city_only"_t};
  if (!change.seen.empty() && source_value(write, change.source.code) != change.seen)
    return Error{ErrorKind::conflict, "settings.error.changed_meanwhile"_t};
  TRY([[maybe_unused]] const Done fine, check_source_change(write, change, now));
  return settings::change(write, administrator, wish_for(write, change, now), apply_source, now);
}

Result<Done> undo_source(db::Write& write,
                         const people::Administrator& administrator,
                         const settings::Change& change,
                         Instant now) {
  std::string value = change.before;
  if (value.empty()) {
    TRY(Source off, read_source_value(change.code, change.after));
    off.is_on = false;
    value = value_of(off);
  }
  return settings::undo(write, administrator, change, value, apply_source, now);
}

}  // namespace ln::feedback
