#include "core/ledger/ledger_tools.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "base/text.h"
#include "engine/merkle/merkle.h"
#include "test/folder.h"

namespace ln::ledger {
namespace {

http::Request request_for(std::string path) {
  static const html::Site site = {.city = "site.name"_t, .base_url = "https://so-cai.example"};
  http::Request request;
  request.path = std::move(path);
  request.view = {.site = &site, .voice = i18n::Voice(i18n::Language::en), .path = request.path};
  return request;
}

std::string bytes_in(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::string header_of(const http::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers)
    if (key == name) return value;
  return "";
}

}  // namespace

TEST_CASE("each script is had from the city as it stands in the source, to keep and to compare") {
  const http::Request page = request_for("/ledger");
  const html::Fragment made = tools_part(page.view);
  const std::string part(made.view());
  for (const std::string_view name : tools) {
    const auto answer = tool_file(request_for("/tools/" + std::string(name)));
    REQUIRE(answer.ok());
    const http::Response& file = answer.value();
    CHECK(file.status == 200);
    CHECK(file.content_type == "text/x-python; charset=utf-8");
    CHECK(header_of(file, "Content-Disposition") ==
          "attachment; filename=\"" + std::string(name) + "\"");
    CHECK(file.cacheable);
    CHECK(file.body == bytes_in("tools/" + std::string(name)));
    CHECK(part.find("/tools/" + std::string(name)) != std::string::npos);
    CHECK(part.find(to_hex(merkle::sha256(as_bytes(file.body)))) != std::string::npos);
  }
  for (const char* other : {"/tools/bench.py", "/tools/", "/tools/../CMakeLists.txt", "/tools"})
    CHECK(tool_file(request_for(other)).error().kind == ErrorKind::not_found);
}

TEST_CASE("each script runs alone from an empty folder, with Python and nothing else") {
  const test::Folder folder;
  const std::string place = folder.path.string();
  for (const std::string_view name : tools) {
    INFO(name);
    std::ofstream(place + "/" + std::string(name), std::ios::binary)
        << tool_file(request_for("/tools/" + std::string(name))).value().body;
    // -I: neither the folder nor the environment lends it a module. Without words each says what it
    // is for, after it has brought in all that it needs.
    const std::string said = place + "/said";
    const int status = std::system(("cd " + place + " && env -i PATH=\"$PATH\" python3 -I -B " +
                                    std::string(name) + " >said 2>&1")
                                       .c_str());
    CHECK(status != 0);
    CHECK(bytes_in(said).find("Traceback") == std::string::npos);
    CHECK(bytes_in(said).size() > 50);
  }
  std::ofstream(place + "/frame", std::ios::binary) << "x\n";
  CHECK(std::system(("cd " + place + " && python3 -I -B verify_ledger.py receipt frame >said 2>&1")
                        .c_str()) != 0);
  CHECK(bytes_in(place + "/said").find("Traceback") == std::string::npos);
}

}  // namespace ln::ledger
