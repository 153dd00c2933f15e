// Sheets of slips: what a household gets, to vote online or to hand in for a paper ballot.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "feature/ballot/ballot_actions.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::ballot {

// For the page that is shown again when a form is sent twice.
std::string packed(const std::vector<Printed>& slips);
std::vector<Printed> slips_in(std::string_view packed);

// The sheet, shown once. `back`: the desk.
html::Fragment slips_part(const html::View& view,
                          const Ballot& ballot,
                          const std::vector<Printed>& slips,
                          const html::Url& back);

}  // namespace ln::ballot
