// Turns: booked, given back, contested and erased by whoever holds the secret.
#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_stop.h"
#include "core/notice/notice_destination.h"
#include "core/notice/notice_store.h"
#include "core/people/people_code.h"
#include "core/units/units_store.h"
#include "engine/text/text_typed.h"
#include "feature/feedback/feedback.h"
#include "feature/reception/reception_actions.h"
#include "feature/reception/reception_work.h"

namespace ln::reception {
namespace {

Error no_turn() { return {ErrorKind::not_found, "reception.error.code_or_secret"_t}; }
Error not_any_more() { return {ErrorKind::conflict, "reception.error.not_now"_t}; }
Error day_full() { return {ErrorKind::conflict, "reception.error.full"_t}; }
constexpr std::int64_t forgotten_at_once = 100;

// The case whose code and secret were both typed; 0 when neither was.
Result<std::int64_t> tied_case(db::Read& read, const Booking& booking) {
  const std::string_view code = trimmed(booking.case_code);
  const std::string secret = people::plain_secret(booking.case_secret);
  if (code.empty() && secret.empty()) return 0;
  const auto parsed = feedback::Code::parse(code);
  const auto found = parsed && !secret.empty() ? find_case(read, parsed->text()) : std::nullopt;
  if (!found || found->citizen_key != people::Citizen(secret).public_key())
    return Error{
        ErrorKind::invalid, "reception.error.case"_t, {{"case_code", "reception.error.case"_t}}};
  return found->id;
}

void check_words(FieldErrors& errors, const Turn& turn, bool has_way) {
  const std::size_t chars = count_chars(turn.about);
  // Who comes with a complaint or denunciation leaves it empty: not a word of it is asked for.
  if (chars > 0 && chars < about_chars_min) errors.add("about", "reception.error.short"_t);
  if (chars > about_chars_max) errors.add("about", "reception.error.long"_t);
  if (count_chars(turn.name) > name_chars_max) errors.add("name", "reception.error.long"_t);
  if (!turn.contact.empty() &&
      (count_chars(turn.contact) > contact_chars_max || !notice::destination_of(turn.contact)))
    errors.add("contact", "reception.error.contact"_t);
  if (turn.way == Way::online && turn.contact.empty())
    errors.add("contact", "reception.error.contact_online"_t);
  if (!has_way) errors.add("way", "reception.error.way"_t);
}

// The next free place: of those whose time has not come for who books, whose time is not over for
// who stands at the counter, and then behind the last.
std::optional<std::int64_t> free_slot(const Reception& r,
                                      const std::set<std::int64_t>& taken,
                                      bool is_walk_in,
                                      Instant now) {
  for (std::int64_t slot = 1; slot <= r.places; ++slot)
    if (!taken.contains(slot) && r.turn_at(is_walk_in ? slot + 1 : slot) > now) return slot;
  if (!is_walk_in) return std::nullopt;
  for (std::int64_t slot = r.places + 1; slot <= r.places + extra_places; ++slot)
    if (!taken.contains(slot)) return slot;
  return std::nullopt;
}

Result<Done> may_come(const Reception& r, const Booking& booking, Instant now) {
  if (booking.clerk == nullptr) {
    if (!r.takes_bookings(now)) return Error{ErrorKind::conflict, "reception.error.closed"_t};
    return Done{};
  }
  if (!works_in(*booking.clerk, r.keeper_path))
    return Error{ErrorKind::not_found, "reception.error.none"_t};
  // At the counter, on the day itself: who receives says first that they are there.
  if (r.state != State::held || now >= r.day_ends_at())
    return Error{ErrorKind::conflict, "reception.error.not_held"_t};
  return Done{};
}

ledger::Entry by_holder(const HolderAct& act, const Turn& turn, ledger::Event event) {
  return {.event = event,
          .subject = {"reception_turn", turn.id.value},
          .at = act.now,
          .party = ledger::Party::citizen,
          .citizen = &act.citizen.key()};
}

// Words gone, notices gone; the chain ends.
Result<Turn> take_words(db::Write& write, Turn turn, const HolderAct& act, std::string_view topic) {
  ledger::Entry entry = by_holder(act, turn, ledger::Event::erased);
  entry.topic = topic;
  entry.reason = "by_sender";
  TRY([[maybe_unused]] const ledger::Appended appended, ledger::append(write, entry, act.salts));
  if (!empty_words(write, turn, act.now)) throw db::Failure("a turn changed under its holder");
  notice::erase(write, {"reception_turn", turn.id.value});
  turn.erased_at = act.now;
  turn.about.clear();
  turn.name.clear();
  turn.contact.clear();
  turn.due_at.reset();
  return turn;
}

}  // namespace

Result<Prepared> prepare_booking(
    db::Read& read, ReceptionId id, const Booking& booking, Random& random, Instant now) {
  const auto r = find(read, id);
  if (!r) return Error{ErrorKind::not_found, "reception.error.none"_t};
  TRY([[maybe_unused]] const Done open, may_come(*r, booking, now));
  const auto way = from_word(all_ways, booking.way);
  Turn turn{.reception = id,
            .code = Code::draw(random),
            .about = text::tidied(booking.about),
            .name = text::tidied(booking.name),
            .contact = text::tidied(booking.contact),
            .in_english = booking.in_english,
            .way = way.value_or(Way::person),
            .is_walk_in = booking.clerk != nullptr,
            .booked_by = booking.clerk == nullptr ? 0 : booking.clerk->id().value,
            .booked_at = now};
  FieldErrors errors;
  check_words(errors, turn, way.has_value());
  const auto tied = tied_case(read, booking);
  if (!tied.ok()) errors.add("case_code", tied.error().text);
  if (!errors.empty()) return errors.take();
  turn.case_id = tied.value();
  Prepared prepared{.turn = std::move(turn), .spare_code = Code::draw(random)};
  prepared.worked_bits = booking.worked_bits;
  prepared.secret = people::draw_secret(random);
  prepared.public_key = people::Citizen(prepared.secret).key().public_key();
  prepared.turn.citizen_key = as_text(prepared.public_key);
  prepared.case_key = ledger::draw_case_key(random);
  prepared.salts = ledger::draw(random);
  return prepared;
}

int needed_bits(db::Read& read, const Reception& r, Instant now) {
  return work_bits(count_booked_since(read, r.id, now - pressed_for), r.places);
}

Result<Done> check_pressure(db::Read& read, const Reception& r, int worked_bits, Instant now) {
  const std::int64_t rushed = count_booked_since(read, r.id, now - rushed_for);
  if (is_kept_back(rushed, free_of(read, r, now), r.places))
    return Error{ErrorKind::too_many, "reception.error.kept"_t};
  if (worked_bits < needed_bits(read, r, now))
    return Error{ErrorKind::too_many, "reception.error.pressed"_t};
  return Done{};
}

Result<Booked> book(db::Write& write, const Prepared& prepared, Instant now) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  const auto r = find(write, prepared.turn.reception);
  if (!r) return Error{ErrorKind::not_found, "reception.error.none"_t};
  Turn turn = prepared.turn;
  const bool is_open =
      turn.is_walk_in ? r->state == State::held && now < r->day_ends_at() : r->takes_bookings(now);
  if (!is_open) return Error{ErrorKind::conflict, "reception.error.closed"_t};
  const auto slot = free_slot(*r, slots_of(write, r->id), turn.is_walk_in, now);
  if (!slot) return day_full();
  // Inside the transaction, where bookings stand one behind the other: of a flood from a thousand
  // addresses each sees those before it.
  if (!turn.is_walk_in) {
    TRY([[maybe_unused]] const Done calm, check_pressure(write, *r, prepared.worked_bits, now));
  }
  turn.slot = *slot;
  turn.words_until = r->day_ends_at() + words_kept;
  if (write.is_again()) turn.code = prepared.spare_code;
  turn.id = insert(write, turn);
  const std::string statement = statement_of(turn);
  // Read here: the day may have gone to another unit since the form was sent.
  const auto unit = units::find(write, r->unit);
  const auto appended = ledger::append(write,
                                       {.event = ledger::Event::received,
                                        .subject = {"reception_turn", turn.id.value},
                                        .at = now,
                                        .party = ledger::Party::citizen,
                                        .actor_id = turn.booked_by,
                                        .unit_id = r->unit.value,
                                        .unit = unit ? std::string_view(unit->code) : "",
                                        .topic = to_text(turn.way),
                                        .body = statement,
                                        .case_key = &prepared.case_key,
                                        .registers = prepared.public_key},
                                       prepared.salts);
  // A subject that did not exist a moment ago has no key that could refuse.
  if (!appended.ok()) throw db::Failure("the ledger refused a new turn");
  turn.line = appended.value().index;
  set_line(write, turn.id, turn.line);
  return Booked{std::move(turn), appended.value()};
}

Result<Turn> open_turn(db::Read& read, const people::Citizen& citizen, const Code& code) {
  auto found = find_turn(read, code);
  if (!found || found->citizen_key != citizen.public_key()) return no_turn();
  return *std::move(found);
}

Result<Turn> give_back(db::Write& write, const HolderAct& act) {
  TRY(Turn turn, open_turn(write, act.citizen, act.code));
  const auto r = find(write, turn.reception);
  if (turn.state != TurnState::booked || turn.erased_at || !r || act.now >= r->turn_at(turn.slot))
    return not_any_more();
  turn.state = TurnState::cancelled;
  return take_words(write, std::move(turn), act, "given_back");
}

bool may_contest(db::Read& read, const Turn& turn, const Reception& r, Instant now) {
  if (turn.erased_at || turn.state == TurnState::cancelled || r.state != State::held ||
      find_contest(read, turn.id))
    return false;
  if (turn.is_owed()) return turn.is_overdue(now);
  if (turn.state == TurnState::booked && now < r.day_ends_at()) return false;
  Instant since = turn.came_at.value_or(r.day_ends_at());
  for (const Entry& each : entries_of(read, turn.id))
    if (each.presence == TurnState::missed) since = std::max(since, each.written_at);
  for (const Words& each : words_of(read, turn.id))
    if (each.what == Written::result) since = each.written_at;
  return now < since + contest_window;
}

Result<Turn> contest(db::Write& write, const HolderAct& act, const std::string& words) {
  TRY(Turn turn, open_turn(write, act.citizen, act.code));
  const auto r = find(write, turn.reception);
  if (!r || !may_contest(write, turn, *r, act.now)) return not_any_more();
  const std::string body = text::tidied(words);
  const std::size_t chars = count_chars(body);
  const TextKey wrong = chars < contest_chars_min   ? "reception.error.short"_t
                        : chars > contest_chars_max ? "reception.error.long"_t
                                                    : TextKey{};
  if (!wrong.is_none()) return Error{ErrorKind::invalid, wrong, {{"contest", wrong}}};
  const auto unit = units::find(write, r->keeper);
  const auto above = unit ? units::find(write, unit->parent) : std::nullopt;
  const Contest made{.turn = turn.id,
                     .above_path = above ? above->path : r->keeper_path,
                     .contested_at = act.now,
                     .due_at = due_from(write, r->keeper_path, act.now).at};
  ledger::Entry entry = by_holder(act, turn, ledger::Event::contested);
  entry.topic = "result";
  entry.due = made.due_at;
  entry.body = body;
  TRY(const ledger::Appended appended, ledger::append(write, entry, act.salts));
  insert(write, made);
  insert(write, Words{.turn = turn.id,
                      .what = Written::contest,
                      .body = body,
                      .written_at = act.now,
                      .line = appended.index});
  turn.words_until.reset();
  if (!save(write, turn)) throw db::Failure("a turn changed under its holder");
  ++turn.revision;
  return turn;
}

Result<Turn> erase(db::Write& write, const HolderAct& act) {
  TRY(Turn turn, open_turn(write, act.citizen, act.code));
  if (turn.erased_at) return not_any_more();
  if (turn.state == TurnState::booked) turn.state = TurnState::cancelled;
  return take_words(write, std::move(turn), act, "erased");
}

namespace {

// Of one turn: of the line that says that it is over, and of the one that takes its words.
struct ForgetSalts {
  ledger::Salts over{}, taken{};
};
Result<Done> forget_one(db::Write& write, const Turn& seen, const ForgetSalts& salts, Instant now) {
  const auto turn = find_turn(write, seen.id);
  // Somebody contested or erased it meanwhile.
  if (!turn || turn->revision != seen.revision || turn->erased_at) return not_any_more();
  ledger::Entry entry{.event = ledger::Event::closed,
                      .subject = {"reception_turn", turn->id.value},
                      .at = now,
                      .party = ledger::Party::clock,
                      .topic = "over"};
  TRY([[maybe_unused]] const ledger::Appended over, ledger::append(write, entry, salts.over));
  entry.event = ledger::Event::erased;
  entry.topic = {};
  entry.reason = "by_time";
  TRY([[maybe_unused]] const ledger::Appended taken, ledger::append(write, entry, salts.taken));
  if (!empty_words(write, *turn, now)) throw db::Failure("a turn changed under the clock");
  notice::erase(write, {"reception_turn", turn->id.value});
  return Done{};
}

}  // namespace

std::int64_t forget_due(db::Database& database, Random& random, Instant now) {
  const auto due =
      database.read([&](db::Read& read) { return words_over(read, now, forgotten_at_once); });
  std::int64_t count = 0;
  // A transaction for each: one that refuses keeps no other waiting, and leaves nothing half done.
  for (const Turn& each : due) {
    const ForgetSalts salts{ledger::draw(random), ledger::draw(random)};
    const auto done =
        database.write([&](db::Write& write) { return forget_one(write, each, salts, now); });
    count += done.ok() ? 1 : 0;
  }
  return count;
}

}  // namespace ln::reception
