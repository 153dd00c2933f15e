#include "engine/campaigns/campaigns.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/random.h"
#include "engine/campaigns/campaigns_generate.h"
#include "engine/campaigns/campaigns_order.h"
#include "engine/campaigns/campaigns_words.h"
#include "engine/text/text.h"

namespace ln::campaigns {
namespace {

struct Held final : Texts {
  std::vector<std::string> all;
  std::string text_at(std::uint64_t place) const override { return all.at(place); }
};

void two_threads(std::size_t count, const std::function<void(std::size_t)>& work) {
  const auto every_second = [&](std::size_t first) {
    for (std::size_t i = first; i < count; i += 2) work(i);
  };
  std::jthread other(every_second, 1);
  every_second(0);
}

// What was found, in words that do not depend on the order of arrival.
std::string described(const Found& found, const Texts& texts) {
  std::string all;
  for (const Group& group : found.groups) {
    all += "group " + std::to_string(static_cast<int>(group.kind)) + " " +
           std::to_string(group.comments) + " " + std::to_string(group.texts) + " " +
           std::to_string(group.with_own_text) + " " + std::to_string(group.quoted_by) + " " +
           texts.text_at(found.texts[group.letter].place) + "\n";
    if (!group.merged) continue;
    all += "fitting " + std::to_string(group.merged->fitting) + "\n";
    for (const Slot& slot : group.merged->slots) {
      all += std::to_string(slot.repeats) + ":";
      for (const Option& option : slot.options)
        all += " [" + option.text + "] " + std::to_string(option.members);
      all += "\n";
    }
  }
  std::vector<std::string> lines;
  for (const std::uint32_t row : found.text_of) {
    const Distinct& text = found.texts[row];
    std::string line = std::to_string(text.group) + " " +
                       std::to_string(static_cast<int>(text.how)) + " " + texts.text_at(text.place);
    for (const Span& span : text.spans)
      line += " " + std::to_string(span.begin) + "-" + std::to_string(span.end);
    lines.push_back(std::move(line));
  }
  std::ranges::sort(lines);
  for (const std::string& line : lines) all += line + "\n";
  return all;
}

struct Run {
  Held held;
  Found found;

  explicit Run(std::vector<std::string> texts, Share share = one_by_one, std::uint64_t secret = 1) {
    held.all = std::move(texts);
    std::vector<Comment> batch;
    Finder finder(secret, std::move(share));
    for (std::size_t i = 0; i < held.all.size(); ++i) {
      batch.push_back({std::to_string(i), held.all[i], i});
      if (batch.size() < 1000) continue;
      finder.take(batch);
      batch.clear();
    }
    finder.take(batch);
    found = finder.find(held);
  }
  const Distinct& of(std::size_t comment) const { return found.texts[found.text_of[comment]]; }
  std::string described() const { return campaigns::described(found, held); }
  // The spans of a comment, as they are written.
  std::vector<std::string> spans(std::size_t comment) const {
    std::vector<std::string> all;
    for (const Span& span : of(comment).spans)
      all.push_back(held.all[comment].substr(span.begin, span.end - span.begin));
    return all;
  }
};

const Material& material() {
  static const Material all = built_in_material();
  return all;
}

std::vector<std::string> texts_of(const std::vector<Made>& made) {
  std::vector<std::string> texts;
  for (const Made& each : made) texts.push_back(each.text);
  return texts;
}

const std::string letter =
    "Tôi không đồng ý với quy định cấm bán hàng rong trên toàn bộ địa bàn phường. Gánh hàng của mẹ "
    "tôi đã nuôi ba chị em ăn học. Thay vì cấm, xin kẻ vạch và cho bán theo giờ.";

}  // namespace

TEST_CASE("both mail-merge families are found whole and nobody else is drawn in") {
  const auto made =
      generated(material(), {.seed = 7, .of_each_template = 500, .of_each_letter = 40});
  const Run run(texts_of(made));
  const auto scores = scores_of(made, run.found);
  const auto score = [&](Edit edit) { return scores[static_cast<std::size_t>(edit)]; };
  CHECK(score(Edit::merged).comments == 1000);
  CHECK(score(Edit::merged).recall >= 0.99);
  CHECK(score(Edit::merged).precision >= 0.999);
  CHECK(false_links(made, run.found) <= 0.001);
  for (const Edit edit :
       {Edit::none, Edit::greeting, Edit::words, Edit::dropped, Edit::paragraph, Edit::reordered}) {
    CAPTURE(static_cast<int>(edit));
    CHECK(score(edit).recall >= 0.95);
    CHECK(score(edit).precision >= 0.999);
  }
  CHECK(own_text_found(made, run.found) >= 0.95);
  std::size_t quotes = 0;
  for (std::size_t c = 0; c < made.size(); ++c)
    quotes += made[c].edit == Edit::quote && run.of(c).how == How::quote ? 1 : 0;
  CHECK(quotes >= 38);  // of 40
}

TEST_CASE("the template that is printed gives the texts word for word") {
  SeededRandom random(5);
  for (const Segments& segments : material().templates) {
    std::vector<std::string> texts;
    for (int i = 0; i < 400; ++i) texts.push_back(merged(segments, random));
    const Run run(texts);
    REQUIRE(run.found.groups.size() == 1);
    const Group& group = run.found.groups[0];
    CHECK(group.kind == Kind::merged);
    CHECK(group.comments == 400);
    REQUIRE(group.merged);
    CHECK(group.merged->comments == 400);
    CHECK(group.merged->fitting >= 360);
    CHECK(group.merged->open_slots() >= 25);
    CHECK(std::ranges::any_of(group.merged->slots, [&](const Slot& slot) {
      return slot.repeats < static_cast<std::size_t>(&slot - group.merged->slots.data());
    }));
    for (const Slot& slot : group.merged->slots) {
      std::uint64_t taken = 0;
      for (const Option& option : slot.options) taken += option.members;
      CHECK(taken == group.merged->fitting);
    }
  }
}

TEST_CASE("the order of the comments, the threads and the secret change nothing") {
  auto made = texts_of(generated(material(), {.seed = 11,
                                              .of_each_template = 60,
                                              .of_each_letter = 6,
                                              .quotes = 10,
                                              .with_organic = false}));
  const std::string first = Run(made).described();
  SeededRandom random(3);
  for (std::size_t i = made.size(); i > 1; --i) std::swap(made[i - 1], made[random.below(i)]);
  CHECK(Run(made).described() == first);
  CHECK(Run(made, two_threads).described() == first);
  CHECK(Run(made, one_by_one, 99).described() == first);
}

TEST_CASE("case, spaces, punctuation and the form of the marks make no other text") {
  const Run run({"Tôi phản đối quy định này!", "TÔI PHẢN ĐỐI   quy định này",
                 "to\xCC\x82i phản đối quy định này.", "toi phan doi quy dinh nay",
                 "Tôi phân đôi quy định này"});
  REQUIRE(run.found.groups.size() == 1);
  CHECK(run.found.groups[0].kind == Kind::exact);
  CHECK(run.found.groups[0].comments == 4);
  CHECK(run.of(3).how == How::copy);   // typed without marks
  CHECK(run.of(4).how == How::alone);  // other marks, other words
}

TEST_CASE("a text without marks goes with the marked text that most people wrote") {
  const Run run({"bán nhà", "bạn nhà", "bạn nhà", "ban nha"});
  REQUIRE(run.found.groups.size() == 1);
  CHECK(run.found.groups[0].comments == 3);
  CHECK(run.of(3).group == 0);
  CHECK(run.of(0).how == How::alone);
}

TEST_CASE("empty texts, single words and ten thousand copies") {
  std::vector<std::string> texts(10'000, letter);
  texts.insert(texts.end(), {"", "", "  ", "!!!", "!!!", "Phản", "phản.", "\xFF\xFE"});
  const Run run(texts);
  REQUIRE(run.found.groups.size() == 3);
  CHECK(run.found.groups[0].comments == 10'000);
  CHECK(run.found.groups[0].texts == 1);
  CHECK(run.of(10'000).how == How::alone);  // an empty text is nobody's copy
  CHECK(run.of(10'002).how == How::alone);
  CHECK(run.of(10'003).how == How::copy);
  CHECK(run.of(10'005).how == How::copy);
  CHECK(run.of(10'007).how == How::alone);
}

TEST_CASE("a very long text is compared by its beginning and costs no more than that") {
  std::string length;
  for (int i = 0; i < 200'000; ++i) length += "chữ" + std::to_string(i % 5000) + " ";
  const Run run({length, length + "hết", letter, letter});
  CHECK(run.found.groups.size() == 2);
  CHECK(run.of(0).group == run.of(1).group);
  CHECK(words_of(length).size() == words_max);
}

TEST_CASE("what somebody adds to a letter is shown and not overlooked") {
  const std::string own = "Nhà tôi ở số 12, vỉa hè chỉ rộng tám mươi phân, xe lăn không qua được.";
  const Run run({letter, letter, letter, letter + "\n\n" + own, own + " " + letter});
  REQUIRE(run.found.groups.size() == 1);
  CHECK(run.found.groups[0].kind == Kind::edited);
  CHECK(run.found.groups[0].with_own_text == 2);
  for (const std::size_t comment : {3u, 4u}) {
    CHECK(run.of(comment).how == How::edited);
    REQUIRE(run.spans(comment).size() == 1);
    CHECK(run.spans(comment)[0] == own.substr(0, own.size() - 1));  // without the last stop
  }
  CHECK(run.spans(0).empty());
}

TEST_CASE("who quotes a letter to object to it has not signed it") {
  const std::string quoted = letter.substr(0, letter.find(". Gánh"));
  const std::string critical =
      "Nhóm nào đó gửi hàng loạt thư viết rằng “" + quoted +
      "”. Tôi thì thấy vỉa hè phải dành cho người đi bộ, nhất là trẻ em và người già.";
  const std::string whole =
      "Tôi nhận được lá thư này qua mạng và không ký: “" + letter +
      "” Người viết chưa từng đẩy xe lăn qua đoạn phố ấy bao giờ nên mới nói vậy.";
  const Run run({letter, letter, letter, critical, whole});
  REQUIRE(run.found.groups.size() == 1);
  CHECK(run.found.groups[0].comments == 3);
  CHECK(run.found.groups[0].quoted_by == 2);
  for (const std::size_t comment : {3u, 4u}) {
    CHECK(run.of(comment).how == How::quote);
    CHECK(run.of(comment).group == 0);
    REQUIRE(run.spans(comment).size() == 1);
    CHECK(run.spans(comment)[0].starts_with("Tôi không đồng ý với quy định"));
  }
}

TEST_CASE("different letters about one subject are no family") {
  const Run run(material().letters);
  CHECK(run.found.groups.empty());
}

TEST_CASE("the common subsequence is the one that a table of all lengths finds") {
  SeededRandom random(9);
  for (int turn = 0; turn < 200; ++turn) {
    std::vector<Hash> a(random.below(150)), b(random.below(150));
    for (Hash& word : a) word = 1 + random.below(12);
    for (Hash& word : b) word = 1 + random.below(12);
    std::vector<std::vector<std::size_t>> table(a.size() + 1,
                                                std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i < a.size(); ++i)
      for (std::size_t k = 0; k < b.size(); ++k)
        table[i + 1][k + 1] =
            a[i] == b[k] ? table[i][k] + 1 : std::max(table[i][k + 1], table[i + 1][k]);
    const Pattern pattern(a);
    REQUIRE(pattern.common(b) == table[a.size()][b.size()]);
    std::size_t matched = 0;
    std::int64_t last = -1;
    const auto columns = pattern.aligned(b);
    for (std::size_t k = 0; k < b.size(); ++k) {
      if (columns[k] == Pattern::none) continue;
      REQUIRE(a[columns[k]] == b[k]);
      REQUIRE(static_cast<std::int64_t>(columns[k]) > last);
      last = columns[k];
      ++matched;
    }
    REQUIRE(matched == table[a.size()][b.size()]);
  }
}

TEST_CASE("words are those of the search key, and each knows where it stands") {
  for (const std::string text : {"Đường  HỎNG! 1207/QĐ-UBND",
                                 "to\xCC\x82i\xC2\xA0"
                                 "đây",
                                 "ﬁne \xFF x"}) {
    std::string key;
    const Words words = words_of(text);
    std::vector<Hash> from_key = words_of(text::fold(text)).hashes;
    CHECK(words.hashes == from_key);
    for (std::size_t i = 0; i < words.size(); ++i)
      CHECK(words_of(text.substr(words.begins[i], words.ends[i] - words.begins[i])).hashes ==
            std::vector{words.hashes[i]});
  }
}

}  // namespace ln::campaigns
