#include "core/people/people_seal.h"

#include <doctest/doctest.h>
#include <sodium.h>

#include <string>

#include "base/text.h"
#include "core/people/people_actions.h"
#include "test/world.h"

namespace ln::people {
namespace {

constexpr std::string_view identity = "Trần Thị Mận, 0912 345 678";

struct Three {
  SeededRandom random{7};
  KeyPair a = make_key_pair(random), b = make_key_pair(random), c = make_key_pair(random);
  std::string sealed = seal(identity, {a.public_key, b.public_key, c.public_key}, random);
};

// What comes out when the holders work in this order: the text, or the last refusal.
std::string work(std::string file, std::initializer_list<const KeyPair*> holders) {
  std::string last = "still sealed";
  for (const KeyPair* holder : holders) {
    auto peeled = peel(file, *holder);
    if (!peeled.ok()) {
      last = peeled.error().text.name();
    } else if (peeled.value().text) {
      return *peeled.value().text;
    } else {
      file = peeled.value().sealed;
      last = "still sealed";
    }
  }
  return last;
}

}  // namespace

TEST_CASE("any two of the three holders open a sealed identity") {
  const Three three;
  const KeyPair *a = &three.a, *b = &three.b, *c = &three.c;
  CHECK(work(three.sealed, {a, b}) == identity);
  CHECK(work(three.sealed, {b, c}) == identity);
  CHECK(work(three.sealed, {c, a}) == identity);
  // In the other order the first works again at the end.
  CHECK(work(three.sealed, {b, a, b}) == identity);
  CHECK(work(three.sealed, {c, b, c}) == identity);
  CHECK(work(three.sealed, {a, c, a}) == identity);
}

TEST_CASE("one holder alone cannot, however often they try; nor can a stranger") {
  Three three;
  for (const KeyPair* one : {&three.a, &three.b, &three.c})
    CHECK(work(three.sealed, {one, one, one}) == "people.error.seal_other_key");
  const KeyPair stranger = make_key_pair(three.random);
  CHECK(work(three.sealed, {&stranger, &stranger}) == "people.error.seal_other_key");
  // Half open is still sealed for the one who half opened it.
  const auto half = peel(three.sealed, three.a);
  REQUIRE(half.ok());
  CHECK_FALSE(half.value().text.has_value());
  CHECK(half.value().next_keys.front() == fingerprint(three.b.public_key));
  CHECK(work(half.value().sealed, {&stranger}) == "people.error.seal_other_key");
}

TEST_CASE("the sealed file shows neither the text nor its exact length") {
  Three three;
  std::string all = three.sealed;
  for (std::size_t at = 0; (at = three.sealed.find(' ', at)) != std::string::npos; ++at) {
    const std::size_t end = three.sealed.find('\n', at);
    all += from_base64(three.sealed.substr(at + 1, end - at - 1)).value_or("");
  }
  CHECK(all.size() > three.sealed.size() + 900);
  for (const std::string_view secret : {"Trần", "Mận", "0912", "345"})
    CHECK(all.find(secret) == std::string::npos);
  const std::array keys{three.a.public_key, three.b.public_key, three.c.public_key};
  CHECK(seal("", keys, three.random).size() == three.sealed.size());
  CHECK(seal(std::string(255, 'x'), keys, three.random).size() == three.sealed.size());
  CHECK(seal(std::string(256, 'x'), keys, three.random).size() > three.sealed.size());
  CHECK(seal(identity, keys, three.random) != three.sealed);
}

TEST_CASE("what is sealed opens with the library's own function too") {
  const Three three;
  // The first line is for A, then B.
  const std::size_t from = three.sealed.find(' ', three.sealed.find('\n')) + 1;
  std::string box = *from_base64(three.sealed.substr(from, three.sealed.find('\n', from) - from));
  for (const KeyPair* key : {&three.a, &three.b}) {
    std::string inside(box.size() - crypto_box_SEALBYTES, '\0');
    REQUIRE(crypto_box_seal_open(reinterpret_cast<unsigned char*>(inside.data()),
                                 as_bytes(box).data(), box.size(), key->public_key.data(),
                                 key->secret_key.data()) == 0);
    box = inside;
  }
  CHECK(box.starts_with(identity));
}

TEST_CASE("a damaged or foreign file is refused, not misread") {
  const Three three;
  const auto refusal = [&](const std::string& file) {
    const auto peeled = peel(file, three.a);
    return peeled.ok() ? std::string_view("opened") : peeled.error().text.name();
  };
  std::string damaged = three.sealed;
  const std::size_t place = damaged.find(' ', damaged.find('\n')) + 100;
  damaged[place] = damaged[place] == 'A' ? 'B' : 'A';
  CHECK(refusal(damaged) == "people.error.seal_damaged");
  CHECK(refusal("") == "people.error.not_sealed");
  CHECK(refusal("langnghe sealed 1\n") == "people.error.not_sealed");
  CHECK(refusal("langnghe sealed 1\nzz AAAA\n") == "people.error.not_sealed");
  CHECK(refusal(three.sealed + "x\n") == "people.error.not_sealed");
  CHECK(refusal(std::string(100'000, 'x')) == "people.error.not_sealed");
}

TEST_CASE("a key file holds a key in the clear or under a passphrase") {
  Three three;
  const std::string clear = to_key_file(three.a, "", three.random);
  CHECK_FALSE(needs_passphrase(clear));
  CHECK(from_key_file(clear, "").value().secret_key == three.a.secret_key);

  const std::string locked = to_key_file(three.a, "gió mùa đông bắc", three.random);
  CHECK(needs_passphrase(locked));
  CHECK(locked.find(to_base64(three.a.secret_key)) == std::string::npos);
  CHECK(from_key_file(locked, "gió mùa đông bắc").value().secret_key == three.a.secret_key);
  CHECK(from_key_file(locked, "gió mùa").error().text.name() == "people.error.passphrase");
  CHECK_FALSE(from_key_file("", "").ok());
  CHECK_FALSE(from_key_file(clear.substr(0, clear.size() - 8), "").ok());
  // A file whose halves do not belong together would make identities nobody can open.
  const std::string mixed = to_key_file({three.b.public_key, three.a.secret_key}, "", three.random);
  CHECK_FALSE(from_key_file(mixed, "").ok());
}

TEST_CASE("sealing needs three holders with three keys; a new one takes the place of the old") {
  test::World world;
  Three three;
  const auto install = [&](char slot, const KeyPair& key, std::string name = "Người giữ") {
    const auto done = world.write([&](db::Write& write) {
      return install_holder(write, {slot, name, key.public_key}, world.now);
    });
    return done.ok() ? std::string_view("installed") : done.error().text.name();
  };
  const auto keys = [&] { return world.read([](db::Read& read) { return sealing_keys(read); }); };
  CHECK(install('A', three.a) == "installed");
  CHECK(install('B', three.b) == "installed");
  CHECK(keys().error().kind == ErrorKind::unavailable);
  CHECK(install('C', three.a) == "people.error.key_in_use");
  CHECK(install('D', three.c) == "people.error.slot");
  CHECK(install('C', three.c, "") == "people.error.name");
  CHECK(install('C', three.c) == "installed");
  CHECK(keys().value()[2] == three.c.public_key);
  const KeyPair next = make_key_pair(three.random);
  CHECK(install('A', next) == "installed");
  CHECK(keys().value()[0] == next.public_key);
}

}  // namespace ln::people
