#include "platform/http/form_page.h"

#include <utility>

#include "platform/html/layout.h"

namespace ln::http {

Response form_page(const html::View& view, FormPage parts) {
  return page(parts.error == nullptr ? 200 : status_of(parts.error->kind),
              html::page(view, {.title = parts.title,
                                .here = parts.here,
                                .body = html::columns(
                                    {.body = std::move(parts.body), .is_narrow = parts.is_narrow}),
                                .is_staff = parts.is_staff,
                                .has_errors = parts.error != nullptr,
                                .is_unlisted = true,
                                .is_once = parts.is_once}));
}

}  // namespace ln::http
