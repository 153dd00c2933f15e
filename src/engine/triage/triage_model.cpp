#include "engine/triage/triage_model.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <numeric>

#include "base/check.h"

namespace ln::triage {
namespace {

constexpr std::string_view magic = "lntriag1";
constexpr std::size_t log_count = 64;

const std::array<float, log_count>& log_table() {
  static const std::array<float, log_count> table = [] {
    std::array<float, log_count> made{};
    for (std::size_t n = 1; n < log_count; ++n)
      made[n] = 1.0F + static_cast<float>(std::log(static_cast<double>(n)));
    return made;
  }();
  return table;
}

// Little-endian numbers one after the other.
struct Writer {
  std::string out{};
  void number(std::uint32_t value) {
    for (unsigned shift = 0; shift < 32; shift += 8)
      out += static_cast<char>(static_cast<unsigned char>(value >> shift));
  }
  void real(float value) { number(std::bit_cast<std::uint32_t>(value)); }
};

struct Reader {
  std::string_view rest;
  bool fine = true;

  std::string_view take(std::size_t size) {
    if (rest.size() < size) fine = false;
    const std::string_view taken = rest.substr(0, fine ? size : 0);
    rest.remove_prefix(taken.size());
    return taken;
  }
  std::uint32_t number() {
    const std::string_view bytes = take(4);
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
      value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    return value;
  }
  // Anything that is no plain number spoils the whole.
  float real(float least, float most) {
    const float value = std::bit_cast<float>(number());
    if (!(value >= least && value <= most)) fine = false;
    return fine ? value : 0;
  }
};

constexpr float real_max = 1e6F;

// The label must be known and the rows as many as there are bits.
bool read_rows(Reader& reader, Model::Parts& parts) {
  const std::string_view bits = reader.take(bucket_count / 8);
  if (!reader.fine) return false;
  parts.kept.assign(bucket_count / 64, 0);
  for (std::size_t i = 0; i < bits.size(); ++i)
    parts.kept[i / 8] |= static_cast<std::uint64_t>(static_cast<unsigned char>(bits[i]))
                         << (8 * (i % 8));
  parts.count_ranks();
  const std::size_t rows = parts.rank.back(), labels = parts.labels.size();
  const std::string_view idf = reader.take(rows);
  const std::string_view weights = reader.take(rows * labels);
  if (!reader.fine || !reader.rest.empty()) return false;
  parts.idf.assign(idf.begin(), idf.end());
  parts.weights.assign(rows * parts.stride, 0);
  for (std::size_t row = 0; row < rows; ++row)
    std::memcpy(&parts.weights[row * parts.stride], weights.data() + row * labels, labels);
  return true;
}

}  // namespace

void Model::Parts::count_ranks() {
  rank.assign(kept.size() + 1, 0);
  for (std::size_t i = 0; i < kept.size(); ++i)
    rank[i + 1] = rank[i] + static_cast<std::uint32_t>(std::popcount(kept[i]));
  stride = (labels.size() + vector_size - 1) / vector_size * vector_size;
}

std::optional<Model> Model::read(std::string_view bytes) {
  if (bytes.size() > model_size_max) return std::nullopt;
  Reader reader{bytes};
  if (reader.take(magic.size()) != magic) return std::nullopt;
  auto parts = std::make_shared<Parts>();
  const std::uint32_t count = reader.number();
  if (count < 2 || count > label_count_max) return std::nullopt;
  parts->temperature = reader.real(1e-3F, real_max);
  parts->threshold = reader.real(0, 2);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t size = reader.number();
    if (size == 0 || size > label_size_max) return std::nullopt;
    parts->labels.emplace_back(reader.take(size));
    parts->bias.push_back(reader.real(-real_max, real_max));
    parts->scale.push_back(reader.real(0, real_max));
  }
  if (!reader.fine || !read_rows(reader, *parts)) return std::nullopt;
  return Model(std::move(parts));
}

std::string Model::bytes() const {
  const Parts& p = *parts_;
  Writer writer{std::string(magic)};
  writer.number(static_cast<std::uint32_t>(p.labels.size()));
  writer.real(p.temperature);
  writer.real(p.threshold);
  for (std::size_t i = 0; i < p.labels.size(); ++i) {
    writer.number(static_cast<std::uint32_t>(p.labels[i].size()));
    writer.out += p.labels[i];
    writer.real(p.bias[i]);
    writer.real(p.scale[i]);
  }
  for (const std::uint64_t word : p.kept)
    for (unsigned shift = 0; shift < 64; shift += 8)
      writer.out += static_cast<char>(static_cast<unsigned char>(word >> shift));
  writer.out.append(p.idf.begin(), p.idf.end());
  for (std::size_t row = 0; row < p.idf.size(); ++row)
    writer.out.append(reinterpret_cast<const char*>(&p.weights[row * p.stride]), p.labels.size());
  return std::move(writer.out);
}

std::span<const std::string> Model::labels() const { return parts_->labels; }
double Model::threshold() const { return static_cast<double>(parts_->threshold); }

std::vector<Counted> count_rows(const Model::Parts& parts, std::string_view key) {
  // An open table of what was met, and the list of it in the order of the text. A key of n bytes
  // has at most 7 (n + 2) features.
  std::size_t size = 256;
  while (size < key.size() * 8) size *= 2;
  std::vector<std::uint32_t> table(size, 0);
  std::vector<Counted> met;
  met.reserve(key.size() * 4);
  each_feature(key, [&](std::uint32_t bucket, std::size_t, std::size_t) {
    if (!parts.keeps(bucket)) return;
    const std::uint32_t row = parts.row_of(bucket);
    for (std::size_t at = row * 0x9E3779B1u & (size - 1);; at = (at + 1) & (size - 1)) {
      if (table[at] == 0) {
        met.push_back({row, 1});
        table[at] = static_cast<std::uint32_t>(met.size());
        return;
      }
      if (met[table[at] - 1].row == row) {
        ++met[table[at] - 1].count;
        return;
      }
    }
  });
  return met;
}

float weight_of(const Model::Parts& parts, const Counted& counted) {
  const float idf = static_cast<float>(parts.idf[counted.row]) / static_cast<float>(idf_steps);
  return log_table()[std::min<std::size_t>(counted.count, log_count - 1)] * idf;
}

std::vector<float> decide(const Model::Parts& parts, std::string_view key) {
  std::vector<float> sums[2] = {std::vector<float>(parts.stride, 0),
                                std::vector<float>(parts.stride, 0)};
  float lengths[2] = {0, 0};
  for (const Counted& each : count_rows(parts, key)) {
    const float weight = weight_of(parts, each);
    const std::size_t kind = parts.is_characters(each.row) ? 1 : 0;
    lengths[kind] += weight * weight;
    const std::int8_t* row = &parts.weights[each.row * parts.stride];
    float* sum = sums[kind].data();
    for (std::size_t from = 0; from < parts.stride; from += vector_size)
      for (std::size_t i = 0; i < vector_size; ++i)
        sum[from + i] += weight * static_cast<float>(row[from + i]);
  }
  std::vector<float> values(parts.labels.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = parts.bias[i];
    for (std::size_t kind = 0; kind < 2; ++kind)
      if (lengths[kind] > 0) values[i] += parts.scale[i] * sums[kind][i] / std::sqrt(lengths[kind]);
  }
  return values;
}

std::vector<float> chosen(const std::vector<float>& values, const std::vector<std::size_t>& which) {
  std::vector<float> out;
  out.reserve(which.size());
  for (const std::size_t each : which) out.push_back(values[each]);
  return out;
}

std::string_view family_of(std::string_view label) {
  const std::size_t end = label.find('/');
  return end == std::string_view::npos ? std::string_view() : label.substr(0, end + 1);
}

std::vector<double> softmax(const std::vector<float>& values, double temperature) {
  const float most = *std::max_element(values.begin(), values.end());
  std::vector<double> shares;
  double whole = 0;
  for (const float value : values) {
    shares.push_back(std::exp(static_cast<double>(value - most) / temperature));
    whole += shares.back();
  }
  for (double& share : shares) share /= whole;
  return shares;
}

Guess Model::suggest(std::string_view text, std::size_t count_max, std::string_view family) const {
  const Parts& p = *parts_;
  const std::vector<float> values = decide(p, key_of(text));
  std::vector<std::size_t> asked;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (p.labels[i].starts_with(family)) asked.push_back(i);
  if (asked.empty()) return {};
  const std::vector<double> shares =
      softmax(chosen(values, asked), static_cast<double>(p.temperature));
  std::vector<std::size_t> order(shares.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::size_t count = std::min(count_max, order.size());
  const auto likelier = [&](std::size_t a, std::size_t b) {
    return shares[a] != shares[b] ? shares[a] > shares[b] : a < b;
  };
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(),
                    likelier);
  Guess guess;
  for (std::size_t i = 0; i < count; ++i)
    guess.best.push_back({p.labels[asked[order[i]]], shares[order[i]]});
  guess.abstains = guess.best.empty() || guess.best[0].probability < threshold();
  return guess;
}

namespace {

// What each word of a key adds to the decision for one label.
std::vector<double> weights_of_words(const Model::Parts& p,
                                     std::string_view key,
                                     std::size_t label) {
  std::vector<double> words(static_cast<std::size_t>(std::ranges::count(key, ' ')) + 1, 0);
  each_feature(key, [&](std::uint32_t bucket, std::size_t word, std::size_t touched) {
    if (!p.keeps(bucket)) return;
    const std::uint32_t row = p.row_of(bucket);
    const double weight = static_cast<double>(p.idf[row]) *
                          static_cast<double>(p.weights[row * p.stride + label]) /
                          static_cast<double>(touched);
    for (std::size_t i = word; i < word + touched && i < words.size(); ++i) words[i] += weight;
  });
  return words;
}

}  // namespace

std::vector<std::string> Model::why(std::string_view text,
                                    std::string_view label,
                                    std::size_t count_max) const {
  const auto found = std::ranges::find(parts_->labels, label);
  const std::string key = key_of(text);
  if (found == parts_->labels.end() || key.empty()) return {};
  const std::vector<double> weights =
      weights_of_words(*parts_, key, static_cast<std::size_t>(found - parts_->labels.begin()));
  std::vector<double> sorted = weights;
  std::ranges::sort(sorted, std::greater<>());
  const std::size_t word_max = std::min(sorted.size(), count_max * 2);
  if (word_max == 0) return {};
  const double least = std::max(sorted[word_max - 1], sorted[0] / 4);
  std::vector<std::string> runs;
  bool joins = false;
  std::size_t index = 0;
  for (std::size_t from = 0; from < key.size(); ++index) {
    const std::size_t end = std::min(key.find(' ', from), key.size());
    const bool weighs = weights[index] > 0 && weights[index] >= least;
    if (weighs && joins)
      runs.back().append(" ").append(key, from, end - from);
    else if (weighs)
      runs.push_back(key.substr(from, end - from));
    joins = weighs;
    from = end + 1;
  }
  std::vector<std::string> different;
  for (std::string& run : runs)
    if (different.size() < count_max && std::ranges::find(different, run) == different.end())
      different.push_back(std::move(run));
  return different;
}

}  // namespace ln::triage
