// Each thing the doctor looks at is broken once.
#include "app/doctor.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>

#include "app/backup.h"
#include "platform/file/file.h"
#include "test/city_on_disk.h"
#include "test/wire.h"

namespace ln::app {
namespace {

namespace fs = std::filesystem;
using Level = Finding::Level;
using test::CityOnDisk;
using test::says;

// A port that something listens on while the object lives.
class TakenPort {
 public:
  TakenPort() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(socket_, 1) == 0);
    socklen_t size = sizeof address;
    REQUIRE(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    number = ntohs(address.sin_port);
  }
  ~TakenPort() { ::close(socket_); }
  TakenPort(const TakenPort&) = delete;
  TakenPort& operator=(const TakenPort&) = delete;
  std::uint16_t number = 0;

 private:
  int socket_;
};

struct Examined : CityOnDisk {
  DoctorWish wish{.data = data, .listen = "127.0.0.1:0", .base_url = "https://x.example"};

  Finding finding(std::string_view check) {
    wish.now = now;
    Finding worst{Level::fine, "", {}};
    for (Finding& each : examine(wish))
      if (each.check == check && (worst.check.empty() || each.level > worst.level))
        worst = std::move(each);
    return worst;
  }
  Level level(std::string_view check) { return finding(check).level; }
  std::string sentence(std::string_view check) {
    return finding(check).said.in(i18n::Voice(i18n::Language::en));
  }
};

}  // namespace

TEST_CASE("a sound city passes, but for its backups, also while it is open") {
  Examined here;
  here.receive(3);
  here.wish.now = here.now;
  for (const Finding& each : examine(here.wish))
    CHECK_MESSAGE((each.level <= Level::hint || each.check == "backup" || each.check == "files" ||
                   each.check == "second_place"),
                  each.said.in(i18n::Voice(i18n::Language::en)));
  CHECK(status_of(examine(here.wish)) == 3);
  CHECK(status_of({}) == 0);
  CHECK(status_of({{Level::warning, "x", {}}, {Level::broken, "y", {}}}) == 1);
}

TEST_CASE("a folder that is not there or open to others is said") {
  Examined here;
  fs::permissions(here.data, fs::perms(0755));
  CHECK(here.level("folder") == Level::warning);
  CHECK(says(here.sentence("folder"), "chmod 700"));
  here.wish.data = here.data + "/none";
  CHECK(here.level("folder") == Level::broken);
}

TEST_CASE("a clock behind the ledger, or far ahead of it, is said") {
  Examined here;
  here.receive(1);
  CHECK(here.level("clock") == Level::fine);
  here.now -= std::chrono::hours(1);
  CHECK(here.level("clock") == Level::broken);
  here.now += std::chrono::days(800);
  CHECK(here.level("clock") == Level::warning);
}

TEST_CASE("a key that is gone, open to others or another one is said") {
  Examined here;
  here.receive(1);
  const std::string key = here.data + "/ledger.key";
  CHECK(here.level("keys") == Level::fine);
  fs::permissions(key, fs::perms(0644));
  CHECK(says(here.sentence("keys"), "chmod 600"));
  fs::rename(key, here.data + "/away");
  CHECK(says(here.sentence("keys"), "Put back the copy"));
  const merkle::Signer other("langnghe.example/ledger", here.random.bytes<32>());
  file::write_file_durably(key, other.text() + "\n");
  CHECK(says(here.sentence("keys"), "is not this ledger's"));
  CHECK(here.level("keys") == Level::broken);
}

TEST_CASE("a database that is damaged, newer or missing is said") {
  Examined here;
  here.receive(30);
  SUBCASE("damaged") {
    here.close();
    std::fstream file(here.data + "/langnghe.db", std::ios::in | std::ios::out | std::ios::binary);
    for (std::streamoff at = 4096 + 8; at < 400'000; at += 4096) {
      file.seekp(at);
      file.write("spoilt", 6);
    }
    file.close();
    CHECK(here.level("database") == Level::broken);
  }
  SUBCASE("newer") {
    here.tamper("INSERT INTO schema_migration VALUES (99, '0099_later', 'x', 0)");
    CHECK(here.level("migrations") == Level::broken);
    CHECK(says(here.sentence("migrations"), "0099_later"));
  }
  SUBCASE("older") {
    here.tamper("DELETE FROM schema_migration WHERE number > 9");
    CHECK(here.level("migrations") == Level::hint);
  }
  SUBCASE("missing") {
    here.close();
    for (const char* name : {"", "-wal", "-shm"}) fs::remove(here.data + "/langnghe.db" + name);
    CHECK(here.level("database") == Level::hint);
  }
}

TEST_CASE(
    "leaves that were changed are found, and a quick look does not claim to have hashed them") {
  Examined here;
  here.receive(3);
  here.tamper_with_leaf();
  CHECK(here.level("ledger") == Level::broken);
  CHECK(here.level("second_file") == Level::broken);
  here.wish.quick = true;
  CHECK(here.level("ledger") == Level::fine);
}

TEST_CASE("a restored old database, a strange and a missing second file are said") {
  Examined here;
  here.receive(2);
  here.close();
  const std::string database = here.data + "/langnghe.db", head = here.data + "/head";
  fs::copy_file(database, here.data + "/old.db");
  here.open();
  here.receive(3);
  here.close();
  fs::rename(here.data + "/old.db", database);
  CHECK(here.level("second_file") == Level::broken);
  CHECK(says(here.sentence("second_file"), "it has 2 leaves, but a head of 5 was signed"));
  file::write_file_durably(head, "a letter");
  CHECK(says(here.sentence("second_file"), "holds no head"));
  fs::remove(head);
  CHECK(here.level("second_file") == Level::warning);
}

TEST_CASE("backups that are missing, old, gone or on the same disk are said") {
  Examined here;
  here.receive(1);
  CHECK(says(here.sentence("backup"), "There is no backup"));
  const Backup made = make_backup({.data = here.data, .to = here.to, .now = here.now});
  CHECK(says(here.sentence("backup"), "same disk"));
  here.now += std::chrono::hours(72);
  CHECK(says(here.sentence("backup"), "72 hours old"));
  fs::remove(made.path);
  CHECK(says(here.sentence("backup"), "not at"));
  here.wish.backup_to = here.to;
  CHECK(says(here.sentence("backup"), "There is no backup"));
}

TEST_CASE("a port that another program has is said, one that this city has is a note") {
  Examined here;
  const TakenPort taken;
  CHECK(here.level("port") == Level::fine);
  here.wish.listen = "127.0.0.1:" + std::to_string(taken.number);
  CHECK(says(here.sentence("port"), "Another program"));
  file::write_file_durably(here.data + "/port", std::to_string(taken.number) + "\n");
  CHECK(here.level("port") == Level::hint);
  here.wish.listen = "192.0.2.1:8080";
  CHECK(says(here.sentence("port"), "no address"));
  here.wish.listen = "everywhere";
  CHECK(says(here.sentence("port"), "is not understood"));
}

TEST_CASE("an address for citizens that is none, not encrypted or of this machine is said") {
  Examined here;
  CHECK(here.level("url") == Level::fine);
  const std::pair<const char*, Level> cases[] = {{"", Level::hint},
                                                 {"x.example", Level::broken},
                                                 {"https://", Level::broken},
                                                 {"https://x.example/", Level::broken},
                                                 {"http://x.example", Level::warning},
                                                 {"http://127.0.0.1:8080", Level::warning}};
  for (const auto& [url, level] : cases) {
    here.wish.base_url = url;
    CHECK_MESSAGE(here.level("url") == level, url);
  }
}

TEST_CASE("messages that nobody sends are said") {
  Examined here;
  CHECK(here.level("mail") == Level::hint);
  here.tamper(
      "INSERT INTO notice_outbox (kind, to_kind, address, subject_kind, subject_id, text_key, "
      "language, created_at, due_at) VALUES ('x', 'citizen', 'a@example', 'feedback', 1, 'x', "
      "'vi', 0, 0)");
  CHECK(here.level("mail") == Level::warning);
}

TEST_CASE("each finding speaks both languages and fills its holes") {
  Examined here;
  here.receive(1);
  here.tamper_with_leaf();
  here.wish.now = here.now;
  for (const Finding& each : examine(here.wish)) {
    const std::string vi = each.said.in(i18n::Voice(i18n::Language::vi)),
                      en = each.said.in(i18n::Voice(i18n::Language::en));
    CHECK_FALSE(vi.empty());
    CHECK(vi != en);
  }
}

}  // namespace ln::app
