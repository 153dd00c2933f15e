#include "tools/tidy/tidy.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <fstream>

namespace ln::tidy {
namespace {

// A tree on disk that goes away with the test.
class Planted {
 public:
  Planted() {
    std::string name = (std::filesystem::temp_directory_path() / "tidy-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    root_ = name;
    put("text/vi.po", "");
    put("text/en.po", "");
  }
  ~Planted() { std::filesystem::remove_all(root_); }
  Planted(const Planted&) = delete;
  Planted& operator=(const Planted&) = delete;

  void put(const std::string& path, const std::string& text) const {
    std::filesystem::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }
  // What tidy says of it, one line each.
  std::string said() const {
    const Tree tree = enter(root_);
    std::string all;
    for (const Problem& each : check_all(tree)) all += each.path + ": " + each.what + "\n";
    return all;
  }

 private:
  std::filesystem::path root_;
};

TEST_CASE("tidy finds nothing wrong with a small tidy house") {
  const Planted house;
  house.put("src/base/id.h", "#pragma once\n");
  house.put("src/feature/feedback/feedback.h", "#include \"base/id.h\"\n");
  house.put("src/feature/feedback/feedback_store.cpp",
            "#include \"feature/feedback/feedback.h\"\n\"UPDATE feedback SET x = 1\"\n");
  CHECK(house.said() == "");
}

TEST_CASE("tidy refuses arrows that point up or sideways") {
  const Planted house;
  house.put("src/base/id.h", "#include \"core/units/units.h\"\n");
  house.put("src/core/units/units.h", "");
  house.put("src/engine/text/text.h", "#include \"platform/db/db.h\"\n");
  house.put("src/platform/db/db.h", "");
  house.put("src/feature/a/a_store.h", "");
  house.put("src/feature/a/a.h", "#include \"platform/db/db.h\"\n");
  house.put("src/feature/b/b_pages.cpp", "#include \"feature/a/a_store.h\"\n");
  house.put("src/feature/b/b_store.cpp", "#include \"feature/b/b_actions.h\"\n");
  house.put("src/feature/b/b_actions.h", "#include \"platform/http/http.h\"\n");
  house.put("src/platform/http/http.h", "");
  const std::string said = house.said();
  CHECK(said.find("base/id.h: must not include core/units/units.h: an arrow up") !=
        std::string::npos);
  CHECK(said.find("engine and platform do not know each other") != std::string::npos);
  CHECK(said.find("feature/a/a.h: must not include platform/db/db.h: types") != std::string::npos);
  CHECK(said.find("entered only by its face, a/a.h") != std::string::npos);
  CHECK(said.find("b_store.cpp: must not include feature/b/b_actions.h: inside") !=
        std::string::npos);
  CHECK(said.find("storage and actions know no HTTP") != std::string::npos);
}

TEST_CASE("tidy finds a circle of folders") {
  const Planted house;
  house.put("src/core/a/a_x.h", "#include \"core/b/b_x.h\"\n");
  house.put("src/core/b/b_x.h", "#include \"core/a/a_x.h\"\n");
  CHECK(house.said().find("include each other in a circle") != std::string::npos);
}

TEST_CASE("tidy refuses SQL that writes another room's table") {
  const Planted house;
  house.put("src/feature/insight/insight_store.cpp",
            "\"INSERT INTO insight_day (x) VALUES (1) ON CONFLICT (x) DO UPDATE SET x = 2\"\n"
            "\"DELETE FROM feedback WHERE id = 1\"\n");
  CHECK(house.said() ==
        "feature/insight/insight_store.cpp: insight writes table feedback, which is not its "
        "own\n");
}

TEST_CASE("tidy refuses banned words, long lines and long files") {
  const Planted house;
  house.put("src/core/a/a_x.cpp",
            "auto t = std::chrono::system_clock::now();\n" + std::string(101, 'x') + "\n");
  house.put("src/core/a/a_long.cpp", std::string(501, '\n'));
  const std::string said = house.said();
  CHECK(said.find("_clock::now is banned") != std::string::npos);
  CHECK(said.find("longer than 100 columns") != std::string::npos);
  CHECK(said.find("longer than 500 lines") != std::string::npos);
}

TEST_CASE("tidy counts letters, not bytes, in a line") {
  const Planted house;
  std::string line;
  for (int i = 0; i < 100; ++i) line += "ế";
  house.put("src/core/a/a_x.cpp", line + "\n");
  CHECK(house.said() == "");
}

TEST_CASE("tidy wants each sentence in both languages, and used") {
  const Planted house;
  house.put("src/core/a/a_x.cpp", "\"a.good\"_t \"a.only_vi\"_t \"a.nowhere\"_t\n");
  house.put("text/vi.po",
            "msgid \"a.good\"\nmsgstr \"\"\n\nmsgid \"a.only_vi\"\nmsgid \"a.idle\"\n");
  house.put("text/en.po", "msgid \"a.good\"\n\nmsgid \"a.idle\"\n");
  const std::string said = house.said();
  CHECK(said.find("a.nowhere is not in text/vi.po") != std::string::npos);
  CHECK(said.find("a.only_vi is not in text/en.po") != std::string::npos);
  CHECK(said.find("a.idle is used nowhere") != std::string::npos);
  CHECK(said.find("a.good") == std::string::npos);
}

TEST_CASE("tidy wants migrations numbered once each without a gap") {
  const Planted house;
  house.put("schema/0001_a.sql", "");
  house.put("schema/0001_b.sql", "");
  house.put("schema/0003_c.sql", "");
  house.put("schema/new.sql", "");
  const std::string said = house.said();
  CHECK(said.find("0001_b.sql: has the same number as schema/0001_a.sql") != std::string::npos);
  CHECK(said.find("0003_c.sql: leaves a gap") != std::string::npos);
  CHECK(said.find("new.sql: migrations are named") != std::string::npos);
}

TEST_CASE("tidy compares the routes with the API description") {
  const Planted house;
  house.put("src/app/routes.cpp",
            "router.get(\"/api/v1/units\", x);"
            "router.get(\"/api/v1/cases/{id:number}\", y);\n");
  house.put("data/api/openapi.json",
            "{\"paths\":{\"/api/v1/cases/{id}\": {}, \"/api/v1/old\": {}}}");
  CHECK(house.said() ==
        "data/api/openapi.json: does not describe /api/v1/units\n"
        "data/api/openapi.json: describes /api/v1/old, no route\n");
}

TEST_CASE("tidy wants each test that the comparison and the threats name") {
  const Planted house;
  house.put("src/core/a/a_test.cpp", "TEST_CASE(\"a door is shut\") {}\n");
  house.put("test/b_test.cpp", "TEST_CASE(\"a wall stands\") {}\n");
  house.put("test/e2e/c.test.mjs", "test(`somebody knocks (${language})`, go);\n");
  house.put("docs/COMPARE.md",
            "Words in \"quotes\" elsewhere are not names.\n\n| what | them | shown by |\n"
            "| --- | --- | --- |\n"
            "| doors | \"no\" | \"a door is shut\", \"a wall stands\", \"somebody knocks\" |\n"
            "| roofs | no | \"a roof is tight\" |\n");
  house.put("docs/THREATS.md",
            "| a thief | \"a door is shut\" |\n| a storm | \"a roof holds\" |\n");
  CHECK(house.said() ==
        "docs/COMPARE.md: no test is named a roof is tight\n"
        "docs/THREATS.md: no test is named a roof holds\n");
}

}  // namespace
}  // namespace ln::tidy
