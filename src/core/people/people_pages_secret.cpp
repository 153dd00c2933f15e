#include "core/people/people_pages_secret.h"

#include "core/people/people_citizen.h"
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

}  // namespace ln::people
