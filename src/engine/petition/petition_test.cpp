#include "engine/petition/petition.h"

#include <doctest/doctest.h>

#include <fstream>
#include <string>
#include <vector>

#include "base/embedded.h"
#include "base/text.h"

namespace ln::petition {
namespace {

constexpr Day today{std::chrono::year(2026) / std::chrono::November / 23};

const Lexicon& ours() {
  static const Lexicon lexicon = Lexicon::read(embedded::find("data/guard/words.csv").value_or(""));
  return lexicon;
}

struct Labelled {
  std::string label, text;
};

// `label,text`; the text may stand in quotes.
std::vector<Labelled> corpus(const std::string& name) {
  std::ifstream in("test/fixtures/guard/" + name);
  REQUIRE(in.good());
  std::vector<Labelled> out;
  for (std::string line; std::getline(in, line);) {
    const std::size_t comma = line.find(',');
    REQUIRE(comma != std::string::npos);
    std::string text = line.substr(comma + 1);
    if (text.starts_with('"') && text.ends_with('"')) text = text.substr(1, text.size() - 2);
    out.push_back({line.substr(0, comma), text});
  }
  return out;
}

struct Score {
  int asked_rightly = 0, asked_wrongly = 0, missed = 0, other_sort = 0;
  double precision() const {
    return static_cast<double>(asked_rightly) / (asked_rightly + asked_wrongly);
  }
  double recall() const { return static_cast<double>(asked_rightly) / (asked_rightly + missed); }
};

// Right is to ask; which of the two it is the person says.
Score score_of(const std::string& name) {
  Score score;
  for (const Labelled& each : corpus(name)) {
    const auto found = ours().weigh(each.text, today);
    const bool is_petition = each.label != "feedback";
    if (found && is_petition) {
      ++score.asked_rightly;
      if (to_text(found->sort) != each.label) ++score.other_sort;
    } else if (found) {
      ++score.asked_wrongly;
      MESSAGE(name << " asked of: " << each.text);
    } else if (is_petition) {
      ++score.missed;
      MESSAGE(name << " missed: " << each.text);
    }
  }
  return score;
}

TEST_CASE("words of a complaint or denunciation are recognised, with and without diacritics") {
  CHECK(ours().bad_lines().empty());
  CHECK(ours().size() >= 80);
  const auto complaint = ours().weigh("Tôi KHIẾU NẠI quyết định xử phạt số 12.", today);
  REQUIRE(complaint);
  CHECK(complaint->sort == Sort::complaint);
  CHECK(complaint->phrases == std::vector<std::string>{"khiếu nại", "quyết định xử phạt"});
  const auto plain = ours().weigh("toi to cao can bo nhan hoi lo", today);
  REQUIRE(plain);
  CHECK(plain->sort == Sort::denunciation);
  CHECK(ours().weigh("I denounce him", today)->sort == Sort::denunciation);
  // Who types diacritics is read with them; a piece of a syllable is none.
  CHECK_FALSE(ours().weigh("Tờ cáo phó dán ở cột điện, chưa gỡ.", today));
  CHECK_FALSE(ours().weigh("to caophong", today));
  // Both tones' places are one spelling, and what is taken away is taken away.
  CHECK(ours().weigh("Đề nghị huỷ bỏ quyết định.", today));
  CHECK_FALSE(ours().weigh("Đây không phải khiếu nại.", today));
  // A list knows its days.
  CHECK_FALSE(ours().weigh("Tôi tố cáo ông ấy", Day{std::chrono::days(1)}));
}

TEST_CASE("rows that are no rows are named, and the others are kept") {
  const Lexicon read = Lexicon::read(
      "sort,language,weight,since,phrase\n"
      "complaint,vi,9,2026-07-01,a b\n"
      "complaint,vi,0,2026-07-01,c\n"
      "praise,vi,9,2026-07-01,d\n"
      "complaint,fr,9,2026-07-01,e\n"
      "complaint,vi,9,2026-02-30,f\n"
      "complaint,vi,9,2026-07-01,\n"
      "complaint,vi,9,2026-07-01,...\n");
  CHECK(read.size() == 1);
  CHECK(read.bad_lines() == std::vector<std::size_t>{3, 4, 5, 6, 7, 8});
  CHECK(read.weigh("x A, b y", today));
}

// The list was written from the one half, and never looked at the other.
TEST_CASE("how often a form asks rightly, on texts the list was not written from") {
  const Score written = score_of("written_from.csv");
  CHECK(written.asked_wrongly == 0);
  CHECK(written.missed == 0);
  const Score held = score_of("held_back.csv");
  MESSAGE("held back: precision " << held.precision() << ", recall " << held.recall() << " ("
                                  << held.asked_rightly << " right, " << held.asked_wrongly
                                  << " wrong, " << held.missed << " missed, " << held.other_sort
                                  << " as the other sort)");
  CHECK(held.precision() >= 0.8);
  CHECK(held.recall() >= 0.6);
}

}  // namespace
}  // namespace ln::petition
