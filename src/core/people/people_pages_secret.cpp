#include "core/people/people_pages_secret.h"

#include "core/people/people_citizen_session.h"
#include "platform/html/forms.h"

namespace ln::people {
namespace {

// Twenty letters with as many spaces and dashes as anybody puts between them.
constexpr std::size_t typed_max = 64;

}  // namespace

html::Fragment secret_field(const html::View& view,
                            std::string_view label,
                            std::string_view hint,
                            const Error* error) {
  return html::input(view, {.name = "secret",
                            .label = {label},
                            .hint = hint,
                            .error = html::error_for(view, error, "secret"),
                            .autocomplete = "off",
                            .autocapitalize = "characters",
                            .spellcheck = false,
                            .more_class = "code-input"});
}

std::string typed_secret(const http::Fields& form) {
  return plain_secret(form.text("secret").substr(0, typed_max));
}

Error wrong_secret(TextKey said) { return {ErrorKind::not_found, said, {{"secret", said}}}; }

http::Response open_own(const http::Request& request,
                        const OwnDoor& door,
                        const std::function<bool(const Citizen&)>& fits,
                        const std::function<http::Response(const Error&)>& again) {
  const std::string secret = typed_secret(request.form);
  if (secret.empty() || !fits(Citizen(secret))) return again(wrong_secret(door.wrong));
  return remember_secret(http::see_other(std::string(door.inside.view())), door.code, secret);
}

http::Response close_own(std::string_view code, const html::Url& outside) {
  return forget_secret(http::see_other(std::string(outside.view())), code);
}

}  // namespace ln::people
