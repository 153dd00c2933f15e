// What public facts of the rooms beside the cases say: in the list of facts, and on their own page.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/ledger/ledger_public_grassroots.h"
#include "core/ledger/ledger_public_supervision.h"
#include "core/ledger/ledger_public_survey.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::insight {

std::string title_of(const html::View& view, const ledger::SupervisionFact& fact);
std::string title_of(const html::View& view, const ledger::SurveyFact& fact);
std::string title_of(const html::View& view, const ledger::GrassrootsFact& fact);

std::string summary_of(const html::View& view, const ledger::SupervisionFact& fact);
std::string summary_of(const html::View& view, const ledger::SurveyFact& fact);
std::string summary_of(const html::View& view, const ledger::GrassrootsFact& fact);

// What a word of a fact means ("announced"), for people; a word that is not known here stands for
// itself, as the line in clear says it.
std::string said_word(const html::View& view, std::string_view word);

// 32 bytes, for people to compare.
html::Fragment told_hash(std::span<const std::uint8_t> bytes);

html::Fragment show(const html::View& view, const ledger::SupervisionFact& fact);
html::Fragment show(const html::View& view, const ledger::SurveyFact& fact);
html::Fragment show(const html::View& view, const ledger::GrassrootsFact& fact);

}  // namespace ln::insight
