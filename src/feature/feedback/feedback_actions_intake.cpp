// Sending: what was typed is checked as a whole, routed, dated, sealed, and written.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "core/attachment/attachment_store.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_stop.h"
#include "core/people/people_actions.h"
#include "core/people/people_seal.h"
#include "core/units/units_store.h"
#include "core/units/units_store_procedures.h"
#include "core/units/units_store_reorganise.h"
#include "core/workdays/workdays_hours.h"
#include "feature/feedback/feedback_actions_record.h"
#include "feature/feedback/feedback_actions_tell.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_store_routing.h"
#include "feature/feedback/feedback_store_settings.h"
#include "platform/db/recent.h"

namespace ln::feedback {
namespace {

// The letters of a secret: about 100 bits, easy to read aloud.

// What a check has in hand while it goes through the fields.
struct Desk {
  db::Read& read;
  const Typed& typed;
  Instant now;
  FieldErrors errors{};
  Feedback feedback;
  Topic topic{};
  std::optional<units::Unit> unit{};
  calendar::Due due{};
  std::string handler_code{};
};

// What is looked up for each case that is sent is remembered for a moment: the case is routed by
// the units and topics of this second or of the one before.
std::optional<units::Unit> unit_on(const Desk& d, std::string_view code) {
  const Day day = local_day(d.now);
  return db::recent(d.read, fmt::format("unit/{}/{}", day.time_since_epoch().count(), code),
                    [&] { return units::find_or_heir(d.read, code, day); });
}

std::optional<units::Unit> unit_of(const Desk& d, units::UnitId id) {
  return db::recent(d.read, fmt::format("unit-id/{}", id.value),
                    [&] { return units::find(d.read, id); });
}

std::optional<units::Unit> city_of(const Desk& d) {
  const Day day = local_day(d.now);
  return db::recent(d.read, fmt::format("city/{}", day.time_since_epoch().count()),
                    [&]() -> std::optional<units::Unit> {
                      const auto cities = units::of_kind(d.read, units::Kind::city, day);
                      return cities.empty() ? std::nullopt : std::optional(cities.front());
                    });
}

std::optional<Topic> topic_of(const Desk& d, std::string_view code) {
  return db::recent(d.read, fmt::format("topic/{}", code),
                    [&] { return find_topic(d.read, code); });
}

void check_words(Desk& d) {
  if (const auto about = from_word(all_abouts, d.typed.about))
    d.feedback.about = *about;
  else
    d.errors.add("about", "feedback.error.about_missing"_t);
  const auto kind = from_word(all_kinds, d.typed.kind.empty() ? "report" : d.typed.kind);
  if (kind)
    d.feedback.kind = *kind;
  else
    d.errors.add("kind", "feedback.error.kind_unknown"_t);
  const auto sender = from_word(all_senders, d.typed.from.empty() ? "person" : d.typed.from);
  if (sender)
    d.feedback.sender = *sender;
  else
    d.errors.add("from", "feedback.error.from_unknown"_t);
}

void check_topic_and_unit(Desk& d) {
  if (!d.typed.topic.empty()) {
    auto topic = topic_of(d, d.typed.topic);
    if (topic && topic->about == d.feedback.about)
      d.topic = *std::move(topic);
    else
      d.errors.add("topic", "feedback.error.topic_unknown"_t);
  }
  d.feedback.topic = d.topic.id;
  if (!d.typed.unit.empty()) {
    d.unit = unit_on(d, d.typed.unit);
    if (!d.unit) d.errors.add("unit", "feedback.error.unit_unknown"_t);
  }
  if (!d.typed.procedure.empty()) {
    const auto procedure = units::find_procedure_on(d.read, d.typed.procedure, local_day(d.now));
    if (procedure)
      d.feedback.procedure_id = procedure->id.value;
    else
      d.errors.add("procedure", "feedback.error.procedure_unknown"_t);
  }
}

void check_length(
    Desk& d, std::string_view field, const std::string& text, std::size_t max, TextKey too_long) {
  if (count_chars(text) > max) d.errors.add(field, too_long);
}

void check_texts(Desk& d) {
  const Typed& t = d.typed;
  const std::string body(trimmed(t.body));
  const std::size_t chars = count_chars(body);
  if (chars < body_chars_min)
    d.errors.add("body", "feedback.error.body_empty"_t);
  else if (chars > body_chars_max)
    d.errors.add("body", "feedback.error.body_long"_t);
  check_length(d, "title", t.title, title_chars_max, "feedback.error.title_long"_t);
  check_length(d, "place", t.place, place_chars_max, "feedback.error.place_long"_t);
  check_length(d, "contact", t.contact, contact_chars_max, "feedback.error.contact_long"_t);
  check_length(d, "dossier", t.dossier, dossier_chars_max, "feedback.error.dossier_long"_t);
  check_length(d, "counter", t.counter, counter_chars_max, "feedback.error.counter_long"_t);
  for (const auto& [code, answer] : t.extras)
    check_length(d, "extra_" + code, answer, extra_chars_max, "feedback.error.extra_long"_t);
  d.feedback.body = body;
  d.feedback.title = trimmed(t.title).empty() ? title_from(body) : std::string(trimmed(t.title));
  d.feedback.place = trimmed(t.place);
  d.feedback.position = read_position(t.position, d.errors);
  d.feedback.dossier = trimmed(t.dossier);
  d.feedback.counter = trimmed(t.counter);
}

// By the topic that was chosen: what a rule sets later has asked the sender nothing.
void check_extras(Desk& d) {
  if (d.topic.code.empty()) return;
  const auto questions = db::recent(d.read, fmt::format("topic-questions/{}", d.topic.code),
                                    [&] { return topic_questions(d.read, d.topic.code); });
  for (const TopicQuestion& question : questions) {
    std::string_view answer;
    for (const auto& [code, typed] : d.typed.extras)
      if (code == question.code) answer = trimmed(typed);
    const TextKey wrong = !answer.empty()        ? wrong_with_answer(question, answer)
                          : question.is_required ? "feedback.error.extra_required"_t
                                                 : TextKey{};
    if (!wrong.is_none()) d.errors.add("extra_" + question.code, wrong);
  }
}

void check_day(Desk& d) {
  const Typed& t = d.typed;
  if (t.day.empty() && t.month.empty() && t.year.empty()) return;
  const auto day = parse_number(trimmed(t.day)), month = parse_number(trimmed(t.month)),
             year = parse_number(trimmed(t.year));
  // "08" is how many people write August; parse_number takes no leading zero.
  const auto loose = [](std::optional<std::int64_t> value, std::string_view text) {
    const std::string_view plain = trimmed(text);
    return value || plain.size() != 2 || plain[0] != '0' ? value : parse_number(plain.substr(1));
  };
  const auto dd = loose(day, t.day), mm = loose(month, t.month);
  if (!dd || !mm || !year || *dd > 31 || *mm > 12 || *year < 1990 || *year > 9999) {
    d.errors.add("day", "feedback.error.day_wrong"_t);
    return;
  }
  const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(static_cast<unsigned>(*mm)),
                                         std::chrono::day(static_cast<unsigned>(*dd)));
  if (!date.ok()) {
    d.errors.add("day", "feedback.error.day_wrong"_t);
  } else if (const Day happened{date}; happened > local_day(d.now)) {
    d.errors.add("day", "feedback.error.day_future"_t);
  } else {
    d.feedback.happened_on = happened;
  }
}

void check_recurrence(Desk& d) {
  if (trimmed(d.typed.recurs_of).empty()) return;
  const auto code = Code::parse(d.typed.recurs_of);
  const auto earlier = code ? find(d.read, *code) : std::nullopt;
  // A protected case is not confirmed to exist, so it cannot be pointed at either.
  if (!earlier || earlier->is_protected || earlier->held_as) {
    d.errors.add("recurs_of", "feedback.error.recurs_unknown"_t);
    return;
  }
  d.feedback.recurs_of = earlier->id;
  d.feedback.recurrence = earlier->recurrence + 1;
}

// The unit above; for the city itself its inspectorate, which answers for nobody else.
std::optional<units::Unit> independent_of(const Desk& d, const units::Unit& object) {
  return object.parent.value != 0 ? unit_of(d, object.parent) : unit_on(d, "thanh-tra");
}

// Who handles it. Conduct goes above the unit complained about; a counter's matters go to the unit
// it belongs to; what names no unit goes to the topic's, or to the commune in which its place is
// marked, or to the city.
void route(Desk& d) {
  if (!d.unit && !d.topic.unit_code.empty()) d.unit = unit_on(d, d.topic.unit_code);
  if (!d.unit && d.feedback.about == About::place)
    d.unit = commune_marked(d.read, d.feedback, local_day(d.now));
  std::optional<units::Unit> handler = d.unit;
  if (d.unit) {
    d.feedback.object_unit = d.unit->id;
    d.feedback.object_path = d.unit->path;
    if (d.feedback.about == About::conduct)
      handler = independent_of(d, *d.unit);
    else if (d.unit->kind == units::Kind::counter)
      handler = unit_of(d, d.unit->parent);
  }
  if (!handler) handler = city_of(d);
  if (!handler) {
    d.errors.add("unit", "feedback.error.no_city"_t);
    return;
  }
  d.feedback.unit = handler->id;
  d.feedback.unit_path = handler->path;
  d.handler_code = std::move(handler->code);
}

// The city's rules, in their order. Nearly every city has few, and nearly every case passes here.
std::shared_ptr<const std::vector<Rule>> rules_of(const Desk& d) {
  return db::recent(d.read, "routing-rules",
                    [&] { return std::make_shared<const std::vector<Rule>>(all_rules(d.read)); });
}

// The first rule that fits names another unit, or a topic where none was chosen. A topic that a
// rule names can bring the due date nearer, never put it off.
void follow_rules(Desk& d) {
  const auto rules = rules_of(d);
  if (rules->empty() || d.feedback.about == About::conduct) return;
  const Rule* rule =
      first_fit(*rules, {d.feedback.about, d.topic.code, d.unit ? d.unit->code : std::string(),
                         d.feedback.title + "\n" + d.feedback.body + "\n" + d.feedback.place});
  if (rule == nullptr) return;
  if (const auto unit = rule->to_unit.empty() ? std::nullopt : unit_on(d, rule->to_unit)) {
    d.feedback.unit = unit->id;
    d.feedback.unit_path = unit->path;
    d.handler_code = unit->code;
  }
  const bool needs_topic = d.topic.code.empty() && !rule->to_topic.empty();
  if (auto topic = needs_topic ? topic_of(d, rule->to_topic) : std::nullopt;
      topic && topic->about == d.feedback.about) {
    d.topic = *std::move(topic);
    d.feedback.topic = d.topic.id;
  }
}

// What was answered to the questions the topic asks; other answers are left out.
std::vector<std::pair<std::string, std::string>> answers_to_questions(const Desk& d) {
  std::vector<std::pair<std::string, std::string>> extras;
  if (d.typed.extras.empty()) return extras;
  for (const Question& question : questions_of(d.read, d.topic.code))
    for (const auto& [code, answer] : d.typed.extras)
      if (code == question.code && !trimmed(answer).empty())
        extras.emplace_back(code, trimmed(answer));
  return extras;
}

}  // namespace

Result<Prepared> prepare(db::Read& read, const Typed& typed, Random& random, Instant now) {
  Desk d{.read = read, .typed = typed, .now = now, .feedback = {.code = Code::draw(random)}};
  check_words(d);
  check_topic_and_unit(d);
  check_texts(d);
  check_extras(d);
  check_day(d);
  check_recurrence(d);
  route(d);
  d.feedback.is_protected = typed.is_protected.value_or(d.feedback.about == About::conduct);
  d.feedback.is_public = typed.is_public.value_or(false) && !d.feedback.is_protected;
  d.feedback.in_english = typed.in_english;
  d.feedback.entered_by = typed.entered_by;
  d.feedback.received_at = kept_time(d.feedback, now);
  const workdays::Shared calendar = workdays::current();
  d.feedback.calendar_revision = calendar->revision();
  const Topic chosen = d.topic;
  follow_rules(d);
  d.feedback.hours = workdays::hours_at(read, d.feedback.unit_path);
  const auto due = [&](const Topic& topic) {
    return due_of(topic, d.feedback.received_at, d.feedback.hours, calendar->days());
  };
  d.due = due(chosen);
  if (d.topic.id != chosen.id)
    if (auto nearer = due(d.topic); nearer.at < d.due.at) d.due = std::move(nearer);
  d.feedback.due_at = d.feedback.first_due_at = d.due.at;

  std::optional<Contact> contact;
  const std::string address(trimmed(typed.contact));
  if (!address.empty() && d.feedback.is_protected) {
    if (const auto keys = people::sealing_keys(read); keys.ok())
      contact = Contact{.plain = {}, .sealed = people::seal(address, keys.value(), random)};
    else
      d.errors.add("contact", "feedback.error.no_holders"_t);
  } else if (!address.empty()) {
    contact = Contact{.plain = address, .sealed = {}};
  }
  if (!d.errors.empty()) return d.errors.take();

  auto extras = answers_to_questions(d);
  Prepared prepared{.feedback = std::move(d.feedback), .spare_code = Code::draw(random)};
  prepared.secret = draw_secret(random);
  prepared.public_key = people::Citizen(prepared.secret).key().public_key();
  prepared.feedback.citizen_key = as_text(prepared.public_key);
  prepared.case_key = ledger::draw_case_key(random);
  prepared.salts = ledger::draw(random);
  prepared.contact = std::move(contact);
  prepared.extras = std::move(extras);
  prepared.topic = std::move(d.topic);
  prepared.due = std::move(d.due);
  prepared.unit_code = std::move(d.handler_code);
  return prepared;
}

Result<Submitted> submit(db::Write& write, const Prepared& prepared, Instant now) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  Feedback feedback = prepared.feedback;
  // Nobody asks beforehand whether a code is free: among a hundred million cases one in ten
  // thousand draws a code that is taken, its row is refused, and the whole batch runs again with
  // the spares.
  if (write.is_again()) feedback.code = prepared.spare_code;
  feedback.id = insert(write, feedback);
  if (prepared.contact) insert_contact(write, feedback.id, *prepared.contact);
  for (const auto& [code, answer] : prepared.extras) insert_extra(write, feedback.id, code, answer);
  std::vector<ledger::Hash> hashes;
  for (const attachment::Prepared& file : prepared.files) {
    attachment::store(write, {"feedback", feedback.id.value}, file, feedback.received_at);
    hashes.push_back(file.hash);
  }
  if (!prepared.draft.empty()) {
    const attachment::Owner here{"feedback", feedback.id.value};
    attachment::hand_over(write, {"feedback_draft", draft_owner_id(prepared.draft)}, here);
    for (const attachment::Attachment& file : attachment::list(write, here))
      if (const auto hash = merkle::to_hash(file.hash)) hashes.push_back(*hash);
    remove_draft(write, prepared.draft);
  }
  const auto appended = ledger::append(write,
                                       {.event = ledger::Event::received,
                                        .subject = {"feedback", feedback.id.value},
                                        .at = now,
                                        .party = Party::citizen,
                                        .unit_id = feedback.unit.value,
                                        .unit = prepared.unit_code,
                                        .topic = prepared.topic.code,
                                        .due = feedback.due_at,
                                        .body = feedback.body,
                                        .files = hashes,
                                        .case_key = &prepared.case_key,
                                        .registers = prepared.public_key,
                                        .waits = feedback.is_protected},
                                       prepared.salts);
  // A subject that did not exist a moment ago has no key that could refuse.
  if (!appended.ok()) throw db::Failure("the ledger refused a new case");
  insert_event(write, {.feedback = feedback.id,
                       .event = "received",
                       .at = feedback.received_at,
                       .party = "citizen",
                       .unit = feedback.unit,
                       .audience = Audience::public_,
                       .ledger_index = appended.value().line()});
  if (prepared.contact)
    tell_sender(write, feedback, {.event = ledger::Event::received, .party = Party::citizen}, now);
  return Submitted{std::move(feedback), appended.value()};
}

}  // namespace ln::feedback
