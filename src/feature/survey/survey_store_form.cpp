// Forms: their file, and the rows that keep it.
#include <algorithm>

#include "base/embedded.h"
#include "base/text.h"
#include "engine/merkle/merkle.h"
#include "feature/survey/survey_store.h"
#include "platform/db/ids.h"
#include "platform/json/json.h"

namespace ln::survey {
namespace {

constexpr db::Ids form_ids("survey_form");
constexpr std::string_view format_word = "langnghe form 1";
constexpr std::string_view folder = "data/forms/";

Words words_in(const json::Value& value) {
  return {std::string(value.text("vi").value_or("")), std::string(value.text("en").value_or(""))};
}

Option option_in(const json::Value& value) {
  return {.value = value.integer("value").value_or(-1),
          .points = value.integer("points").value_or(0),
          .words = words_in(value)};
}

// A question, or each row of a matrix as one. False when its kind is unknown.
bool add_question(Form& form, const json::Value& value, std::size_t section) {
  const std::string_view kind_word = value.text("kind").value_or("");
  const bool is_matrix = kind_word == "matrix";
  const auto kind = is_matrix ? std::optional(Kind::scale) : from_word(all_kinds, kind_word);
  if (!kind) return false;
  Question question{.code = std::string(value.text("code").value_or("")),
                    .kind = *kind,
                    .words = words_in(value),
                    .help = words_in(value.find("help")),
                    .section = section,
                    .is_required = value.boolean("required").value_or(false),
                    .is_unconfirmed = value.boolean("unconfirmed").value_or(false),
                    .weight = value.integer("weight").value_or(0),
                    .min = value.integer("min").value_or(0),
                    .max = value.integer("max").value_or(0)};
  if (value.has("show_if")) {
    const json::Value condition = value.find("show_if");
    question.show_if = ShowIf{.question = std::string(condition.text("question").value_or(""))};
    for (const json::Value each : condition.items("is"))
      question.show_if->is.push_back(each.integer().value_or(-1));
  }
  for (const json::Value each : value.items("options")) question.options.push_back(option_in(each));
  if (!is_matrix) {
    form.questions.push_back(std::move(question));
    return true;
  }
  question.matrix = question.words;
  for (const json::Value row : value.items("rows")) {
    question.code = row.text("code").value_or("");
    question.words = words_in(row);
    if (row.has("help")) question.help = words_in(row.find("help"));
    question.weight = row.integer("weight").value_or(value.integer("weight").value_or(0));
    form.questions.push_back(question);
  }
  return value.find("rows").count() > 0;
}

// --- writing ------------------------------------------------------------------------------------

void write_words(json::Writer& out, const Words& words) {
  out.member("vi", words.vi);
  if (!words.en.empty()) out.member("en", words.en);
}
void write_spoken(json::Writer& out, std::string_view name, const Words& words) {
  out.name(name).object();
  write_words(out, words);
  out.end_object();
}

// What the rows of a table share with a question that stands alone.
void write_terms(json::Writer& out, const Question& question) {
  if (question.is_required) out.member("required", true);
  if (question.is_unconfirmed) out.member("unconfirmed", true);
  if (!question.show_if) return;
  out.name("show_if").object().member("question", question.show_if->question).name("is").array();
  for (const std::int64_t each : question.show_if->is) out.integer(each);
  out.end_array().end_object();
}

void write_own(json::Writer& out, const Question& question) {
  out.member("code", question.code);
  write_words(out, question.words);
  if (!question.help.vi.empty()) write_spoken(out, "help", question.help);
  if (question.weight > 0) out.member("weight", question.weight);
}

void write_alone(json::Writer& out, const Question& question) {
  out.object().member("kind", to_text(question.kind));
  write_own(out, question);
  write_terms(out, question);
  if (question.kind == Kind::number) out.member("min", question.min).member("max", question.max);
  if (question.kind == Kind::choice) {
    out.name("options").array();
    for (const Option& each : question.options) {
      out.object().member("value", each.value).member("points", each.points);
      write_words(out, each.words);
      out.end_object();
    }
    out.end_array();
  }
  out.end_object();
}

// Whether two neighbours can stand in one table of the file.
bool share_table(const Question& a, const Question& b) {
  const auto condition = [](const Question& each) {
    return each.show_if ? std::pair(each.show_if->question, each.show_if->is)
                        : std::pair(std::string(), std::vector<std::int64_t>());
  };
  return !a.matrix.vi.empty() && a.matrix.vi == b.matrix.vi && a.matrix.en == b.matrix.en &&
         a.section == b.section && a.is_required == b.is_required &&
         a.is_unconfirmed == b.is_unconfirmed && condition(a) == condition(b);
}

void write_section(json::Writer& out, const Form& form, std::size_t section) {
  out.object();
  write_words(out, form.sections[section]);
  out.name("questions").array();
  for (std::size_t i = 0; i < form.questions.size();) {
    const Question& first = form.questions[i];
    if (first.section != section || first.matrix.vi.empty()) {
      if (first.section == section) write_alone(out, first);
      ++i;
      continue;
    }
    out.object().member("kind", "matrix");
    write_words(out, first.matrix);
    write_terms(out, first);
    out.name("rows").array();
    for (; i < form.questions.size() && share_table(first, form.questions[i]); ++i) {
      out.object();
      write_own(out, form.questions[i]);
      if (form.questions[i].weight == 0) out.member("weight", 0);
      out.end_object();
    }
    out.end_array().end_object();
  }
  out.end_array().end_object();
}

Form to_form(const db::Row& row) {
  auto read = read_form(row.view(3));
  if (!read.form) throw db::Failure("a survey's form cannot be read");
  Form form = *std::move(read.form);
  form.id = row.id<FormId>(0);
  form.version = row.integer(2);
  form.body = row.text(3);
  form.hash = row.text(4);
  form.created_by = row.integer(5);
  form.created_at = row.instant(6);
  return form;
}

}  // namespace

ReadForm read_form(std::string_view body) {
  ReadForm read = read_draft(body);
  if (!read.form) return read;
  if (auto fault = fault_in(*read.form)) return {.fault = std::move(fault)};
  return read;
}

ReadForm read_draft(std::string_view body) {
  const auto document = json::parse(body, {.size_max = form_size_max, .depth_max = 12});
  if (!document.ok()) return {.fault = Fault{document.error().text, "{}"}};
  const json::Value root = document.value().root();
  if (root.text("format") != format_word)
    return {.fault = Fault{"survey.fault.format"_t, "format"}};
  const json::Value formula = root.find("formula");
  const auto kind = from_word(all_formulas, formula.text("kind").value_or(""));
  if (!kind) return {.fault = Fault{"survey.fault.formula_kind"_t, "formula"}};
  Form form{.code = std::string(root.text("code").value_or("")),
            .version = root.integer("version").value_or(0),
            .name = words_in(root.find("name")),
            .source = std::string(root.text("source").value_or("")),
            .unconfirmed = std::string(root.text("unconfirmed").value_or("")),
            .formula = {.kind = *kind,
                        .name = words_in(formula.find("name")),
                        .source = std::string(formula.text("source").value_or("")),
                        .is_unconfirmed = formula.boolean("unconfirmed").value_or(false)},
            .body = std::string(body)};
  for (const json::Value section : root.items("sections")) {
    form.sections.push_back(words_in(section));
    for (const json::Value each : section.items("questions"))
      if (!add_question(form, each, form.sections.size() - 1))
        return {.fault =
                    Fault{"survey.fault.kind"_t, std::string(each.text("code").value_or("?"))}};
  }
  return {.form = std::move(form)};
}

std::string file_of(const Form& form) {
  std::string out;
  json::Writer json(out);
  json.object().member("format", format_word).member("code", form.code);
  json.member("version", form.version);
  write_spoken(json, "name", form.name);
  json.member("source", form.source).member("unconfirmed", form.unconfirmed);
  json.name("formula").object().member("kind", to_text(form.formula.kind));
  write_spoken(json, "name", form.formula.name);
  json.member("source", form.formula.source);
  json.member("unconfirmed", form.formula.is_unconfirmed).end_object();
  json.name("sections").array();
  for (std::size_t section = 0; section < form.sections.size(); ++section)
    write_section(json, form, section);
  json.end_array().end_object();
  return out;
}

FormId next_form(db::Write& write) { return {form_ids.next(write)}; }

void insert(db::Write& write, const Form& form) {
  write.run(
      "INSERT INTO survey_form (id, code, version, body, hash, created_by, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7)",
      form.id, form.code, form.version, form.body, db::Blob{as_bytes(form.hash)}, form.created_by,
      form.created_at);
}

std::optional<Form> find_form(db::Read& read, FormId id) {
  return read.one("SELECT * FROM survey_form WHERE id = $1", to_form, id);
}

std::optional<Form> find_form(db::Read& read, std::string_view code, std::int64_t version) {
  return read.one("SELECT * FROM survey_form WHERE code = $1 AND version = $2", to_form, code,
                  version);
}

std::vector<Form> newest_forms(db::Read& read) {
  return read.all(
      "SELECT f.* FROM survey_form f WHERE NOT EXISTS (SELECT 1 FROM survey_form g "
      "WHERE g.code = f.code AND g.version > f.version) ORDER BY f.code LIMIT 200",
      to_form);
}

std::vector<Form> versions_of(db::Read& read, std::string_view code) {
  return read.all("SELECT * FROM survey_form WHERE code = $1 ORDER BY version DESC LIMIT 100",
                  to_form, code);
}

void install_forms(db::Write& write, Instant now) {
  for (const embedded::File& file : embedded::all()) {
    if (!file.path.starts_with(folder) || !file.path.ends_with(".json")) continue;
    const auto read = read_form(file.bytes);
    if (!read.form) throw db::Failure("a form of the program cannot be read");
    Form form = *read.form;
    if (find_form(write, form.code, form.version)) continue;
    form.id = next_form(write);
    form.hash = as_text(merkle::sha256(as_bytes(form.body)));
    form.created_at = now;
    insert(write, form);
  }
}

}  // namespace ln::survey
