// Opening what is one's own by its secret: the field it is typed into, and what was typed.
//
// A wrong code and a wrong secret are answered alike, beside this field, so that nobody learns
// whether a code exists.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::people {

// The field "secret", for a hand that copies from paper.
html::Fragment secret_field(const html::View& view,
                            std::string_view label,
                            std::string_view hint,
                            const Error* error);
// What was typed into it, plain (people_citizen.h) and of bounded length; empty when nothing was.
std::string typed_secret(const http::Fields& form);
// The refusal (not_found) with `said` as its sentence and beside the field.
Error wrong_secret(TextKey said);

}  // namespace ln::people
