#include "feature/consultation/consultation_pages_orders.h"

#include <algorithm>

#include "platform/html/parts.h"

namespace ln::consultation {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

// Small enough to be read out, large enough that nobody tries them all for one that pleases.
constexpr std::uint64_t seeds = 1'000'000'000;

enum class Order : std::uint8_t { newest, support, random };

// One reader's way through one place.
struct Reading {
  const View& view;
  const http::Fields& query;
  const Consultation& c;
  const std::string& key;
  Counts counts{};
  Order order = Order::newest;

  std::string clause() const { return key == "gone" ? std::string() : key; }
  std::int64_t number(std::string_view name) const {
    return std::max<std::int64_t>(query.number(name).value_or(0), 0);
  }
  Url url() const { return clause_url(view, c, key); }
  Url in_order(std::string_view word) const { return url().with("order", word); }
};

Order order_in(const http::Fields& query) {
  const std::string_view word = query.text("order");
  if (word == "support") return Order::support;
  return word == "random" ? Order::random : Order::newest;
}

// Offered where one page does not hold all.
Fragment choice(const Reading& of) {
  if (of.counts.all <= comments_a_page && of.order == Order::newest) return {};
  const html::Tab all[] = {
      {of.view("consultation.order.newest"_t), of.counts.all, of.url().at("said"),
       of.order == Order::newest},
      {of.view("consultation.order.support"_t),
       of.counts.all - of.counts.hidden - of.counts.withdrawn, of.in_order("support").at("said"),
       of.order == Order::support},
      {of.view("consultation.order.random"_t), std::min(of.counts.all, comments_a_page),
       of.in_order("random").at("said"), of.order == Order::random}};
  return html::tabs(of.view, of.view("consultation.order.label"_t), all);
}

// One more than a page holds tells that there is another.
bool cut(std::vector<Comment>& comments) {
  if (std::ssize(comments) <= comments_a_page) return false;
  comments.pop_back();
  return true;
}

Fragment lead(std::string_view words) {
  return fill(R"(<p class="small muted">{}</p>)", words);
}

void list_newest(const Reading& of, db::Read& read, Listed& listed) {
  listed.comments = comments_of(read, {.consultation = of.c.id,
                                       .clause = of.clause(),
                                       .before = of.number("before"),
                                       .limit = comments_a_page + 1});
  listed.above += lead(of.view("consultation.newest_first"_t));
  if (!cut(listed.comments)) return;
  listed.below = html::pager(
      of.view, {.next = of.url().with("before", listed.comments.back().id.value).at("said")});
}

void list_supported(const Reading& of, db::Read& read, Listed& listed) {
  listed.comments = most_supported(read, {.consultation = of.c.id,
                                          .clause = of.clause(),
                                          .before = of.number("before"),
                                          .limit = comments_a_page + 1,
                                          .supports = of.number("supports")});
  listed.above += lead(of.view("consultation.order.support_lead"_t));
  if (!cut(listed.comments)) return;
  const Comment& last = listed.comments.back();
  listed.below = html::pager(of.view, {.next = of.in_order("support")
                                                   .with("supports", last.support_count)
                                                   .with("before", last.id.value)
                                                   .at("said")});
}

void list_drawn(const Reading& of, db::Read& read, Listed& listed) {
  const std::int64_t seed = of.number("seed"), until = of.number("until");
  std::int64_t from = std::min(of.number("from"), drawn_max - comments_a_page);
  const auto drawn = [&] {
    return sample_of(read, {.consultation = of.c.id,
                            .clause = of.clause(),
                            .seed = static_cast<std::uint64_t>(seed),
                            .until = std::min(until, last_comment(read, of.c.id)),
                            .from = static_cast<std::size_t>(from),
                            .count = static_cast<std::size_t>(comments_a_page)});
  };
  Sample sample = drawn();
  if (from > 0 && from >= sample.of) {
    // An address beyond the last of them is that of the last page.
    from = std::max<std::int64_t>(sample.of - 1, 0) / comments_a_page * comments_a_page;
    sample = drawn();
  }
  listed.comments = std::move(sample.comments);
  const std::int64_t to = from + std::ssize(listed.comments);
  listed.above += lead(of.view.voice("consultation.order.random_lead"_t,
                                     {{"from", of.view.voice.number(from + 1)},
                                      {"to", of.view.voice.number(to)},
                                      {"all", of.view.voice.number(sample.of)},
                                      {"seed", std::to_string(seed)}}));
  listed.below.add(R"(<p><a href="{}">{}</a></p>)", of.in_order("random").at("said"),
                   of.view("consultation.order.again"_t));
  const auto page = [&](std::int64_t at) {
    return of.in_order("random")
        .with("seed", seed)
        .with("until", until)
        .with("from", at)
        .at("said");
  };
  html::PagerParts parts;
  if (from > 0) parts.previous = page(std::max<std::int64_t>(from - comments_a_page, 0));
  if (to < sample.of && to < drawn_max) parts.next = page(to);
  listed.below += html::pager(of.view, parts);
}

}  // namespace

Listed listed_comments(const http::Request& request,
                       db::Read& read,
                       const Consultation& c,
                       const std::string& key) {
  Reading of{request.view, request.query, c, key};
  of.counts = counts_at(counts_by_clause(read, c.id), of.clause());
  of.order = order_in(request.query);
  Listed listed;
  listed.above = fill(R"(<h2 class="h-m sp" id="said">{}</h2>)",
                      of.view.voice.counted("consultation.said"_t, of.counts.all));
  if (of.counts.all == 0) {
    listed.above += html::nothing_here(of.view("consultation.nothing_said"_t));
    return listed;
  }
  listed.above.add(R"(<p><a href="{}">{}</a></p>)", comments_url(of.view, c, of.clause()),
                   of.view("consultation.search.title"_t));
  listed.above += choice(of);
  if (of.order == Order::newest) list_newest(of, read, listed);
  if (of.order == Order::support) list_supported(of, read, listed);
  if (of.order == Order::random) list_drawn(of, read, listed);
  return listed;
}

std::optional<Url> draw_anew(const http::Request& request,
                             db::Read& read,
                             const Consultation& c,
                             const std::string& key,
                             Random& random) {
  const http::Fields& query = request.query;
  if (order_in(query) != Order::random) return std::nullopt;
  if (query.number("seed").value_or(-1) >= 0 && query.number("until").value_or(0) > 0)
    return std::nullopt;
  const std::int64_t until = last_comment(read, c.id);
  if (until == 0) return std::nullopt;
  return clause_url(request.view, c, key)
      .with("order", "random")
      .with("seed", static_cast<std::int64_t>(random.below(seeds)))
      .with("until", until)
      .at("said");
}

}  // namespace ln::consultation
