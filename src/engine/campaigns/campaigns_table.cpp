#include "engine/campaigns/campaigns_table.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

#include "base/check.h"

namespace ln::campaigns {
namespace {

constexpr std::size_t chunk = 256;  // comments that one call of `share` looks at
constexpr Hash for_everybody = 0x6A09E667F3BCC909u;

template <class Work>
void in_chunks(std::size_t count, const Share& share, const Work& work) {
  share((count + chunk - 1) / chunk, [&](std::size_t part) {
    const std::size_t end = std::min(count, (part + 1) * chunk);
    for (std::size_t i = part * chunk; i < end; ++i) work(i);
  });
}

struct Fresh {
  std::uint32_t row;
  std::size_t comment;
};

// What one text is known by; false when it is too short for sketches.
bool describe(const Comment& comment, Row& row, Sketches& sketches) {
  thread_local Words words;
  read_words(comment.text, words);
  row.place = comment.place;
  row.bytes = identity_of(comment.text, for_everybody).high;
  row.words = static_cast<std::uint32_t>(words.size());
  row.forms = words.size() > 0 ? forms_of(comment.text) : Forms{row.bytes, row.bytes};
  if (words.size() < letter_words_min) return false;
  sketches = sketches_of(words.hashes);
  return true;
}

auto place_in_order(const Row& row) {
  return std::tuple(row.forms.folded, row.forms.marked, row.bytes);
}

bool is_bare(const Row& row) { return row.forms.folded == row.forms.marked; }

// The rows of one folded form, sorted by their marked forms, as [begin, end) of each marked form.
using Runs = std::vector<std::pair<std::size_t, std::size_t>>;

}  // namespace

std::uint32_t Table::row_for(const Identity& identity) {
  if ((rows.size() + 1) * 2 > slots_.size()) grow();
  std::size_t at = identity.low & (slots_.size() - 1);
  while (slots_[at].row != 0 && slots_[at].identity != identity)
    at = (at + 1) & (slots_.size() - 1);
  if (slots_[at].row == 0) {
    rows.emplace_back();
    CHECK(rows.size() < no_group);
    slots_[at] = {identity, static_cast<std::uint32_t>(rows.size())};
  }
  return slots_[at].row - 1;
}

void Table::grow() {
  std::vector<Entry> wider(slots_.size() * 2);
  for (const Entry& each : slots_) {
    if (each.row == 0) continue;
    std::size_t at = each.identity.low & (wider.size() - 1);
    while (wider[at].row != 0) at = (at + 1) & (wider.size() - 1);
    wider[at] = each;
  }
  slots_ = std::move(wider);
}

void Table::take(const std::vector<Comment>& batch, const Share& share) {
  std::vector<Identity> identities(batch.size());
  in_chunks(batch.size(), share,
            [&](std::size_t i) { identities[i] = identity_of(batch[i].text, secret_); });
  std::vector<Fresh> fresh;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const std::size_t known = rows.size();
    const std::uint32_t row = row_for(identities[i]);
    if (row == known) fresh.push_back({row, i});
    ++rows[row].comments;
    row_of.push_back(row);
  }
  std::vector<Sketches> made(fresh.size());
  std::vector<char> has_sketches(fresh.size());
  in_chunks(fresh.size(), share, [&](std::size_t i) {
    has_sketches[i] = describe(batch[fresh[i].comment], rows[fresh[i].row], made[i]) ? 1 : 0;
  });
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    if (has_sketches[i] == 0) continue;
    sketches.push_back(made[i]);
    rows[fresh[i].row].sketches = static_cast<std::uint32_t>(sketches.size());
  }
}

namespace {

// The runs of equal marked forms among sorted rows [begin, end).
Runs runs_of(const Table& table,
             const std::vector<std::uint32_t>& order,
             std::size_t begin,
             std::size_t end) {
  Runs runs;
  for (std::size_t i = begin; i < end; ++i) {
    if (i == begin || table.rows[order[i]].forms.marked != table.rows[order[i - 1]].forms.marked)
      runs.emplace_back(i, i);
    runs.back().second = i + 1;
  }
  return runs;
}

std::uint64_t comments_in(const Table& table,
                          const std::vector<std::uint32_t>& order,
                          std::pair<std::size_t, std::size_t> run) {
  std::uint64_t all = 0;
  for (std::size_t i = run.first; i < run.second; ++i) all += table.rows[order[i]].comments;
  return all;
}

void put_form(const Table& table,
              const std::vector<std::uint32_t>& order,
              std::pair<std::size_t, std::size_t> run,
              Sorted& into) {
  Form form;
  const Row& first = table.rows[order[run.first]];
  form.folded = first.forms.folded;
  form.marked = first.forms.marked;
  form.letter = order[run.first];
  for (std::size_t i = run.first; i < run.second; ++i) {
    const Row& row = table.rows[order[i]];
    form.comments += row.comments;
    if (row.comments > table.rows[form.letter].comments) form.letter = order[i];
    into.form_of[order[i]] = static_cast<std::uint32_t>(into.forms.size());
  }
  form.words = table.rows[form.letter].words;
  form.sketches = table.rows[form.letter].sketches;
  into.forms.push_back(form);
}

// The run without marks joins the marked run with most comments.
void put_forms(const Table& table,
               const std::vector<std::uint32_t>& order,
               const Runs& runs,
               Sorted& into) {
  std::size_t bare = runs.size(), best = runs.size();
  std::uint64_t most = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (is_bare(table.rows[order[runs[i].first]])) {
      bare = i;
    } else if (const std::uint64_t all = comments_in(table, order, runs[i]); all > most) {
      most = all;
      best = i;
    }
  }
  std::size_t best_form = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (i == bare && best < runs.size()) continue;
    if (i == best) best_form = into.forms.size();
    put_form(table, order, runs[i], into);
  }
  if (bare == runs.size() || best == runs.size()) return;
  Form& form = into.forms[best_form];
  for (std::size_t i = runs[bare].first; i < runs[bare].second; ++i) {
    into.form_of[order[i]] = static_cast<std::uint32_t>(best_form);
    form.comments += table.rows[order[i]].comments;
  }
}

}  // namespace

Sorted forms_in(const Table& table) {
  std::vector<std::uint32_t> order(table.rows.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, {}, [&](std::uint32_t row) { return place_in_order(table.rows[row]); });
  Sorted made;
  made.form_of.resize(table.rows.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin + 1;
    while (end < order.size() &&
           table.rows[order[end]].forms.folded == table.rows[order[begin]].forms.folded)
      ++end;
    put_forms(table, order, runs_of(table, order, begin, end), made);
    begin = end;
  }
  return made;
}

}  // namespace ln::campaigns
