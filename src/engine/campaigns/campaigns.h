// Which comments are copies of each other: the same text, the same letter with edits, or one
// mail-merge template with other words in its slots. Nothing is ever dropped: each comment is told
// which group it belongs to and what of its text is its own.
//
// Three tiers. (1) The same text: the same words after Unicode NFC, case, spaces and punctuation
// are taken away (text::marked). A text without any marks is the same as the marked text that it
// would be without them (text::fold); when several marked texts would be, as the one with most
// comments. Two texts that both have marks and differ in them are not the same here; the second
// tier joins them. A text without words is the same as its very bytes; an empty one is alone.
// (2) An edited letter: the sketches of three-word shingles (campaigns_sketch.h) name candidates;
// each text joins the better-known text that it agrees with most, and only when at least half of
// the shingles of the shorter one are common. Groups are stars around that text, never chains.
// (3) A template: campaigns_merged.h.
//
// Results depend on the comments alone: not on their order, not on the number of threads, not on
// `secret`. Texts are not held: the caller gives one again when its place is named.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ln::campaigns {

struct Comment {
  std::string id;
  std::string text;
  std::uint64_t place = 0;  // by which Texts finds this text again
};

class Texts {
 public:
  virtual ~Texts() = default;
  // The text that came with `place`. Called by several threads at a time.
  virtual std::string text_at(std::uint64_t place) const = 0;
};

// Calls work(0) … work(count - 1), in any order, perhaps at the same time; returns after the last.
using Share = std::function<void(std::size_t count, const std::function<void(std::size_t)>& work)>;
void one_by_one(std::size_t count, const std::function<void(std::size_t)>& work);

enum class Kind : std::uint8_t { exact, edited, merged };
enum class How : std::uint8_t {
  alone,
  copy,    // the text of the group's letter
  edited,  // the letter with changes
  merged,  // made from the template
  quote,   // a text of its own that quotes the letter; no member of the group
};

// A piece of a text, in bytes.
struct Span {
  std::uint32_t begin = 0, end = 0;
  bool operator==(const Span&) const = default;
};

inline constexpr std::uint32_t no_group = 0xFFFFFFFF;

// All comments with the same bytes.
struct Distinct {
  std::uint64_t place = 0;
  std::uint64_t comments = 0;
  std::uint32_t group = no_group;
  How how = How::alone;
  // Of a member: what stands neither in the letter nor in the template. Of a quote: what is quoted.
  std::vector<Span> spans;
};

struct Option {
  std::string text;  // as most members write it; empty when the slot may be left empty
  std::vector<std::uint64_t> words;
  std::uint64_t members = 0;
};

struct Slot {
  std::vector<Option> options;  // the commonest first
  // An earlier slot whose choice this one always repeats; its own number when there is none.
  std::size_t repeats = 0;
  bool is_fixed() const { return options.size() == 1; }
};

struct Template {
  std::vector<Slot> slots;
  std::uint64_t fitting = 0;   // comments that it gives word for word, …
  std::uint64_t comments = 0;  // … of so many

  std::size_t open_slots() const;  // with more than one option
};

struct Group {
  Kind kind = Kind::exact;
  std::uint64_t comments = 0;
  std::uint64_t texts = 0;           // different ones
  std::uint64_t with_own_text = 0;   // comments with spans
  std::uint64_t quoted_by = 0;       // comments that quote it; no members
  std::uint32_t letter = 0;          // the distinct text with most comments
  std::unique_ptr<Template> merged;  // of Kind::merged
};

struct Found {
  std::vector<Distinct> texts;
  std::vector<Group> groups;           // of at least two comments, the largest first
  std::vector<std::uint32_t> text_of;  // for each comment, in the order of arrival
  std::uint64_t comments = 0;
};

enum class Stage : std::uint8_t { reading, letters, templates, own_text };
using Progress = std::function<void(Stage stage, double share)>;

class Finder {
 public:
  // `secret`: see campaigns_words.h; draw it anew for comments of strangers.
  explicit Finder(std::uint64_t secret, Share share = one_by_one);
  ~Finder();
  Finder(const Finder&) = delete;
  Finder& operator=(const Finder&) = delete;

  // At most 4,294,967,294 different texts in all.
  void take(const std::vector<Comment>& batch);
  // Once, after all were taken.
  Found find(const Texts& texts, const Progress& progress = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ln::campaigns
