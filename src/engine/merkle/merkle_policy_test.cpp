#include "engine/merkle/merkle_policy.h"

#include <doctest/doctest.h>

#include "base/text.h"

namespace ln::merkle {
namespace {

const Signer log_key("so-cai.example/a", Seed{1}), other_log("so-cai.example/b", Seed{2});
const Signer front("mttq.example", Seed{3}, KeyKind::witness);
const Signer paper("baochi.example", Seed{4}, KeyKind::witness);
const Signer abroad("abroad.example", Seed{5}, KeyKind::witness);

std::string key(const Signer& signer) { return signer.verifier().text(); }

// log a; one of two at home and one abroad.
std::string two_groups() {
  return "# Ai được tin\n\n log " + key(log_key) + "\thttps://a.example/ledger \nwitness mttq " +
         key(front) + "\nwitness bao " + key(paper) + " https://bao.example\nwitness w1 " +
         key(abroad) + "\ngroup trong-nuoc any mttq bao\ngroup tất-cả all trong-nuoc w1\n" +
         "quorum tất-cả\n";
}

std::string head(std::initializer_list<const Signer*> witnesses, const Signer& log = log_key) {
  Note note{Checkpoint{log.verifier().name, 5, Hash{7}}.text(), {}};
  note.signatures.push_back(log.sign(note.text));
  for (const Signer* each : witnesses)
    note.signatures.push_back(each->cosign(note.text, 1'800'000));
  return note.serialise();
}

std::size_t wrong_line(const std::string& text) {
  std::size_t line = 0;
  CHECK_FALSE(Policy::parse(text, &line));
  return line;
}

}  // namespace

TEST_CASE("a forged signature of a known key spoils a note that a good one stands in") {
  const auto policy = Policy::parse(two_groups());
  REQUIRE(policy);
  auto note = Note::parse(head({&front}));
  REQUIRE(note);
  CHECK(policy->judge(note->serialise()));
  auto forged = front.cosign(note->text, 1'800'001);
  forged.blob.back() = static_cast<char>(forged.blob.back() ^ 1);
  note->signatures.push_back(forged);
  CHECK_FALSE(policy->judge(note->serialise()));
}

TEST_CASE("a policy says whose signatures a head needs") {
  const auto policy = Policy::parse(two_groups());
  REQUIRE(policy);
  CHECK(policy->logs().size() == 1);
  CHECK(policy->logs()[0].url == "https://a.example/ledger");
  CHECK(policy->members().size() == 5);
  CHECK(policy->needs_witnesses());

  const auto quorum = [&](std::initializer_list<const Signer*> witnesses) {
    const auto verdict = policy->judge(head(witnesses));
    REQUIRE(verdict);
    CHECK(verdict->checkpoint.size == 5);
    CHECK(verdict->witnesses.size() == witnesses.size());
    return verdict->has_quorum;
  };
  CHECK_FALSE(quorum({}));
  CHECK_FALSE(quorum({&front}));
  CHECK_FALSE(quorum({&front, &paper}));
  CHECK_FALSE(quorum({&abroad}));
  CHECK(quorum({&abroad, &front}));
  CHECK(quorum({&paper, &abroad}));
  CHECK(quorum({&front, &paper, &abroad}));
  CHECK(policy->judge(head({&paper}))->witnesses[0] == Witnessed{"bao", 1'800'000});
}

TEST_CASE("a head counts only under a log of the policy, with no wrong signature of a known key") {
  const auto policy = Policy::parse(two_groups()).value();
  CHECK_FALSE(policy.judge(head({&front, &abroad}, other_log)));
  CHECK_FALSE(policy.judge("so-cai.example/a\n5\n"));
  // Signed by the known log, and named like another: its key counts for its own name alone.
  Note stolen{Checkpoint{"so-cai.example/b", 5, Hash{7}}.text(), {}};
  stolen.signatures.push_back(log_key.sign(stolen.text));
  CHECK_FALSE(policy.judge(stolen.serialise()));
  // A witness that signed something else spoils the head; an unknown one does not.
  Note note = Note::parse(head({&front, &abroad})).value();
  note.signatures.push_back(Signer("nobody.example", Seed{9}, KeyKind::witness).cosign("x\n", 1));
  CHECK(policy.judge(note.serialise())->has_quorum);
  note.signatures.push_back(paper.cosign("something else\n", 1));
  CHECK_FALSE(policy.judge(note.serialise()));
  // The same witness twice is one witness.
  const auto twice = Policy::parse("log " + key(log_key) + "\nwitness a " + key(front) +
                                   "\nwitness b " + key(paper) + "\ngroup g 2 a b\nquorum g\n")
                         .value();
  CHECK_FALSE(twice.judge(head({&front, &front}))->has_quorum);
  CHECK(twice.judge(head({&front, &paper}))->has_quorum);
  // Witnesses may be asked for alone, and a policy without a log believes no head.
  CHECK(Policy::parse("log " + key(log_key) + "\nwitness a " + key(front) + "\nquorum a\n")
            ->judge(head({&front}))
            ->has_quorum);
  CHECK_FALSE(Policy::parse("quorum none\n")->judge(head({})));
}

TEST_CASE("the policy of a log without witnesses is read and written alike") {
  const Policy policy = Policy::of(log_key.verifier(), "https://a.example/ledger");
  CHECK(policy.text() == "log " + key(log_key) + " https://a.example/ledger\nquorum none\n");
  CHECK(Policy::parse(policy.text())->text() == policy.text());
  CHECK_FALSE(policy.needs_witnesses());
  CHECK(policy.judge(head({}))->has_quorum);
  const std::string written = Policy::parse(two_groups())->text();
  CHECK(Policy::parse(written)->text() == written);
  const std::string some = "log " + key(log_key) + "\nwitness a " + key(front) + "\nwitness b " +
                           key(paper) + "\nwitness c " + key(abroad) +
                           "\ngroup g 2 a b c\nquorum g\n";
  CHECK(Policy::parse(some)->text() == some);
}

TEST_CASE("what the specification of policies forbids is refused, with the line") {
  const std::string log = "log " + key(log_key) + "\n", a = "witness a " + key(front) + "\n",
                    b = "witness b " + key(paper) + "\n", end = "quorum none\n";
  CHECK(wrong_line("") == 1);
  CHECK(wrong_line(log) == 2);                  // no quorum
  CHECK(wrong_line(log + end + end) == 3);      // two of them
  CHECK(wrong_line(log + "quorum none") == 2);  // a line not ended
  CHECK(wrong_line(log + "quorum\n") == 2);
  CHECK(wrong_line(log + "quorum a\n") == 2);                // not defined
  CHECK(wrong_line(log + "quorum a\n" + a) == 2);            // defined later
  CHECK(wrong_line(log + log + end) == 2);                   // one key twice
  CHECK(wrong_line("log " + key(front) + "\n" + end) == 1);  // not a log's key
  CHECK(wrong_line("witness a " + key(log_key) + "\n" + end) == 1);
  CHECK(wrong_line("log x+00000000+AAAA\n" + end) == 1);
  CHECK(wrong_line("log\n" + end) == 1);
  CHECK(wrong_line("log " + key(log_key) + " u v\n" + end) == 1);      // too many words
  CHECK(wrong_line(a + "witness a " + key(paper) + "\n" + end) == 2);  // one name twice
  CHECK(wrong_line(a + "witness b " + key(front) + "\n" + end) == 2);  // one key twice
  const Signer itself("mttq.example", Seed{1}, KeyKind::witness);      // the log's own seed
  CHECK(wrong_line(log + "witness a " + key(itself) + "\n" + end) == 2);
  CHECK(wrong_line("witness a " + key(itself) + "\n" + log + end) == 2);
  CHECK(wrong_line("witness none " + key(front) + "\n" + end) == 1);
  CHECK(wrong_line(a + "group g any\n" + end) == 2);  // nobody in it
  CHECK(wrong_line(a + "group g 2 a\n" + end) == 2);  // more than there are
  CHECK(wrong_line(a + "group g 0 a\n" + end) == 2);
  CHECK(wrong_line(a + "group g 01 a\n" + end) == 2);
  CHECK(wrong_line(a + "group g some a\n" + end) == 2);
  CHECK(wrong_line(a + "group a any a\n" + end) == 2);  // a name that is taken
  CHECK(wrong_line(a + "group g any g\n" + end) == 2);  // itself
  CHECK(wrong_line(a + "group g any none\n" + end) == 2);
  CHECK(wrong_line(a + b + "group g any a a\n" + end) == 3);                 // in it twice
  CHECK(wrong_line(a + b + "group g any a\ngroup h all a b\n" + end) == 4);  // in two groups
  CHECK(wrong_line("loq\n" + end) == 1);
  CHECK(wrong_line(log + "# a\rb\n" + end) == 2);  // a carriage return
  CHECK(wrong_line(log + std::string("# \0\n", 4) + end) == 2);
  CHECK(wrong_line(std::string(Policy::text_size_max + 1, '\n')) == 1);
}

}  // namespace ln::merkle
