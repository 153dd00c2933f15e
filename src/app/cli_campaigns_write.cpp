#include "app/cli_campaigns_write.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "platform/json/json.h"

namespace ln::app {
namespace {

constexpr std::size_t letter_chars_max = 4000, span_chars_max = 2000;

void write_line(WholeFile& to, const std::string& line) {
  to.write(line);
  to.write("\n");
}

void write_template(const campaigns::Template& made, json::Writer& json) {
  json.name("template").object().member("fitting", made.fitting).name("slots").array();
  for (std::size_t s = 0; s < made.slots.size(); ++s) {
    json.object();
    if (made.slots[s].repeats != s) json.member("repeats", made.slots[s].repeats + 1);
    json.name("options").array();
    for (const campaigns::Option& option : made.slots[s].options)
      json.object().member("text", option.text).member("comments", option.members).end_object();
    json.end_array().end_object();
  }
  json.end_array().end_object();
}

std::string group_line(const campaigns::Found& found,
                       const campaigns::Texts& texts,
                       std::size_t number) {
  const campaigns::Group& group = found.groups[number];
  std::string line;
  json::Writer json(line);
  json.object()
      .member("group", number + 1)
      .member("kind", name_of(group.kind))
      .member("comments", group.comments)
      .member("texts", group.texts)
      .member("with_own_text", group.with_own_text)
      .member("quoted_by", group.quoted_by)
      .member("letter",
              first_chars(texts.text_at(found.texts[group.letter].place), letter_chars_max));
  if (group.merged) write_template(*group.merged, json);
  json.end_object();
  return line;
}

// `spans` counted in characters, with what stands there. Made once for all comments of a text.
std::string spans_of(const campaigns::Distinct& distinct, const campaigns::Texts& texts) {
  if (distinct.spans.empty()) return "[]";
  const std::string text = texts.text_at(distinct.place);
  std::string made;
  json::Writer json(made);
  json.array();
  for (const campaigns::Span& span : distinct.spans) {
    const std::string_view piece = std::string_view(text).substr(span.begin, span.end - span.begin);
    const std::size_t from = count_chars(std::string_view(text).substr(0, span.begin));
    json.object()
        .member("from", from)
        .member("to", from + count_chars(piece))
        .member("text", first_chars(piece, span_chars_max))
        .end_object();
  }
  json.end_array();
  return made;
}

}  // namespace

void CommentIds::add(std::string_view id) {
  bytes_ += id;
  ends_.push_back(bytes_.size());
}

std::string_view CommentIds::operator[](std::size_t comment) const {
  const std::uint64_t begin = comment == 0 ? 0 : ends_[comment - 1];
  return std::string_view(bytes_).substr(begin, ends_[comment] - begin);
}

std::string_view name_of(campaigns::Kind kind) {
  switch (kind) {
    case campaigns::Kind::exact: return "exact";
    case campaigns::Kind::edited: return "edited";
    case campaigns::Kind::merged: return "merged";
  }
  return "";
}

std::string_view name_of(campaigns::How how) {
  switch (how) {
    case campaigns::How::alone: return "alone";
    case campaigns::How::copy: return "copy";
    case campaigns::How::edited: return "edited";
    case campaigns::How::merged: return "merged";
    case campaigns::How::quote: return "quote";
  }
  return "";
}

void write_campaigns(const campaigns::Found& found,
                     const campaigns::Texts& texts,
                     const CommentIds& ids,
                     WholeFile& to) {
  std::string line;
  json::Writer(line)
      .object()
      .member("format", "langnghe-campaigns/1")
      .member("comments", found.comments)
      .member("texts", found.texts.size())
      .member("groups", found.groups.size())
      .end_object();
  write_line(to, line);
  for (std::size_t g = 0; g < found.groups.size(); ++g) write_line(to, group_line(found, texts, g));

  std::vector<std::uint32_t> order;
  const auto group_of = [&](std::uint32_t comment) {
    return found.texts[found.text_of[comment]].group;
  };
  for (std::uint32_t c = 0; c < found.text_of.size(); ++c)
    if (group_of(c) != campaigns::no_group) order.push_back(c);
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    const auto key = [&](std::uint32_t c) {
      return std::tuple(group_of(c), ids[c].size(), ids[c], found.texts[found.text_of[c]].place);
    };
    return key(a) < key(b);
  });
  for (const std::uint32_t c : order) {
    const campaigns::Distinct& text = found.texts[found.text_of[c]];
    line.clear();
    json::Writer(line)
        .object()
        .member("id", ids[c])
        .member("group", text.group + 1)
        .member("how", name_of(text.how))
        .name(text.how == campaigns::How::quote ? "quoted" : "own")
        .verbatim(spans_of(text, texts))
        .end_object();
    write_line(to, line);
  }
}

}  // namespace ln::app
