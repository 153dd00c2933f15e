// Documents and recordings of a case: who may have them, and that they are never public.
#include <doctest/doctest.h>

#include <string>

#include "core/attachment/attachment_store.h"
#include "feature/feedback/feedback_store.h"
#include "test/feedback_town.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

// A recording whose bytes are known one by one.
std::string spoken() {
  std::string bytes = "OggS";
  for (int i = 0; i < 996; ++i) bytes += static_cast<char>('a' + i % 26);
  return bytes;
}

struct FilesOffice : test::Office {
  std::string attach(const Feedback& to, const std::string& name, const std::string& bytes) {
    const auto made = attachment::prepare_one(name, bytes, random);
    REQUIRE(made.ok());
    write(
        [&](db::Write& w) { attachment::store(w, {"feedback", to.id.value}, made.value(), now); });
    return made.value().token;
  }
  struct Visitor : test::Browser {
    explicit Visitor(FilesOffice& office) : Browser(office, office.router, office.site) {}
    Visitor(FilesOffice& office, const Feedback& of) : Visitor(office) {
      get("/feedback/" + of.code.text()).fill("secret", office.secrets.at(of.code.text()));
      press("Mở hồ sơ");
    }
  };
};

}  // namespace

TEST_CASE("documents and recordings are never public, whatever of the case is") {
  FilesOffice office;
  const Feedback lamp = office.lamp();
  const std::string pdf = "%PDF-1.4\nNguyễn Văn An, số 5 ngõ 12\n%%EOF\n";
  const std::string paper = office.attach(lamp, "don.pdf", pdf);
  const std::string voice = office.attach(lamp, "giong.ogg", spoken());
  auto head = office.browser("hoa");
  head.get(test::Office::url(lamp));
  CHECK(head.shows("Giấy tờ và bản ghi âm không bao giờ đăng công khai"));
  head.get(test::Office::url(lamp, "/publish")).press("Đăng công khai");
  REQUIRE(office.now_is(lamp).published_at);
  FilesOffice::Visitor stranger(office), holder(office, lamp);
  stranger.get("/feedback/" + lamp.code.text());
  CHECK(stranger.shows("Có 2 giấy tờ hoặc bản ghi âm kèm theo"));
  CHECK_FALSE(stranger.shows("don.pdf"));
  CHECK_FALSE(stranger.shows("giong.ogg"));
  stranger.get("/en/feedback/" + lamp.code.text());
  CHECK(stranger.shows("2 documents or recordings came with it"));
  // Not even a row that says "published" makes one public.
  office.write([&](db::Write& w) {
    for (const attachment::Attachment& file : attachment::list(w, {"feedback", lamp.id.value}))
      attachment::set_visibility(w, file.id, attachment::Visibility::published);
  });
  for (const std::string& token : {paper, voice}) {
    const std::string own = "/feedback/" + lamp.code.text() + "/files/" + token;
    for (const std::string& address :
         {"/attachment/" + token, "/attachment/" + token + "/thumbnail", own})
      CHECK(stranger.get(address).status() == 404);
    CHECK(holder.get(own).status() == 200);
    const std::string staff = test::Office::url(lamp, "/files/" + token);
    CHECK(office.browser("nam").get(staff).status() == 200);
    CHECK(office.browser("hai").get(staff).status() == 404);  // another ward
    CHECK(office.browser("omb").get(staff).status() != 200);
    stranger.get(staff);  // leads to where one signs in
    CHECK(stranger.body().find("%PDF") == std::string::npos);
    CHECK(stranger.body().find("OggS") == std::string::npos);
  }
  CHECK_FALSE(stranger.get("/feedback/" + lamp.code.text()).shows("giong.ogg"));
  CHECK(holder.get("/feedback/" + lamp.code.text()).shows("giong.ogg"));
  CHECK(holder.shows("chỉ cơ quan xử lý và người có mã bí mật mở được"));
}

TEST_CASE("a recording is sent with a report and played by who may: whole, and from any place") {
  test::FeedbackTown town;
  test::Browser b(town, town.router, town.site);
  b.get("/feedback/new?unit=w1");
  const std::string place(i18n::Voice(i18n::Language::vi)(key_of(About::place)));
  for (const test::Element& each : b.page().elements) {
    const std::string label = each.tag == "input" ? b.page().label_of(each) : std::string();
    if (label.starts_with(place)) {
      b.choose(label);
      break;
    }
  }
  b.press("Tiếp tục");
  b.fill("body", "Nghe ghi âm kèm theo.").attach("recording", "ghi-am.ogg", spoken());
  b.press("Tiếp tục").press("Tiếp tục").press("Gửi đi");
  REQUIRE(b.status() == 200);
  const auto feedback = town.read([](db::Read& r) { return find(r, FeedbackId{1}); });
  REQUIRE(feedback);
  const auto files =
      town.read([&](db::Read& r) { return attachment::list(r, {"feedback", feedback->id.value}); });
  REQUIRE(files.size() == 1);
  CHECK(files[0].kind == attachment::Kind::audio);
  const std::string address = "/feedback/" + feedback->code.text() + "/files/" + files[0].token;
  const test::Element* secret = b.page().by_id("secret");
  REQUIRE(secret != nullptr);
  const std::string typed = b.page().text_of(*secret);
  b.get("/feedback/" + feedback->code.text());
  if (!b.shows("Nghe ghi âm kèm theo")) b.fill("secret", typed).press("Mở hồ sơ");
  CHECK(b.body().find("<audio") != std::string::npos);
  CHECK(b.body().find("src=\"" + address + "\"") != std::string::npos);
  b.get(address);
  CHECK(b.status() == 200);
  CHECK(b.header("Content-Type") == "audio/ogg");
  CHECK(b.header("Accept-Ranges") == "bytes");
  CHECK(b.body() == spoken());
  // A player asks for parts.
  const auto ask = [&](const std::string& range, const std::string& with_secret) {
    http::Request request;
    request.path_values = {{"code", feedback->code.text()}, {"token", files[0].token}};
    request.headers = {{"range", range}, {"x-feedback-secret", with_secret}};
    return town.read([&](db::Read& r) { return case_file(request, r); });
  };
  const auto told = [](const Result<http::Response>& got) {
    for (const auto& [name, value] : got.value().headers)
      if (name == "Content-Range") return value;
    return std::string();
  };
  const auto all = ask("bytes=0-", typed), some = ask("bytes=500-599", typed);
  REQUIRE(all.ok());
  CHECK(all.value().status == 206);
  CHECK(told(all) == "bytes 0-999/1000");
  REQUIRE(some.ok());
  CHECK(some.value().status == 206);
  CHECK(some.value().content_type == "audio/ogg");
  CHECK(told(some) == "bytes 500-599/1000");
  CHECK(some.value().body == spoken().substr(500, 100));
  CHECK(ask("bytes=1000-", typed).value().status == 416);
  // Whoever has not the secret gets neither a part nor its size.
  CHECK(ask("bytes=0-", "").error().kind == ErrorKind::not_found);
  CHECK(ask("bytes=0-", "22222222222222222222").error().kind == ErrorKind::not_found);
}

}  // namespace ln::feedback
