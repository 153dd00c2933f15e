// Lists for machines: the public register, topics, units, procedures.
//
// A list goes on from "after", the code of the last item of the page before, so that nothing is
// skipped or shown twice while cases arrive; "next" is that code, or null at the end.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/units/units_store.h"
#include "core/units/units_store_procedures.h"
#include "engine/text/text.h"
#include "feature/feedback/feedback_api.h"
#include "feature/feedback/feedback_api_json.h"
#include "feature/feedback/feedback_store_lists.h"
#include "feature/feedback/feedback_store_search.h"

namespace ln::feedback {
namespace {

constexpr std::int64_t cases_usual = 20, items_usual = 100, items_most = 500;
constexpr std::int64_t newest = 9'000'000'000'000'000;
constexpr std::size_t ids_at_once = 100, words_max = 12;
constexpr int turns_max = 20;  // of ids_at_once; what is left stands on the next page

// Begins the cursor of a search that has shown all cases with the very diacritics typed and goes
// on with those that have the same letters.
constexpr char other_marks = '~';

struct Found {
  std::vector<Feedback> cases;
  std::string next;  // empty: this is the end
};

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

// One form of the search from `filter.before` on, until the page is full or nothing is left.
// Returns the id to go on from; 0 at the end.
std::int64_t search_on(db::Read& read,
                       const Search& search,
                       RegisterFilter filter,
                       std::size_t wanted,
                       std::vector<Feedback>& into) {
  const auto form = search.is_second ? db::TextIndex::Form::folded : db::TextIndex::Form::marked;
  const auto& words = search.is_second ? search.folded : search.marked;
  for (int turn = 0; turn < turns_max; ++turn) {
    auto ids = search_index.find(read, form, words, filter.before, ids_at_once);
    if (ids.empty()) return 0;
    const std::int64_t last = ids.back();
    if (search.is_second && !search.marked.empty()) {
      const auto shown = search_index.find(read, db::TextIndex::Form::marked, search.marked,
                                           filter.before, ids_at_once);
      std::erase_if(ids, [&](std::int64_t id) { return std::ranges::count(shown, id) > 0; });
    }
    filter.limit = static_cast<std::int64_t>(wanted - into.size());
    for (Feedback& each : published_among(read, ids, filter)) into.push_back(std::move(each));
    if (into.size() == wanted) return into.back().id.value;
    filter.before = last;
  }
  return filter.before;
}

Found find_by_words(db::Read& read, Search search, RegisterFilter filter, std::size_t wanted) {
  Found found;
  const auto cursor = [&](std::int64_t id) {
    const auto at = find(read, FeedbackId{id});
    return (search.is_second ? std::string(1, other_marks) : "") + (at ? at->code.text() : "");
  };
  if (filter.before == 0) filter.before = newest;
  if (!search.is_second) {
    const std::int64_t rest = search_on(read, search, filter, wanted, found.cases);
    if (rest != 0) {
      found.next = cursor(rest);
      return found;
    }
    search.is_second = true;
    filter.before = newest;
  }
  const std::int64_t rest = search_on(read, search, filter, wanted, found.cases);
  if (rest != 0) found.next = cursor(rest);
  return found;
}

Found find_newest(db::Read& read, RegisterFilter filter, std::size_t wanted) {
  filter.limit = static_cast<std::int64_t>(wanted) + 1;
  Found found{.cases = published(read, filter), .next = {}};
  if (found.cases.size() > wanted) {
    found.cases.pop_back();
    found.next = found.cases.back().code.text();
  }
  return found;
}

// The id a cursor stands for; 0 for none. Only a published case can have been on a page.
Result<std::int64_t> cursor_in(const http::Request& request, db::Read& read) {
  std::string_view after = request.query.text("after");
  if (after.empty()) return std::int64_t{0};
  if (after.front() == other_marks) after.remove_prefix(1);
  const auto code = Code::parse(after);
  const auto last = code ? find(read, *code) : std::nullopt;
  if (!last || !last->published_at) return refuse_parameter("after", "feedback.error.after"_t);
  return last->id.value;
}

Result<RegisterFilter> filter_in(const http::Request& request, db::Read& read, Instant now) {
  RegisterFilter filter;
  if (const std::string_view code = request.query.text("unit"); !code.empty()) {
    const auto unit = units::find_on(read, code, local_day(now));
    if (!unit) return refuse_parameter("unit", "feedback.error.unit_unknown"_t);
    filter.unit_path = unit->path;
  }
  if (const std::string_view word = request.query.text("state"); !word.empty()) {
    filter.state = from_word(all_states, word);
    if (!filter.state) return refuse_parameter("state", "feedback.error.state_unknown"_t);
  }
  if (const std::string_view word = request.query.text("about"); !word.empty()) {
    filter.about = from_word(all_abouts, word);
    if (!filter.about) return refuse_parameter("about", "feedback.error.about_missing"_t);
  }
  if (const std::string_view word = request.query.text("kind"); !word.empty()) {
    filter.kind = from_word(all_kinds, word);
    if (!filter.kind) return refuse_parameter("kind", "feedback.error.kind_unknown"_t);
  }
  TRY(filter.before, cursor_in(request, read));
  return filter;
}

void end_list(json::Writer& writer, std::string_view next) {
  writer.end_array().name("next");
  if (next.empty())
    writer.null();
  else
    writer.text(next);
  writer.end_object();
}

// The part of `all` after the item with the code ?after=, at most ?limit=, each written by `write`.
template <class Item, class Write>
Result<http::Response> page_of(const http::Request& request,
                               const std::vector<Item>& all,
                               Write write) {
  TRY(const std::int64_t limit, limit_in(request, items_usual, items_most));
  auto at = all.begin();
  if (const std::string_view after = request.query.text("after"); !after.empty()) {
    at = std::find_if(all.begin(), all.end(), [&](const Item& item) { return item.code == after; });
    if (at == all.end()) return refuse_parameter("after", "feedback.error.after"_t);
    ++at;
  }
  http::Response response = http::json(200, {});
  json::Writer writer(response.body);
  writer.object().name("items").array();
  std::string_view last;
  for (std::int64_t i = 0; i < limit && at != all.end(); ++i, ++at) {
    write(*at, writer);
    last = at->code;
  }
  end_list(writer, at == all.end() ? "" : last);
  response.cacheable = true;
  return response;
}

Result<std::vector<units::Unit>> units_in(const http::Request& request,
                                          db::Read& read,
                                          Instant now) {
  const Day today = local_day(now);
  std::optional<units::Kind> kind;
  if (const std::string_view word = request.query.text("kind"); !word.empty()) {
    kind = units::kind_of(word);
    if (!kind) return refuse_parameter("kind", "feedback.error.unit_kind"_t);
  }
  std::optional<units::Unit> parent;
  if (const std::string_view code = request.query.text("parent"); !code.empty()) {
    parent = units::find_on(read, code, today);
    if (!parent) return refuse_parameter("parent", "feedback.error.unit_unknown"_t);
  }
  std::vector<units::Unit> all;
  const std::string_view query = request.query.text("q");
  if (!trimmed(query).empty()) {
    for (units::Found& each :
         units::search(read, {.query = query, .day = today, .limit = items_most, .kind = kind}))
      all.push_back(std::move(each.unit));
  } else if (parent) {
    all = units::children(read, parent->id, today);
  } else if (kind) {
    all = units::of_kind(read, *kind, today);
  } else {
    for (const units::Unit& city : units::of_kind(read, units::Kind::city, today))
      all = units::subtree(read, city, today);
  }
  std::erase_if(all, [&](const units::Unit& unit) {
    return (kind && unit.kind != *kind) || (parent && unit.parent != parent->id);
  });
  return all;
}

}  // namespace

Result<http::Response> register_api(const http::Request& request, db::Read& read, Instant now) {
  TRY(const RegisterFilter filter, filter_in(request, read, now));
  TRY(const std::int64_t limit, limit_in(request, cases_usual, list_count_max));
  const auto wanted = static_cast<std::size_t>(limit);
  const std::string_view query = request.query.text("q");
  Found found;
  if (trimmed(query).empty()) {
    found = find_newest(read, filter, wanted);
  } else if (Search search{.marked = {}, .folded = text::words(query)}; !search.folded.empty()) {
    if (text::has_marks(query)) search.marked = split(text::marked(query));
    search.is_second =
        search.marked.empty() || request.query.text("after").starts_with(other_marks);
    found = find_by_words(read, std::move(search), filter, wanted);
  }
  http::Response response = http::json(200, {});
  json::Writer writer(response.body);
  writer.object().name("items").array();
  for (const Feedback& each : found.cases) write_published(request, read, each, writer);
  end_list(writer, found.next);
  response.cacheable = true;
  return response;
}

Result<http::Response> topics_api(const http::Request& request, db::Read& read) {
  const auto write = [&](const Topic& topic, json::Writer& writer) {
    writer.object().member("code", topic.code).name("parent");
    if (topic.parent_code.empty())
      writer.null();
    else
      writer.text(topic.parent_code);
    writer.member("about", to_text(topic.about));
    writer.member("name", in_language_of(request, topic.name_vi, topic.name_en));
    writer.member("hint", in_language_of(request, topic.hint_vi, topic.hint_en));
    writer.name("deadline").object();
    writer.member("measure", calendar::to_text(topic.deadline.measure));
    writer.member("count", topic.deadline.count).end_object();
    writer.member("smallest", topic.is_smallest).name("questions").array();
    for (const Question& question : questions_of(read, topic.code)) {
      writer.object().member("code", question.code);
      writer.member("text", in_language_of(request, question.text_vi, question.text_en));
      writer.end_object();
    }
    writer.end_array().end_object();
  };
  return page_of(request, all_topics(read), write);
}

Result<http::Response> units_api(const http::Request& request, db::Read& read, Instant now) {
  TRY(const std::vector<units::Unit> all, units_in(request, read, now));
  return page_of(request, all, [&](const units::Unit& unit, json::Writer& writer) {
    writer.object().member("code", unit.code).member("valid_from", to_iso(unit.valid_from));
    writer.member("name", in_language_of(request, unit.name, unit.name_en));
    writer.member("kind", units::to_text(unit.kind)).name("parent");
    const auto parent = unit.parent.value == 0 ? std::nullopt : units::find(read, unit.parent);
    if (parent)
      writer.text(parent->code);
    else
      writer.null();
    writer.end_object();
  });
}

Result<http::Response> procedures_api(const http::Request& request, db::Read& read, Instant now) {
  const Day today = local_day(now);
  std::vector<units::Procedure> all;
  const std::string_view query = request.query.text("q"), code = request.query.text("unit");
  if (!code.empty()) {
    const auto unit = units::find_on(read, code, today);
    if (!unit) return refuse_parameter("unit", "feedback.error.unit_unknown"_t);
    all = units::procedures_of(read, *unit, today);
  } else if (!trimmed(query).empty()) {
    all = units::search_procedures(read, query, today, items_most);
  } else {
    all = units::procedures(read, today);
  }
  return page_of(request, all, [&](const units::Procedure& procedure, json::Writer& writer) {
    writer.object().member("code", procedure.code);
    writer.member("name", in_language_of(request, procedure.name, procedure.name_en));
    writer.member("field", procedure.field).name("legal_time").object();
    writer.member("measure", units::to_text(procedure.time_kind));
    writer.member("count", procedure.time_count).end_object();
    writer.member("fee_dong", procedure.fee_dong).member("fee_note", procedure.fee_note);
    writer.end_object();
  });
}

}  // namespace ln::feedback
