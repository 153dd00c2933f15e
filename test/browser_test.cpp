#include "test/browser.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

using namespace ln;
using test::HtmlPage;

namespace {

std::string around(const http::Request& request, const std::string& main) {
  return "<!doctype html><html lang=\"" + std::string(i18n::code(request.view.voice.language())) +
         "\"><head><title>Thử</title></head><body><main>" + main + "</main></body></html>";
}

Result<http::Response> form(const http::Request& request) {
  return http::page(
      200,
      around(request, R"(<h1>Gửi</h1><form method="post" action=")" +
                          std::string(i18n::path_prefix(request.view.voice.language())) + R"(/send"
enctype="multipart/form-data"><input type="hidden" name="csrf" value=")" +
                          std::string(request.view.csrf_token) + R"(">
<label for="t">Nội dung &amp; nơi</label><textarea id="t" name="body">
có &lt;sẵn&gt;</textarea>
<label><input type="radio" name="kind" value="a" checked> Phản ánh</label>
<label><input type="radio" name="kind" value="b"> Góp ý</label>
<label><input type="checkbox" name="public"> Công khai</label>
<label for="s">Nơi</label><select id="s" name="place"><option value="1">Một</option>
<option value="2">Hai</option></select>
<label for="f">Ảnh</label><input id="f" type="file" name="photo">
<button name="next" value="1">Gửi đi</button></form>
<form action="/find"><label for="q">Tìm</label><input id="q" name="q"><button>Tìm</button></form>
<a href="/bad">Trang hỏng</a>)"));
}

std::string sent;  // what the last form said

Result<http::Pending> send(const http::Request& request) {
  std::string all;
  for (const auto& [name, value] : request.form.items())
    if (name != "csrf") all += name + "=" + value + ";";
  for (const http::Upload& upload : request.uploads) {
    std::ifstream file(upload.path, std::ios::binary);
    all += upload.file_name + ":" + std::string(std::istreambuf_iterator<char>(file), {}) + ";";
  }
  return http::Pending::commit([all](db::Write&) -> Result<std::string> { return all; },
                               [](const Result<std::string>& said, std::string_view) {
                                 sent = said.value();
                                 return http::see_other("/find?q=xong");
                               });
}

Result<http::Response> find(const http::Request& request) {
  return http::page(
      200, around(request, "<p>Tìm: <b>" + std::string(request.query.text("q")) + "</b>.</p>"));
}

struct Fixture {
  test::World world;
  http::Router router;
  html::Site site;
  Fixture() {
    router.get("/form", form);
    router.post("/send", send, {.body_max = 1'000'000});
    router.get("/find", find);
  }
  test::Browser browser() { return test::Browser(world, router, site); }
};

}  // namespace

TEST_CASE("the browser fills a form by its labels, sends it and follows where it leads") {
  Fixture here;
  auto browser = here.browser();
  browser.get("/form").press("Gửi đi");
  CHECK(sent == "body=có <sẵn>;kind=a;place=1;next=1;");
  CHECK(browser.address() == "/find?q=xong");
  CHECK(browser.shows("Tìm: xong."));
  browser.get("/en/form")
      .fill("Nội dung & nơi", "dòng 1\ndòng 2")
      .choose("Góp ý")
      .choose("Công khai")
      .choose("Hai")
      .attach("Ảnh", "anh.jpg", std::string("\xFF\0\r\n", 4))
      .press("Gửi đi");
  CHECK(sent == "body=dòng 1\ndòng 2;kind=b;public=on;place=2;next=1;" +
                    std::string("anh.jpg:\xFF\0\r\n;", 13));
  CHECK(browser.address() == "/en/find?q=xong");
  browser.get("/form").fill("q", "đường & hẻm").press("Tìm");
  CHECK(browser.shows("Tìm: đường & hẻm."));
  CHECK(browser.get("/nowhere").status() == 404);
  browser.forget_cookies();
  CHECK(browser.post("/send", "application/x-www-form-urlencoded", "body=x").status() == 403);
}

TEST_CASE("a page that not everybody could use is found faulty, each fault by its name") {
  const auto faults = [](const std::string& main) {
    return HtmlPage("<html lang=\"vi\"><head><title>t</title></head><body>" + main + "</body>")
        .faults();
  };
  CHECK(faults("<p>ổn</p>").empty());
  CHECK(HtmlPage("<html><title>t</title>").faults().size() == 1);
  CHECK(HtmlPage("<html lang=\"vi\">").faults().size() == 1);
  CHECK(faults("<p id=\"a\"></p><p id=\"a\"></p>").size() == 1);
  CHECK(faults("<input name=\"a\">").size() == 1);
  CHECK(faults("<input name=\"a\" type=\"hidden\"><input type=\"submit\">").empty());
  CHECK(faults("<label for=\"a\">A</label><input id=\"a\">").empty());
  CHECK(faults("<label for=\"a\"> </label><input id=\"a\">").size() == 1);
  CHECK(faults("<label for=\"b\">A</label>").size() == 1);
  CHECK(faults("<p aria-describedby=\"x\">A</p>").size() == 1);
  CHECK(faults("<img src=\"/a\">").size() == 1);
  CHECK(faults("<form method=\"post\"></form>").size() == 1);
  CHECK(faults("<form method=\"post\"><input type=\"hidden\" name=\"csrf\" value=\"\"></form>")
            .size() == 1);
  CHECK(faults("<form method=\"post\"><input type=\"hidden\" name=\"csrf\" value=\"x\"></form>")
            .empty());
  CHECK(faults("<script>alert(1)</script>").size() == 1);
}
