// Opening what is one's own by its secret: the field it is typed into, and what was typed.
//
// A wrong code and a wrong secret are answered alike, beside this field, so that nobody learns
// whether a code exists.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "core/people/people_citizen.h"
#include "platform/html/fill.h"
#include "platform/html/url.h"
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

// Where a secret leads, and what the refusal says.
struct OwnDoor {
  std::string_view code;
  html::Url inside;
  TextKey wrong;
};

// The act "open": with a secret that `fits` on to what is inside, and the browser remembers it
// until it closes. Otherwise `again` shows the question once more, with the refusal.
http::Response open_own(const http::Request& request,
                        const OwnDoor& door,
                        const std::function<bool(const Citizen&)>& fits,
                        const std::function<http::Response(const Error&)>& again);
// The act "close": the browser forgets the secret, and is led to a page that everybody may see.
http::Response close_own(std::string_view code, const html::Url& outside);

}  // namespace ln::people
