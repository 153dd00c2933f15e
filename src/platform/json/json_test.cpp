#include "platform/json/json.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>

#include "base/text.h"

using namespace ln;

namespace {

constexpr json::Limits roomy{.size_max = 1'000'000};

// The name of the sentence with which `bytes` are refused; "" when they are read.
std::string refusal(std::string_view bytes, const json::Limits& limits = roomy) {
  const auto document = json::parse(bytes, limits);
  return document.ok() ? "" : std::string(document.error().text.name());
}

json::Document read(std::string_view bytes, const json::Limits& limits = roomy) {
  auto document = json::parse(bytes, limits);
  REQUIRE(document.ok());
  return std::move(document).value();
}

// Writes a value again, so that a whole document can be compared at once.
void copy(json::Writer& writer, json::Value value) {
  switch (value.kind()) {
    case json::Kind::null: writer.null(); break;
    case json::Kind::boolean: writer.boolean(*value.boolean()); break;
    case json::Kind::integer: writer.integer(*value.integer()); break;
    case json::Kind::real: writer.decimal(*value.number(), 3); break;
    case json::Kind::text: writer.text(*value.text()); break;
    case json::Kind::array:
      writer.array();
      for (const json::Value each : value.items()) copy(writer, each);
      writer.end_array();
      break;
    case json::Kind::object:
      writer.object();
      for (const auto& [name, each] : value.members()) copy(writer.name(name), each);
      writer.end_object();
      break;
  }
}

std::string copied(std::string_view bytes, const json::Limits& limits = roomy) {
  std::string out;
  json::Writer writer(out);
  copy(writer, read(bytes, limits).root());
  CHECK(writer.is_finished());
  return out;
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

TEST_CASE("a JSON document is read by kind, and what is missing or of another kind is null") {
  const auto document = read(R"( {"body":"Đường hỏng","score":4,"share":0.5,"solved":true,
    "place":null,"reasons":["slow",2],"deep":{"a":[]}} )");
  const json::Value root = document.root();
  CHECK(root.text("body") == "Đường hỏng");
  CHECK(root.integer("score") == 4);
  CHECK(root.find("share").number() == 0.5);
  CHECK(root.find("score").number() == 4.0);
  CHECK(root.boolean("solved") == true);
  CHECK(root.items("reasons").begin() != root.items("reasons").end());
  CHECK(root.find("reasons").count() == 2);
  CHECK(root.find("deep").find("a").is_array());

  CHECK_FALSE(root.text("score").has_value());
  CHECK_FALSE(root.integer("share").has_value());
  CHECK_FALSE(root.integer("solved").has_value());
  CHECK_FALSE(root.text("nothing").has_value());
  CHECK(root.find("body").find("body").is_null());
  CHECK(root.has("place"));
  CHECK_FALSE(root.has("nothing"));
  CHECK(root.items("body").begin() == root.items("body").end());
}

TEST_CASE("reading JSON and writing it again gives the same document") {
  const std::string text = R"({"a":[1,-2,[],{},[{"b":null}]],"c":{"d":true,"e":[false]},)"
                           R"("f":"\"\\\n\t/é","g":0.125})";
  CHECK(copied(text) == text);
  CHECK(copied(" [ ] ") == "[]");
  CHECK(copied("9223372036854775807") == "9223372036854775807");
  CHECK(copied("-9223372036854775808") == "-9223372036854775808");
  CHECK(copied(R"("\u0110\u01B0\u1EDDng 😀")") == R"("Đường 😀")");
}

TEST_CASE("text in JSON is brought to NFC, unless it must stay as sent") {
  const std::string decomposed = "{\"Du\u031bo\u031b\u0300ng\":\"ho\u0309ng\"}";
  CHECK(copied(decomposed) == "{\"D\u01b0\u1eddng\":\"h\u1ecfng\"}");
  CHECK(copied(decomposed, {.size_max = 100, .form = json::Form::as_sent}) == decomposed);
}

TEST_CASE("text in JSON loses what nobody sees, unless it must stay as sent") {
  const std::string hidden = "{\"a\u200b\":\"x\u202ey\ufeffz\"}";
  CHECK(copied(hidden) == "{\"a\":\"xyz\"}");
  CHECK(copied(R"(["a\u0007b\r\nc"])") == R"(["ab\nc"])");
  CHECK(copied(hidden, {.size_max = 100, .form = json::Form::as_sent}) == hidden);
}

TEST_CASE("each fault of a JSON document is refused with its own sentence") {
  for (const std::string_view bad :
       {"", " ", "{", "[1,]", "{\"a\":}", "{a:1}", "'a'", "[1 2]", "nul", "01", "1e999", "[1]x",
        "\"\n\"", "\"\\x\"", "\"\\ud800\"", "99999999999999999999999", "\xEF\xBB\xBF[]x"}) {
    CAPTURE(bad);
    CHECK(refusal(bad) == "error.json.malformed");
  }
  CHECK(refusal("\"\xC3\"") == "error.json.not_utf8");
  CHECK(refusal("\"\xED\xA0\x80\"") == "error.json.not_utf8");
  CHECK(refusal(R"("a\u0000b")") == "error.json.zero_character");
  CHECK(refusal(R"({"a\u0000b":1})") == "error.json.zero_character");
  CHECK(refusal("[1,2]", {.size_max = 4}) == "error.json.too_large");
  CHECK(refusal("[1,2]", {.size_max = 5}).empty());
}

TEST_CASE("a lone surrogate in JSON never becomes text") {
  CHECK_FALSE(refusal(R"("\udc00")").empty());
  CHECK_FALSE(refusal(R"("\ud800")").empty());
  CHECK_FALSE(refusal(R"("\ud800\u0041")").empty());
}

TEST_CASE("JSON is refused exactly one level below the depth allowed") {
  for (const std::size_t depth : {1U, 2U, 16U, 40U}) {
    const json::Limits limits{.size_max = 1000, .depth_max = depth};
    CAPTURE(depth);
    CHECK(refusal(nested(depth), limits).empty());
    CHECK(refusal(nested(depth + 1), limits) == "error.json.too_deep");
  }
  CHECK(refusal(R"({"a":{"b":1}})", {.size_max = 100, .depth_max = 1}) == "error.json.too_deep");
  CHECK(refusal(nested(400'000)) == "error.json.too_deep");
}

TEST_CASE("two JSON members of one name are refused, also when only their spelling differs") {
  CHECK(refusal(R"({"a":1,"b":2,"a":3})") == "error.json.duplicate_name");
  CHECK(refusal(R"([{"x":{"a":1,"\u0061":2}}])") == "error.json.duplicate_name");
  const std::string two_forms = "{\"h\u1ecfng\":1,\"ho\u0309ng\":2}";
  CHECK(refusal(two_forms) == "error.json.duplicate_name");
  CHECK(refusal(two_forms, {.size_max = 100, .form = json::Form::as_sent}).empty());
  CHECK(refusal(R"({"a":{"a":1},"b":{"a":1}})").empty());
}

TEST_CASE("the JSON writer puts commas, names and numbers where they belong") {
  std::string out = "data: ";
  json::Writer writer(out);
  writer.object().member("code", "HN-1").member("n", -3).member("ok", true);
  writer.member("none", std::optional<std::int64_t>()).member("some", std::optional<int>(7));
  CHECK_FALSE(writer.is_finished());
  writer.name("list").array().integer(1).text("x").null().decimal(4.25, 1).verbatim("{}");
  writer.end_array().name("empty").object().end_object().end_object();
  CHECK(writer.is_finished());
  CHECK(out == R"(data: {"code":"HN-1","n":-3,"ok":true,"none":null,"some":7,)"
               R"("list":[1,"x",null,4.2,{}],"empty":{}})");
}

TEST_CASE("any text that is written as JSON is read back as it was") {
  CHECK(rc::check([](const std::string& bytes) {
    if (!is_utf8(bytes) || bytes.find('\0') != std::string::npos) return;
    std::string out;
    json::Writer(out).text(bytes);
    const auto document = json::parse(out, {.size_max = out.size(), .form = json::Form::as_sent});
    RC_ASSERT(document.ok());
    RC_ASSERT(document.value().root().text() == bytes);
  }));
}
