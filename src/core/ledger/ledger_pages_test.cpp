#include "core/ledger/ledger_pages.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_jobs.h"
#include "core/ledger/ledger_sealer.h"
#include "test/world.h"

namespace ln::ledger {
namespace {

http::Request visit(std::string_view path, i18n::Language language = i18n::Language::vi) {
  static const html::Site site = {.city = "site.name"_t};
  http::Request request;
  request.path = path;
  request.view = {.site = &site, .voice = i18n::Voice(language), .path = request.path};
  return request;
}

bool has(const std::string& page, std::string_view part) {
  return page.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the ledger's page shows the published head and no line of a case") {
  test::World world;
  const auto show = [&](i18n::Language language = i18n::Language::vi) {
    const http::Request request = visit("/ledger", language);
    return world.read([&](db::Read& read) { return ledger_page(request, read); }).value().body;
  };
  const auto file = [&] {
    return world.read(
        [&](db::Read& read) { return checkpoint_file(visit("/ledger/checkpoint"), read); });
  };
  CHECK(has(show(), "Sổ chưa bắt đầu"));
  CHECK(file().error().kind == ErrorKind::not_found);

  const auto sealer = Sealer::open(
      world.database, {"langnghe.example/so-cai", "", "", [&] { return world.now; }}, world.random);
  CHECK(file().error().kind == ErrorKind::not_found);
  publish_now(world.database, world.now);
  world.now += std::chrono::minutes(4);
  const Salts salts = draw(world.random);
  const CaseKey key = draw_case_key(world.random);
  Entry entry{.event = Event::received, .subject = {"feedback", 4711}, .at = world.now};
  entry.unit = "HN.XNOI";
  entry.case_key = &key;
  const auto appended = world.write([&](db::Write& write) { return append(write, entry, salts); });
  REQUIRE(appended.ok());
  const Head newest = world.read([](db::Read& read) { return head(read).value(); });
  CHECK(newest.size == 1);

  publish_tick(world.database, tick_default, world.now);
  // Before the next tick the head that tells of this case is not shown.
  const std::string early = show();
  CHECK_FALSE(has(early, to_hex(newest.root)));
  CHECK(has(early, to_hex(merkle::empty_root())));
  CHECK_FALSE(has(file().value().body, to_base64(newest.root)));

  world.now = test::monday + std::chrono::minutes(10);
  publish_tick(world.database, tick_default, world.now);
  const std::string page = show();
  CHECK(has(page, to_hex(newest.root)));
  CHECK(has(page, sealer->verifier().text().substr(0, 30)));
  CHECK(has(page, "Sổ cái minh bạch"));
  for (const std::string& hidden :
       {std::string("HN.XNOI"), std::string("4711"), to_hex(appended.value().leaf),
        to_hex(appended.value().leaf_hash), to_base64(appended.value().leaf)})
    if (hidden != to_hex(newest.root)) CHECK_FALSE(has(page, hidden));
  CHECK(has(show(i18n::Language::en), "Transparency ledger"));

  const http::Response response = file().value();
  CHECK(response.body == newest.note);
  CHECK(response.content_type == "text/plain; charset=utf-8");
  CHECK(merkle::open_checkpoint(response.body, sealer->verifier())->size == 1);
}

TEST_CASE("the page that checks receipts allows its own script and no network") {
  const auto page = verify_page(visit("/ledger/verify.html"));
  REQUIRE(page.ok());
  CHECK(page.value().cacheable);
  CHECK(has(page.value().body, "<script>"));
  std::string policy;
  for (const auto& [name, value] : page.value().headers)
    if (name == "Content-Security-Policy") policy = value;
  CHECK(policy.starts_with("default-src 'none'; script-src 'sha256-"));
  CHECK(has(policy, "connect-src 'none'"));
  CHECK(has(policy, "frame-ancestors 'none'"));
  CHECK_FALSE(has(policy, "'self'"));
  CHECK_FALSE(has(policy, "unsafe"));
  // It begins in the reader's language, wherever a page links to it.
  test::World world;
  const auto help = [&](const http::Request& request) {
    return world.read([&](db::Read& read) { return help_page(request, read); }).value().body;
  };
  CHECK(has(help(visit("/ledger/help")), R"(href="/ledger/verify.html")"));
  CHECK(has(help(visit("/ledger/help", i18n::Language::en)), R"(href="/ledger/verify.html#en")"));
}

}  // namespace ln::ledger
