#include "engine/campaigns/campaigns_generate.h"

#include <algorithm>
#include <set>
#include <span>
#include <stdexcept>

#include "base/embedded.h"
#include "engine/campaigns/campaigns_words.h"
#include "engine/text/text.h"

namespace ln::campaigns {
namespace {

bool says_the_same(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return a.size() > 2 && std::ranges::equal(
                             a, b, {}, [](const auto& x) { return text::fold(x); },
                             [](const auto& x) { return text::fold(x); });
}

std::string_view shipped(const std::string& path) {
  const auto bytes = embedded::find(path);
  if (!bytes) throw std::logic_error("the executable lacks " + path);
  return *bytes;
}

// The cells of one column of a CSV file, without the first row's.
std::vector<std::string> column_of(std::string_view csv, std::string_view name) {
  std::vector<std::string> cells, header, row(1);
  bool is_quoted = false;
  const auto end_row = [&] {
    if (header.empty())
      header = row;
    else if (row.size() == header.size())
      cells.push_back(
          row[static_cast<std::size_t>(std::ranges::find(header, name) - header.begin())]);
    row.assign(1, "");
  };
  for (std::size_t i = 0; i < csv.size(); ++i) {
    if (csv[i] == '"') {
      if (is_quoted && i + 1 < csv.size() && csv[i + 1] == '"')
        row.back() += csv[++i];
      else
        is_quoted = !is_quoted;
    } else if (!is_quoted && csv[i] == ',') {
      row.emplace_back();
    } else if (!is_quoted && csv[i] == '\n') {
      end_row();
      if (std::ranges::find(header, name) == header.end())
        throw std::logic_error("no column " + std::string(name));
    } else if (csv[i] != '\r') {
      row.back() += csv[i];
    }
  }
  if (row.size() > 1) end_row();
  return cells;
}

std::vector<std::string> sentences_of(std::string_view text) {
  std::vector<std::string> sentences(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    sentences.back() += text[i];
    if (text[i] != '.' || i + 2 >= text.size() || text[i + 1] != ' ') continue;
    ++i;
    sentences.emplace_back();
  }
  return sentences;
}

std::string joined_by_spaces(std::span<const std::string> parts) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : " ") + part;
  return all;
}

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text)
    if (c == ' ')
      words.emplace_back();
    else
      words.back() += c;
  return words;
}

const std::string& one_of(std::span<const std::string> all, Random& random) {
  return all[random.below(all.size())];
}

constexpr std::string_view vietnamese_greetings[] = {"Kính thưa các anh chị.", "Xin chào,",
                                                     "Gửi Ban soạn thảo,", "Thưa ông bà,",
                                                     "Kính gửi thành phố."};
constexpr std::string_view english_greetings[] = {"Dear Sir or Madam,", "Hello,",
                                                  "To the council:", "Good morning.",
                                                  "Dear members of the committee,"};
constexpr std::string_view names[] = {"Nguyễn Văn Bình", "Trần Thị Hoa",  "Lê Minh",
                                      "J. Carter",       "Anna Kowalska", "M. Osei",
                                      "Phạm Thu Trang"};

bool is_vietnamese(const Material& material, std::size_t letter) {
  return letter < material.letters.size() / 2;
}

std::string with_greeting(std::string text, bool vietnamese, Random& random) {
  const auto& greetings = vietnamese ? vietnamese_greetings : english_greetings;
  if (random.below(2) == 0)
    return std::string(greetings[random.below(std::size(greetings))]) + " " + text;
  return text + (vietnamese ? " Trân trọng, " : " Sincerely, ") +
         std::string(names[random.below(std::size(names))]);
}

std::string with_other_words(const std::string& text,
                             const std::vector<std::string>& others,
                             Random& random) {
  std::vector<std::string> words = words_in(text);
  for (std::size_t left = 1 + random.below(3); left > 0; --left)
    words[random.below(words.size())] = one_of(words_in(one_of(others, random)), random);
  return joined_by_spaces(words);
}

std::string with_typos(const std::string& text, Random& random) {
  std::vector<std::string> words = words_in(text);
  for (std::size_t left = 1 + words.size() / 100; left > 0; --left) {
    std::string& word = words[random.below(words.size())];
    word += "qxzj"[random.below(4)];
  }
  return joined_by_spaces(words);
}

void add_paragraph(Made& made, const std::string& own, Random& random) {
  if (random.below(2) == 0) {
    made.own = {0, static_cast<std::uint32_t>(own.size())};
    made.text = own + "\n\n" + made.text;
  } else {
    made.own.begin = static_cast<std::uint32_t>(made.text.size() + 2);
    made.text += "\n\n" + own;
    made.own.end = static_cast<std::uint32_t>(made.text.size());
  }
}

void drop_or_turn(Made& made, bool drops, Random& random) {
  std::vector<std::string> sentences = sentences_of(made.text);
  const std::size_t at = random.below(sentences.size() - 1);
  if (drops)
    sentences.erase(sentences.begin() + static_cast<long>(at));
  else
    std::swap(sentences[at], sentences[at + 1]);
  made.text = joined_by_spaces(sentences);
}

// At least a dozen words, so that there is something to find.
const std::string& own_words(const std::vector<std::string>& organic, Random& random) {
  for (;;) {
    const std::string& own = one_of(organic, random);
    if (std::ranges::count(own, ' ') >= 12) return own;
  }
}

// Quotation number `n`: nobody else uses the words around it.
Made quotation(const Material& material, std::size_t n, Random& random) {
  const std::size_t letter = n % material.letters.size();
  const std::vector<std::string> sentences = sentences_of(material.letters[letter]);
  const std::size_t at = 1 + random.below(sentences.size() - 2);
  const auto own = [&](std::size_t k) {
    return material.spare[(n * 3 + k) % material.spare.size()];
  };
  return {own(0) + " “" + sentences[at] + " " + sentences[at + 1] + "” " + own(1) + " " + own(2),
          static_cast<std::uint32_t>(letter + 2), Edit::quote};
}

// Six neighbouring words, each by its hash.
std::set<Hash> sixes_of(std::string_view text) {
  const Words words = words_of(text);
  std::set<Hash> all;
  for (std::size_t i = 6; i <= words.size(); ++i) {
    Hash six = 0;
    for (std::size_t k = i - 6; k < i; ++k) six = joined(six, words.hashes[k]);
    all.insert(six);
  }
  return all;
}

// Only what shares nothing with the others: real comments are copied too.
void set_aside(std::vector<std::string>& organic, std::vector<std::string>& spare) {
  std::vector<std::string> kept;
  std::set<Hash> known;
  for (std::size_t i = 0; i < organic.size(); ++i) {
    if (i % 8 == 0) continue;
    known.merge(sixes_of(organic[i]));
    kept.push_back(std::move(organic[i]));
  }
  for (std::size_t i = 0; i < organic.size(); i += 8) {
    const std::set<Hash> own = sixes_of(organic[i]);
    if (std::ranges::none_of(own, [&](Hash six) { return known.contains(six); }))
      spare.push_back(std::move(organic[i]));
  }
  organic = std::move(kept);
}

}  // namespace

Segments segments_of(std::string_view json) {
  Segments made;
  int depth = 0;
  bool is_inside = false;
  for (const char c : json) {
    if (is_inside) {
      if (c == '\\') throw std::logic_error("segments: escapes are not read");
      if (c == '"')
        is_inside = false;
      else
        made.options.back().back() += c;
    } else if (c == '"' && depth == 2) {
      is_inside = true;
      made.options.back().emplace_back();
    } else if (c == '[') {
      if (++depth == 2) made.options.emplace_back();
    } else if (c == ']') {
      --depth;
    }
  }
  if (depth != 0 || made.options.empty()) throw std::logic_error("segments: no list of lists");
  for (std::size_t i = 0; i < made.options.size(); ++i) {
    made.copies.push_back(i);
    for (std::size_t k = i; k-- > 0;)
      if (says_the_same(made.options[k], made.options[i])) made.copies[i] = k;
  }
  return made;
}

std::string merged(const Segments& segments, Random& random) {
  std::vector<std::size_t> chosen;
  std::string text;
  for (std::size_t i = 0; i < segments.options.size(); ++i) {
    const std::size_t pick = random.below(segments.options[i].size());
    chosen.push_back(segments.copies[i] == i ? pick : chosen[segments.copies[i]]);
    text += segments.options[i][chosen[i]];
  }
  return text;
}

Material built_in_material() {
  Material material;
  material.templates = {segments_of(shipped("data/campaigns/mediabridge_segments.json")),
                        segments_of(shipped("data/campaigns/mail_merge_vi.json"))};
  material.letters = column_of(shipped("data/campaigns/form_letters.csv"), "text");
  material.organic = column_of(shipped("data/campaigns/decide_madrid_comments.csv"), "text");
  set_aside(material.organic, material.spare);
  const std::string_view sample = shipped("data/sample/feedback.csv");
  const std::vector<std::string> bodies = column_of(sample, "body"),
                                 languages = column_of(sample, "language");
  for (std::size_t i = 0; i < bodies.size(); ++i)
    if (languages[i] == "vi") material.vietnamese.push_back(bodies[i]);
  set_aside(material.vietnamese, material.spare_vietnamese);
  return material;
}

Made edited(const Material& material, std::size_t letter, Random& random) {
  const bool vietnamese = is_vietnamese(material, letter);
  const auto& organic = vietnamese ? material.spare_vietnamese : material.spare;
  Made made{material.letters[letter], static_cast<std::uint32_t>(letter + 2)};
  const std::uint64_t draw = random.below(100);
  if (draw < 60) {
    made.edit = Edit::none;
  } else if (draw < 80) {
    made.edit = Edit::greeting;
    made.text = with_greeting(made.text, vietnamese, random);
  } else if (draw < 88) {
    made.edit = Edit::words;
    made.text = with_other_words(made.text, organic, random);
  } else if (draw < 92) {
    made.edit = Edit::dropped;
    drop_or_turn(made, true, random);
  } else if (draw < 98) {
    made.edit = Edit::paragraph;
    add_paragraph(made, own_words(organic, random), random);
  } else {
    made.edit = Edit::reordered;
    drop_or_turn(made, false, random);
  }
  made.has_typos = random.below(100) == 0;
  if (made.has_typos && made.edit != Edit::paragraph) made.text = with_typos(made.text, random);
  made.is_bare = made.edit != Edit::paragraph && random.below(10) == 0;
  if (made.is_bare) made.text = text::fold(made.text);
  return made;
}

std::vector<Made> generated(const Material& material, const Plan& plan) {
  SeededRandom random(plan.seed);
  std::vector<Made> all;
  for (std::uint32_t t = 0; t < material.templates.size(); ++t)
    for (std::size_t i = 0; i < plan.of_each_template; ++i)
      all.push_back({merged(material.templates[t], random), t, Edit::merged});
  for (std::size_t letter = 0; letter < material.letters.size(); ++letter)
    for (std::size_t i = 0; i < plan.of_each_letter; ++i)
      all.push_back(edited(material, letter, random));
  for (std::size_t i = 0; i < plan.quotes; ++i) all.push_back(quotation(material, i, random));
  if (plan.with_organic) {
    for (const auto* organic : {&material.organic, &material.vietnamese})
      for (const std::string& text : *organic) all.push_back({text, no_group, Edit::organic});
  }
  for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[random.below(i)]);
  return all;
}

}  // namespace ln::campaigns
