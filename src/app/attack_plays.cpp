// The six attacks. Each works on copies of its own and ends by looking at what is really there.
#include <algorithm>
#include <filesystem>

#include "app/attack_stage.h"
#include "base/embedded.h"
#include "core/ledger/ledger_alarm.h"
#include "core/ledger/ledger_jobs.h"
#include "core/ledger/ledger_late.h"
#include "core/ledger/ledger_store_tree.h"
#include "engine/merkle/merkle_proof.h"
#include "feature/feedback/feedback_store.h"
#include "platform/db/db_forge.h"

namespace ln::app {
namespace {

std::string number(std::int64_t value) { return std::to_string(value); }

void forge(const std::string& folder, std::string_view script) {
  const auto sql = embedded::find("data/attack/" + std::string(script));
  if (!sql) throw db::Failure("the program was built without its attacks");
  db::forge(folder + "/langnghe.db", std::string(*sql));
}

// A database as it lies there, without the program's check at start.
struct Bare {
  explicit Bare(const std::string& folder, Instant now)
      : database(database_options(folder, "", schema_default, now)) {}
  db::Database database;

  std::optional<feedback::Feedback> find(const std::string& code) {
    return database.read(
        [&](db::Read& read) { return feedback::find(read, feedback::Code::parse(code).value()); });
  }
  std::int64_t leaves() {
    return database.read([](db::Read& read) { return ledger::leaf_count(read); });
  }
};

ledger::Head newest(City& city) {
  return city.database().read([](db::Read& read) { return ledger::head(read).value(); });
}
bool fits_itself(City& city) {
  return city.database().read([](db::Read& read) { return ledger::verify_all(read); }).empty();
}

// Whether the log in `city` can show that it goes on from a head that somebody kept.
bool follows(City& city, const ledger::Head& kept) {
  const ledger::Head last = newest(city);
  if (last.size < kept.size) return false;
  const auto size = [](const ledger::Head& it) { return static_cast<std::uint64_t>(it.size); };
  const merkle::Proof proof = city.database().read([&](db::Read& read) {
    return merkle::prove_consistency(size(kept), size(last), ledger::subtrees(read));
  });
  return merkle::is_consistent({size(kept), size(last), kept.root, last.root}, proof);
}

// Whether a receipt holds, as it is or under another head.
bool holds(const Stage& stage, merkle::Receipt receipt, const ledger::Head* under = nullptr) {
  if (under != nullptr) receipt.checkpoint = under->note;
  return ledger::examine(receipt, &stage.policy()).ok();
}

}  // namespace

Attack play_delete(Stage& stage) {
  Attack attack{.name = "delete", .title = "attack.delete.title"_t};
  const std::string folder = stage.copy(stage.told(), "delete");
  forge(folder, "delete.sql");
  attack.done = {{"attack.delete.done"_t, {{"code", stage.code()}}}};
  const auto faults = faults_in(folder, stage.clock);
  std::int64_t left = 0;
  {
    Bare bare(folder, stage.clock);
    attack.carried_out = !bare.find(stage.code());
    left = bare.leaves();
  }
  const auto line = static_cast<std::int64_t>(stage.receipt().index);
  attack.onlookers = {
      {"attack.by.receipt"_t,
       {"attack.delete.receipt"_t, {{"line", number(line)}}},
       holds(stage, stage.receipt()) && left <= line},
      {"attack.by.self_check"_t,
       {"attack.sees.faults"_t,
        {{"count", number(static_cast<std::int64_t>(faults.size()))}},
        {{"what", faults.empty() ? "ledger.fault.changed"_t : ledger::name_of(faults.front())}}},
       !faults.empty()},
      {"attack.by.start"_t, {"attack.sees.start"_t}, refuses_to_start(stage, folder)},
  };
  return attack;
}

Attack play_edit(Stage& stage) {
  Attack attack{.name = "edit", .title = "attack.edit.title"_t};
  const std::string folder = stage.copy(stage.told(), "edit");
  forge(folder, "edit.sql");
  std::string now_there;
  if (const auto found = Bare(folder, stage.clock).find(stage.code())) now_there = found->body;
  attack.carried_out = !now_there.empty() && now_there != stage.body();
  attack.done = {{"attack.edit.before"_t, {{"text", stage.body()}}},
                 {"attack.edit.done"_t, {{"text", now_there}}}};
  const auto opening = ledger::Opening::parse(stage.receipt().extra);
  const auto faults = faults_in(folder, stage.clock);
  attack.onlookers = {
      {"attack.by.receipt"_t,
       {"attack.edit.receipt"_t},
       holds(stage, stage.receipt()) && opening && ledger::is_text_of(*opening, stage.body()) &&
           !ledger::is_text_of(*opening, now_there)},
      {"attack.by.self_check"_t,
       {"attack.sees.faults"_t,
        {{"count", number(static_cast<std::int64_t>(faults.size()))}},
        {{"what", faults.empty() ? "ledger.fault.changed"_t : ledger::name_of(faults.front())}}},
       !faults.empty()},
  };
  return attack;
}

Attack play_rewrite(Stage& stage) {
  Attack attack{.name = "rewrite", .title = "attack.rewrite.title"_t};
  // From the copy that never heard of the citizen, under the same key, without the second file.
  const std::string folder = stage.copy(stage.before(), "rewrite");
  std::filesystem::remove(folder + "/head");
  bool was_content = false, under_new = true, goes_on = true;
  ledger::Head last;
  {
    const auto city = stage.open(folder);
    for (const char* body : {"Đèn đường ở ngõ đã sáng, cảm ơn phường nhiều lắm.",
                             "Đề nghị trồng thêm cây xanh ở vườn hoa đầu phố."})
      stage.send(*city, body);
    last = newest(*city);
    was_content = fits_itself(*city);
    under_new = holds(stage, stage.receipt(), &last);
    goes_on = follows(*city, stage.kept());
  }
  attack.carried_out = was_content && last.size > stage.kept().size &&
                       stage.policy().judge(last.note).has_value() &&
                       !Bare(folder, stage.clock).find(stage.code());
  attack.done = {{"attack.rewrite.done"_t, {{"code", stage.code()}}},
                 {"attack.rewrite.signed"_t, {{"size", number(last.size)}}},
                 {"attack.content"_t}};
  std::filesystem::copy_file(stage.told() + "/head", folder + "/head",
                             std::filesystem::copy_options::overwrite_existing);
  attack.onlookers = {
      {"attack.by.receipt"_t,
       {"attack.rewrite.receipt"_t},
       holds(stage, stage.receipt()) && !under_new},
      {"attack.by.reader"_t,
       {"attack.sees.no_growth"_t, {{"size", number(stage.kept().size)}}},
       !goes_on},
      {"attack.by.second_file"_t, {"attack.sees.start"_t}, refuses_to_start(stage, folder)},
  };
  return attack;
}

Attack play_backdate(Stage& stage) {
  Attack attack{.name = "backdate", .title = "attack.backdate.title"_t};
  const Instant sent = stage.clock, due = stage.due_at(), said = due - std::chrono::hours(1);
  const std::string folder = stage.copy(stage.told(), "backdate");
  merkle::Receipt answer;
  ledger::Head at_due;
  {
    stage.clock = due;
    const auto city = stage.open(folder);
    ledger::publish_now(city->database(), stage.clock);
    at_due =
        city->database().read([](db::Read& read) { return ledger::published_head(read).value(); });
    stage.clock = due + std::chrono::hours(5);
    stage.act(*city, ledger::Event::answered, said);
    answer = city->database()
                 .read([&](db::Read& read) {
                   return ledger::receipts_of(read, stage.subject(), stage.code());
                 })
                 .at(1);
  }
  // A witness who signs what it sees, at the time at which it sees it.
  const merkle::Signer witness("nhan-chung.example", stage.random.bytes<32>(),
                               merkle::KeyKind::witness);
  const auto seen = [&](merkle::Receipt receipt, Instant at) {
    merkle::Note note = merkle::Note::parse(receipt.checkpoint).value();
    note.signatures.push_back(
        witness.cosign(note.text, static_cast<std::uint64_t>(to_ms(at) / 1000)));
    receipt.checkpoint = note.serialise();
    return receipt;
  };
  const auto policy = merkle::Policy::parse("log " + stage.log().text() + "\nwitness w " +
                                            witness.verifier().text() + "\nquorum w\n");
  const auto refereed = ledger::referee(seen(stage.receipt(), sent), {seen(answer, stage.clock)},
                                        policy.value(), stage.clock);
  const auto examined = ledger::examine(answer, &stage.policy());
  attack.carried_out = examined.ok() && ledger::text_in(examined.value().opening.payload, "t") ==
                                            std::string_view(to_iso(said));
  attack.done = {{"attack.backdate.done"_t, {{"due", to_iso(due)}, {"now", to_iso(stage.clock)}}},
                 {"attack.backdate.said"_t, {{"said", to_iso(said)}}},
                 {"attack.backdate.alone"_t}};
  attack.onlookers = {
      {"attack.by.reader"_t,
       {"attack.backdate.reader"_t,
        {{"line", number(static_cast<std::int64_t>(answer.index))}, {"size", number(at_due.size)}}},
       static_cast<std::int64_t>(answer.index) >= at_due.size && !holds(stage, answer, &at_due)},
      {"attack.by.witness"_t,
       {"attack.backdate.witness"_t},
       refereed.ok() && refereed.value().ruling == ledger::Lateness::not_seen},
  };
  stage.clock = sent;
  return attack;
}

Attack play_roll_back(Stage& stage) {
  Attack attack{.name = "roll-back", .title = "attack.roll_back.title"_t};
  const std::string folder = stage.copy(stage.before(), "roll-back");
  std::filesystem::copy_file(stage.told() + "/head", folder + "/head",
                             std::filesystem::copy_options::overwrite_existing);
  std::int64_t left = 0;
  {
    Bare bare(folder, stage.clock);
    left = bare.leaves();
    attack.carried_out = !bare.find(stage.code()) && left < stage.kept().size;
  }
  const bool fits = faults_in(folder, stage.clock).empty();
  attack.carried_out = attack.carried_out && fits;
  attack.done = {{"attack.roll_back.done"_t, {{"size", number(left)}}}, {"attack.content"_t}};
  const auto line = static_cast<std::int64_t>(stage.receipt().index);
  attack.onlookers = {
      {"attack.by.second_file"_t,
       {"attack.roll_back.second"_t, {{"size", number(stage.kept().size)}}},
       refuses_to_start(stage, folder)},
      {"attack.by.receipt"_t,
       {"attack.delete.receipt"_t, {{"line", number(line)}}},
       holds(stage, stage.receipt()) && left <= line},
  };
  return attack;
}

Attack play_fork(Stage& stage) {
  Attack attack{.name = "fork", .title = "attack.fork.title"_t};
  const auto one = stage.open(stage.copy(stage.told(), "fork-city"));
  const auto other = stage.open(stage.copy(stage.told(), "fork-village"));
  stage.act(*one, ledger::Event::answered, stage.clock);
  stage.act(*other, ledger::Event::declined, stage.clock);
  const ledger::Head first = newest(*one), second = newest(*other);
  const auto is_signed = [&](const ledger::Head& head) {
    return stage.policy().judge(head.note).has_value();
  };
  // Each reader alone sees a log that goes on from what they kept, and that fits itself.
  attack.carried_out = fits_itself(*one) && fits_itself(*other) && follows(*one, stage.kept()) &&
                       follows(*other, stage.kept()) && first.size == second.size;
  attack.done = {{"attack.fork.done"_t}, {"attack.fork.alone"_t}, {"attack.content"_t}};
  const bool two_roots = is_signed(first) && is_signed(second) && first.root != second.root;
  stage.send(*other, "Vỉa hè đầu phố bị chiếm hết, người đi bộ phải xuống lòng đường.");
  attack.onlookers = {
      {"attack.by.two"_t, {"attack.fork.reader"_t, {{"size", number(first.size)}}}, two_roots},
      {"attack.by.growth"_t,
       {"attack.sees.no_growth"_t, {{"size", number(first.size)}}},
       !follows(*other, first)},
  };
  return attack;
}

}  // namespace ln::app
