#include "engine/merkle/merkle_compact.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "base/text.h"

namespace ln::merkle {
namespace {

std::string read_vectors(const std::string& name) {
  std::ifstream file(LN_SOURCE "/test/vectors/" + name);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

// A receipt as it would be in a log of ten million lines, with two witnesses.
Receipt large_receipt() {
  const Signer log("langnghe.example/ledger", Seed{1});
  const Signer first("mttq.example/nhan-chung", Seed{2}, KeyKind::witness);
  const Signer second("witness.example/w1", Seed{3}, KeyKind::witness);
  Note note{Checkpoint{"langnghe.example/ledger", 10'000'000, Hash{9}}.text(), {}};
  note.signatures = {log.sign(note.text), first.cosign(note.text, 1'800'000'000),
                     second.cosign(note.text, 1'800'000'001)};
  return {std::string(480, '\xC3'), 9'999'999, Proof(24, Hash{5}), note.serialise()};
}

}  // namespace

TEST_CASE("a receipt in the compact form is the same receipt") {
  for (const Receipt& receipt :
       {large_receipt(), Receipt::parse(read_vectors("leaf42.tlog-proof")).value()}) {
    const auto bytes = to_compact(receipt);
    REQUIRE(bytes);
    CHECK(bytes->size() < receipt.text().size() * 4 / 5);
    const auto again = from_compact(*bytes);
    REQUIRE(again);
    CHECK(again->text() == receipt.text());
    for (std::size_t size = 0; size < bytes->size(); ++size)
      REQUIRE_FALSE(from_compact(bytes->substr(0, size)));
    CHECK_FALSE(from_compact(*bytes + "x"));
    CHECK_FALSE(from_compact("\x02" + bytes->substr(1)));
    const auto text = to_qr_text(receipt);
    REQUIRE(text);
    CHECK(from_qr_text(*text) == receipt);
    CHECK_FALSE(from_qr_text(text->substr(1)));
    CHECK_FALSE(from_qr_text(text->substr(0, text->size() - 1)));
    CHECK_FALSE(from_qr_text(*text + "A"));
  }
  // With two witnesses and an opening it still fits a QR code (4,296 letters, 3,391 at level M).
  CHECK(to_qr_text(large_receipt())->size() < 2'700);
}

TEST_CASE("base45 is that of RFC 9285") {
  // §4.3: "AB" is BB8, "Hello!!" is %69 VD92EX0, "base-45" is UJCLQE7W581. A whole compact form
  // begins with its version, so they are looked for behind it, in an extra of even place.
  const Receipt receipt{"xHello!!", 0, {}, large_receipt().checkpoint};
  const std::string text = to_qr_text(receipt).value();
  // 01 00 | 08 78 | 48 65 6c 6c 6f 21 | 21 00
  CHECK(text.substr(0, 4) == "LN1:");
  CHECK(text.substr(4 + 6, 9) == "%69 VD92E");
}

TEST_CASE("what the compact form cannot hold is said to be so") {
  Receipt receipt = large_receipt();
  receipt.extra = std::string(65'536, 'x');
  CHECK_FALSE(to_compact(receipt));
  receipt = large_receipt();
  receipt.checkpoint = "no head\n\n— a AAAAAAA=\n";
  CHECK_FALSE(to_compact(receipt));
  CHECK_FALSE(to_qr_text(receipt));
  receipt = large_receipt();
  Note note = Note::parse(receipt.checkpoint).value();
  note.signatures[0].blob = std::string(2'420, 's');  // as long as an ML-DSA signature
  receipt.checkpoint = note.serialise();
  CHECK_FALSE(to_compact(receipt));
}

}  // namespace ln::merkle
