// Lists for machines: the public register, topics, units, procedures.
//
// A list goes on from "after", the code of the last item of the page before, so that nothing is
// skipped or shown twice while cases arrive; "next" is that code, or null at the end.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/units/units_store.h"
#include "core/units/units_store_procedures.h"
#include "feature/feedback/feedback_api.h"
#include "feature/feedback/feedback_api_json.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_lists.h"
#include "feature/feedback/feedback_store_search.h"
#include "feature/feedback/feedback_store_settings.h"

namespace ln::feedback {
namespace {

constexpr std::int64_t cases_usual = 20, items_usual = 100, items_most = 500;

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
  const auto found = find_published(read, {.words = request.query.text("q"),
                                           .after = request.query.text("after"),
                                           .filter = filter,
                                           .wanted = static_cast<std::size_t>(limit)});
  if (!found) return refuse_parameter("after", "feedback.error.after"_t);
  http::Response response = http::json(200, {});
  json::Writer writer(response.body);
  writer.object().name("items").array();
  for (const auto* part : {&found->exact, &found->alike})
    for (const CaseLine& each : *part)
      if (const auto whole = find(read, each.id)) write_published(request, read, *whole, writer);
  end_list(writer, found->next);
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
    for (const TopicQuestion& question : topic_questions(read, topic.code)) {
      writer.object().member("code", question.code);
      writer.member("text", in_language_of(request, question.text_vi, question.text_en));
      writer.member("form", to_text(question.form)).member("required", question.is_required);
      writer.name("choices").array();
      for (const std::string& choice : question.choices_vi) writer.text(choice);
      writer.end_array();
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
