// What a machine room does to a server: full disks, broken files, clocks that jump, two servers on
// one folder. It says what is wrong and what to do, keeps what it has promised, and goes on by
// itself when the trouble is over.
#include <doctest/doctest.h>
#include <sched.h>
#include <sqlite3.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "app/city.h"
#include "base/log.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "platform/db/once.h"
#include "test/fault/disk.h"
#include "test/fault/served.h"
#include "test/folder.h"
#include "test/wire.h"
#include "test/world.h"

namespace ln::test {
namespace {

namespace fs = std::filesystem;

std::string minimal(const std::string& body) {
  return R"({"about":"place","body":")" + body + R"("})";
}

std::string get(const std::string& path) { return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"; }

int status_of(const std::optional<std::string>& answer) { return answer ? status_in(*answer) : 0; }

// A folder as kill -9 leaves it: cases in the write-ahead log that are not in the database yet.
struct Killed {
  Folder place;
  std::string folder = (place.path / "data").string();
  std::string told;

  Killed() {
    log::set_least(log::Level::error);
    make_city(folder);
    Served served({.folder = folder});
    REQUIRE(served.serves());
    for (int i = 0; i < 8; ++i) {
      const auto answer = try_ask(
          served.port(), submission("before-" + std::to_string(i), minimal("Đường ngập nước")));
      REQUIRE(status_of(answer) == 201);
      told = body_of(*answer);
    }
    served.kill();
    REQUIRE(fs::file_size(folder + "/langnghe.db-wal") > 0);
    fs::remove(folder + ".log");
  }
  std::string file(const char* name) const { return folder + "/" + name; }
  void put(const char* name, std::size_t at, const std::string& bytes) const {
    std::fstream out(file(name), std::ios::binary | std::ios::in | std::ios::out);
    out.seekp(static_cast<std::streamoff>(at));
    out << bytes;
    REQUIRE(out.good());
  }
  // Why the server does not start; empty when it does, and still knows what it told.
  std::string refusal() const {
    Served served({.folder = folder});
    if (!served.serves()) {
      CHECK(served.wait() == 1);
      return served.log();
    }
    const auto again = try_ask(served.port(), submission("before-7", minimal("Đường ngập nước")));
    CHECK((again && body_of(*again) == told));
    return "";
  }
};

std::string noise(std::size_t size) {
  std::string bytes(size, '\0');
  SeededRandom random(3);
  random.fill({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
  return bytes;
}

}  // namespace

TEST_CASE("writes that the disk refuses fail by name, reads go on, and writing resumes by itself") {
  log::set_least(log::Level::error);
  const Folder place;
  const std::string folder = fs::canonical(place.path).string();
  Disk disk(folder, {});
  SystemRandom random;
  app::City city({.folder = folder, .clock = [] { return monday; }}, random);
  int number = 0;
  const auto save = [&] {
    const std::string key = "row-" + std::to_string(++number);
    write(city.database(), [&](db::Write& to) { db::Once::save(to, key, key, monday); });
  };
  const auto rows = [&] {
    return city.database().read([](db::Read& read) {
      return *read.one("SELECT count(*) FROM db_once",
                       [](const db::Row& row) { return row.integer(0); });
    });
  };
  using Kind = db::Failure::Kind;
  const std::pair<int, Kind> refusals[] = {{SQLITE_FULL, Kind::full},
                                           {SQLITE_IOERR_WRITE, Kind::full},
                                           {SQLITE_IOERR_FSYNC, Kind::full},
                                           {SQLITE_READONLY, Kind::read_only}};
  std::int64_t expected = 0;
  for (const auto& [code, kind] : refusals) {
    CAPTURE(code);
    save();
    CHECK(rows() == ++expected);
    disk.refuse(code);
    try {
      save();
      FAIL_CHECK("it was not refused");
    } catch (const db::Failure& failure) {
      CHECK(failure.kind() == kind);
      CHECK(says(failure.what(), "ook at") != (code == SQLITE_FULL));
      CHECK(says(failure.what(), "free some space") == (code == SQLITE_FULL));
    }
    CHECK(rows() == expected);
    disk.refuse(0);
    save();
    CHECK(rows() == ++expected);
  }
}

TEST_CASE("a full disk is told to who sends and to the log, and is over when there is room again") {
  const Folder place;
  const std::string folder = (place.path / "data").string();
  log::set_least(log::Level::error);
  make_city(folder);
  Served served({.folder = folder});
  REQUIRE(served.serves());
  const auto send = [&](const std::string& key) {
    return try_ask(served.port(), submission(key, minimal("Cây đổ chắn đường")));
  };
  const auto first = send("first-case");
  REQUIRE(status_of(first) == 201);
  served.bound(RLIMIT_FSIZE, 32UL * 1024);
  const auto refused = send("second-case");
  CHECK(status_of(refused) == 503);
  CHECK(header_in(*refused, "Retry-After") == "60");
  CHECK(says(*refused, "tạm thời không đọc hoặc lưu được"));
  CHECK(served.says("The disk does not answer as it should"));
  CHECK(status_of(try_ask(served.port(), get("/"))) == 200);
  served.bound(RLIMIT_FSIZE, RLIM_INFINITY);
  CHECK(status_of(send("second-case")) == 201);
  const auto again = send("first-case");
  CHECK((again && body_of(*again) == body_of(*first)));
  CHECK(served.stop() == 0);
  SystemRandom random;
  app::City city({.folder = folder, .clock = [] { return monday; }}, random);
  city.database().read([](db::Read& read) {
    CHECK(ledger::verify_all(read).empty());
    CHECK(ledger::leaf_count(read) == 4);
  });
}

TEST_CASE("a disk that becomes read-only is read all the same, and says what it is") {
  const Folder place;
  const std::string disk = (place.path / "disk").string(), image = disk + ".image";
  const std::string folder = (place.path / "data").string();  // leads to the disk
  const auto does = [](const std::string& command) {
    return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
  };
  // A mount of our own, which goes with this process.
  fs::create_directories(disk);
  if (::geteuid() != 0 || ::unshare(CLONE_NEWNS) != 0 || !does("mount --make-rprivate /") ||
      !does("truncate -s 64M " + image) || !does("mkfs.ext4 -q " + image) ||
      !does("mount -o loop " + image + " " + disk)) {
    MESSAGE("skipped: it takes root, and a kernel that mounts a file");
    return;
  }
  log::set_least(log::Level::error);
  fs::create_directories(disk + "/data");
  fs::create_directory_symlink(disk + "/data", folder);
  make_city(folder);
  REQUIRE(does("sync -f " + disk));
  const auto send = [](const Served& to, const std::string& key) {
    return try_ask(to.port(), submission(key, minimal("Cây đổ chắn đường")));
  };
  std::optional<std::string> first;
  {
    Served served({.folder = folder});
    REQUIRE(served.serves());
    first = send(served, "first-case");
    REQUIRE(status_of(first) == 201);
    // What the kernel does by itself when a disk fails it (errors=remount-ro).
    REQUIRE(does("mount -o remount,abort " + disk));
    const auto refused = send(served, "second-case");
    CHECK(status_of(refused) == 503);
    CHECK(header_in(*refused, "Retry-After") == "60");
    CHECK(status_of(try_ask(served.port(), get("/"))) == 200);
    CHECK(status_of(try_ask(served.port(), get("/register"))) == 200);
    CHECK(served.says("at whether it has become read-only"));
    CHECK(served.says("cannot_write"));
    std::optional<std::string> ready;
    for (int tries = 0; tries < 3000; ++tries) {
      ready = try_ask(served.port(), get("/readyz"));
      if (ready && says(*ready, "cannot write")) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    CHECK(status_of(ready) == 503);
    CHECK(
        (ready && says(*ready, "database: cannot write: the disk is full, read-only or failing")));
    CHECK(served.stop() == 0);
  }
  REQUIRE(does("umount " + disk));
  REQUIRE(does("mount -o loop " + image + " " + disk));
  REQUIRE(does("mount -o remount,ro " + disk));
  {
    Served served({.folder = folder});
    CHECK_FALSE(served.serves());
    CHECK(served.wait() == 1);
    CHECK(says(served.log(), "Read-only file system. Look at its rights and at the mount."));
  }
  REQUIRE(does("mount -o remount,rw " + disk));
  Served served({.folder = folder});
  REQUIRE(served.serves());
  const auto again = send(served, "first-case");
  CHECK((again && body_of(*again) == body_of(*first)));
  CHECK(status_of(send(served, "second-case")) == 201);
  CHECK(served.stop() == 0);
  CHECK(does("umount " + disk));
}

TEST_CASE("a write-ahead log that lost what was acknowledged is refused, in a sentence") {
  const Killed killed;
  const auto size = fs::file_size(killed.file("langnghe.db-wal"));
  SUBCASE("cut short") { fs::resize_file(killed.file("langnghe.db-wal"), size - size / 40); }
  SUBCASE("gone") { fs::remove(killed.file("langnghe.db-wal")); }
  SUBCASE("overwritten") { killed.put("langnghe.db-wal", size - size / 40, noise(4096)); }
  CHECK(says(killed.refusal(), "Restore the newest"));
}

TEST_CASE("garbage behind the last whole entry of the write-ahead log is passed over") {
  const Killed killed;
  killed.put("langnghe.db-wal", fs::file_size(killed.file("langnghe.db-wal")), noise(10'000));
  CHECK(killed.refusal() == "");
}

TEST_CASE("a server without its second file starts, makes it again and says so") {
  const Killed killed;
  fs::remove(killed.file("head"));
  CHECK(killed.refusal() == "");
  CHECK(fs::file_size(killed.file("head")) > 0);
  std::ifstream log(killed.folder + ".log");
  const std::string text{std::istreambuf_iterator<char>(log), {}};
  CHECK(says(text, "ledger_second_file_new"));
}

TEST_CASE("a damaged database is refused with what to do, and nothing is written over it") {
  const Killed killed;
  {
    Served once({.folder = killed.folder});
    REQUIRE(once.serves());
    CHECK(once.stop() == 0);
  }
  const auto size = fs::file_size(killed.file("langnghe.db"));
  fs::remove(killed.folder + ".log");
  SUBCASE("no database at all") { killed.put("langnghe.db", 0, noise(4096)); }
  SUBCASE("all pages but the first") { killed.put("langnghe.db", 4096, noise(size - 4096)); }
  CHECK(says(killed.refusal(), "restore the newest backup"));
  CHECK(fs::file_size(killed.file("langnghe.db")) == size);
}

TEST_CASE("a second server on the same folder is refused, and the first one goes on") {
  const Folder place;
  const std::string folder = (place.path / "data").string();
  log::set_least(log::Level::error);
  make_city(folder);
  Served first({.folder = folder});
  REQUIRE(first.serves());
  Served second({.folder = folder});
  CHECK_FALSE(second.serves());
  CHECK(second.wait() == 1);
  CHECK(says(second.log(), "another server is running on " + folder));
  CHECK(status_of(try_ask(first.port(), submission("still-here", minimal("Còi xe suốt đêm")))) ==
        201);
  first.kill();
  Served third({.folder = folder});
  CHECK(third.serves());
}

TEST_CASE("a folder that cannot be made is named") {
  const Folder place;
  std::ofstream(place.path / "file") << "x";
  // Where its log goes, since the folder is none.
  fs::create_directories(place.path / "logs");
  Served served({.folder = (place.path / "logs" / "x").string(),
                 .more = {"--data", (place.path / "file" / "data").string()}});
  CHECK_FALSE(served.serves());
  CHECK(served.wait() == 1);
  CHECK(says(served.log(), "cannot make the folder"));
}

TEST_CASE("heads stay in order while the clock jumps back and forth, over restarts too") {
  const Folder place;
  const std::string folder = place.path.string();
  log::set_least(log::Level::error);
  SeededRandom random(11);
  Instant now = monday;
  std::int64_t id = 0;
  for (int life = 0; life < 4; ++life) {
    app::City city({.folder = folder, .clock = [&] { return now; }}, random);
    for (int i = 0; i < 12; ++i) {
      now = monday + std::chrono::hours(random.below(10'000)) - std::chrono::hours(5'000);
      const ledger::CaseKey key = ledger::draw_case_key(random);
      const ledger::Salts salts = ledger::draw(random);
      ledger::Entry entry{
          .event = ledger::Event::received, .subject = {"feedback", ++id}, .at = now};
      entry.case_key = &key;
      entry.registers = ledger::CitizenKey::from_secret("23456789ABCDEFGHJKLM").public_key();
      const auto done = city.database().write(
          [&](db::Write& write) { return ledger::append(write, entry, salts); });
      REQUIRE(done.ok());
    }
    now = monday - std::chrono::hours(9'000 * life);
  }
  app::City city({.folder = folder, .clock = [&] { return now; }}, random);
  city.database().read([&](db::Read& read) {
    CHECK(ledger::verify_all(read).empty());
    CHECK(ledger::leaf_count(read) == id);
    std::int64_t last = 0, heads = 0;
    read.each("SELECT at FROM ledger_head ORDER BY size", [&](const db::Row& row) {
      CHECK(row.integer(0) >= last);
      last = row.integer(0);
      ++heads;
    });
    CHECK(heads > id);
  });
}

// The sanitizer of virtual tables opens a pipe to look at memory, and takes its own lack of
// descriptors for a fault of ours: the build without it shows this one.
#ifdef __SANITIZE_ADDRESS__
constexpr bool is_sanitized = true;
#else
constexpr bool is_sanitized = false;
#endif

TEST_CASE("a server out of descriptors answers again when others have left" *
          doctest::skip(is_sanitized)) {
  const Folder place;
  const std::string folder = (place.path / "data").string();
  log::set_least(log::Level::error);
  make_city(folder);
  Served served({.folder = folder, .limits = {{RLIMIT_NOFILE, 96}}});
  REQUIRE(served.serves());
  REQUIRE(status_of(try_ask(served.port(),
                            submission("one-before", minimal("Ổ gà trước cổng trường")))) == 201);
  {
    // Who was let in before the descriptors ran out is still answered, in words. That it was let in
    // is certain once it was answered: each thread takes its own connections.
    Wire early(served.port());
    early.send(get("/healthz"));
    REQUIRE(status_in(early.answer()) == 200);
    std::vector<std::unique_ptr<Wire>> crowd;
    for (int i = 0; i < 200; ++i) crowd.push_back(std::make_unique<Wire>(served.port()));
    early.send(get("/healthz"));
    CHECK(status_in(early.answer()) == 200);
  }
  CHECK(status_of(try_ask(served.port(), get("/"))) == 200);
  CHECK(status_of(try_ask(served.port(),
                          submission("one-after", minimal("Ổ gà trước cổng chợ")))) == 201);
  CHECK(served.stop() == 0);
}

}  // namespace ln::test
