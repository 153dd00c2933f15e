// What whoever was promised something does, and what time does.
#include <algorithm>
#include <vector>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_stop.h"
#include "engine/merkle/merkle.h"
#include "engine/text/text_typed.h"
#include "feature/commitment/commitment_actions.h"
#include "feature/commitment/commitment_actions_record.h"
#include "feature/commitment/commitment_store_case.h"
#include "feature/commitment/commitment_store_point.h"

namespace ln::commitment {
namespace {

constexpr std::int64_t passed_at_once = 50;
// Of a point of a draft so many have to say the same before it counts for all who stand behind it,
// or all where there are fewer.
constexpr std::int64_t enough_authors = 3;

struct AskerWord {
  Act act;
  Happening what;
  ledger::Event event;
  bool needs_words;
};
constexpr AskerWord asker_words[] = {
    {Act::confirm, Happening::confirmed, ledger::Event::accepted, false},
    {Act::object, Happening::objected, ledger::Event::contested, true},
    {Act::accept, Happening::accepted, ledger::Event::closed, false},
    {Act::refuse, Happening::refused, ledger::Event::reopened, true},
    {Act::consent, Happening::change_agreed, ledger::Event::accepted, false},
    {Act::decline_change, Happening::change_refused, ledger::Event::contested, false},
};

const AskerWord* word_of(Act act) {
  const auto* found = std::ranges::find(asker_words, act, &AskerWord::act);
  return found == std::end(asker_words) ? nullptr : found;
}

ledger::Subject chain_of(const Asker& asker) { return {"commitment_asker", asker.id.value}; }

// Signed, in the chain of the asker, which begins with their key when they say something for the
// first time.
Result<std::int64_t> sign(db::Write& write,
                          const AskerAct& act,
                          Asker& asker,
                          const AskerWord& word,
                          const std::string& body) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  if (!asker.has_chain) {
    const auto opened = ledger::append(write,
                                       {.event = ledger::Event::received,
                                        .subject = chain_of(asker),
                                        .at = act.now,
                                        .party = ledger::Party::citizen,
                                        .case_key = &act.case_key,
                                        .registers = act.citizen.key().public_key()},
                                       act.opens);
    if (!opened.ok()) throw db::Failure("the ledger refused a new asker");
    asker.has_chain = true;
  }
  TRY(const ledger::Appended appended, ledger::append(write,
                                                      {.event = word.event,
                                                       .subject = chain_of(asker),
                                                       .at = act.now,
                                                       .party = ledger::Party::citizen,
                                                       .topic = to_text(word.what),
                                                       .body = body,
                                                       .citizen = &act.citizen.key()},
                                                      act.salts));
  return appended.index;
}

// Everybody who has confirmed has consented, `asker` included.
bool all_consented(db::Read& read, const Commitment& c, const Asker& asker) {
  const auto all = askers_of(read, c.id);
  return std::ranges::all_of(all, [&](const Asker& each) {
    return each.id == asker.id || !each.has_confirmed || each.has_consented;
  });
}

// Whether what `asker` says counts for everybody. To whom a promise was made is listed beforehand
// but for a point of a draft, where one of many would speak for all.
bool is_enough(db::Read& read, const Commitment& c, const Asker& asker) {
  if (c.source != Source::consultation) return true;
  const auto all = askers_of(read, c.id);
  const auto said = std::ranges::count_if(
      all, [&](const Asker& each) { return each.id == asker.id || each.has_consented; });
  return said >= count_authors(read, c.source_id, c.question_id, c.created_at, enough_authors);
}

void drop_change(Commitment& c) {
  c.next_text.clear();
  c.next_reason.clear();
  c.next_due_on.reset();
}

// What follows for the promise itself.
void apply(Commitment& c, Asker& asker, Act what) {
  asker.said_wording = c.wording;
  if (what == Act::confirm) asker.has_confirmed = true;
  if (what == Act::object) asker.has_confirmed = false;
  if (what == Act::consent || what == Act::accept) asker.has_consented = true;
  if (what == Act::decline_change) drop_change(c);
  if (what == Act::refuse) {
    ++c.refused_count;
    c.is_by_silence = false;
  }
}

Error not_now() { return {ErrorKind::conflict, "commitment.error.not_now"_t}; }

// Who has not confirmed has no say in a change; who objected to the text may confirm it later, and
// nobody goes back and forth about the same text.
Result<Done> check_asker(const Commitment& c, const Asker& asker, Act what) {
  const bool on_change = what == Act::consent || what == Act::decline_change;
  if (on_change && !asker.has_confirmed) return not_now();
  if ((what == Act::consent || what == Act::accept) && asker.has_consented) return not_now();
  if (what == Act::confirm && asker.has_confirmed) return not_now();
  if (what == Act::object && (asker.said_wording == c.wording || c.has_change())) return not_now();
  return Done{};
}

// Whoever stands behind a point, before they said anything of what was promised for it.
std::optional<Asker> author_as_asker(db::Read& read, CommitmentId id, std::string_view code) {
  const auto c = find(read, id);
  if (!c || c->source != Source::consultation) return std::nullopt;
  const auto author = find_author(read, c->question_id, code, c->created_at);
  if (!author) return std::nullopt;
  return Asker{.commitment = id, .code = author->code, .citizen_key = author->citizen_key};
}

Said by_clock(Happening what, const ledger::Salts& salts, Instant now) {
  return {.what = what, .party = Party::clock, .salts = salts, .now = now};
}

}  // namespace

AskerAct draw(const people::Citizen& citizen,
              std::string code,
              const Commitment& read,
              Random& random,
              Instant now) {
  return {.citizen = citizen,
          .code = std::move(code),
          .id = read.id,
          .wording = read.wording,
          .seen = seen_of(read),
          .case_key = ledger::draw_case_key(random),
          .opens = ledger::draw(random),
          .salts = ledger::draw(random),
          .follows = ledger::draw(random),
          .now = now};
}

std::string seen_of(const Commitment& c) {
  const std::string text = c.next_text + "\n" + c.next_reason + "\n" +
                           (c.next_due_on ? to_iso(*c.next_due_on) : "") + "\n" + c.evidence +
                           "\n" + c.evidence_link;
  return to_hex(merkle::sha256(as_bytes(text)));
}

Result<Asker> open_asker(db::Read& read,
                         const people::Citizen& citizen,
                         CommitmentId id,
                         std::string_view code) {
  auto asker = find_asker(read, id, code);
  const auto promise = find(read, id);
  if (promise && promise->source == Source::consultation) {
    // Whose comment went elsewhere, or was withdrawn, has no say any more.
    auto author = author_as_asker(read, id, code);
    if (!author || !asker) asker = std::move(author);
  }
  if (!asker || asker->citizen_key != citizen.public_key())
    return Error{ErrorKind::not_found, "commitment.error.code_or_secret"_t};
  return *std::move(asker);
}

Result<Done> check_said(Act act, const std::string& words) {
  const AskerWord* word = word_of(act);
  const std::size_t chars = count_chars(text::tidied(words));
  const bool is_short = word != nullptr && word->needs_words && chars < words_chars_min;
  if (!is_short && chars <= words_chars_max) return Done{};
  const TextKey wrong =
      is_short ? "commitment.error.words_short"_t : "commitment.error.words_long"_t;
  return Error{ErrorKind::invalid, wrong, {{"words", wrong}}};
}

Result<Commitment> perform(db::Write& write,
                           const AskerAct& act,
                           Act what,
                           const std::string& words) {
  const AskerWord* word = word_of(what);
  if (word == nullptr) return not_now();
  TRY(Asker asker, open_asker(write, act.citizen, act.id, act.code));
  auto found = find(write, act.id);
  if (!found) return Error{ErrorKind::not_found, "commitment.error.none"_t};
  Commitment c = *std::move(found);
  if (c.wording != act.wording || seen_of(c) != act.seen)
    return Error{ErrorKind::conflict, "commitment.error.changed"_t};
  // That it is done, or not, is said where it was answered.
  if (c.source == Source::feedback && (what == Act::accept || what == Act::refuse))
    return Error{ErrorKind::conflict, "commitment.error.by_case"_t};
  if (what == Act::consent && !may_change_day(write, c)) return not_now();
  TRY(const State state, next_state(c, what, Party::citizen, act.now));
  TRY([[maybe_unused]] const Done fits, check_asker(c, asker, what));
  TRY([[maybe_unused]] const Done fine, check_said(what, words));
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  if (asker.id.value == 0) asker.id = insert(write, asker);
  const std::string said = text::tidied(words);
  const std::string about =
      what == Act::consent ? c.next_text + "\n" + to_iso(*c.next_due_on) : c.evidence;
  TRY(const std::int64_t line,
      sign(write, act, asker, *word,
           body_of(c, what == Act::confirm || what == Act::object ? said : about + "\n" + said)));
  if (what != Act::accept || is_enough(write, c, asker)) c.state = state;
  apply(c, asker, what);
  insert(
      write, c.id,
      Event{
          .at = act.now, .what = word->what, .party = Party::citizen, .words = said, .line = line});
  if (what == Act::consent && is_enough(write, c, asker) && all_consented(write, c, asker)) {
    c.text = c.next_text;
    c.due_on = *c.next_due_on;
    c.told_late_at.reset();
    ++c.wording;
    ++c.changed_count;
    asker.said_wording = c.wording;
    drop_change(c);
    Said changed = by_clock(Happening::changed, act.follows, act.now);
    changed.words = c.text;
    if (!record(write, c, changed).ok())
      throw db::Failure("the ledger refused what follows from a consent");
  }
  save(write, asker);
  if (!save(write, c)) throw db::Failure("a commitment changed under its asker");
  ++c.revision;
  return c;
}

std::int64_t pass_time(db::Database& database, Random& random, Instant now) {
  const Day today = local_day(now);
  struct Step {
    std::vector<Commitment> all;
    Happening what;
  };
  const Step steps[] = {
      {database.read([&](db::Read& r) { return untold_late(r, today, passed_at_once); }),
       Happening::overdue},
      {database.read(
           [&](db::Read& r) { return silent_since(r, now - silence_window, passed_at_once); }),
       Happening::kept_by_silence},
      {database.read(
           [&](db::Read& r) { return due_before(r, today - broken_after, passed_at_once); }),
       Happening::broken_by_time}};
  std::int64_t count = 0;
  for (const Step& step : steps)
    for (const Commitment& each : step.all) {
      const Said said = by_clock(step.what, ledger::draw(random), now);
      const auto done = database.write([&](db::Write& write) -> Result<Commitment> {
        auto found = find(write, each.id);
        if (!found) return not_now();
        Commitment c = *std::move(found);
        if (step.what == Happening::overdue) {
          if (!c.is_overdue(now) || c.told_late_at) return not_now();
          c.told_late_at = now;
        } else {
          const bool is_kept = step.what == Happening::kept_by_silence;
          TRY(c.state,
              next_state(c, is_kept ? Act::lapse_kept : Act::lapse_broken, Party::clock, now));
          if (is_kept) c.is_by_silence = true;
          if (!is_kept && !c.broken_at) c.broken_at = now;
          if (!is_kept) drop_change(c);
        }
        return keep(write, std::move(c), said);
      });
      count += done.ok() ? 1 : 0;
    }
  return count;
}

}  // namespace ln::commitment
