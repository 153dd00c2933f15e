#include "core/ledger/ledger_counted.h"

#include <algorithm>
#include <span>

#include "base/text.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_tree.h"
#include "engine/merkle/merkle_line.h"

namespace ln::ledger {
namespace {

constexpr std::string_view counted_context = "langnghe/counted@v1";
constexpr std::string_view unit_word = "unit ", figure_word = "figure ";
constexpr std::string_view count_states_words[] = {"counted", "told", "waiting", "left_out"};

Error refused(TextKey why) { return {ErrorKind::invalid, why}; }

// The value of the next line, which must begin with `word`.
std::optional<std::string_view> take_value(std::string_view& text, std::string_view word) {
  const auto line = merkle::take_line(text);
  if (!line || !line->starts_with(word)) return std::nullopt;
  return line->substr(word.size());
}

// The monthly fact that a receipt shows in clear, and the head it is under.
Result<CountedExamined> examine_fact(const CountedProof& proof, const merkle::Policy* policy) {
  const std::string_view leaf = proof.fact.extra;
  const auto fact = leaf.empty() ? std::nullopt : parse_fact(leaf.substr(1));
  const auto* said = fact ? std::get_if<MonthlyFact>(&*fact) : nullptr;
  if (said == nullptr || !is_public_leaf(leaf, leaf.substr(1)))
    return refused("ledger.counted.no_fact"_t);
  const auto note = merkle::Note::parse(proof.fact.checkpoint);
  const auto head = note ? merkle::Checkpoint::parse(note->text) : std::nullopt;
  if (!head || !merkle::is_included(proof.fact.index, head->size, merkle::hash_leaf(as_bytes(leaf)),
                                    proof.fact.proof, head->root))
    return refused("ledger.counted.fact_not_in_log"_t);
  CountedExamined examined{.event = {}, .fact = *said, .row = {}, .head = *head};
  if (policy != nullptr) {
    examined.verdict = policy->judge(proof.fact.checkpoint);
    if (!examined.verdict || !examined.verdict->has_quorum)
      return refused("ledger.counted.fact_unsigned"_t);
  }
  return examined;
}

bool is_own_unit(const CountedProof& proof, const Opening& opening) {
  if (proof.unit == whole_city || text_in(opening.payload, "k") != to_text(Event::received))
    return true;
  // Another office may have had it when it became overdue.
  if (figure_words[proof.figure] != figure_words[0]) return true;
  return public_code(text_in(opening.payload, "unit").value_or("")) == proof.unit;
}

}  // namespace

std::string CountedProof::text() const {
  return std::string(counted_context) + "\n" + std::string(unit_word) + unit + "\n" +
         std::string(figure_word) + std::string(figure_words[figure]) + "\n" +
         merkle::sum_proof_text(steps) + "\n" + bundle_of({fact, event});
}

std::optional<CountedProof> CountedProof::parse(std::string_view text) {
  const std::string_view whole = text;
  if (text.size() > counted_size_max || merkle::take_line(text) != counted_context)
    return std::nullopt;
  const auto unit = take_value(text, unit_word);
  const auto figure = unit ? take_value(text, figure_word) : std::nullopt;
  const auto place = figure ? figure_of(*figure) : std::nullopt;
  if (!place || unit->empty() || (*unit != whole_city && public_code(*unit) != *unit))
    return std::nullopt;
  const std::size_t blank = text.starts_with('\n') ? 0 : text.find("\n\n");
  if (blank == std::string_view::npos) return std::nullopt;
  const std::size_t steps_size = text.starts_with('\n') ? 0 : blank + 1;
  auto steps = merkle::parse_sum_proof(text.substr(0, steps_size));
  auto receipts = receipts_in(text.substr(steps_size + 1));
  if (!steps || !receipts || receipts->size() != 2) return std::nullopt;
  CountedProof proof{std::string(*unit), *place, *std::move(steps), std::move((*receipts)[0]),
                     std::move((*receipts)[1])};
  if (proof.text() != whole) return std::nullopt;
  return proof;
}

Result<CountedExamined> examine_counted(const CountedProof& proof, const merkle::Policy* policy) {
  TRY(CountedExamined examined, examine_fact(proof, policy));
  TRY(examined.event, examine(proof.event, policy));
  const Opening& opening = examined.event.opening;
  if (examined.event.head.origin != examined.head.origin)
    return refused("ledger.counted.other_log"_t);
  if (!may_count(proof.figure, text_in(opening.payload, "k").value_or(""),
                 text_in(opening.payload, "sig").has_value()))
    return refused("ledger.counted.other_figure"_t);
  if (!is_own_unit(proof, opening)) return refused("ledger.counted.other_unit"_t);
  const auto row = std::ranges::find_if(examined.fact.sums, [&](const SumRow& each) {
    return each.unit == proof.unit && each.figure == proof.figure;
  });
  if (row == examined.fact.sums.end()) return refused("ledger.counted.no_row"_t);
  examined.row = *row;
  const auto reached =
      merkle::climb(sum_label(opening.key, proof.figure, examined.event.seq), proof.steps);
  if (!reached || reached->hash != row->root ||
      static_cast<std::int64_t>(reached->sum) != row->count)
    return refused("ledger.counted.not_in_tree"_t);
  return examined;
}

std::string_view to_text(CountState state) {
  return count_states_words[static_cast<std::size_t>(state)];
}

std::vector<CountStatus> count_states(db::Read& read,
                                      const Subject& subject,
                                      bool is_apart,
                                      Instant now) {
  const auto key = case_key_of(read, subject);
  std::vector<Stored> entries = entries_of(read, subject);
  std::erase_if(entries, [](const Stored& each) { return each.before.has_value(); });
  std::vector<CountStatus> all;
  if (!key || entries.empty()) return all;
  for (const Counting& each : countings_of(entries, now)) {
    CountStatus status{.counting = each, .unit = each.unit};
    // A label that stands in a tree is counted there, whatever the rules say of the case now.
    std::vector<std::string> units = {is_apart ? std::string(whole_city) : each.unit};
    for (const Stored& entry : entries)
      if (const auto named = text_in(entry.payload, "unit")) units.push_back(public_code(*named));
    units.emplace_back(whole_city);
    status.unit = units.front();
    for (std::size_t i = 0; i < units.size() && !status.found; ++i) {
      if (std::ranges::find(units.begin(), units.begin() + static_cast<std::ptrdiff_t>(i),
                            units[i]) != units.begin() + static_cast<std::ptrdiff_t>(i))
        continue;
      status.found =
          find_label(read, units[i], each.figure, sum_label(*key, each.figure, each.seq));
      if (status.found) status.unit = units[i];
    }
    if (status.found) {
      status.state = CountState::counted;
      const auto entry = entry_at(read, status.found->fact_id - 1);
      const auto fact = entry ? parse_fact(entry->payload) : std::nullopt;
      const auto* said = fact ? std::get_if<MonthlyFact>(&*fact) : nullptr;
      if (said != nullptr) {
        status.month = said->month;
        for (const SumRow& row : said->sums)
          if (row.unit == status.unit && row.figure == each.figure) status.sum = row.count;
      }
    } else if (const auto day = told_on(read, status.unit, each.figure, each.index, each.day)) {
      status.month = month_of(*day);
      status.state = is_told(read, *status.month) ? CountState::left_out : CountState::told;
    }
    all.push_back(std::move(status));
  }
  return all;
}

std::optional<CountedProof> counted_proof(db::Read& read,
                                          const Subject& subject,
                                          std::string_view code,
                                          const CountStatus& status) {
  if (!status.found) return std::nullopt;
  const std::int64_t line = status.found->fact_id - 1;
  const auto entry = entry_at(read, status.counting.index);
  const auto leaf = leaf_at(read, line);
  const auto head = head_for(read, line);
  if (!entry || !(entry->subject == subject) || !leaf || !head) return std::nullopt;
  auto event = receipt_of(read, *entry, code);
  if (!event) return std::nullopt;
  CountedProof proof{.unit = status.unit, .figure = status.counting.figure};
  proof.steps = status.found->proof;
  proof.fact = prove(read, line, *head);
  proof.fact.extra = *leaf;
  proof.event = *std::move(event);
  return proof;
}

}  // namespace ln::ledger
