#include "core/notice/notice_jobs.h"

#include <algorithm>
#include <array>

#include "base/result.h"
#include "core/notice/notice_store.h"

namespace ln::notice {
namespace {

constexpr std::size_t round_max = 50;
constexpr std::chrono::minutes in_hand{10};
constexpr std::chrono::days stale_after{7};
constexpr int too_busy = 429, timed_out = 408;

std::vector<NoticeId> ids_of(const std::vector<Outgoing>& notices) {
  std::vector<NoticeId> ids;
  for (const Outgoing& each : notices) ids.push_back(each.notice.id);
  return ids;
}

// What goes to one reader about one subject at once is one parcel.
void add(std::vector<Parcel>& parcels, Outgoing next, const ReaderKey& key) {
  const Destination to{next.way, next.address};
  const auto known = std::ranges::find_if(parcels, [&](const Parcel& parcel) {
    return parcel.to == to && parcel.key == key &&
           parcel.notices.front().notice.language == next.notice.language;
  });
  if (known == parcels.end())
    parcels.push_back({to, key, {std::move(next)}});
  else
    known->notices.push_back(std::move(next));
}

// Whose notice it is: a citizen is told of a case, a member of the staff of their work.
Subject subject_of(const Notice& notice) {
  if (notice.account_id) return {staff_subject, *notice.account_id};
  return {notice.subject_kind, notice.subject_id};
}

mail::Delivery heard(const http::Heard& answer) {
  if (answer.status / 100 == 2) return {.is_taken = true};
  const bool is_final =
      answer.status / 100 == 4 && answer.status != too_busy && answer.status != timed_out;
  return {.is_final = is_final,
          .failure = answer.status == 0 ? answer.failure
                                        : "the gateway says " + std::to_string(answer.status)};
}

}  // namespace

Mailer::Mailer(Ways ways) : ways_(std::move(ways)) {
  if (ways_.server) carrier_ = std::make_unique<mail::Carrier>(*ways_.server);
}

mail::Delivery Mailer::deliver(const Parcel& parcel, Instant now, const std::stop_token& stop) {
  if (parcel.to.way == Way::mail) return carrier_->send(letter_of(parcel, ways_.sender), now, stop);
  const http::Ask ask = ask_of(parcel, ways_.sender, *ways_.hook, now);
  return heard(http::post_all({&ask, 1}, {}, stop).front());
}

Round Mailer::round(db::Database& database,
                    Random& random,
                    Instant now,
                    const std::stop_token& stop) {
  std::vector<Way> open;
  if (ways_.server) open.push_back(Way::mail);
  if (ways_.hook) open.push_back(Way::message);
  // Most rounds find nothing, and then nothing is written.
  if (database.read([&](db::Read& read) { return due(read, now, open, 1).empty(); })) return {};
  std::vector<ReaderKey> fresh(round_max);
  for (ReaderKey& key : fresh) key = random.bytes<ReaderKey{}.size()>();
  const auto parcels = database.write([&](db::Write& write) -> Result<std::vector<Parcel>> {
    std::vector<Parcel> all;
    auto waiting = due(write, now, open, round_max);
    lease(write, ids_of(waiting), now + in_hand);
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      const ReaderKey key = ensure_reader(write, subject_of(waiting[i].notice), fresh[i]);
      add(all, std::move(waiting[i]), key);
    }
    return all;
  });
  Round done;
  if (!parcels.ok()) return done;
  for (const Parcel& parcel : parcels.value()) {
    if (stop.stop_requested()) break;
    const mail::Delivery delivery = deliver(parcel, now, stop);
    static_cast<void>(database.write([&](db::Write& write) -> Result<Done> {
      for (const NoticeId id : ids_of(parcel.notices)) {
        if (delivery.is_taken)
          mark_sent(write, id, now);
        else if (delivery.is_final)
          give_up(write, id);
        else
          mark_failed(write, id, now);
      }
      return Done{};
    }));
    (delivery.is_taken ? done.sent : done.failed) += std::ssize(parcel.notices);
    if (!delivery.is_taken) done.failures.insert(delivery.failure);
  }
  return done;
}

void forget_stale(db::Database& database, Instant now) {
  constexpr std::array all_ways = {Way::mail, Way::message};
  if (database.read(
          [&](db::Read& read) { return due(read, now - stale_after, all_ways, 1).empty(); }))
    return;
  static_cast<void>(database.write([&](db::Write& write) -> Result<Done> {
    static_cast<void>(forget_stale(write, now - stale_after));
    return Done{};
  }));
}

}  // namespace ln::notice
