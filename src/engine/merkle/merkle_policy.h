// Whom to believe (C2SP tlog-policy): the logs, the witnesses, and which of them must have seen a
// head before it counts.
//
//   log <vkey> [<url>]
//   witness <name> <vkey> [<url>]
//   group <name> all|any|<k> <member>…
//   quorum <name>|none
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/merkle/merkle_checkpoint.h"

namespace ln::merkle {

// A cosignature that counts: by whom, and when they saw the head (Unix seconds).
struct Witnessed {
  std::string name;  // in the policy, not on the key
  std::uint64_t time = 0;
  friend bool operator==(const Witnessed&, const Witnessed&) = default;
};

// What a policy says of a head.
struct Verdict {
  Checkpoint checkpoint;
  std::vector<Witnessed> witnesses{};  // in the order of the note
  bool has_quorum = false;
};

class Policy {
 public:
  struct Log {
    Verifier key;  // its name is the log's origin
    std::string url;
  };
  // A witness, or a group of what stands above it.
  struct Member {
    std::string name;
    std::optional<Verifier> key{};  // set for a witness
    std::string url{};              // of a witness
    std::vector<std::size_t> of{};  // of a group: positions in members()
    std::size_t needed = 0;         // of a group: how many of them
  };

  static constexpr std::size_t text_size_max = 64 * 1024;
  static constexpr std::size_t logs_max = 64, members_max = 256;

  // Null for what the specification forbids and for more than the limits above; then `wrong_line`,
  // when given, is the number of the line that is wrong, from 1 (after the last one when the quorum
  // is missing).
  static std::optional<Policy> parse(std::string_view text, std::size_t* wrong_line = nullptr);

  // The policy of one log without witnesses: "quorum none".
  static Policy of(const Verifier& log, std::string url);
  // The policy as a file, without comments.
  std::string text() const;

  const std::vector<Log>& logs() const { return logs_; }
  const std::vector<Member>& members() const { return members_; }
  bool needs_witnesses() const { return quorum_.has_value(); }

  // What this policy says of a signed head. Null when the note is malformed, signed by none of the
  // logs whose name it bears, or spoiled by a wrong signature of a key that is known here. A head
  // without enough witnesses is judged too, with has_quorum false.
  std::optional<Verdict> judge(std::string_view note) const;

 private:
  class Parser;
  bool is_met(std::size_t member, const std::vector<bool>& seen) const;

  std::vector<Log> logs_;
  std::vector<Member> members_;        // each after the ones it names
  std::optional<std::size_t> quorum_;  // null: none
};

}  // namespace ln::merkle
