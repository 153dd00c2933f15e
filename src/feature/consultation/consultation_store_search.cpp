#include "feature/consultation/consultation_store_search.h"

#include <algorithm>
#include <span>

#include "base/text.h"
#include "engine/text/text.h"
#include "feature/consultation/consultation_store.h"

namespace ln::consultation {
namespace {

constexpr std::int64_t newest = 9'000'000'000'000'000;
constexpr std::size_t ids_at_once = 100, words_max = 12;
constexpr int turns_max = 20;  // what is left then stands on the next page

// A word that nobody types and that each comment of one consultation has: comments of others cost
// a search nothing.
std::string word_of(ConsultationId id) { return "ofdraft" + std::to_string(id.value); }

std::vector<std::string> with_place(ConsultationId id, std::vector<std::string> words) {
  // In front: the last word of a search may be the beginning of one.
  words.insert(words.begin(), word_of(id));
  return words;
}

std::vector<std::string> split_words(const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size() && words.size() < words_max;) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

struct Asked {
  const CommentSearch& wish;
  std::vector<std::string> marked{}, folded{};
};

// One form of the search from `before` on, until `wanted` are in `into`; where to go on, 0: done.
std::int64_t search_from(db::Read& read,
                         const Asked& asked,
                         bool is_alike,
                         std::int64_t before,
                         std::size_t wanted,
                         std::vector<Comment>& into) {
  const auto form = is_alike ? db::TextIndex::Form::folded : db::TextIndex::Form::marked;
  const auto& words = is_alike ? asked.folded : asked.marked;
  for (int turn = 0; turn < turns_max; ++turn) {
    auto ids = search_index.find(read, form, words, before, ids_at_once);
    std::vector<std::int64_t> shown;
    if (is_alike && !asked.marked.empty())
      shown =
          search_index.find(read, db::TextIndex::Form::marked, asked.marked, before, ids_at_once);
    const bool is_end = ids.size() < ids_at_once;
    if (!ids.empty()) before = ids.back();
    std::erase_if(ids, [&](std::int64_t id) { return std::ranges::count(shown, id) > 0; });
    for (std::size_t from = 0; from < ids.size(); from += comments_at_once) {
      const auto part = std::span(ids).subspan(from, std::min(comments_at_once, ids.size() - from));
      for (Comment& each : shown_among(read, asked.wish.consultation, asked.wish.clause, part)) {
        into.push_back(std::move(each));
        if (into.size() == wanted) return into.back().id.value;
      }
    }
    if (is_end) return 0;
  }
  return before;
}

FoundComments newest_of(db::Read& read, const CommentSearch& asked) {
  const auto limit = static_cast<std::int64_t>(asked.wanted) + 1;
  FoundComments found;
  found.exact = asked.clause.empty()
                    ? newest_comments(read, asked.consultation, asked.before, limit)
                    : comments_of(read, {asked.consultation, asked.clause, asked.before, limit});
  if (found.exact.size() <= asked.wanted) return found;
  found.exact.pop_back();
  found.next = found.exact.back().id.value;
  return found;
}

std::int64_t indexed_to(db::Read& read) {
  return read
      .one("SELECT comment_id FROM consultation_search_progress WHERE id = 1",
           [](const db::Row& row) { return row.integer(0); })
      .value_or(0);
}

void index_one(db::Write& write, const Comment& comment) {
  const std::string text = word_of(comment.consultation) + " " + comment.body + " " +
                           comment.wording + " " + comment.said_by;
  search_index.put(write, comment.id.value, text::marked(text), text::fold(text));
}

}  // namespace

FoundComments find_comments(db::Read& read, const CommentSearch& asked) {
  if (trimmed(asked.words).empty()) return newest_of(read, asked);
  Asked search{.wish = asked};
  auto folded = text::words(asked.words, words_max);
  FoundComments found;
  if (folded.empty()) return found;
  search.folded = with_place(asked.consultation, std::move(folded));
  if (text::has_marks(asked.words))
    search.marked = with_place(asked.consultation, split_words(text::marked(asked.words)));
  std::int64_t before = asked.before == 0 ? newest : asked.before;
  // One more than fits tells whether there is a next page.
  if (!search.marked.empty() && !asked.is_alike) {
    found.next = search_from(read, search, false, before, asked.wanted + 1, found.exact);
    if (found.exact.size() > asked.wanted) {
      found.exact.pop_back();
      found.next = found.exact.back().id.value;
    }
    if (found.next != 0) return found;
    before = newest;
  }
  // Without diacritics in the question nothing that is found differs from it.
  auto& into = search.marked.empty() ? found.exact : found.alike;
  const std::size_t room = asked.wanted - found.exact.size();
  found.next = search_from(read, search, true, before, room + 1, into);
  if (into.size() > room) {
    into.pop_back();
    found.next = into.empty() ? before : into.back().id.value;
  }
  found.next_is_alike = found.next != 0 && !search.marked.empty();
  return found;
}

std::vector<std::int64_t> comments_with_words(db::Read& read,
                                              ConsultationId id,
                                              std::string_view words,
                                              std::size_t limit) {
  auto folded = text::words(words, words_max);
  if (folded.empty()) return {};
  const bool is_marked = text::has_marks(words);
  const auto asked =
      with_place(id, is_marked ? split_words(text::marked(words)) : std::move(folded));
  return search_index.find(
      read, is_marked ? db::TextIndex::Form::marked : db::TextIndex::Form::folded, asked, newest,
      limit);
}

void index_again(db::Write& write, const Comment& comment) {
  if (comment.id.value > indexed_to(write)) return;
  if (comment.state == Sight::shown) {
    index_one(write, comment);
  } else {
    search_index.remove(write, comment.id.value);
  }
  write.run("UPDATE consultation_search_progress SET owed = owed + 1 WHERE id = 1");
}

std::int64_t index_next(db::Write& write, std::int64_t limit) {
  const std::int64_t from = indexed_to(write);
  const auto ids = write.all(
      "SELECT id FROM consultation_comment WHERE id > $1 ORDER BY id LIMIT $2",
      [](const db::Row& row) { return row.id<CommentId>(0); }, from, limit);
  if (ids.empty()) return 0;
  for (const CommentId id : ids)
    if (const auto comment = find_comment(write, id); comment && comment->state == Sight::shown)
      index_one(write, *comment);
  write.run(
      "INSERT INTO consultation_search_progress (id, comment_id) VALUES (1, $1) "
      "ON CONFLICT (id) DO UPDATE SET comment_id = excluded.comment_id",
      ids.back().value);
  return std::ssize(ids);
}

std::int64_t unindexed_count(db::Read& read) {
  return read
      .one(
          "SELECT count(*) FROM consultation_comment WHERE id > $1",
          [](const db::Row& row) { return row.integer(0); }, indexed_to(read))
      .value_or(0);
}

std::int64_t owed_count(db::Read& read) {
  return read
      .one("SELECT owed FROM consultation_search_progress WHERE id = 1",
           [](const db::Row& row) { return row.integer(0); })
      .value_or(0);
}

void forget_owed(db::Write& write, std::int64_t count) {
  write.run("UPDATE consultation_search_progress SET owed = owed - $1 WHERE id = 1", count);
}

void index_anew_if_empty(db::Write& write) {
  const auto any =
      write.one("SELECT count(*) FROM (SELECT 1 FROM consultation_search LIMIT 1) AS any_row",
                [](const db::Row& row) { return row.integer(0); });
  if (any == 0) write.run("DELETE FROM consultation_search_progress");
}

}  // namespace ln::consultation
