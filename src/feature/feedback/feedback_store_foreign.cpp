#include "feature/feedback/feedback_store_foreign.h"

#include "base/text.h"
#include "core/settings/settings.h"
#include "platform/json/json.h"

namespace ln::feedback {
namespace {

constexpr std::size_t source_depth_max = 4;

void write_words(json::Writer& out, std::string_view name, const std::vector<ForeignWord>& words) {
  out.name(name).array();
  for (const ForeignWord& each : words)
    out.object().member("ours", each.ours).member("theirs", each.theirs).end_object();
  out.end_array();
}

std::vector<ForeignWord> words_in(const json::Value& value, std::string_view name) {
  std::vector<ForeignWord> words;
  for (const json::Value each : value.items(name))
    words.push_back({.theirs = std::string(each.text("theirs").value_or("")),
                     .ours = std::string(each.text("ours").value_or(""))});
  return words;
}

// Every value was made by value_of.
Source source_from(std::string_view code, std::string_view value) {
  auto source = read_source_value(code, value);
  if (!source.ok())
    throw db::Failure("a source of cases cannot be read", db::Failure::Kind::corrupt);
  return std::move(source).value();
}

}  // namespace

std::string value_of(const Source& source) {
  std::string value;
  json::Writer out(value);
  out.object().member("about", to_text(source.about)).name("columns").object();
  // In the order of their names, as the canonical form has it.
  constexpr std::array by_name = {
      ForeignColumn::body,  ForeignColumn::code,     ForeignColumn::contact,
      ForeignColumn::place, ForeignColumn::received, ForeignColumn::state,
      ForeignColumn::title, ForeignColumn::topic,    ForeignColumn::unit};
  for (const ForeignColumn each : by_name) out.member(to_text(each), source.column(each));
  out.end_object().member("is_on", source.is_on).member("name", source.name).name("over").array();
  for (const std::string& each : source.over) out.text(each);
  out.end_array();
  write_words(out, "topics", source.topics);
  write_words(out, "units", source.units);
  out.end_object();
  return value;
}

Result<Source> read_source_value(std::string_view code, std::string_view value) {
  TRY(const json::Document document, json::parse(value, {.size_max = settings::value_size_max,
                                                         .depth_max = source_depth_max,
                                                         .form = json::Form::as_sent}));
  const json::Value root = document.root();
  const Error no_value{ErrorKind::invalid, "settings.error.value"_t};
  const auto about = from_word(all_abouts, root.text("about").value_or(""));
  if (!about) return no_value;
  Source source{.code = std::string(code),
                .name = std::string(root.text("name").value_or("")),
                .is_on = root.boolean("is_on").value_or(true),
                .about = *about,
                .topics = words_in(root, "topics"),
                .units = words_in(root, "units")};
  const json::Value columns = root.find("columns");
  for (const ForeignColumn each : all_foreign_columns)
    source.columns[static_cast<std::size_t>(each)] = columns.text(to_text(each)).value_or("");
  for (const json::Value each : root.items("over"))
    source.over.emplace_back(each.text().value_or(""));
  if (value_of(source) != value) return no_value;
  return source;
}

std::vector<Source> all_sources(db::Read& read) {
  return read.all("SELECT code, value FROM feedback_source ORDER BY code",
                  [](const db::Row& row) { return source_from(row.view(0), row.view(1)); });
}

std::optional<Source> find_source(db::Read& read, std::string_view code) {
  const std::string value = source_value(read, code);
  return value.empty() ? std::nullopt : std::optional(source_from(code, value));
}

std::string source_value(db::Read& read, std::string_view code) {
  return read
      .one(
          "SELECT value FROM feedback_source WHERE code = $1",
          [](const db::Row& row) { return row.text(0); }, code)
      .value_or(std::string());
}

void save_source(db::Write& write, std::string_view code, std::string_view value) {
  write.run(
      "INSERT INTO feedback_source (code, value) VALUES ($1, $2) "
      "ON CONFLICT (code) DO UPDATE SET value = excluded.value",
      code, value);
}

std::optional<Foreign> foreign_of(db::Read& read, FeedbackId id) {
  return read.one(
      "SELECT source, code, state, stated_at FROM feedback_foreign WHERE feedback_id = $1",
      [](const db::Row& row) {
        return Foreign{.source = row.text(0),
                       .code = row.is_null(1) ? std::string() : row.text(1),
                       .state = row.text(2),
                       .stated_at = row.instant(3)};
      },
      id);
}

bool is_here(db::Read& read, std::string_view source, std::string_view code) {
  const std::string fingerprint = fingerprint_of(source, code);
  return read
      .one(
          "SELECT feedback_id FROM feedback_foreign WHERE fingerprint = $1",
          [](const db::Row& row) { return row.integer(0); }, db::Blob{as_bytes(fingerprint)})
      .has_value();
}

std::vector<FeedbackId> with_foreign_code(db::Read& read,
                                          std::string_view code,
                                          std::int64_t limit) {
  return read.all(
      "SELECT feedback_id FROM feedback_foreign WHERE code = $1 ORDER BY feedback_id LIMIT $2",
      [](const db::Row& row) { return row.id<FeedbackId>(0); }, code, limit);
}

void insert_foreign(db::Write& write,
                    FeedbackId id,
                    const Foreign& foreign,
                    std::string_view fingerprint_code) {
  const std::string fingerprint = fingerprint_of(foreign.source, fingerprint_code);
  const auto code = foreign.code.empty() ? std::nullopt : std::optional<std::string>(foreign.code);
  write.run(
      "INSERT INTO feedback_foreign (feedback_id, source, code, fingerprint, state, stated_at) "
      "VALUES ($1, $2, $3, $4, $5, $6)",
      id, foreign.source, code, db::Blob{as_bytes(fingerprint)}, foreign.state, foreign.stated_at);
}

}  // namespace ln::feedback
