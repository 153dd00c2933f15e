// langnghe triage: learns from labelled texts what a text is about, measures it, and guesses.
#include <algorithm>
#include <cstdio>
#include <iostream>

#include "app/cli.h"
#include "app/cli_console.h"
#include "app/commands.h"
#include "base/text.h"
#include "core/units/units_csv.h"
#include "engine/csv/csv.h"
#include "engine/text/text.h"
#include "engine/triage/triage_score.h"
#include "feature/feedback/feedback_jobs_learn.h"
#include "platform/file/file.h"

namespace ln::app {
namespace {

std::string percent(double share) {
  char shown[16];
  std::snprintf(shown, sizeof shown, "%.1f %%", share * 100);
  return shown;
}

std::string bytes_of(const std::string& path, std::size_t size_max) {
  auto bytes = file::read_file(path, size_max);
  if (!bytes) throw Misuse{{"cli.error.no_file"_t, {{"path", path}}}};
  return *std::move(bytes);
}

triage::Model model_of(const Arguments& given) {
  const std::string path = given.needed("model");
  auto model = triage::Model::read(bytes_of(path, triage::model_size_max));
  if (!model) throw Misuse{{"triage.error.no_model"_t, {{"path", path}}}};
  return *std::move(model);
}

// The cells of the record that begins `rest`, which is taken away with its line break. A text may
// have lines and tabs inside its quotes, as reports have; a label and a group may not.
Result<std::vector<std::string>> take_record(std::string_view& rest, std::size_t& line) {
  constexpr std::size_t columns = 3, text_column = 1;
  constexpr std::size_t label_chars_max = 1'000, body_chars_max = 20'000;
  const csv::RecordEnd end =
      csv::record_end(rest).value_or(csv::RecordEnd{rest.size(), rest.size(), 1});
  const std::string_view record = rest.substr(0, end.size);
  if (!is_utf8(record)) return units::csv_error(line, "units.error.csv_utf8"_t);
  auto cells = csv::cells(record, {.cells_max = columns});
  if (!cells) return units::csv_error(line, "units.error.csv_quote"_t);
  for (std::size_t i = 0; i < cells->size(); ++i) {
    const bool is_text = i == text_column;
    const auto is_refused = [&](char c) {
      const bool is_white = c == '\n' || c == '\r' || c == '\t';
      return ((c >= 0 && c < 0x20) || c == 0x7F) && !(is_text && is_white);
    };
    if (std::ranges::any_of((*cells)[i], is_refused))
      return units::csv_error(line, "units.error.csv_control"_t);
    if (count_chars((*cells)[i]) > (is_text ? body_chars_max : label_chars_max))
      return units::csv_error(line, "units.error.csv_long"_t);
    (*cells)[i] = text::to_nfc(trimmed((*cells)[i]));
  }
  rest.remove_prefix(end.with_break);
  line += end.lines;
  return *std::move(cells);
}

// A file whose first row is "label,text" or "label,text,group".
Result<std::vector<triage::Example>> examples_in(const std::string& path) {
  const std::string bytes = bytes_of(path, units::csv_size_max);
  std::string_view rest = bytes;
  if (rest.starts_with(csv::byte_order_mark)) rest.remove_prefix(csv::byte_order_mark.size());
  std::size_t line = 1;
  TRY(const auto header, take_record(rest, line));
  const std::vector<std::string> columns = {"label", "text", "group"};
  const bool has_groups = header == columns;
  if (!has_groups && (header.size() != 2 || header[0] != columns[0] || header[1] != columns[1]))
    return units::csv_error(1, "units.error.csv_header"_t);
  std::vector<triage::Example> examples;
  while (!rest.empty()) {
    const std::size_t begins = line;
    if (examples.size() == units::csv_rows_max)
      return units::csv_error(begins, "units.error.csv_long"_t);
    TRY(const auto cells, take_record(rest, line));
    if (cells.size() != header.size())
      return units::csv_error(begins, "units.error.csv_columns"_t);
    examples.push_back({cells[1], cells[0], has_groups ? cells[2] : std::to_string(begins)});
  }
  return examples;
}

int train(Console& console, const Arguments& given) {
  const std::string path = given.needed("model");
  const bool is_shipped = given.count() < 2;
  auto examples = is_shipped ? Result<std::vector<triage::Example>>(feedback::shipped_examples())
                             : examples_in(given.at(1));
  if (!examples.ok()) return refuse(console, examples.error());
  triage::Training training(examples.value());
  while (training.step())
    if (is_watched()) draw_bar("", training.done());
  if (is_watched()) draw_bar("", 1);
  const auto model = training.take();
  if (!model) {
    console.err << console.voice("triage.error.few_labels"_t) << '\n';
    return exit_refused;
  }
  const std::string bytes = model->bytes();
  file::write_file_durably(path, bytes);
  const i18n::Voice& voice = console.voice;
  console.out << voice("triage.trained"_t,
                       {{"examples",
                         voice.number(static_cast<std::int64_t>(examples.value().size()))},
                        {"labels", voice.number(static_cast<std::int64_t>(model->labels().size()))},
                        {"size", voice.bytes(static_cast<std::int64_t>(bytes.size()))},
                        {"file", path}})
              << '\n'
              << (model->threshold() > 1
                      ? std::string(voice("triage.never_sure"_t))
                      : voice("triage.threshold"_t, {{"share", percent(model->threshold())}}))
              << '\n';
  return exit_done;
}

void tell(Console& console, TextKey title, const triage::Score& score) {
  console.out << console.voice(title) << '\n'
              << console.voice("triage.score"_t, {{"f1", percent(score.weighted_f1())},
                                                  {"macro", percent(score.macro_f1())},
                                                  {"coverage", percent(score.coverage())},
                                                  {"precision", percent(score.precision())}})
              << '\n';
}

int eval(Console& console, const Arguments& given) {
  given.expect_words(2);
  const triage::Model model = model_of(given);
  auto examples = examples_in(given.at(1));
  if (!examples.ok()) return refuse(console, examples.error());
  const triage::Score marked = triage::score(model, examples.value());
  std::vector<triage::Example> bare = std::move(examples).value();
  for (triage::Example& each : bare) each.text = text::fold(each.text);
  tell(console, "triage.as_written"_t, marked);
  tell(console, "triage.stripped"_t, triage::score(model, bare));
  for (const triage::LabelScore& each : marked.labels)
    console.out << "  " << each.label << "  " << each.examples << "  F1 " << percent(each.f1())
                << '\n';
  return exit_done;
}

void guess(Console& console, const triage::Model& model, std::string_view text) {
  const triage::Guess found = model.suggest(text);
  if (found.abstains) console.out << console.voice("triage.unsure"_t) << '\n';
  for (const triage::Suggestion& each : found.best) {
    console.out << "  " << percent(each.probability) << "  " << each.label;
    std::string words;
    for (const std::string& word : model.why(text, each.label))
      words += (words.empty() ? "  (" : ", ") + word;
    console.out << words << (words.empty() ? "" : ")") << '\n';
  }
}

int predict(Console& console, const Arguments& given) {
  constexpr std::size_t line_size_max = 64 * 1024;
  const triage::Model model = model_of(given);
  for (std::size_t i = 1; i < given.count(); ++i) guess(console, model, given.at(i));
  if (given.count() > 1) return exit_done;
  for (std::string line; std::getline(console.in, line);)
    guess(console, model, std::string_view(line).substr(0, line_size_max));
  return exit_done;
}

}  // namespace

int cli_triage(std::span<const std::string_view> words) {
  const Arguments given(words, options_of("triage"));
  Console console = standard_console();
  const std::string verb = given.count() == 0 ? "" : given.at(0);
  if (verb == "train") return train(console, given);
  if (verb == "eval") return eval(console, given);
  if (verb == "predict") return predict(console, given);
  return show_usage(console, "triage.usage"_t);
}

}  // namespace ln::app
