#include "engine/merkle/merkle_witness.h"

#include <doctest/doctest.h>

#include "base/text.h"
#include "engine/merkle/merkle_checkpoint.h"

namespace ln::merkle {
namespace {

const Signer log_key("so-cai.example", Seed{1});
const Signer witness_key("mttq.example", Seed{2}, KeyKind::witness);

std::string head(std::uint64_t size = 5) {
  Note note{Checkpoint{"so-cai.example", size, Hash{7}}.text(), {}};
  note.signatures.push_back(log_key.sign(note.text));
  return note.serialise();
}
std::string hash_line(std::uint8_t first) { return to_base64(Hash{first}) + "\n"; }
bool parses(const std::string& text) { return AddCheckpoint::parse(text).has_value(); }

}  // namespace

TEST_CASE("a request to a witness is read as it was written") {
  const AddCheckpoint request{3, {Hash{1}, Hash{2}}, head()};
  CHECK(request.text() == "old 3\n" + hash_line(1) + hash_line(2) + "\n" + head());
  CHECK(AddCheckpoint::parse(request.text()) == request);
  CHECK(AddCheckpoint::parse("old 0\n\n" + head()) == AddCheckpoint{0, {}, head()});
}

TEST_CASE("a witness reads sizes up to 2^63 - 1, without leading zeros, signs or spaces") {
  CHECK(AddCheckpoint::parse("old 9223372036854775807\n\n" + head())->old_size == INT64_MAX);
  for (const char* wrong :
       {"old 9223372036854775808\n", "old 18446744073709551616\n", "old 00\n", "old 03\n",
        "old -1\n", "old +1\n", "old  3\n", "old 3 \n", "old\t3\n", "old 3\r\n", "old \n", "old\n",
        "Old 3\n", " old 3\n", "old 0x3\n", "\nold 3\n", "size 3\n", "3\n", "\n"})
    CHECK_FALSE(parses(wrong + ("\n" + head())));
  CHECK_FALSE(parses(""));
  CHECK_FALSE(parses("old 3"));
  CHECK_FALSE(parses("old 3\n"));
  CHECK_FALSE(parses("old 3\n\n"));
  CHECK_FALSE(parses(head()));
}

TEST_CASE("a witness reads at most 63 hashes of exactly 32 bytes") {
  std::string lines;
  for (int i = 0; i < 63; ++i) lines += hash_line(9);
  CHECK(AddCheckpoint::parse("old 3\n" + lines + "\n" + head())->proof.size() == 63);
  CHECK_FALSE(parses("old 3\n" + lines + hash_line(9) + "\n" + head()));
  const std::string good = to_base64(Hash{1});
  const std::array<std::uint8_t, 31> short_one{};
  const std::array<std::uint8_t, 33> long_one{};
  std::string loose = good;  // The last letter before the padding has two bits that mean nothing.
  loose[42] = 'B';
  for (const std::string& wrong :
       {to_base64(short_one), to_base64(long_one), loose, good.substr(0, 43), good + "=",
        good + "\r", " " + good, good + " ", "-" + good.substr(1), std::string("=")})
    CHECK_FALSE(parses("old 3\n" + wrong + "\n\n" + head()));
  CHECK(parses("old 3\n" + good + "\n\n" + head()));
  CHECK_FALSE(parses("old 3\n" + good + "\n" + head()));  // No empty line.
}

TEST_CASE("a witness wants a signed note after the proof, and all of it") {
  const std::string text = Checkpoint{"so-cai.example", 5, Hash{7}}.text();
  CHECK_FALSE(parses("old 0\n\n" + text));
  CHECK_FALSE(parses("old 0\n\n" + text + "\n"));
  CHECK_FALSE(parses("old 0\n\n\n" + head() + "x"));
  CHECK_FALSE(parses("old 0\n\n" + head().substr(0, head().size() - 1)));
  CHECK_FALSE(parses("old 0\n\n" + head() + "\n"));
  CHECK_FALSE(parses("old 0\n\n\xFF" + head()));
  std::string carriage = head();
  carriage.insert(carriage.find('\n'), "\r");
  CHECK_FALSE(parses("old 0\n\n" + carriage));
  CHECK_FALSE(parses("old 0\n\n" + std::string(add_checkpoint_size_max, 'x') + "\n" + head()));
}

TEST_CASE("the lines of a witness are read as they were written, and nothing beside them") {
  const std::string text = Checkpoint{"so-cai.example", 5, Hash{7}}.text();
  const NoteSignature line = witness_key.cosign(text, 1'800'000'000);
  const std::string said = signature_lines({line});
  CHECK(said.starts_with("— mttq.example "));
  CHECK(said.ends_with('\n'));
  CHECK(parse_signature_lines(said) == std::vector{line});
  CHECK(parse_signature_lines(said + said)->size() == 2);
  const std::string good = said.substr(0, said.size() - 1);
  for (const std::string& wrong :
       {std::string(), std::string("\n"), good, "\n" + said, said + "\n", said + "\n" + said,
        good + "\r\n", "- mttq.example AAAAAAA=\n" + said, "—" + said, said + "x\n",
        "text\n\n" + said, std::string("— w AAAA\n"), said + "\xFF\n"})
    CHECK_FALSE(parse_signature_lines(wrong));
  std::string many;
  for (std::size_t i = 0; i < note_signatures_max; ++i) many += said;
  CHECK(parse_signature_lines(many));
  CHECK_FALSE(parse_signature_lines(many + said));
}

TEST_CASE("the size a witness has seen is a line with a number") {
  CHECK(size_line(70'000) == "70000\n");
  CHECK(parse_size_line("70000\n") == 70'000);
  CHECK(parse_size_line("0\n") == 0);
  CHECK(parse_size_line("9223372036854775807\n") == INT64_MAX);
  for (const char* wrong : {"", "\n", "7", "07\n", "-7\n", "7\r\n", "7\n\n", " 7\n", "7 \n", "x\n",
                            "9223372036854775808\n"})
    CHECK_FALSE(parse_size_line(wrong));
}

}  // namespace ln::merkle
