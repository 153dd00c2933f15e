// The scripts with which a stranger checks what the city says: Python 3 alone, no line shared with
// the program. They travel inside the executable, so that whoever is told to run one can have it,
// and see that it is the one that everybody has.
#pragma once

#include <array>
#include <string_view>

#include "base/result.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::ledger {

// Their names, as they stand under /tools/ and in the source tree.
inline constexpr std::string_view verify_tool = "verify_ledger.py", recompute_tool = "recompute.py",
                                  redraw_tool = "redraw.py", recount_tool = "recount.py";
inline constexpr std::array tools{verify_tool, recompute_tool, redraw_tool, recount_tool};

// GET /tools/verify_ledger.py and the others: a file to keep, the same for everybody. 404 for any
// other name.
Result<http::Response> tool_file(const http::Request& request);

// Where to have a script, with the SHA-256 of its bytes to compare. One of `tools`.
html::Fragment tool_link(const html::View& view, std::string_view name);

// All of them, and how to compare a log with the copy that somebody kept.
html::Fragment tools_part(const html::View& view);

}  // namespace ln::ledger
