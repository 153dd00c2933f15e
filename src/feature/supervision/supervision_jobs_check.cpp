#include "feature/supervision/supervision_jobs_check.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "base/text.h"
#include "core/ledger/ledger_public_supervision.h"
#include "core/ledger/ledger_told.h"
#include "engine/draw/draw.h"
#include "feature/supervision/supervision_actions.h"

namespace ln::supervision {
namespace {

using ledger::SupervisionFact;
using Faults = std::vector<ledger::Fault>;

bool is_hash_of(const merkle::Hash& hash, const std::string& text) {
  return hash == merkle::sha256(as_bytes(text));
}
bool is_same(const merkle::Hash& hash, const std::string& bytes) { return as_text(hash) == bytes; }

// When advice has to be answered, as its line says it.
Instant last_second_of(Day day) {
  return at_local(day + std::chrono::days(1)) - std::chrono::seconds(1);
}

// All of one programme.
struct Whole {
  Programme p;
  std::vector<Finding> findings{};
  std::vector<Advice> advice{};
  std::vector<FindingReply> replies{};
};

const char* unfit_frame(db::Read& read, const Programme& p, const SupervisionFact& fact) {
  if (!is_same(fact.hash, p.frame_hash) || fact.count != p.frame_size)
    return "the frame is not the one that was announced";
  return is_hash_of(fact.hash, draw::text_of(frame_of(read, p)))
             ? nullptr
             : "the items of the frame are not those that were announced";
}

// Draws again: the frame, when it is the one that was announced, and the head say what was drawn.
const char* unfit_draw(db::Read& read, const Programme& p, const SupervisionFact& fact) {
  const auto drawn = drawn_of(read, p.id);
  const bool fits = is_same(fact.hash, p.head_root) && fact.number == p.head_size &&
                    fact.count == std::ssize(drawn) && p.head_seen_at &&
                    to_iso(fact.until) == to_iso(*p.head_seen_at);
  if (!fits) return "the draw is not the one that was told";
  const draw::Frame frame = frame_of(read, p);
  if (as_text(merkle::sha256(as_bytes(draw::text_of(frame)))) != p.frame_hash)
    return nullptr;  // Said of the line that announced it.
  return draw::drawn_from(frame, {.size = fact.number, .root = fact.hash}) == drawn
             ? nullptr
             : "other cases are examined than were drawn";
}

// Whether words may be missing: only because the case they were about was erased.
template <class Words>
bool is_case_erased(db::Read& read, const Words& f) {
  return read
      .one(
          "SELECT 1 FROM supervision_item i JOIN feedback f ON f.id = i.feedback_id "
          "WHERE i.supervision_id = $1 AND i.number = $2 AND f.erased_at IS NOT NULL",
          [](const db::Row& row) { return row.integer(0); }, f.programme, f.number)
      .has_value();
}

const char* unfit_finding(db::Read& read,
                          const Whole& of,
                          std::int64_t line,
                          const SupervisionFact& fact) {
  const auto f = std::ranges::find(of.findings, line, &Finding::line);
  if (f == of.findings.end()) return "a finding is not there any more";
  if (f->number != fact.number || f->seq != fact.count || !is_same(fact.hash, f->hash))
    return "a finding is not the one that was told";
  if (f->note.empty() && f->salt.empty())
    return is_case_erased(read, *f) ? nullptr : "the words of a finding went without an erasure";
  return hash_of(*f) == f->hash ? nullptr : "a finding does not say what it was told with";
}

const char* unfit_reply(db::Read& read,
                        const Whole& of,
                        std::int64_t line,
                        const SupervisionFact& fact) {
  const auto r = std::ranges::find(of.replies, line, &FindingReply::line);
  if (r == of.replies.end()) return "a reply to a finding is not there any more";
  if (r->number != fact.number || r->seq != fact.count || !is_same(fact.hash, r->hash))
    return "a reply to a finding is not the one that was told";
  if (r->text.empty() && r->salt.empty())
    return is_case_erased(read, *r) ? nullptr
                                    : "the words of a reply to a finding went without an erasure";
  return hash_of(*r) == r->hash ? nullptr
                                : "a reply to a finding does not say what it was told with";
}

const char* unfit_advice(const Whole& of, std::int64_t line, const SupervisionFact& fact) {
  const auto a = std::ranges::find(of.advice, fact.number, &Advice::number);
  if (a == of.advice.end()) return "advice is not there any more";
  if (fact.what == "advised") {
    if (a->line != line || !is_hash_of(fact.hash, a->text)) return "advice is not what was told";
    return fact.until == last_second_of(a->due_on)
               ? nullptr
               : "advice is not to be answered by the day that was told";
  }
  const auto said = std::ranges::find(a->said, line, &Said::line);
  if (said == a->said.end()) return "what was said to advice is not there any more";
  if (fact.what != to_text(said->kind) || fact.count != said->seq ||
      !is_hash_of(fact.hash, said->text))
    return "what was said to advice is not what was told";
  return fact.until == last_second_of(said->due_on)
             ? nullptr
             : "advice was given back until another day than was told";
}

const char* unfit_line(db::Read& read, const Whole& of, const ledger::Told& line) {
  const auto fact = ledger::parse_supervision(line.payload);
  if (!fact) return "this line of a programme says nothing";
  const std::int64_t index = line.id - 1;
  if (fact->what == "announced") return unfit_frame(read, of.p, *fact);
  if (fact->what == "drawn") return unfit_draw(read, of.p, *fact);
  if (fact->what == "finding") return unfit_finding(read, of, index, *fact);
  if (fact->what == "replied") return unfit_reply(read, of, index, *fact);
  if (fact->what == "finished")
    return of.p.finished_line == index ? nullptr : "the programme is not finished as was told";
  return unfit_advice(of, index, *fact);
}

// What stands in a table and has no line of this programme.
void check_untold(const Whole& of, const ledger::Chain& chain, Faults& faults) {
  std::set<std::int64_t> told;
  Stage stage = Stage::announced;
  for (const ledger::Told& line : chain) {
    told.insert(line.id - 1);
    const auto fact = ledger::parse_supervision(line.payload);
    if (fact && fact->what == "drawn") stage = Stage::drawn;
    if (fact && fact->what == "finished") stage = Stage::finished;
  }
  if (of.p.stage != stage)
    faults.push_back({chain.back().id, "a programme is in another stage than was told"});
  const auto ask = [&](std::int64_t line, const char* what) {
    if (!told.contains(line)) faults.push_back({0, what});
  };
  for (const Finding& each : of.findings) ask(each.line, "a finding was never told");
  for (const FindingReply& each : of.replies) ask(each.line, "a reply to a finding was never told");
  for (const Advice& each : of.advice) {
    ask(each.line, "advice was never told");
    for (const Said& said : each.said) ask(said.line, "what was said to advice was never told");
  }
}

}  // namespace

Faults unfit_texts(db::Read& read) {
  Faults faults;
  ledger::each_chain(read, "supervision", [&](const ledger::Chain& chain) {
    auto p = find(read, ProgrammeId{chain.front().subject});
    if (!p) {
      faults.push_back({chain.front().id, "the programme of this line is not there any more"});
      return;
    }
    Whole of{.p = *std::move(p)};
    of.findings = findings_of(read, of.p.id);
    of.advice = advice_of(read, of.p.id);
    of.replies = replies_to_findings(read, of.p.id);
    for (const ledger::Told& line : chain)
      if (const char* wrong = unfit_line(read, of, line); wrong != nullptr)
        faults.push_back({line.id, wrong});
    check_untold(of, chain, faults);
  });
  read.each(
      "SELECT s.id FROM supervision s LEFT JOIN ledger_entry e ON e.subject_kind = 'supervision' "
      "AND e.subject_id = s.id AND e.seq = 0 WHERE e.id IS NULL",
      [&](const db::Row&) { faults.push_back({0, "a programme was never told"}); });
  return faults;
}

}  // namespace ln::supervision
