#include "core/ledger/ledger_payload.h"

#include <doctest/doctest.h>

#include "base/text.h"
#include "test/world.h"

namespace ln::ledger {
namespace {

// Everything a payload can have, with words that would lead a careless reader astray.
std::string full_payload() {
  SeededRandom random{7};
  const CitizenKey citizen = CitizenKey::from_secret("23456789ABCDEFGHJKLM");
  const std::array<Hash, 2> files = {random.bytes<32>(), random.bytes<32>()};
  Entry entry{.event = Event::rekeyed, .subject = {"feedback", 1}, .at = test::monday};
  entry.unit = R"(a","k":"closed","prev":"\)";
  entry.topic = R"({"t":"x"})";
  entry.reason = R"(\")";
  entry.due = test::monday;
  entry.body = "x";
  entry.files = files;
  entry.registers = citizen.public_key();
  entry.citizen = &citizen;
  return payload_of(entry, 3, random.bytes<32>(), draw(random));
}

}  // namespace

TEST_CASE("all texts of a payload are those that are found one by one") {
  const std::string payload = full_payload();
  const PayloadTexts texts = texts_in(payload);
  CHECK(texts.k == "rekeyed");
  for (const auto& [name, found] : {std::pair("k", texts.k),
                                    {"key", texts.key},
                                    {"prev", texts.prev},
                                    {"sig", texts.sig},
                                    {"t", texts.t}}) {
    INFO(name);
    REQUIRE(found.has_value());
    CHECK(found == text_in(payload, name));
  }
  CHECK(texts.reason == R"(\\\")");  // As it is written, not as it is meant.
}

TEST_CASE("a payload that is cut off or not canonical gives no text behind that place") {
  const std::string payload = full_payload();
  const std::size_t sig = payload.find("\"sig\"");
  for (std::size_t size = 0; size < payload.size(); ++size) {
    const PayloadTexts texts = texts_in(std::string_view(payload).substr(0, size));
    if (size < sig) CHECK_FALSE(texts.sig.has_value());
    if (texts.k) CHECK(texts.k == "rekeyed");
  }
  CHECK_FALSE(texts_in(R"( {"k":"closed"})").k.has_value());
  CHECK_FALSE(texts_in(R"({ "k":"closed"})").k.has_value());
  CHECK_FALSE(texts_in(R"({"k" :"closed"})").k.has_value());
  CHECK_FALSE(texts_in(R"({"files":["a" ,"b"],"k":"closed"})").k.has_value());
  CHECK(texts_in(R"({"files":["a","b"],"k":"closed"})").k == "closed");
  CHECK(texts_in(R"({"k":"closed","k":"rated"})").k == "closed");
  CHECK(texts_in(R"({"a":1,"k":"closed"})").k == "closed");
}

TEST_CASE("a hash is only the hexadecimal form of itself") {
  SeededRandom random{8};
  const Hash hash = random.bytes<32>();
  std::string text = to_hex(hash);
  CHECK(is_hex_of(text, hash));
  CHECK_FALSE(is_hex_of(text.substr(1), hash));
  CHECK_FALSE(is_hex_of(text + "0", hash));
  for (char& c : text) {
    const char was = c;
    c = c == 'f' ? '0' : 'f';
    CHECK_FALSE(is_hex_of(text, hash));
    c = was;
  }
}

}  // namespace ln::ledger
