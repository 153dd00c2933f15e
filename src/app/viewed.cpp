#include "app/viewed.h"

#include "app/share.h"

namespace ln::app {

Result<http::Response> count_look(const http::Request& request,
                                  views::Kind kind,
                                  Result<http::Response> answer) {
  if (!answer.ok() || answer.value().status != 200 || request.route == share_pattern) return answer;
  const std::int64_t number = request.path_number("id");
  views::looks().count(kind, number);
  http::Response response = std::move(answer).value();
  response.when_reused = [kind, number, also = std::move(response.when_reused)] {
    views::looks().count(kind, number);
    if (also) also();
  };
  return response;
}

}  // namespace ln::app
