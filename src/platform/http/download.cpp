#include "platform/http/download.h"

#include <string>
#include <utility>

namespace ln::http {

Response download(Response response, std::string_view name) {
  return std::move(response).with_header("Content-Disposition",
                                         "attachment; filename=\"" + std::string(name) + "\"");
}

}  // namespace ln::http
