#include "engine/merkle/merkle_note.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "base/text.h"
#include "engine/merkle/merkle_checkpoint.h"
#include "engine/merkle/merkle_edge.h"

namespace ln::merkle {
namespace {

std::string read_vectors(const std::string& name) {
  std::ifstream file(LN_SOURCE "/test/vectors/" + name);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

// The keys of the vectors made for this project.
std::map<std::string, std::string> vector_keys() {
  std::map<std::string, std::string> keys;
  std::istringstream lines(read_vectors("tlog.txt"));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string kind, name, value;
    if (words >> kind >> name >> value && kind == "key") keys[name] = value;
  }
  return keys;
}

Seed seed_of(const std::string& hex) { return to_hash(from_hex(hex).value()).value(); }

const Seed seed_a = {1}, seed_b = {2};
constexpr std::string_view text = "nguon.example/so-cai\n0\n";

}  // namespace

TEST_CASE("the example of the signed-note specification verifies") {
  const auto key =
      Verifier::parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
  REQUIRE(key);
  const auto note = Note::parse(
      "This is an example message.\n\n— example.com/foo "
      "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM"
      "=\n");
  REQUIRE(note);
  const auto good = verify(*note, {&*key, 1});
  REQUIRE(good);
  CHECK(good->size() == 1);
  CHECK(key->text() == "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
}

TEST_CASE("a checkpoint is signed and cosigned byte for byte as Go's tlog does") {
  const auto keys = vector_keys();
  const Signer log("so-cai.langnghe.example/test", seed_of(keys.at("logSeedHex")));
  const Signer witness("nhanchung.example/mttq", seed_of(keys.at("witnessSeedHex")),
                       KeyKind::witness);
  CHECK(log.text() == keys.at("logSkey"));
  CHECK(log.verifier().text() == keys.at("logVkey"));
  CHECK(witness.verifier().text() == keys.at("witnessVkey"));
  CHECK(Signer::parse(log.text())->verifier() == log.verifier());
  CHECK(Verifier::parse(witness.verifier().text()) == witness.verifier());

  const std::string bytes = read_vectors("checkpoint.txt");
  const auto note = Note::parse(bytes);
  REQUIRE(note);
  CHECK(note->serialise() == bytes);
  const std::uint64_t time = std::stoull(keys.at("witnessTime"));
  CHECK(Note{note->text, {log.sign(note->text), witness.cosign(note->text, time)}} == *note);

  const std::vector<Verifier> known = {log.verifier(), witness.verifier()};
  const auto good = verify(*note, known);
  REQUIRE(good);
  REQUIRE(good->size() == 2);
  CHECK(good->at(0).by == &known[0]);
  CHECK(good->at(1).by == &known[1]);
  CHECK(good->at(1).time == time);

  const auto checkpoint = open_checkpoint(bytes, log.verifier());
  REQUIRE(checkpoint);
  CHECK(checkpoint->size == 257);
  CHECK(checkpoint->text() == note->text);
  CHECK_FALSE(open_checkpoint(bytes, Signer("khac.example", seed_a).verifier()));
}

TEST_CASE("a receipt made by Go's tlog is read, verified and written again") {
  const std::string bytes = read_vectors("leaf42.tlog-proof");
  const auto receipt = Receipt::parse(bytes);
  REQUIRE(receipt);
  CHECK(receipt->text() == bytes);
  CHECK(receipt->index == 42);
  const auto log = Verifier::parse(vector_keys().at("logVkey"));
  const auto checkpoint = open_checkpoint(receipt->checkpoint, log.value());
  REQUIRE(checkpoint);
  const Hash leaf = hash_leaf(as_bytes("leaf 42"));
  CHECK(is_included(42, checkpoint->size, leaf, receipt->proof, checkpoint->root));
  CHECK_FALSE(is_included(41, checkpoint->size, leaf, receipt->proof, checkpoint->root));
}

TEST_CASE("a whole log of another program is followed from its first entry") {
  const auto key = Verifier::parse(
      "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");
  REQUIRE(key);
  std::istringstream lines(read_vectors("tessera_log.txt"));
  std::vector<Hash> leaves;
  std::size_t tile_hashes = 0, checkpoints = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("entry ")) {
      leaves.push_back(hash_leaf(as_bytes(std::string_view(line).substr(6))));
    } else if (line.starts_with("hash ")) {
      CHECK(to_hex(leaves.at(tile_hashes++)) == line.substr(5));
    } else if (line.starts_with("checkpoint ")) {
      std::string note;
      for (int i = 0; i < 5 && std::getline(lines, line); ++i) note += line + "\n";
      const auto checkpoint = open_checkpoint(note, *key);
      REQUIRE(checkpoint);
      CHECK(checkpoint->size == checkpoints++);
      Edge edge;
      for (std::size_t i = 0; i < checkpoint->size; ++i) edge.append(leaves[i]);
      CHECK(edge.root() == checkpoint->root);
    }
  }
  CHECK(tile_hashes == 15);
  CHECK(checkpoints == 16);
}

TEST_CASE("unknown signatures are passed over, a known one that is wrong spoils the note") {
  const Signer a("a.example", seed_a), b("b.example", seed_b);
  Note note{std::string(text), {}};
  for (int i = 0; i < 20; ++i)
    note.signatures.push_back({"la" + std::to_string(i), 7, std::string(64, 'x')});
  const std::vector<Verifier> known = {a.verifier(), b.verifier()};
  CHECK(verify(note, known).value().empty());
  note.signatures.push_back(a.sign(text));
  CHECK(verify(note, known).value().size() == 1);
  // The name or the id alone does not make a signature known.
  note.signatures.push_back({"a.example", a.verifier().id() + 1, std::string(64, 'x')});
  note.signatures.push_back({"c.example", a.verifier().id(), std::string(64, 'x')});
  CHECK(verify(note, known).value().size() == 1);
  CHECK(Note::parse(note.serialise()) == note);

  NoteSignature wrong = b.sign(text);
  wrong.blob[5] = static_cast<char>(wrong.blob[5] ^ 1);
  Note spoiled = note;
  spoiled.signatures.push_back(wrong);
  CHECK_FALSE(verify(spoiled, known));
  wrong = b.sign(text);
  wrong.blob.pop_back();
  spoiled.signatures.back() = wrong;
  CHECK_FALSE(verify(spoiled, known));
  // A witness's blob needs its time before the signature.
  const Signer witness("w.example", seed_b, KeyKind::witness);
  spoiled.signatures.back() = witness.cosign(text, 5);
  spoiled.signatures.back().blob[0] = 1;
  CHECK_FALSE(verify(spoiled, {&witness.verifier(), 1}));
  spoiled.signatures.back().blob = "short";
  CHECK_FALSE(verify(spoiled, {&witness.verifier(), 1}));
}

TEST_CASE("malformed notes are refused") {
  const Signer signer("a.example", seed_a);
  const std::string good = Note{std::string(text), {signer.sign(text)}}.serialise();
  REQUIRE(Note::parse(good));
  const auto refused = [](const std::string& bytes) { return !Note::parse(bytes).has_value(); };
  const auto changed = [&](std::string_view from, std::string_view to) {
    std::string bytes = good;
    bytes.replace(bytes.find(from), from.size(), to);
    return bytes;
  };
  CHECK(refused(""));
  CHECK(refused("\n"));
  CHECK(refused("\n\n"));
  CHECK(refused(std::string(text)));
  CHECK(refused(std::string(text) + "\n"));         // no signature
  CHECK(refused(good.substr(0, good.size() - 1)));  // no last line feed
  CHECK(refused(good + "\n"));                      // an empty line after them
  CHECK(refused(changed("\n0\n", "\r\n0\r\n")));
  CHECK(refused(changed("\n0\n", "\n\t0\n")));
  CHECK(refused(changed("nguon", "ngu\xC3n")));  // not UTF-8
  CHECK(refused(changed("— ", "- ")));
  CHECK(refused(changed("— ", "—  ")));
  CHECK(refused(changed("=\n", "\n")));  // base64 without its padding
  CHECK(refused(changed("— a.example ", "— a+example ")));
  CHECK(refused(changed("— a.example ", "— a\u00A0example ")));
  CHECK(refused(changed("— a.example ", "— ")));
  CHECK(refused("t\n\n— a.example AAAA\n"));  // no room for a key id and more
  // The text ends at the last empty line: it may hold empty lines itself.
  const std::string two_parts = "a\n\nb\n";
  const auto parsed = Note::parse(Note{two_parts, {signer.sign(two_parts)}}.serialise());
  REQUIRE(parsed);
  CHECK(parsed->text == two_parts);
  Note many{std::string(text), std::vector(note_signatures_max + 1, signer.sign(text))};
  CHECK(refused(many.serialise()));
  many.signatures.pop_back();
  CHECK_FALSE(refused(many.serialise()));
}

TEST_CASE("malformed checkpoints are refused") {
  const std::string root = to_base64(Hash{});
  CHECK(Checkpoint::parse("o\n0\n" + root + "\n"));
  CHECK(Checkpoint::parse("o\n9223372036854775807\n" + root + "\n"));
  for (const char* size : {"", "01", "00", "-1", "+1", " 1", "1 ", "1a", "9223372036854775808",
                           "18446744073709551616"}) {
    CAPTURE(size);
    CHECK_FALSE(Checkpoint::parse("o\n" + std::string(size) + "\n" + root + "\n"));
  }
  CHECK_FALSE(Checkpoint::parse(""));
  CHECK_FALSE(Checkpoint::parse("o\n1\n"));
  CHECK_FALSE(Checkpoint::parse("o\n1\n" + root));
  CHECK_FALSE(Checkpoint::parse("\n1\n" + root + "\n"));
  CHECK_FALSE(Checkpoint::parse("o o\n1\n" + root + "\n"));
  CHECK_FALSE(Checkpoint::parse("o\n1\n" + root + "\nextension\n"));
  CHECK_FALSE(Checkpoint::parse("o\n1\n" + root.substr(0, 43) + "\n"));
  CHECK_FALSE(Checkpoint::parse("o\n1\n" + to_base64(as_bytes(std::string(31, 'x'))) + "\n"));
  CHECK_FALSE(Checkpoint::parse("o\n1\n" + to_base64(as_bytes(std::string(33, 'x'))) + "\n"));
  // The last letter holds two bits that mean nothing; they must be zero.
  std::string loose = root;
  loose[42] = 'B';
  CHECK_FALSE(Checkpoint::parse("o\n1\n" + loose + "\n"));
}

TEST_CASE("a checkpoint is opened only by the log whose name it bears") {
  const Signer log("a.example", seed_a);
  const auto note = [&](std::string_view origin) {
    const std::string body = Checkpoint{std::string(origin), 3, Hash{}}.text();
    return Note{body, {log.sign(body)}}.serialise();
  };
  CHECK(open_checkpoint(note("a.example"), log.verifier()));
  CHECK_FALSE(open_checkpoint(note("b.example"), log.verifier()));
  CHECK_FALSE(open_checkpoint("nonsense", log.verifier()));
}

TEST_CASE("keys have one text and their id must be right") {
  const std::string good = Signer("a.example", seed_a).verifier().text();
  REQUIRE(Verifier::parse(good));
  std::string other_id = good;
  other_id[10] = other_id[10] == '0' ? '1' : '0';
  CHECK_FALSE(Verifier::parse(other_id));
  std::string upper_id = good;
  std::transform(upper_id.begin() + 10, upper_id.begin() + 18, upper_id.begin() + 10,
                 [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
  CHECK((upper_id == good || !Verifier::parse(upper_id)));
  for (const char* text_of_key : {"", "a", "a+b", "a+b+c", "++", "a.example+00000000+AQ=="})
    CHECK_FALSE(Verifier::parse(text_of_key));
  const std::string secret = Signer("a.example", seed_a).text();
  CHECK(Signer::parse(secret));
  CHECK_FALSE(Signer::parse(good));
  CHECK_FALSE(Signer::parse(secret.substr(1)));
  CHECK_FALSE(is_key_name("a\u2003b"));
  CHECK(is_key_name("a\u2013b"));
}

TEST_CASE("malformed receipts are refused") {
  const Signer log("a.example", seed_a);
  const std::string body = Checkpoint{"a.example", 3, Hash{}}.text();
  Receipt receipt{"mở", 2, {Hash{}, Hash{}}, Note{body, {log.sign(body)}}.serialise()};
  const std::string good = receipt.text();
  REQUIRE(Receipt::parse(good) == receipt);
  const auto refused = [&](std::string_view from, std::string_view to) {
    std::string bytes = good;
    bytes.replace(bytes.find(from), from.size(), to);
    return !Receipt::parse(bytes).has_value();
  };
  CHECK(refused("@v1", "@v2"));
  CHECK(refused("extra b", "extra *"));
  CHECK(refused("extra ", "Extra "));
  CHECK(refused("index 2", "index 02"));
  CHECK(refused("index 2\n", ""));
  CHECK(refused("index 2\n", "index 2\r\n"));
  CHECK(refused("AAA=\n\n", "AAA=\n"));
  CHECK(refused("AAA=\n", "AAA\n"));
  CHECK(refused("\n— ", "\n- "));
  receipt.proof.assign(receipt_proof_max, Hash{});
  CHECK(Receipt::parse(receipt.text()));
  receipt.proof.push_back(Hash{});
  CHECK_FALSE(Receipt::parse(receipt.text()));
}

}  // namespace ln::merkle
