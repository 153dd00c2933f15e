// Taking comments out of letters, spreadsheets and minutes. For whoever may edit the draft, from
// the day it is opened until it is decided: a letter that was late is taken in as well, and says
// when it came.
//
// Each imported comment has a code, a secret and a line of the ledger, as if its writer had sent
// it. The secret is drawn for whoever gave an address, is printed once on a letter to them, and is
// kept nowhere; of the others nobody ever had it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ledger/ledger.h"
#include "feature/consultation/consultation_actions_answer.h"
#include "feature/consultation/consultation_source.h"
#include "platform/db/db.h"

namespace ln::consultation {

// Checked, and with everything that must be random drawn.
struct PreparedImport {
  Source source{};  // id 0: a new one
  std::string unit_code{};
  IssueDraws draws{};  // of the source's own entries
  std::int64_t version = 0;
  bool takes_equal = false;  // rows that are in already come in again
  struct Row {
    ImportRow row{};
    Prepared prepared;
    std::string likeness{};
  };
  std::vector<Row> rows{};
};
// Rows equal to one that is in already, or to one above them, are moved to `rows.refused`, unless
// `takes_equal`: the same petition may be signed twice by people without a name.
void refuse_equal(db::Read& read, ConsultationId id, ImportRows& rows, bool takes_equal);
// Refuses what undecided() refuses; (conflict) over sources_max sources; (not_found) a source of
// another consultation or of an invited body.
Result<PreparedImport> prepare_import(db::Read& read,
                                      const EditAct& act,
                                      const Source& source,
                                      const ImportRows& rows,
                                      bool takes_equal,
                                      Random& random);
// What became of it: the source, and for each row with an address what is printed for it.
struct Handed {
  std::size_t line = 0;
  std::string code{}, secret{};
};
struct Imported {
  SourceId source{};
  std::int64_t count = 0;
  std::vector<Handed> letters{};
};
// Refuses (conflict) when another version was published since it was prepared, when somebody else
// imported one of the rows meanwhile, or it is decided.
Result<Imported> import_rows(db::Write& write, const EditAct& act, const PreparedImport& prepared);

}  // namespace ln::consultation
