#include "engine/merkle/merkle_policy.h"

#include <algorithm>

#include "base/text.h"

namespace ln::merkle {
namespace {

constexpr std::string_view white = " \t";

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (;;) {
    line.remove_prefix(std::min(line.find_first_not_of(white), line.size()));
    if (line.empty()) return words;
    words.push_back(line.substr(0, line.find_first_of(white)));
    line.remove_prefix(words.back().size());
  }
}

// Tab, and everything that is no control character. The line feeds are gone already.
bool is_allowed(std::string_view line) {
  return std::ranges::all_of(line, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
  });
}

}  // namespace

// Reads line after line into a policy. False: the line is wrong.
class Policy::Parser {
 public:
  bool take(std::string_view line) {
    if (!is_allowed(line)) return false;
    const auto words = words_of(line);
    if (words.empty() || words[0].starts_with('#')) return true;
    if (words[0] == "log") return log(words);
    if (words[0] == "witness") return witness(words);
    if (words[0] == "group") return group(words);
    return words[0] == "quorum" && quorum(words);
  }
  std::optional<Policy> done() && {
    if (!has_quorum_) return std::nullopt;
    return std::move(policy_);
  }

 private:
  using Words = std::vector<std::string_view>;

  bool log(const Words& words) {
    if (words.size() < 2 || words.size() > 3 || policy_.logs_.size() == logs_max) return false;
    const auto key = Verifier::parse(words[1]);
    if (!key || key->kind != KeyKind::log || is_used(key->key)) return false;
    policy_.logs_.push_back({*key, std::string(words.size() == 3 ? words[2] : "")});
    return true;
  }

  bool witness(const Words& words) {
    if (words.size() < 3 || words.size() > 4 || !is_free(words[1])) return false;
    const auto key = Verifier::parse(words[2]);
    if (!key || key->kind != KeyKind::witness || is_used(key->key)) return false;
    add({std::string(words[1]), key, std::string(words.size() == 4 ? words[3] : "")});
    return true;
  }

  bool group(const Words& words) {
    if (words.size() < 4 || !is_free(words[1])) return false;
    Member group{.name = std::string(words[1])};
    std::vector<bool> used = used_;
    for (std::size_t i = 3; i < words.size(); ++i) {
      const auto member = find(words[i]);
      if (!member || used[*member]) return false;
      used[*member] = true;
      group.of.push_back(*member);
    }
    const auto number = parse_number(words[2]);
    if (words[2] == "all") {
      group.needed = group.of.size();
    } else if (words[2] == "any") {
      group.needed = 1;
    } else if (number && *number >= 1 && static_cast<std::size_t>(*number) <= group.of.size()) {
      group.needed = static_cast<std::size_t>(*number);
    } else {
      return false;
    }
    used_ = std::move(used);
    add(std::move(group));
    return true;
  }

  bool quorum(const Words& words) {
    if (words.size() != 2 || has_quorum_) return false;
    has_quorum_ = true;
    if (words[1] == "none") return true;
    policy_.quorum_ = find(words[1]);
    return policy_.quorum_.has_value();
  }

  // One key under two names would count twice, and the log's own as a witness would count itself.
  bool is_used(const PublicKey& key) const {
    return std::ranges::any_of(policy_.logs_, [&](const Log& it) { return it.key.key == key; }) ||
           std::ranges::any_of(policy_.members_,
                               [&](const Member& it) { return it.key && it.key->key == key; });
  }

  void add(Member member) {
    policy_.members_.push_back(std::move(member));
    used_.push_back(false);
  }
  bool is_free(std::string_view name) const {
    return name != "none" && !find(name) && policy_.members_.size() < members_max;
  }
  std::optional<std::size_t> find(std::string_view name) const {
    const auto found = std::ranges::find(policy_.members_, name, &Member::name);
    if (found == policy_.members_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - policy_.members_.begin());
  }

  Policy policy_;
  std::vector<bool> used_;  // whether the member stands in a group
  bool has_quorum_ = false;
};

std::optional<Policy> Policy::parse(std::string_view text, std::size_t* wrong_line) {
  std::size_t number = 1;
  const auto wrong = [&] {
    if (wrong_line != nullptr) *wrong_line = number;
    return std::nullopt;
  };
  if (text.size() > text_size_max) return wrong();
  Parser parser;
  for (; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || !parser.take(text.substr(0, end))) return wrong();
    text.remove_prefix(end + 1);
  }
  auto policy = std::move(parser).done();
  if (!policy) return wrong();
  return policy;
}

Policy Policy::of(const Verifier& log, std::string url) {
  Policy policy;
  policy.logs_.push_back({log, std::move(url)});
  return policy;
}

std::string Policy::text() const {
  std::string text;
  const auto end_line = [&](const std::string& url) {
    text += url.empty() ? "\n" : " " + url + "\n";
  };
  for (const Log& log : logs_) {
    text += "log " + log.key.text();
    end_line(log.url);
  }
  for (const Member& member : members_) {
    text += (member.key ? "witness " : "group ") + member.name + " ";
    if (member.key) {
      text += member.key->text();
      end_line(member.url);
      continue;
    }
    text += member.needed == member.of.size() ? "all"
            : member.needed == 1              ? "any"
                                              : std::to_string(member.needed);
    for (const std::size_t part : member.of) text += " " + members_[part].name;
    text += "\n";
  }
  return text + "quorum " + (quorum_ ? members_[*quorum_].name : "none") + "\n";
}

bool Policy::is_met(std::size_t member, const std::vector<bool>& seen) const {
  // Every member stands in one group at most, so the groups are a tree and each is asked once.
  const Member& it = members_[member];
  if (it.key) return seen[member];
  const auto met =
      std::ranges::count_if(it.of, [&](std::size_t part) { return is_met(part, seen); });
  return static_cast<std::size_t>(met) >= it.needed;
}

std::optional<Verdict> Policy::judge(std::string_view bytes) const {
  const auto note = Note::parse(bytes);
  auto checkpoint = note ? Checkpoint::parse(note->text) : std::nullopt;
  if (!checkpoint) return std::nullopt;
  std::vector<Verifier> known;
  for (const Log& log : logs_)
    if (log.key.name == checkpoint->origin) known.push_back(log.key);
  const std::size_t log_count = known.size();
  std::vector<std::size_t> witness_at;
  for (std::size_t i = 0; i < members_.size(); ++i) {
    if (!members_[i].key) continue;
    known.push_back(*members_[i].key);
    witness_at.push_back(i);
  }
  const auto good = verify(*note, known);
  if (!good) return std::nullopt;
  Verdict verdict{.checkpoint = *std::move(checkpoint)};
  bool is_signed = false;
  std::vector<bool> seen(members_.size());
  for (const Signed& each : *good) {
    const auto which = static_cast<std::size_t>(each.by - known.data());
    if (which < log_count) {
      is_signed = true;
      continue;
    }
    const std::size_t member = witness_at[which - log_count];
    if (seen[member]) continue;
    seen[member] = true;
    verdict.witnesses.push_back({members_[member].name, each.time});
  }
  if (!is_signed) return std::nullopt;
  verdict.has_quorum = !quorum_ || is_met(*quorum_, seen);
  return verdict;
}

}  // namespace ln::merkle
