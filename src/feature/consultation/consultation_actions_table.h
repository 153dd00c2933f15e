// The synthesis table: "Bản tổng hợp, tiếp thu, giải trình ý kiến góp ý" in its official columns
// (number, group or clause, who, content, acceptance or explanation; Nghị định 78/2025/NĐ-CP and
// the tables that offices publish). One row for each point under which comments stand.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "feature/consultation/consultation_store_answer.h"
#include "platform/db/db.h"
#include "platform/i18n/i18n.h"

namespace ln::consultation {

struct TableRow {
  std::int64_t number = 0;  // from 1
  Issue issue{};
  Behind behind{};
  std::int64_t objections = 0, open_objections = 0;
  bool is_criticised = false;  // social criticism stands under it
};
// One row for a point: what views are about before what social criticism is about; in both by where
// their clause stands: the whole draft first, then by key, what is gone last. Points without
// comments are left out.
std::vector<TableRow> table_of(db::Read& read, ConsultationId id);
// The same for a synthesis in sections: a point about which there are views and social criticism
// stands in both, each time with those behind it who said so there, and where a comment is placed
// takes nobody's view out of the section of views.
std::vector<TableRow> sections_of(db::Read& read, ConsultationId id);

// The name of the section that begins at the row `at`; null where none does, and for a table that
// holds no social criticism. Precondition: at < rows.size().
std::optional<TextKey> section_before(std::span<const TableRow> rows, std::size_t at);

// "12 người: 10 không nêu tên, 2 đã đăng nhập": how many, by how sure they are.
std::string who_said(i18n::Voice voice, const Behind& behind);
// "Điều 5", or what is said of the whole or of what is gone.
std::string place_of(i18n::Voice voice, std::string_view clause);
// The answer in words: its kind, the place where it was taken up, the words there, the reason.
std::string answer_in_words(i18n::Voice voice, const Issue& issue);

// The table in Vietnamese as CSV: the same bytes as long as nothing changed. Its hash is fixed by
// the decision.
std::string table_csv(const std::vector<TableRow>& rows);

}  // namespace ln::consultation
