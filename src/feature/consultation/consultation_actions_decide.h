// The end of a consultation: objections, the gate, and the decision.
#pragma once

#include <string>
#include <vector>

#include "core/ledger/ledger.h"
#include "feature/consultation/consultation_actions.h"
#include "feature/consultation/consultation_store_answer.h"
#include "platform/db/db.h"

namespace ln::consultation {

// "My point is not in it", by the holder of the secret, signed, once for each comment and until the
// decision: the point waits for its answer again, and the objection for a reply of its own. Refuses
// (conflict) before the point is answered, a second time, and after the decision.
Result<Objection> object(db::Write& write, const CitizenAct& act, const std::string& body);

// The desk's reply to an objection. It does not answer the point. act.revision is not looked at.
// Refuses (conflict) a second reply, (invalid) one that is too short or too long.
Result<Objection> reply(db::Write& write,
                        const EditAct& act,
                        const Code& code,
                        const std::string& text,
                        const ledger::Salts& salts);

// All that stands between a consultation and its decision; empty: it may be decided. What is said
// of points is in the order of the table.
std::vector<Blocker> gate_of(db::Read& read, const Consultation& c, Instant now);

// Decides: in the ledger stand a line with the hash of the version ("decided") and one with the
// hash of the synthesis table ("table"). Those who left a confirmed contact are written to by a
// job. Refuses (conflict) while the gate is shut, with what it is shut by first.
Result<Decision> decide(db::Write& write,
                        const EditAct& act,
                        ConsultationId id,
                        const std::string& note);

}  // namespace ln::consultation
