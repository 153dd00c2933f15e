#include "platform/http/http_multipart.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/text.h"

using namespace ln;
namespace fs = std::filesystem;

namespace {

struct Sent {
  std::string folder = (fs::temp_directory_path() / "ln-multipart-test").string();
  http::UploadFolder uploads{folder};
  http::Request request;
  std::unique_ptr<http::TemporaryFiles> files = std::make_unique<http::TemporaryFiles>();
  int status = 0;

  // Feeds `body` in pieces of `step` bytes.
  explicit Sent(std::string_view body,
                std::size_t step = 1 << 20,
                std::string_view boundary = "B") {
    http::MultipartParser parser(boundary, request, uploads, *files);
    std::optional<http::Refusal> refused;
    for (std::size_t at = 0; at < body.size() && !refused; at += step)
      refused = parser.feed(body.substr(at, step));
    if (!refused) refused = parser.finish();
    status = refused ? refused->status : 200;
  }
  std::string file(std::size_t i) const {
    std::ostringstream bytes;
    bytes << std::ifstream(request.uploads.at(i).path, std::ios::binary).rdbuf();
    return bytes.str();
  }
  std::size_t files_on_disk() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
  }
};

std::string part(std::string_view head, std::string_view data) {
  return "--B\r\nContent-Disposition: form-data; " + std::string(head) + "\r\n\r\n" +
         std::string(data) + "\r\n";
}

const std::string whole =
    part("name=\"body\"", "Đu\u031Bo\u031B\u0300ng\r\nhỏng") +
    part("name=\"photo\"; filename=\"C:\\\\anh\\\\a%22b.jpg\"\r\nContent-Type: image/jpeg",
         std::string("\xFF\xD8\r\n--B\0x\r\n--\r\n--", 15)) +
    part("name=\"empty\"; filename=\"\"\r\nContent-Type: application/octet-stream", "") +
    part("name=\"none\"", "") + "--B--\r\nepilogue";

}  // namespace

TEST_CASE("fields and files arrive whole, in whatever pieces the network cuts them") {
  // The file holds "\r\n--B" followed by a zero byte: that is a broken boundary, so leave it out.
  std::string body = whole;
  body.replace(body.find(std::string("--B\0x", 5)), 3, "-xB");
  for (const std::size_t step : {1UL, 2UL, 3UL, 7UL, 64UL, 100'000UL}) {
    const Sent sent(body, step);
    REQUIRE(sent.status == 200);
    CHECK(sent.request.form.text("body") == "Đường\nhỏng");
    CHECK(sent.request.form.has("none"));
    CHECK(sent.request.form.text("none").empty());
    REQUIRE(sent.request.uploads.size() == 1);
    CHECK(sent.request.uploads[0].field == "photo");
    CHECK(sent.request.uploads[0].file_name == "a\"b.jpg");
    CHECK(sent.request.uploads[0].content_type == "image/jpeg");
    CHECK(sent.request.uploads[0].size == 15);
    CHECK(sent.file(0) == std::string("\xFF\xD8\r\n-xB\0x\r\n--\r\n--", 15));
  }
}

TEST_CASE("a body that ends in the middle, or hides a boundary in its data, is refused") {
  CHECK(Sent(whole).status == 400);
  const std::string body = part("name=\"a\"", "1") + "--B--";
  REQUIRE(Sent(body).status == 200);
  for (std::size_t size = 0; size < body.size(); ++size)
    CHECK(Sent(std::string_view(body).substr(0, size)).status == 400);
  CHECK(Sent("--B\r\n\r\n\r\n--B--").status == 400);
  CHECK(Sent("--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--B--").status == 400);
  CHECK(Sent("--B\r\nContent-Disposition: form-data\r\n\r\n1\r\n--B--").status == 400);
  CHECK(Sent("--Bx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--B--").status == 400);
  CHECK(Sent(std::string(10'000, 'x') + body).status == 400);
  CHECK(Sent("preamble\r\n" + body).status == 200);
  CHECK(Sent(part("name=\"a\"; filename=\"\"", "bytes of nobody") + "--B--").status == 400);
}

TEST_CASE("broken text in a name, a value or a file name is refused") {
  CHECK(Sent(part("name=\"a\"", "\xFF") + "--B--").status == 400);
  CHECK(Sent(part("name=\"\xFF\"", "1") + "--B--").status == 400);
  CHECK(Sent(part("name=\"a\"; filename=\"\xFF.jpg\"", "1") + "--B--").status == 400);
}

TEST_CASE("fields, files and heads of parts have their bounds") {
  CHECK(Sent(part("name=\"" + std::string(101, 'n') + "\"", "1") + "--B--").status == 413);
  CHECK(Sent(part("name=\"a\"", std::string(http::field_value_max + 1, 'v')) + "--B--", 65'536)
            .status == 413);
  CHECK(Sent(part("name=\"a\"\r\nX: " + std::string(5000, 'x'), "1") + "--B--").status == 431);
  CHECK(Sent("--B\r\n" + std::string(5000, 'x'), 100).status == 431);
  std::string many;
  for (int i = 0; i < 201; ++i) many += part("name=\"a\"", "1");
  CHECK(Sent(many + "--B--").status == 413);
  std::string files;
  for (int i = 0; i < 9; ++i) files += part("name=\"f\"; filename=\"a.jpg\"", "1");
  CHECK(Sent(files + "--B--").status == 413);
}

TEST_CASE("of a file that is too large the size is told and the rest of the form kept") {
  const std::string big(static_cast<std::size_t>(http::file_size_max) + 100, 'x');
  const Sent sent(part("name=\"f\"; filename=\"a.jpg\"", big) + part("name=\"a\"", "1") + "--B--",
                  65'536);
  CHECK(sent.status == 200);
  REQUIRE(sent.request.uploads.size() == 1);
  CHECK(sent.request.uploads[0].size == http::file_size_max + 100);
  CHECK(fs::file_size(sent.request.uploads[0].path) <=
        static_cast<std::size_t>(http::file_size_max));
  CHECK(sent.request.form.text("a") == "1");
}

TEST_CASE("temporary files go when the request ends, also when it was refused half way") {
  Sent sent(part("name=\"f\"; filename=\"a.jpg\"", "1") + part("name=\"f\"; filename=\"b\"", "2"));
  CHECK(sent.status == 400);
  CHECK(sent.files_on_disk() == 2);
  sent.files.reset();
  CHECK(sent.files_on_disk() == 0);
}

TEST_CASE("the folder for uploads is emptied of ours at start, and of nothing else") {
  const fs::path folder = fs::temp_directory_path() / "ln-upload-folder-test";
  fs::create_directories(folder);
  std::ofstream(folder / "upload-1-1") << "left over";
  std::ofstream(folder / "notes.txt") << "not ours";
  http::UploadFolder uploads(folder.string());
  CHECK_FALSE(fs::exists(folder / "upload-1-1"));
  CHECK(fs::exists(folder / "notes.txt"));
  CHECK(uploads.next() != uploads.next());
  fs::remove_all(folder);
}
