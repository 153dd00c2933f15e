// What the sample's wards call good work, and what the figures say of it.
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "app/sample_play.h"
#include "feature/emulation/emulation_actions.h"
#include "feature/emulation/emulation_store.h"

namespace ln::app {
namespace {

using emulation::Metric;

constexpr std::chrono::days single_day{1};

template <class T>
T played(Result<T> result, std::string_view what) {
  if (!result.ok())
    throw std::logic_error("the sample's model was refused: " + std::string(what) + ", " +
                           std::string(result.error().text.name()));
  return std::move(result).value();
}

struct Scene {
  db::Database& database;
  const SampleStaff& staff;
  const units::Unit& unit;
  Random& random;
  Instant now;
};

emulation::Model enter_model(const Scene& scene, const emulation::Typed& typed, Instant at) {
  const people::Officer& head = scene.staff.team_for(scene.unit.path).head;
  const auto made = played(scene.database.read([&](db::Read& read) {
    return emulation::prepare(read, head, scene.unit, typed, scene.random, at);
  }),
                           typed.name_vi);
  return played(
      scene.database.write([&](db::Write& write) { return emulation::enter(write, made); }),
      typed.name_vi);
}

// A line of the ledger that tells of a public act of the unit, of this kind where there is one.
std::optional<std::int64_t> act_line(const Scene& scene, std::string_view kind) {
  return scene.database.read(
      [&](db::Read& read) { return emulation::first_public_act(read, scene.unit.path, kind); });
}

void claim_and_judge(const Scene& scene,
                     const emulation::Model& model,
                     std::int64_t line,
                     bool confirms,
                     Instant at) {
  const emulation::OfficerAct act{.officer = scene.staff.team_for(scene.unit.path).head,
                                  .id = model.id,
                                  .salts = ledger::draw(scene.random),
                                  .now = at};
  const auto measured =
      played(scene.database.read([&](db::Read& read) { return emulation::measure(read, act); }),
             "measure");
  played(scene.database.write([&](db::Write& write) {
    return emulation::claim(write, act, measured,
                            "Mỗi việc có một người nhận và một ngày xong; tổ trưởng xem lại mỗi "
                            "chiều thứ Sáu.",
                            std::to_string(line));
  }),
         "claim");
  const emulation::SupervisorAct judge{.supervisor = scene.staff.supervisor(),
                                       .id = model.id,
                                       .salts = ledger::draw(scene.random),
                                       .now = at + single_day};
  const char* words = confirms
                          ? "Đã xem sổ phân công và 20 câu trả lời: cách làm có thật, con số tốt "
                            "lên rõ rệt so với trước và so với nơi khác."
                          : "Đã xem sổ phân công: việc có làm, nhưng con số không cho thấy thay "
                            "đổi nào có thể kết luận.";
  played(scene.database.write(
             [&](db::Write& write) { return emulation::judge(write, judge, confirms, words); }),
         "judge");
}

struct Choice {
  Metric metric{};
  int days = 0;
  Day begins_on{};
};
// A figure of the unit that is not `taken` by another model, and days that are over and old enough,
// whose reading is, or is not, better.
std::optional<Choice> find_choice(const Scene& scene, bool better, std::optional<Metric> taken) {
  constexpr int lengths[] = {60, 90, 30};
  constexpr int backs[] = {2, 15, 30};
  const Day today = local_day(scene.now);
  for (const Metric metric : emulation::all_metrics)
    for (const int days : lengths)
      for (const int back : backs) {
        if (metric == taken) continue;
        const Day begins = today - single_day * (days + emulation::judged_days + back);
        const auto claim = scene.database.read([&](db::Read& read) {
          const auto before =
              emulation::count(read, metric, scene.unit.path, begins - single_day * days, begins);
          const auto after =
              emulation::count(read, metric, scene.unit.path, begins, begins + single_day * days);
          return emulation::Claim{.before = before.own, .after = after.own};
        });
        const auto reading = emulation::reading_of(metric, claim);
        if ((reading == emulation::Reading::better) == better) return Choice{metric, days, begins};
      }
  return std::nullopt;
}

emulation::Typed model_typed(const Scene& scene,
                             emulation::Field field,
                             const char* name_vi,
                             const char* name_en,
                             const Choice& choice) {
  return {.field = field,
          .name_vi = name_vi,
          .name_en = name_en,
          .task =
              "Trả lời phản ánh: mỗi việc một người nhận, một ngày xong, dân biết tên người "
              "nhận.",
          .place = scene.unit.name,
          .launched_by = "Ban Dân vận Thành ủy",
          .metric = choice.metric,
          .begins_on = choice.begins_on,
          .days = choice.days};
}

}  // namespace

void play_emulation(db::Database& database,
                    const SampleStaff& staff,
                    const units::Unit& unit,
                    Random& random,
                    Instant now) {
  using emulation::Field;
  const Scene scene{database, staff, unit, random, now};
  const auto installed = database.write([](db::Write& write) -> Result<Done> {
    emulation::install_criteria(write);
    return Done{};
  });
  if (!installed.ok()) throw std::logic_error("the sample cannot keep criteria");
  const auto play = [&](const Choice& choice, bool confirms, Field field, const char* name_vi,
                        const char* name_en) {
    // What the model says it does: cases that are settled by a day, or evenings of listening.
    const auto line = act_line(scene, field == Field::politics ? "commitment" : "dialogue");
    if (!line) return;
    const auto model =
        enter_model(scene, model_typed(scene, field, name_vi, name_en, choice),
                    at_local(choice.begins_on - single_day * 10, std::chrono::hours(9)));
    claim_and_judge(scene, model, *line, confirms,
                    at_local(model.claimed_from(), std::chrono::hours(9)));
  };
  // What is said beforehand of the sample is chosen afterwards: nothing of it is a finding.
  const auto good = find_choice(scene, true, std::nullopt);
  if (good)
    play(*good, true, Field::politics, "Mỗi việc một người nhận, một ngày xong",
         "One name and one date for each case");
  const auto plain = find_choice(scene, false, good ? std::optional(good->metric) : std::nullopt);
  if (plain)
    play(*plain, false, Field::society, "Tổ dân phố nghe dân mỗi tối thứ Năm",
         "The street listens on Thursday evenings");
  // By a figure that no other model measures.
  Metric left = Metric::satisfied;
  for (const Metric each : {Metric::reopened, Metric::solved, Metric::satisfied})
    if (!(good && good->metric == each) && !(plain && plain->metric == each)) left = each;
  enter_model(
      scene,
      model_typed(scene, Field::society, "Ngõ sạch, đèn sáng, dân giám sát",
                  "Clean lanes, working lights, people watch",
                  {.metric = left, .days = 90, .begins_on = local_day(now) + single_day * 7}),
      now - single_day);
  // Registered and never measured: what a sign of formality looks like. By the figure that is left.
  Metric last = Metric::on_time;
  for (const Metric each : emulation::all_metrics)
    if (each != left && !(good && good->metric == each) && !(plain && plain->metric == each))
      last = each;
  const Day begun = local_day(now) - single_day * 123;
  enter_model(scene,
              model_typed(scene, Field::politics, "Cán bộ phường về tổ dân phố mỗi tháng",
                          "Officers visit the street each month",
                          {.metric = last, .days = 30, .begins_on = begun}),
              at_local(begun - single_day * 5, std::chrono::hours(9)));
}

}  // namespace ln::app
