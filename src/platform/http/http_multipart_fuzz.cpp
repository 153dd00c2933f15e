// Any bytes as a multipart body: cut in two at any place it means the same as whole.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "base/text.h"
#include "platform/http/http_multipart.h"

namespace {

struct Outcome {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> fields;
  std::vector<std::pair<std::string, std::int64_t>> files;
  bool operator==(const Outcome&) const = default;
};

Outcome read(std::string_view body, std::size_t cut, ln::http::UploadFolder& folder) {
  ln::http::Request request;
  ln::http::TemporaryFiles files;
  ln::http::MultipartParser parser("B", request, folder, files);
  auto refused = parser.feed(body.substr(0, cut));
  if (!refused) refused = parser.feed(body.substr(cut));
  if (!refused) refused = parser.finish();
  Outcome outcome;
  if (refused) {
    outcome.status = refused->status;
    return outcome;
  }
  outcome.fields.assign(request.form.items().begin(), request.form.items().end());
  for (const auto& upload : request.uploads)
    outcome.files.emplace_back(upload.file_name, upload.size);
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static ln::http::UploadFolder folder(
      (std::filesystem::temp_directory_path() / "ln-multipart-fuzz").string());
  if (size < 2) return 0;
  const std::size_t cut = (data[0] * 256U + data[1]) % (size - 1);
  const std::string_view body = ln::as_text({data + 2, size - 2});
  const Outcome whole = read(body, body.size(), folder);
  if (read(body, std::min(cut, body.size()), folder) != whole) std::abort();
  for (const auto& [name, value] : whole.fields)
    if (!ln::is_utf8(name) || !ln::is_utf8(value)) std::abort();
  return 0;
}
