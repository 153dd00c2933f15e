// From uploads to rows: all that is slow, before the commit.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "core/attachment/attachment.h"
#include "platform/http/http.h"

namespace ln::attachment {

// Makes what was uploaded in the form field `field` ready; the other uploads are left alone, and so
// is the nameless empty one a browser sends when nothing was chosen. `already` says how many files
// the message has. Cleans pictures, which takes up to 15 s each: only in routes that run on_worker.
//
// Refuses with field errors on `field`: more than count_max files, larger than size_max, empty, a
// type not accepted, cut off, a picture the sandbox refuses. `unavailable` when it could not run.
Result<std::vector<Prepared>> prepare(std::span<const http::Upload> uploads,
                                      std::string_view field,
                                      std::size_t already,
                                      Random& random);

// One file whose bytes are at hand (API, samples, tests). The error's text says what is wrong.
Result<Prepared> prepare_one(std::string_view file_name, std::string bytes, Random& random);

}  // namespace ln::attachment
