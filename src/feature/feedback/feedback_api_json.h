// Cases as JSON; for the wings of the API only.
#pragma once

#include <optional>
#include <string_view>

#include "feature/feedback/feedback.h"
#include "feature/feedback/feedback_store.h"
#include "platform/db/db.h"
#include "platform/http/http.h"
#include "platform/json/json.h"

namespace ln::feedback {

// Who reads: everybody, or the holder of the case's secret.
enum class Reader : std::uint8_t { everybody, holder };

// The whole case, with its timeline. Precondition: everybody may read only what is not protected.
http::Response case_response(const http::Request& request,
                             db::Read& read,
                             const Feedback& feedback,
                             Reader reader,
                             Instant now);

// One published case in a list: {"code", "title", "body", …}.
void write_published(const http::Request& request,
                     db::Read& read,
                     const Feedback& feedback,
                     json::Writer& writer);

// {"code", "name"} of a unit under `name`; null when there is none.
void write_unit(const http::Request& request,
                db::Read& read,
                std::string_view name,
                units::UnitId id,
                json::Writer& writer);

// "vi" text, or the English one when the request is in English and there is one.
std::string_view in_language_of(const http::Request& request,
                                std::string_view vi,
                                std::string_view en);

// ?limit= between 1 and `most`; `usual` when absent. Refuses (invalid) anything else.
Result<std::int64_t> limit_in(const http::Request& request, std::int64_t usual, std::int64_t most);

// The refusal of one query parameter.
Error refuse_parameter(std::string_view name, TextKey text);

}  // namespace ln::feedback
