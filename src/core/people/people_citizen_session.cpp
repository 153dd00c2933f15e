#include "core/people/people_citizen_session.h"

#include <utility>

namespace ln::people {
namespace {

// A secret has twenty letters; nobody writes it with more than as many signs between them.
constexpr std::size_t typed_size_max = 64;
constexpr std::string_view secret_header = "x-feedback-secret";

std::optional<Citizen> holder_by(std::string_view typed) {
  if (typed.empty() || typed.size() > typed_size_max) return std::nullopt;
  return Citizen(plain_secret(typed));
}

}  // namespace

std::string case_cookie(std::string_view code) {
  std::string letters;
  for (const char c : code) {
    if (c >= 'a' && c <= 'z') letters += static_cast<char>(c - 'a' + 'A');
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) letters += c;
  }
  // "HN" stands before the eight letters, never in their place: they may begin so themselves.
  if (letters.size() == 10 && letters.starts_with("HN")) letters.erase(0, 2);
  return "ln_case_" + letters;
}

std::optional<Citizen> citizen_of(const http::Request& request, std::string_view code) {
  std::string_view typed = request.header(secret_header);
  if (typed.empty()) typed = request.cookie(case_cookie(code));
  return holder_by(typed);
}

std::optional<Citizen> machine_of(const http::Request& request) {
  return holder_by(request.header(secret_header));
}

std::optional<Citizen> citizen_of(const http::Request& request) {
  return citizen_of(request, request.path_text("code"));
}

http::Response remember_secret(http::Response response,
                               std::string_view code,
                               std::string_view secret) {
  return std::move(response).with_cookie(case_cookie(code), plain_secret(secret));
}

http::Response forget_secret(http::Response response, std::string_view code) {
  return std::move(response).with_cookie(case_cookie(code), "", -1);
}

}  // namespace ln::people
