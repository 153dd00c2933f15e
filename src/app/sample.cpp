#include "app/sample.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "app/city.h"
#include "app/erasure.h"
#include "app/sample_accounts.h"
#include "app/sample_parts.h"
#include "app/sample_play.h"
#include "core/ledger/ledger_public_actions.h"
#include "core/people/people_citizen.h"
#include "core/people/people_store.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_topics.h"
#include "feature/feedback/feedback_jobs.h"
#include "feature/feedback/feedback_store.h"
#include "feature/insight/insight_jobs_monthly.h"
#include "platform/db/schemas.h"
#include "platform/file/file.h"

namespace ln::app {
namespace {

constexpr std::size_t staffed_communes = 25;
constexpr std::uint64_t views_most = 400;

// Communes in force, the busiest first.
std::vector<SamplePlace> places_of(db::Database& database, Random& random, Instant now) {
  auto communes = database.read(
      [&](db::Read& read) { return units::of_kind(read, units::Kind::commune, local_day(now)); });
  if (communes.empty()) throw std::logic_error("the sample has no communes");
  auto places = sample_places(std::move(communes), random);
  std::ranges::stable_sort(places, std::ranges::greater(), &SamplePlace::weight);
  return places;
}

void install(db::Database& database) {
  const auto done = database.write([](db::Write& write) -> Result<Done> {
    TRY([[maybe_unused]] const Done units, units::install_hanoi(write));
    return feedback::install_topics(write);
  });
  if (!done.ok()) throw std::logic_error("the sample's own lists were refused");
}

// What is public was read by somebody; what is about people is not counted here.
void add_views(db::Database& database,
               std::span<const SampleCase> cases,
               std::span<const SampleLife> lives,
               Random& random) {
  feedback::Views views;
  for (std::size_t i = 0; i < lives.size(); ++i) {
    if (!lives[i].is_published || cases[i].report->about == "conduct") continue;
    const std::uint64_t most = random.below(views_most) + 1;
    for (std::uint64_t n = random.below(most) * random.below(most) / views_most; n > 0; --n)
      views.count(lives[i].id);
  }
  views.flush(database);
}

// One case that waits for its sender's yes, one that waits for their reply, one protected.
std::vector<SampleExample> examples_of(std::span<const SampleCase> cases,
                                       std::span<const SampleLife> lives) {
  std::vector<SampleExample> examples;
  const auto add = [&](TextKey what, auto fits) {
    for (std::size_t i = 0; i < lives.size(); ++i) {
      if (cases[i].report->language != "vi" || !fits(cases[i], lives[i])) continue;
      examples.push_back({what, lives[i].code->shown(), people::shown_secret(lives[i].secret)});
      return;
    }
  };
  add("sample.accounts.waiting"_t, [](const SampleCase& subject, const SampleLife& life) {
    return life.state == feedback::State::answered && !subject.is_protected && life.is_published;
  });
  add("sample.accounts.asked"_t, [](const SampleCase& subject, const SampleLife& life) {
    return life.state == feedback::State::asked && !subject.is_protected;
  });
  add("sample.accounts.protected"_t, [](const SampleCase& subject, const SampleLife& life) {
    return life.state == feedback::State::assigned && subject.is_protected &&
           subject.report->about == "conduct";
  });
  return examples;
}

SampleMade sum_up(std::span<const SampleCase> cases, std::span<const SampleLife> lives) {
  SampleMade made;
  made.cases = cases.size();
  std::vector<std::size_t> communes;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    made.acts += cases[i].steps.size();
    made.published += lives[i].is_published ? 1 : 0;
    ++made.by_state[std::string(feedback::to_text(lives[i].state))];
    communes.push_back(cases[i].place);
  }
  std::ranges::sort(communes);
  made.communes = static_cast<std::size_t>(
      std::ranges::distance(communes.begin(), std::ranges::unique(communes).begin()));
  made.examples = examples_of(cases, lives);
  return made;
}

SampleMade fill_city(City& city, Instant& clock, const SampleWish& wish) {
  db::Database& database = city.database();
  // Apart, so that a change in what is written does not change what happens.
  SeededRandom places_random(wish.seed + 1), plan_random(wish.seed + 2), random(wish.seed + 3);
  install(database);
  const Instant beginning = clock;
  const std::size_t replayed = replayed_in(wish.case_count, beginning);
  if (replayed > 0) clock = replay_begins;
  ledger::announce_keys(database, clock);
  insight::announce_deadlines(database, clock);
  install_sample_holders(database, city.folder(), random, clock);
  SampleReplay replay;
  if (replayed > 0) {
    SeededRandom then(wish.seed + 5);
    replay = replay_reorganisation(database, clock, replayed, then);
    clock = beginning;
  }
  const std::vector<SamplePlace> places = places_of(database, places_random, wish.now);
  std::vector<units::Unit> busiest;
  for (const SamplePlace& each : places)
    if (busiest.size() < staffed_communes) busiest.push_back(each.unit);
  const SampleStaff staff(database, busiest, random, clock);
  const auto topics = database.read([](db::Read& read) { return feedback::all_topics(read); });

  const std::vector<SampleCase> cases = plan_sample(
      {.count = wish.case_count - replayed, .now = wish.now, .places = places, .topics = topics},
      plan_random);
  SampleSupervision supervised(database, staff, places.front().unit, wish.seed + 7, wish.now);
  SampleSurvey surveyed(database, staff, places.front().unit, wish.seed + 9, wish.now);
  const auto progress = [&](std::size_t done, std::size_t all) {
    supervised.go_on(clock);
    surveyed.go_on(clock);
    if (wish.progress) wish.progress(done, all);
  };
  const std::vector<SampleLife> lives = play_sample({.database = database,
                                                     .clock = clock,
                                                     .staff = staff,
                                                     .places = places,
                                                     .progress = progress},
                                                    cases, random);
  SeededRandom said(wish.seed + 6);
  play_consultation(database, staff, said, wish.now);
  SeededRandom spoken(wish.seed + 10);
  play_full_consultations(database, staff, busiest.front(), spoken, wish.now);
  SeededRandom met(wish.seed + 8);
  const auto ward = std::ranges::find(busiest, "Phường", &units::Unit::type);
  play_dialogues(database, staff, ward == busiest.end() ? busiest.front() : *ward, met, wish.now);
  SeededRandom decided(wish.seed + 9);
  play_grassroots(database, staff, busiest.front(), decided, wish.now);
  play_receptions(database, staff, busiest, decided, wish.now);
  SeededRandom cleared(wish.seed + 9);
  play_project(database, staff, busiest.front(), cleared, wish.now);
  play_emulation(database, staff, busiest.front(), cleared, wish.now);
  pass_sample_promises(database, cleared, wish.now);
  staff.sign_out(database);
  clock = std::max(clock, wish.now);
  SeededRandom lots(wish.seed + 4);
  feedback::join_batch(database, lots, wish.now);
  insight::DailyReader days;
  insight::announce_due(database, days, lots, wish.now);
  add_views(database, cases, lives, random);
  play_looks(database, wish.now);
  while (feedback::index_published(database) > 0) {
  }
  finish_erasures(database, wish.now);
  tell_sample_weeks(database, wish.now);
  SampleMade made = sum_up(cases, lives);
  made.cases += replay.cases;
  made.acts += replay.acts;
  if (replay.cases > 0)
    made.by_state[std::string(feedback::to_text(feedback::State::closed))] += replay.cases;
  made.logins = staff.logins();
  made.accounts = database.read([](db::Read& read) { return people::accounts(read).size(); });
  return made;
}

// Brings everything up into `folder`, the database last: with it the city is there.
void bring_up(const std::filesystem::path& from, const std::filesystem::path& folder) {
  const auto file = from / "langnghe.db";
  if (std::filesystem::exists(file)) {
    const file::Descriptor database(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!database.is_open() || ::fsync(database.number()) != 0)
      throw db::Failure("cannot bring " + file.string() + " to the disk");
  }
  std::vector<std::filesystem::path> all;
  for (const auto& entry : std::filesystem::directory_iterator(from)) all.push_back(entry.path());
  std::ranges::stable_sort(all, {}, [&](const auto& each) { return each == file; });
  for (const auto& each : all) {
    const auto to = folder / each.filename();
    if (std::filesystem::is_directory(to)) std::filesystem::remove_all(to);
    std::filesystem::rename(each, to);
  }
  std::filesystem::remove(from);
}

}  // namespace

SampleMade make_sample(const SampleWish& wish) {
  const std::filesystem::path folder = wish.folder, making = folder / ".making";
  if (std::filesystem::exists(folder / "langnghe.db"))
    throw db::Failure("there is a city in " + wish.folder + " already; choose another folder");
  const db::Options place = database_options(wish.folder, wish.url, wish.schema, wish.now);
  const bool is_on_server = !wish.url.empty();
  if (is_on_server && db::has_schema(place))
    throw db::Failure("there is a schema " + wish.schema + " in this database already; choose " +
                      "another one with --schema");
  if (is_on_server) db::drop_making(place);
  std::filesystem::remove_all(making);  // What a run that broke off left behind.
  std::filesystem::create_directories(folder);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
  SampleMade made;
  Instant clock = wish.now - sample_span - std::chrono::days(1);
  {
    SeededRandom random(wish.seed);
    City city({.folder = making.string(),
               .url = wish.url,
               .schema = is_on_server ? db::making_of(wish.schema) : wish.schema,
               .sync_full = false,
               .clock = [&] { return clock; }},
              random);
    install_sample_source(city.database());
    made = fill_city(city, clock, wish);
    ledger::publish_now(city.database(), wish.now);
  }
  file::write_file_durably((making / "accounts.txt").string(), accounts_text(made));
  file::write_file_durably((making / "sample").string(), "hanoi\n");
  bring_up(making, folder);
  if (is_on_server) db::bring_up_making(place);
  return made;
}

}  // namespace ln::app
