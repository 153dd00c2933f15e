// The synthesis table as a file: the columns and the head of official documents.
#include <utility>

#include "core/units/units_store.h"
#include "feature/consultation/consultation_pages_answer.h"
#include "feature/consultation/consultation_pages_answer_parts.h"
#include "platform/http/download.h"
#include "platform/office/office_document.h"
#include "platform/office/office_letter.h"
#include "platform/office/office_sheet.h"

namespace ln::consultation {
namespace {

using i18n::Voice;

struct TableFile {
  Voice voice;
  std::string title;  // of the draft
  std::string unit;
  Day day{};
  std::vector<TableRow> rows;
};

std::string head_of(const TableFile& file) {
  return std::string(file.voice("consultation.table.subject"_t)) + " " + file.title;
}

office::Document document_of(const TableFile& file) {
  const Voice& say = file.voice;
  const auto title_cell = [&](TextKey key) {
    return office::cell(say(key), office::Align::centre, true);
  };
  office::Table table;
  table.columns = {{1, office::Align::centre}, {3}, {4}, {6}, {8}};
  table.header = {title_cell("consultation.table.number"_t),
                  title_cell("consultation.table.place"_t), title_cell("consultation.table.who"_t),
                  title_cell("consultation.table.content"_t),
                  title_cell("consultation.table.answer"_t)};
  for (std::size_t i = 0; i < file.rows.size(); ++i) {
    const TableRow& row = file.rows[i];
    if (const auto section = section_before(file.rows, i))
      table.rows.push_back({office::cell(""), office::cell(""), office::cell(""),
                            office::cell(say(*section), office::Align::centre, true),
                            office::cell("")});
    table.rows.push_back({office::cell(std::to_string(row.number), office::Align::centre),
                          office::cell(place_of(say, row.issue.clause)),
                          office::cell(who_said(say, row.behind)), office::cell(row.issue.title),
                          office::cell(answer_in_words(say, row.issue))});
  }
  office::Document document{.title = head_of(file),
                            .language = say.language() == i18n::Language::vi ? "vi-VN" : "en-GB",
                            .is_landscape = true};
  document.parts = office::letterhead({.office = file.unit,
                                       .place = std::string(say("consultation.table.city"_t)),
                                       .day = file.day,
                                       .kind = std::string(say("consultation.table.title"_t)),
                                       .subject = head_of(file)},
                                      say.language());
  document.parts.push_back(std::move(table));
  for (office::Part& part :
       office::signature({.capacity = std::string(say("consultation.table.capacity"_t)),
                          .recipients = {std::string(say("consultation.table.kept"_t))}},
                         say.language()))
    document.parts.push_back(std::move(part));
  return document;
}

std::string workbook_of_table(const TableFile& file) {
  const Voice& say = file.voice;
  office::SheetWriter writer;
  const auto column = [&](TextKey key, int width) {
    return office::SheetColumn{std::string(say(key)), width};
  };
  writer.begin_sheet(
      say("consultation.table.sheet"_t),
      {column("consultation.table.number"_t, 6), column("consultation.table.place"_t, 20),
       column("consultation.table.who"_t, 32), column("consultation.table.content"_t, 60),
       column("consultation.table.answer"_t, 80)},
      {std::string(say("consultation.table.title"_t)), head_of(file)});
  for (std::size_t i = 0; i < file.rows.size(); ++i) {
    const TableRow& row = file.rows[i];
    if (const auto section = section_before(file.rows, i))
      writer.row({"", "", "", std::string(say(*section)), ""});
    writer.row({row.number, place_of(say, row.issue.clause), who_said(say, row.behind),
                row.issue.title, answer_in_words(say, row.issue)});
  }
  return std::move(writer).finish();
}

}  // namespace

Result<http::Response> table_file(const http::Request& request, db::Read& read) {
  TRY(const Opened open, opened(request, read));
  const Consultation& c = open.consultation;
  const std::string_view name = request.path_text("file");
  auto rows = sections_of(read, c.id);
  std::erase_if(rows, [](const TableRow& row) { return !is_told(row.issue); });
  const auto decision = find_decision(read, c.id);
  const auto unit = units::find(read, c.unit);
  Instant last = decision ? decision->decided_at : c.opened_at.value_or(c.created_at);
  for (const TableRow& row : rows)
    if (!decision && row.issue.answered_at) last = std::max(last, *row.issue.answered_at);
  const TableFile file{.voice = request.view.voice,
                       .title = std::string(title_of(request.view, c).text),
                       .unit = unit ? unit->name : std::string(),
                       .day = local_day(last),
                       .rows = std::move(rows)};
  http::Response response = http::text(200, "");
  if (name == "table.docx") {
    response.body = office::write_docx(document_of(file));
    response.content_type =
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  } else if (name == "table.xlsx") {
    response.body = workbook_of_table(file);
    response.content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  } else if (name == "table.csv") {
    response.body = table_csv(file.rows);
    response.content_type = "text/csv; charset=utf-8";
  } else {
    return Error{ErrorKind::not_found, "consultation.error.none"_t};
  }
  response.cacheable = true;  // The same for everybody.
  return http::download(std::move(response), "tong-hop-" + std::to_string(c.id.value) +
                                                 std::string(name.substr(name.rfind('.'))));
}

}  // namespace ln::consultation
