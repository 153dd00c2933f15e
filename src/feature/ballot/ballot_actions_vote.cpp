// Voting, handing slips in for paper, and counting.
#include <algorithm>
#include <numeric>

#include "base/check.h"
#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_actions_grassroots.h"
#include "core/ledger/ledger_public.h"
#include "core/ledger/ledger_stop.h"
#include "core/units/units_store.h"
#include "feature/ballot/ballot_actions.h"
#include "feature/ballot/ballot_actions_record.h"
#include "feature/ballot/ballot_store_check.h"

namespace ln::ballot {

Error none() { return {ErrorKind::not_found, "ballot.error.none"_t}; }
Error changed() { return {ErrorKind::conflict, "ballot.error.changed"_t}; }
Error wrong_slip() { return {ErrorKind::not_found, "ballot.error.code_or_secret"_t}; }
Error beside(std::string_view field, TextKey text) {
  return {ErrorKind::invalid, text, {{std::string(field), text}}};
}

std::string hash_bytes(std::string_view text) {
  return std::string(as_text(merkle::sha256(as_bytes(text))));
}

ledger::Subject box_chain(BallotId id) { return {"ballot_box", id.value}; }

Result<std::int64_t> tell(db::Write& write, const Ballot& b, const Told& told) {
  const auto unit = units::find(write, b.unit);
  const auto hash = merkle::to_hash(told.hash);
  CHECK(unit && hash);
  return ledger::announce(write, ledger::GrassrootsFact{.at = told.at,
                                                        .what = std::string(to_text(told.what)),
                                                        .room = "ballot",
                                                        .number = b.id.value,
                                                        .count = told.count,
                                                        .unit = ledger::public_code(unit->code),
                                                        .hash = *hash,
                                                        .until = told.until});
}

namespace {

// A line that says that something came in, and neither from whom nor what. All look alike.
Result<ledger::Appended> note_vote(db::Write& write,
                                   const Ballot& b,
                                   const ledger::Salts& salts,
                                   Instant now) {
  return ledger::append(write,
                        {.event = ledger::Event::accepted,
                         .subject = box_chain(b.id),
                         .at = now,
                         .party = ledger::Party::office,
                         .unit_id = b.unit.value,
                         .topic = "vote"},
                        salts);
}

// What stands in the box must be as many ballots as households have voted.
bool is_whole(const std::vector<Question>& questions,
              const std::vector<Vote>& votes,
              std::int64_t voted) {
  for (const Question& each : questions)
    if (std::ranges::count(votes, each.number, &Vote::question) != voted) return false;
  const auto fits = [&](const Vote& vote) {
    const auto found = std::ranges::find(questions, vote.question, &Question::number);
    return found != questions.end() && vote.choice >= 0 &&
           vote.choice <= std::ssize(found->options);
  };
  return std::ranges::all_of(votes, fits);
}

struct Paper {
  const PaperCounts* counts = nullptr;
  std::string_view key{};
};

Result<Ballot> count(db::Write& write, Ballot b, const Paper& paper, Instant now) {
  const auto questions = questions_of(write, b.id);
  auto votes = votes_of(write, b.id);
  if (!box_fits(write, b)) return Error{ErrorKind::unavailable, "ballot.error.box_changed"_t};
  b.handed_in = count_way(write, b.id, Way::paper);
  b.voted = count_way(write, b.id, Way::online) + b.handed_in;
  CHECK(*b.voted <= b.households);
  CHECK(paper.counts != nullptr || b.handed_in == 0);
  std::vector<Vote> added;
  if (paper.counts != nullptr)
    for (std::size_t i = 0; i < questions.size(); ++i) {
      std::int64_t number = 0;
      std::vector<std::int64_t> counts = (*paper.counts)[i];
      // A slip was given and no ballot lay in the paper box: blank, and never nothing.
      const auto typed = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
      counts.front() += b.handed_in - typed;
      for (std::size_t choice = 0; choice < counts.size(); ++choice)
        for (std::int64_t n = 0; n < counts[choice]; ++n)
          added.push_back({questions[i].number,
                           paper_mark(paper.key, questions[i].number, ++number),
                           static_cast<std::int64_t>(choice)});
    }
  votes.insert(votes.end(), added.begin(), added.end());
  b.stage = Stage::counted;
  b.counted_at = now;
  b.box_hash = hash_bytes(box_of(b, questions, votes));
  TRY(b.counted_line, tell(write, b,
                           {.what = Happening::counted,
                            .count = *b.voted,
                            .hash = b.box_hash,
                            .until = b.closes_at,
                            .at = now}));
  if (!save(write, b)) throw db::Failure("a ballot changed while it was counted");
  ++b.revision;
  for (const Vote& each : added) insert(write, b.id, each);
  forget_tallies(write, b.id);
  rewrite(write, b.id);
  insert(write, b.id, Event{.at = now, .what = Happening::counted, .line = *b.counted_line});
  return b;
}

}  // namespace

bool box_fits(db::Read& read, const Ballot& b) {
  return is_whole(questions_of(read, b.id), votes_of(read, b.id),
                  count_way(read, b.id, Way::online)) &&
         households_told(read, b).has_value();
}

Result<Done> sort_closed(db::Write& write, BallotId id, Instant now) {
  const auto b = find(write, id);
  if (!b || !b->waits_for_count(now)) return Error{ErrorKind::conflict, "ballot.error.not_now"_t};
  rewrite(write, id);
  set_sorted(write, id);
  return Done{};
}

Result<Slip> open_slip(db::Read& read, const people::Citizen& citizen, const Code& code) {
  auto slip = find_slip(read, code);
  if (!slip || slip->household.way == Way::removed || slip->citizen_key != citizen.public_key())
    return wrong_slip();
  return *std::move(slip);
}

Result<Done> may_vote(const Ballot& b, const Slip& slip, Instant now) {
  const auto no = [](TextKey why) { return Error{ErrorKind::conflict, why}; };
  if (!slip.is_valid) return no("ballot.error.replaced"_t);
  if (slip.household.way == Way::online) return no("ballot.error.voted_online"_t);
  if (slip.household.way == Way::paper) return no("ballot.error.voted_paper"_t);
  if (!b.is_open(now)) return no("ballot.error.not_open"_t);
  return Done{};
}

Result<std::vector<Vote>> read_votes(const std::vector<Question>& questions,
                                     const std::vector<std::optional<std::int64_t>>& choices,
                                     Random& random) {
  FieldErrors errors;
  std::vector<Vote> votes;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const auto choice = i < choices.size() ? choices[i] : std::nullopt;
    if (!choice || *choice < 0 || *choice > std::ssize(questions[i].options))
      errors.add("choice-" + std::to_string(questions[i].number), "ballot.error.choice"_t);
    else
      votes.push_back({questions[i].number, draw_mark(random), *choice});
  }
  if (!errors.empty()) return errors.take();
  return votes;
}

Result<Receipt> cast(db::Write& write, const Cast& vote) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  TRY(const Slip slip, open_slip(write, vote.citizen, vote.code));
  const auto b = find(write, slip.ballot);
  if (!b) return wrong_slip();
  TRY([[maybe_unused]] const Done may, may_vote(*b, slip, vote.now));
  const auto questions = questions_of(write, b->id);
  if (!is_whole(questions, vote.votes, 1)) return changed();
  TRY(const ledger::Appended line, note_vote(write, *b, vote.salts, vote.now));
  set_way(write, slip.household.id, Way::online);
  Receipt receipt{.line = line.index, .fingerprint = to_hex(line.leaf_hash)};
  for (const Vote& each : vote.votes) {
    insert(write, b->id, each);
    receipt.marks.push_back(each.mark);
  }
  return receipt;
}

Result<Household> hand_in(db::Write& write, const HandIn& act) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  const auto b = find(write, act.id);
  if (!b || !may_assist(act.clerk, b->unit_path)) return none();
  TRY(Slip slip, open_slip(write, act.citizen, act.code));
  if (slip.ballot != b->id) return wrong_slip();
  TRY([[maybe_unused]] const Done may, may_vote(*b, slip, act.now));
  TRY([[maybe_unused]] const ledger::Appended line, note_vote(write, *b, act.salts, act.now));
  set_way(write, slip.household.id, Way::paper);
  slip.household.way = Way::paper;
  return slip.household;
}

Result<Done> object(db::Write& write,
                    const people::Citizen& citizen,
                    const Code& code,
                    const ledger::Salts& salts,
                    Instant now) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  TRY(const Slip slip, open_slip(write, citizen, code));
  const auto b = find(write, slip.ballot);
  if (!b || b->stage == Stage::cancelled || now < b->opens_at)
    return Error{ErrorKind::conflict, "ballot.error.not_now"_t};
  // Not a refusal: it would tell that nobody has voted since it was said first.
  if (slip.household.objects) return Done{};
  TRY([[maybe_unused]] const ledger::Appended line, ledger::append(write,
                                                                   {.event = ledger::Event::replied,
                                                                    .subject = box_chain(b->id),
                                                                    .at = now,
                                                                    .party = ledger::Party::office,
                                                                    .unit_id = b->unit.value,
                                                                    .topic = "objection"},
                                                                   salts));
  set_objects(write, slip.household.id);
  return Done{};
}

Result<Counted> type_count(db::Write& write, const CountAct& act) {
  CHECK(act.key.size() == 32);
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  const auto b = find(write, act.id);
  if (!b || !may_assist(act.officer, b->unit_path)) return none();
  if (!b->waits_for_count(act.now)) return Error{ErrorKind::conflict, "ballot.error.not_now"_t};
  TRY([[maybe_unused]] const Done fits,
      check_counts(act.counts, questions_of(write, b->id), count_way(write, b->id, Way::paper)));
  const Tally mine{.account = act.officer.id().value, .counts = text_of(act.counts)};
  bool is_first = true;
  for (const Tally& each : tallies_of(write, b->id)) {
    if (each.account == mine.account) continue;
    is_first = false;
    if (each.counts != mine.counts) continue;
    TRY([[maybe_unused]] const Ballot counted,
        count(write, *b, {.counts = &act.counts, .key = act.key}, act.now));
    return Counted::done;
  }
  save_tally(write, b->id, mine);
  return is_first ? Counted::waits : Counted::differs;
}

Result<Ballot> count_online(db::Write& write, BallotId id, Instant now) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  const auto b = find(write, id);
  if (!b) return none();
  if (!b->waits_for_count(now) || count_way(write, id, Way::paper) > 0)
    return Error{ErrorKind::conflict, "ballot.error.not_now"_t};
  return count(write, *b, {}, now);
}

}  // namespace ln::ballot
