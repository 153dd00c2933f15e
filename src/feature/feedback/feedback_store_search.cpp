#include "feature/feedback/feedback_store_search.h"

#include <algorithm>

#include "base/text.h"
#include "engine/text/text.h"
#include "feature/feedback/feedback_store.h"

namespace ln::feedback {
namespace {

constexpr std::int64_t newest = 9'000'000'000'000'000;
// Of what a filter may hold back, or the page of exact ones, many numbers at a time; else few more
// than a page needs, because the index lags behind what was taken back.
constexpr std::size_t ids_at_once = 100, ids_to_spare = 5, words_max = 12;
constexpr int turns_max = 20;  // what is left then stands on the next page

// Begins the cursor of a search that has shown all cases with the very diacritics typed and goes
// on with those that have the same letters.
constexpr char other_marks = '~';

// A search in its two forms: first what has the diacritics as typed, then what has the letters.
struct Search {
  std::vector<std::string> marked, folded;
  bool is_second = false;
};

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size() && words.size() < words_max;) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

// One form of the search from `filter.before` on, until `wanted` are in `into` or nothing is left.
// Returns the id to go on from; 0 at the end.
std::int64_t search_on(db::Read& read,
                       const Search& search,
                       RegisterFilter filter,
                       std::size_t wanted,
                       std::vector<CaseLine>& into) {
  const auto form = search.is_second ? db::TextIndex::Form::folded : db::TextIndex::Form::marked;
  const auto& words = search.is_second ? search.folded : search.marked;
  const bool is_thinned = !filter.unit_path.empty() || filter.state || filter.about ||
                          filter.kind || (search.is_second && !search.marked.empty());
  const std::size_t at_once = is_thinned ? ids_at_once : wanted + ids_to_spare;
  for (int turn = 0; turn < turns_max; ++turn) {
    auto ids = search_index.find(read, form, words, filter.before, at_once);
    if (ids.empty()) return 0;
    const std::int64_t last = ids.back();
    const bool is_end = ids.size() < at_once;
    if (search.is_second && !search.marked.empty()) {
      const auto shown = search_index.find(read, db::TextIndex::Form::marked, search.marked,
                                           filter.before, at_once);
      std::erase_if(ids, [&](std::int64_t id) { return std::ranges::count(shown, id) > 0; });
    }
    filter.limit = static_cast<std::int64_t>(wanted - into.size());
    for (CaseLine& each : lines_among(read, ids, filter)) into.push_back(std::move(each));
    if (into.size() == wanted) return into.back().id.value;
    if (is_end) return 0;
    filter.before = last;
  }
  return filter.before;
}

SearchPage find_by_words(db::Read& read, Search search, RegisterFilter filter, std::size_t wanted) {
  SearchPage page;
  const auto cursor = [&](std::int64_t id) {
    const auto at = find(read, FeedbackId{id});
    return (search.is_second ? std::string(1, other_marks) : "") + (at ? at->code.text() : "");
  };
  if (filter.before == 0) filter.before = newest;
  if (!search.is_second) {
    const std::int64_t rest = search_on(read, search, filter, wanted, page.exact);
    if (rest != 0) {
      page.next = cursor(rest);
      return page;
    }
    search.is_second = true;
    filter.before = newest;
  }
  // Without diacritics in the question nothing that is found differs from it.
  std::vector<CaseLine>& into = search.marked.empty() ? page.exact : page.alike;
  const std::int64_t rest = search_on(read, search, filter, wanted - page.exact.size(), into);
  if (rest != 0) page.next = cursor(rest);
  return page;
}

SearchPage find_newest(db::Read& read, RegisterFilter filter, std::size_t wanted) {
  filter.limit = static_cast<std::int64_t>(wanted) + 1;
  SearchPage page;
  page.exact = published_lines(read, filter);
  if (page.exact.size() > wanted) {
    page.exact.pop_back();
    page.next = page.exact.back().code.text();
  }
  return page;
}

// The id a cursor stands for; 0 for none. Only a published case can have been on a page.
std::optional<std::int64_t> id_of(db::Read& read, std::string_view after) {
  if (after.empty()) return 0;
  if (after.front() == other_marks) after.remove_prefix(1);
  const auto code = Code::parse(after);
  const auto last = code ? find(read, *code) : std::nullopt;
  if (!last || !last->published_at) return std::nullopt;
  return last->id.value;
}

}  // namespace

std::optional<SearchPage> find_published(db::Read& read, const SearchFor& asked) {
  const auto before = id_of(read, asked.after);
  if (!before) return std::nullopt;
  RegisterFilter filter = asked.filter;
  filter.before = *before;
  if (trimmed(asked.words).empty()) return find_newest(read, filter, asked.wanted);
  Search search{.marked = {}, .folded = text::words(asked.words)};
  if (search.folded.empty()) return SearchPage{};
  if (text::has_marks(asked.words)) search.marked = split(text::marked(asked.words));
  search.is_second = search.marked.empty() || asked.after.starts_with(other_marks);
  return find_by_words(read, std::move(search), filter, asked.wanted);
}

}  // namespace ln::feedback
