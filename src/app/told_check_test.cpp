// Words that were edited behind the program's back, in every room of a sample city.
#include "app/told_check.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "app/city.h"
#include "app/sample.h"
#include "base/log.h"
#include "test/engine.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::app {
namespace {

// Edits one row in each table that holds words, past every guard.
constexpr const char* guards[] = {
    "supervision_finding_no_update", "supervision_advice_no_update", "supervision_reply_no_update",
    "project_item_no_update",        "project_price_no_update",      "emulation_event_no_update",
    "emulation_claim_no_update",     "emulation_model_no_update",    "supervision_drawn_no_update"};
constexpr const char* edits[] = {
    "UPDATE consultation_version SET text = text || ' Và thêm.' WHERE consultation_id = 1 "
    "AND number = 1",
    "UPDATE consultation_comment SET body = 'Tôi đồng ý.' WHERE id = "
    "(SELECT min(id) FROM consultation_comment WHERE state = 'shown')",
    "UPDATE consultation_objection SET body = 'Tôi đồng ý.' WHERE comment_id = "
    "(SELECT min(comment_id) FROM consultation_objection WHERE body <> '')",
    "UPDATE consultation_objection SET reply = 'Đã sửa xong.' WHERE comment_id = "
    "(SELECT min(comment_id) FROM consultation_objection WHERE reply <> '')",
    "UPDATE consultation_issue SET reason = 'Không ai hỏi.' WHERE id = "
    "(SELECT min(id) FROM consultation_issue WHERE answered_at IS NOT NULL)",
    "UPDATE consultation_source SET name = 'Cuộc họp khác' WHERE kind <> 'invited'",
    "UPDATE consultation_source SET name = 'Hội khác' WHERE id = "
    "(SELECT min(id) FROM consultation_source WHERE kind = 'invited')",
    "UPDATE supervision_finding SET note = 'Không có gì.' WHERE line = "
    "(SELECT min(line) FROM supervision_finding WHERE note <> '')",
    "UPDATE supervision_advice SET text = 'Làm tốt lắm.' WHERE id = "
    "(SELECT min(id) FROM supervision_advice)",
    "UPDATE supervision_reply SET text = 'Đã làm hết.' WHERE line = "
    "(SELECT min(line) FROM supervision_reply)",
    "UPDATE project_item SET text = 'Khác.' WHERE kind = 'plan'",
    "UPDATE project_price SET price = price - 1 WHERE code = 'ONT'",
    "UPDATE project_round SET raised = 10 WHERE number = 1",
    "UPDATE project_line SET structures = structures - 1 WHERE id = "
    "(SELECT max(id) FROM project_line)",
    "UPDATE project_question SET body = 'Tôi đồng ý.' WHERE id = 1",
    "UPDATE project_question SET answer = 'Đã trả đủ tiền.' WHERE id = 2",
    "UPDATE emulation_model SET task = 'Nhiệm vụ khác' WHERE id = 1",
    "UPDATE emulation_claim SET after_part = after_part + 1 WHERE model_id = "
    "(SELECT min(model_id) FROM emulation_claim)",
    "UPDATE emulation_event SET text = 'Rất tốt.' WHERE line = "
    "(SELECT min(line) FROM emulation_event WHERE kind IN ('confirmed','refuted'))"};

constexpr const char* plants =
    "UPDATE consultation_comment SET state = 'hidden', reason = 'privacy' WHERE id = "
    "(SELECT max(id) FROM consultation_comment WHERE state = 'shown');"
    "UPDATE consultation_comment SET state = 'withdrawn', reason = '' WHERE id = "
    "(SELECT max(id) FROM consultation_comment WHERE state = 'shown');"
    "UPDATE consultation SET closes_on = closes_on + 1 WHERE id = 1;"
    "INSERT INTO consultation_issue (consultation_id, clause, title, origin, created_by, "
    "created_at) VALUES (1, 'all', 'Không ai hỏi', 'hand', 1, 1);"
    "INSERT INTO consultation_source (consultation_id, kind, name, received_on, added_by, "
    "added_at) VALUES (1, 'minutes', 'Không có cuộc họp nào', 1, 1, 1);"
    "INSERT INTO consultation_version (consultation_id, number, text, hash, created_at, "
    "published_at, line) SELECT consultation_id, 99, text, hash, created_at, published_at, line "
    "FROM consultation_version WHERE consultation_id = 1 AND number = 1;"
    "UPDATE consultation_issue SET answered_at = NULL;"
    "INSERT INTO emulation_model (unit_id, unit_path, field, name_vi, task, place, launched_by, "
    "metric, begins_on, days, registered_by, registered_at) SELECT unit_id, unit_path, field, "
    "name_vi, task, place, launched_by, metric, begins_on, days, registered_by, registered_at "
    "FROM emulation_model WHERE id = 1;"
    "INSERT INTO project_question (code, project_id, household_id, line_id, round, previous_id, "
    "body, asked_at, due_at, line, reissue_id) SELECT '33333333', project_id, household_id, "
    "line_id, round, 0, 'x', asked_at, due_at, line, 999 FROM project_question WHERE id = 2;"
    "UPDATE supervision_finding SET note = '', salt = substr(salt, 1, 0) WHERE line = "
    "(SELECT max(line) FROM supervision_finding);"
    "UPDATE supervision_drawn SET number = (SELECT min(i.number) FROM supervision_item i "
    "WHERE i.supervision_id = supervision_drawn.supervision_id AND NOT EXISTS (SELECT 1 "
    "FROM supervision_drawn d WHERE d.supervision_id = i.supervision_id "
    "AND d.number = i.number)) WHERE supervision_id = (SELECT min(supervision_id) "
    "FROM supervision_drawn) AND number = (SELECT max(number) FROM supervision_drawn d "
    "WHERE d.supervision_id = (SELECT min(supervision_id) FROM supervision_drawn));";

struct Sampled {
  test::Folder folder;
  std::string data = (folder.path / "city").string();
  db::Options where = test::on_engine({.path = data + "/langnghe.db"});

  explicit Sampled(std::size_t cases) {
    log::set_least(log::Level::error);
    SampleWish wish{.folder = data, .case_count = cases, .seed = 7, .now = test::monday};
    wish.url = where.url;
    if (!where.url.empty()) {
      // A sample makes its schema itself; this one may be left from another test.
      wish.schema = where.schema;
      test::tamper(data + "/langnghe.db", "DROP SCHEMA IF EXISTS " + where.schema + " CASCADE");
    }
    make_sample(wish);
  }
  std::vector<ledger::Fault> faults() {
    SeededRandom random(1);
    CityOptions options{.folder = data, .clock = [] { return test::monday; }};
    options.url = where.url;
    if (!where.url.empty()) options.schema = where.schema;
    City city(options, random);
    return city.database().read(check_told);
  }
  // Each fault once, in the order of the alphabet.
  std::string found() {
    std::set<std::string> once;
    for (const ledger::Fault& each : faults()) once.insert(each.what);
    std::string all;
    for (const std::string& each : once) all += each + "\n";
    return all;
  }
};

}  // namespace

TEST_CASE("an untouched city says everywhere what its ledger was told; edited words are named") {
  // Large enough for a programme of supervision to have been drawn.
  Sampled city(1'000);
  for (const ledger::Fault& each : city.faults()) FAIL_CHECK(each.id << " " << each.what);
  std::string sql;
  if (!test::is_on_postgres())
    for (const char* guard : guards) sql += std::string("DROP TRIGGER ") + guard + ";";
  for (const char* edit : edits) sql += std::string(edit) + ";";
  test::tamper(city.data + "/langnghe.db", sql);
  CHECK(city.found() ==
        "consultation: a comment is not the one that was sent or changed last\n"
        "consultation: a source is not the one that was taken in\n"
        "consultation: an invitation is not the one that was sent\n"
        "consultation: an objection to an answer is not the one that was sent\n"
        "consultation: the answer to a point is not the one that was given last\n"
        "consultation: the reply to an objection is not the one that was given\n"
        "consultation: the text of a version is not the one that was published\n"
        "emulation: the claim is not the one that was made\n"
        "emulation: the model is not the one that was registered\n"
        "emulation: the verdict is not the one that was given\n"
        "project: a question of a household is not the one that was asked\n"
        "project: an answer to a household is not the one that was given\n"
        "project: the file of a household is not the one that was taken in\n"
        "project: the prices are not those that were published\n"
        "project: what is printed of the round is not what was told\n"
        "project: what is read is not what was published\n"
        "supervision: a finding does not say what it was told with\n"
        "supervision: advice is not what was told\n"
        "supervision: what was said to advice is not what was told\n");
  // Rows that are swapped, hidden, moved or planted.
  test::tamper(city.data + "/langnghe.db", plants);
  const std::string said = city.found();
  for (const char* each :
       {"consultation: a comment is hidden or shown without a line, or for another reason",
        "consultation: a draft closes on another day than was told",
        "consultation: a point was never told", "consultation: a source was never told",
        "consultation: a version was never told",
        "consultation: the answer to a point was taken out of sight without a reason",
        "consultation: a comment was withdrawn without a line, or came back",
        "emulation: a model or a claim is there and was never told",
        "project: a question of a household was never told",
        "supervision: other cases are examined than were drawn",
        "supervision: the words of a finding went without an erasure"})
    CHECK_MESSAGE(said.find(each) != said.npos, each << " is not in\n" << said);
  // A row that cannot be read is a fault of its room, and what stands before it is still compared.
  test::tamper(city.data + "/langnghe.db",
               "UPDATE project_household SET code = 'none' WHERE id = 1");
  const std::string rest = city.found();
  CHECK(rest.find("project: could not be read, and no room after it: a household has a code that "
                  "is none") != rest.npos);
  CHECK(rest.find("supervision: other cases are examined than were drawn") != rest.npos);
  CHECK(rest.find("emulation") == rest.npos);
}

TEST_CASE("rows that went, and rows that nobody was told of, are named with their room") {
  Sampled city(40);
  test::tamper(
      city.data + "/langnghe.db",
      "DELETE FROM project_question WHERE id = 1;"
      "UPDATE project_question SET answer = 'Đã hứa trả đủ.' WHERE answered_at IS NULL;"
      "DELETE FROM consultation_comment WHERE id = 1;"
      "INSERT INTO consultation_comment (consultation_id, code, citizen_key, version, clause, "
      "clause_now, body, strength, language, state, sent_at, changed_at) "
      "SELECT consultation_id, '22222222', citizen_key, version, clause, clause_now, "
      "'Tôi rất đồng ý.', 'verified', 'vi', 'shown', sent_at, changed_at "
      "FROM consultation_comment WHERE id = 2");
  CHECK(city.found() ==
        "consultation: a comment was never told\n"
        "consultation: the comment of this line is not there any more\n"
        "consultation: the counts of draft 1 are not those of its comments\n"
        "project: a question of a household is not there any more\n"
        "project: a question or an answer of a household was never told\n"
        "project: an answer to a household is not there any more\n"
        "project: something of a project is there and was never told\n");
}

}  // namespace ln::app
