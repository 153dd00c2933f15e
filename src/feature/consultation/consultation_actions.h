// What people do with a draft: permission, rule, rows and ledger in one transaction.
//
// Editors are those who head the unit that drafts, or one above it: what they publish is said in
// the name of the unit. Citizens act by the secret of their comment alone.
#pragma once

#include <string>
#include <string_view>

#include "core/ledger/ledger.h"
#include "core/people/people.h"
#include "core/people/people_citizen.h"
#include "feature/consultation/consultation_store.h"
#include "platform/db/db.h"

namespace ln::consultation {

// --- editors ------------------------------------------------------------------------------------

// Whether somebody may draft in the name of the unit at `unit_path`.
bool may_edit(const people::Officer& officer, std::string_view unit_path);

// What an editor typed or imported.
struct Typed {
  std::string kind, title_vi, title_en, summary_vi, summary_en;
  std::string text;  // the draft, as Markdown or plain text
  std::string note;  // what is new in this version
};
struct EditAct {
  people::Officer officer;
  std::int64_t revision = 0;  // of the consultation as it was seen
  Instant now;
};

// All that is wrong, beside its fields; and the text as it would be kept.
struct Checked {
  Typed typed;
  std::string text;  // paragraphs, each ended by a line feed
  draft::Draft draft;
};
Result<Checked> check(const Typed& typed);

// A new draft with its first version; only its editors see it. Refuses (forbidden) who does not
// head the unit, and what check() refuses.
Result<Consultation> create(db::Write& write,
                            const EditAct& act,
                            const units::Unit& unit,
                            const Typed& typed);
// Before it is opened: its words and its first version anew. Afterwards: titles stay, and the text
// becomes the next version, which nobody reads until publish_version(). Refuses (conflict) when
// somebody changed it meanwhile or it is decided.
Result<Consultation> change(db::Write& write,
                            const EditAct& act,
                            ConsultationId id,
                            const Typed& typed);
// Publishes the first version and takes comments until the end of `closes_on`; a line in clear in
// the ledger says so, with the hash of the text. Refuses (invalid) a text without articles and a
// period that is too short.
Result<Consultation> open(db::Write& write, const EditAct& act, ConsultationId id, Day closes_on);
// Publishes the version that was prepared, until it is decided; comments and points go with their
// clauses.
Result<Consultation> publish_version(db::Write& write, const EditAct& act, ConsultationId id);
// A later last day; never an earlier one.
Result<Consultation> extend(db::Write& write, const EditAct& act, ConsultationId id, Day closes_on);

// Hides the words of a comment, or shows them again: told beside it, and in its ledger.
Result<Comment> hide(db::Write& write,
                     const EditAct& act,
                     const Code& code,
                     HideReason reason,
                     const ledger::Salts& salts);
Result<Comment> show(db::Write& write,
                     const EditAct& act,
                     const Code& code,
                     const ledger::Salts& salts);

// --- citizens -----------------------------------------------------------------------------------

struct Said {
  std::string clause;  // key, or "all"
  std::string body;
  std::string wording{};  // empty: a comment only
  Strength strength = Strength::anonymous;
  bool in_english = false;
};
inline constexpr std::string_view whole_draft = "all";

// Checked, and with everything that must be random drawn.
struct Prepared {
  Comment comment;
  Code spare_code;
  std::string secret{};
  ledger::CaseKey case_key{};
  ledger::PublicKey public_key{};
  ledger::Salts salts{};
  std::string unit_code{};
};
// Refuses (not_found) a consultation that is not open to readers or a clause that is not in it,
// (conflict) one that takes no comments any more, (invalid) what was typed.
Result<Prepared> prepare(
    db::Read& read, ConsultationId id, const Said& said, Random& random, Instant now);
struct Sent {
  Comment comment;
  ledger::Appended appended;
};
Result<Sent> send(db::Write& write, const Prepared& prepared, Instant now);

struct CitizenAct {
  people::Citizen citizen;
  Code code;
  ledger::Salts salts;
  Instant now;
};
// The comment, when the citizen holds its secret; not_found otherwise.
Result<Comment> open_comment(db::Read& read, const people::Citizen& citizen, const Code& code);
// Other words, or none any more, until the consultation closes; signed by the holder's key.
Result<Comment> change_comment(db::Write& write,
                               const CitizenAct& act,
                               const std::string& body,
                               const std::string& wording);
Result<Comment> withdraw_comment(db::Write& write, const CitizenAct& act);

// Supports somebody's comment, once for each browser; saying it again changes nothing.
Result<Comment> support(db::Write& write, const Code& code, std::string_view mark, Instant now);

// --- time ---------------------------------------------------------------------------------------

// Closes what is over, with a line in clear in the ledger; returns how many.
std::int64_t close_due(db::Database& database, Instant now);

}  // namespace ln::consultation
