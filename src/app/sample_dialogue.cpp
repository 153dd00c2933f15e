// What happens in the sample's dialogues.
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "app/sample_play.h"
#include "base/text.h"
#include "feature/commitment/commitment_actions.h"
#include "feature/dialogue/dialogue_actions.h"

namespace ln::app {
namespace {

constexpr std::chrono::days a_day{1};
constexpr std::uint64_t supporters_most = 9;

template <class T>
T done(Result<T> result, std::string_view what) {
  if (!result.ok())
    throw std::logic_error("the sample's dialogue was refused: " + std::string(what) + ", " +
                           std::string(result.error().text.name()));
  return std::move(result).value();
}

// Everything about the play that its acts need.
struct Hall {
  db::Database& database;
  const people::Officer& head;
  const units::Unit& unit;
  Random& random;
  dialogue::DialogueId id{};

  dialogue::RunAct run(std::int64_t revision, Instant at) const {
    return {
        .officer = head, .id = id, .revision = revision, .salts = ledger::draw(random), .now = at};
  }
  // Does `what` with the session as it stands.
  template <class What>
  void on_session(What what, Instant at, std::string_view name) const {
    const auto d = database.read([&](db::Read& read) { return dialogue::find(read, id); });
    const auto act = run(d->revision, at);
    done(database.write([&](db::Write& write) { return what(write, act); }), name);
  }
};

struct Told {
  dialogue::Question question;
  std::string secret;
};

template <class What>
void on_question(const Hall& hall, const Told& told, What what, Instant at, std::string_view name) {
  const auto q = hall.database.read(
      [&](db::Read& read) { return dialogue::find_question(read, told.question.id); });
  const auto act = hall.run(q->revision, at);
  done(hall.database.write([&](db::Write& write) { return what(write, act, *told.question.code); }),
       name);
}

void announce(Hall& hall, dialogue::Typed typed, Instant at) {
  typed.leader = "Chủ tịch " + hall.unit.name;
  const auto made =
      done(dialogue::prepare(hall.head, hall.unit, typed, hall.random, at), "prepare");
  hall.id =
      done(hall.database.write([&](db::Write& write) { return dialogue::announce(write, made); }),
           "announce")
          .id;
}

Told ask(Hall& hall, std::string_view body, Instant at, bool in_hall = false) {
  const auto prepared = done(hall.database.read([&](db::Read& read) {
    return dialogue::prepare_question(
        read, hall.id, {.body = std::string(body), .clerk = in_hall ? &hall.head : nullptr},
        hall.random, at);
  }),
                             body);
  auto asked = done(
      hall.database.write([&](db::Write& write) { return dialogue::ask(write, prepared, at); }),
      body);
  for (std::uint64_t n = hall.random.below(supporters_most); n > 0; --n) {
    const std::string mark(as_text(hall.random.bytes<32>()));
    done(hall.database.write([&](db::Write& write) {
      return dialogue::support(write, *asked.question.code, {.mark = mark});
    }),
         body);
  }
  return {std::move(asked.question), prepared.secret};
}

void answer(const Hall& hall, const Told& told, const std::string& words, Instant at) {
  on_question(
      hall, told,
      [&](db::Write& write, const dialogue::RunAct& act, const dialogue::Code& code) {
        return dialogue::answer(write, act, code, words);
      },
      at, words);
}

// What the unit promised to whoever asked, and what became of it.
struct Promised {
  const Hall& hall;
  const Told& told;
  commitment::CommitmentId id{};

  void make(const std::string& text, Day due_on, Instant at) {
    const auto prepared = done(hall.database.read([&](db::Read& read) {
      return commitment::prepare(
          read, hall.head, hall.unit,
          {.text = text, .due_on = due_on, .question = told.question.code->shown()}, hall.random,
          at);
    }),
                               text);
    id = done(hall.database.write(
                  [&](db::Write& write) { return commitment::make(write, prepared, at); }),
              text)
             .id;
    say(commitment::Act::confirm, at + std::chrono::hours(5));
  }
  commitment::Commitment now_is() const {
    return *hall.database.read([&](db::Read& read) { return commitment::find(read, id); });
  }
  void say(commitment::Act what, Instant at) const {
    const auto act = commitment::draw(people::Citizen(told.secret), told.question.code->text(),
                                      now_is(), hall.random, at);
    done(hall.database.write(
             [&](db::Write& write) { return commitment::perform(write, act, what, ""); }),
         commitment::to_text(what));
  }
  commitment::OfficeAct office(Instant at) const {
    return {.officer = hall.head,
            .id = id,
            .revision = now_is().revision,
            .salts = ledger::draw(hall.random),
            .now = at};
  }
};

constexpr const char* drain_answer =
    "Phường đã khảo sát: ống cống cũ bị vỡ một đoạn. Phường thuê đơn vị thông và thay ống, có tổ "
    "dân phố giám sát.";
constexpr const char* walk_answer =
    "Phường sẽ kẻ vạch, gắn biển và xử lý việc chiếm vỉa hè mỗi sáng trong giờ họp chợ.";
constexpr const char* lamp_answer =
    "Hai ngõ chưa có đèn vì chưa có đường dây. Phường đã có kinh phí và sẽ làm trong quý này.";

std::string minutes_of(const Hall& hall) {
  return "Biên bản buổi đối thoại của " + hall.unit.name +
         " về thoát nước, vỉa hè và đèn ngõ.\nThoát nước: " + drain_answer +
         "\nVỉa hè: " + walk_answer + "\nĐèn ngõ: " + lamp_answer;
}

void play_promises(const Hall& hall, const std::vector<Told>& asked, Instant held, Instant now) {
  const Day day = local_day(held);
  Promised kept{hall, asked[0]}, broken{hall, asked[2]}, changed{hall, asked[3]};
  const Instant after = held + std::chrono::hours(3);
  kept.make("Thông cống và thay đoạn ống vỡ ở ngõ 12, trả lại mặt đường.", day + a_day * 28, after);
  broken.make("Trả lại vỉa hè trước cổng chợ cho người đi bộ, có người trực mỗi sáng.",
              day + a_day * 30, after);
  changed.make("Lắp đèn chiếu sáng ở hai ngõ chưa có đèn.", day + a_day * 40, after);
  const auto done_act = kept.office(held + a_day * 24);
  done(hall.database.write([&](db::Write& write) {
    return commitment::declare(write, done_act,
                               "Đã thông cống, thay 14 m ống và trải lại mặt đường; tổ dân phố ký "
                               "biên bản nghiệm thu.",
                               "");
  }),
       "declare");
  kept.say(commitment::Act::accept, held + a_day * 26);
  pass_sample_promises(hall.database, hall.random, at_local(day + a_day * 31));
  const auto change_act = changed.office(held + a_day * 35);
  done(hall.database.write([&](db::Write& write) {
    return commitment::propose_change(
        write, change_act, "Lắp đèn chiếu sáng ở hai ngõ chưa có đèn.", local_day(now) + a_day * 20,
        "Cột điện về chậm, nhà thầu xin lùi ngày lắp.");
  }),
       "change");
  changed.say(commitment::Act::consent, held + a_day * 36);
  pass_sample_promises(hall.database, hall.random, at_local(day + a_day * 61));
}

void play_past(Hall& hall, Instant now) {
  const Instant held = at_local(local_day(now) - a_day * 70, std::chrono::hours(8));
  const Instant told = held - a_day * 10;
  announce(hall,
           {.topic_vi = "Thoát nước, vỉa hè và đèn ngõ",
            .topic_en = "Drains, pavements and lights",
            .summary = "Đường ngập khi mưa, vỉa hè trước chợ bị chiếm, hai ngõ chưa có đèn: ai làm "
                       "gì, bao giờ xong.",
            .place = "Nhà văn hóa phường",
            .closes_at = held - a_day,
            .starts_at = held},
           told);
  std::vector<Told> asked;
  asked.push_back(ask(hall, "Cống ngõ 12 tắc hai năm nay, bao giờ sửa?", told + a_day));
  asked.push_back(ask(hall, "Mưa là ngõ 12 ngập, phường có biết không?", told + a_day * 2));
  asked.push_back(ask(hall, "Ai cho bày hàng kín vỉa hè trước cổng chợ?", told + a_day * 3));
  asked.push_back(ask(hall, "Hai ngõ cuối đường chưa có đèn, tối trẻ con đi học thêm rất sợ.",
                      told + a_day * 4));
  on_question(
      hall, asked[1],
      [&](db::Write& write, const dialogue::RunAct& act, const dialogue::Code& code) {
        return dialogue::merge(write, act, code, *asked[0].question.code);
      },
      told + a_day * 5, "merge");
  hall.on_session(dialogue::start, held, "start");
  answer(hall, asked[0], drain_answer, held + std::chrono::minutes(20));
  answer(hall, asked[2], walk_answer, held + std::chrono::minutes(50));
  answer(hall, asked[3], lamp_answer, held + std::chrono::minutes(80));
  hall.on_session(dialogue::finish, held + std::chrono::hours(2), "finish");
  play_promises(hall, asked, held, now);
  hall.on_session(
      [&](db::Write& write, const dialogue::RunAct& act) {
        return dialogue::propose_minutes(write, act, minutes_of(hall));
      },
      held + a_day, "minutes");
  hall.on_session(dialogue::approve_minutes, held + a_day * (dialogue::contest_days + 3),
                  "approve");
}

void play_coming(Hall& hall, Instant now) {
  const Instant held = at_local(local_day(now) + a_day * 9, std::chrono::hours(8));
  const Instant told = now - a_day * 5;
  announce(hall,
           {.topic_vi = "Thủ tục một cửa và giờ tiếp dân",
            .topic_en = "One-stop procedures and reception hours",
            .summary = "Hồ sơ phải đi lại mấy lần, giờ tiếp dân có hợp với người đi làm không, và "
                       "những điều đã hứa lần trước.",
            .place = "Hội trường Ủy ban nhân dân phường",
            .closes_at = held - a_day,
            .starts_at = held},
           told);
  ask(hall, "Tôi đi làm cả tuần, phường có tiếp dân sáng thứ Bảy không?", told + a_day);
  ask(hall, "Vì sao hồ sơ của tôi phải nộp lại bản sao đã nộp năm ngoái?", told + a_day * 2);
  ask(hall, "Lần trước hứa dẹp hàng rong trước chợ, sao đến giờ vẫn vậy?", told + a_day * 3, true);
  const Told rude = ask(hall, "Cán bộ quầy số 3 tên là gì mà làm ăn như vậy?", told + a_day * 3);
  on_question(
      hall, rude,
      [](db::Write& write, const dialogue::RunAct& act, const dialogue::Code& code) {
        return dialogue::hide(write, act, code, dialogue::HideReason::privacy);
      },
      told + a_day * 4, "hide");
}

// A session in which all was answered and nothing was promised: what a sign of formality looks
// like.
void play_empty(Hall& hall, Instant now) {
  const Instant held = at_local(local_day(now) - a_day * 63, std::chrono::hours(14));
  const Instant told = held - a_day * 8;
  announce(hall,
           {.topic_vi = "Rác thải và tiếng ồn ban đêm",
            .topic_en = "Rubbish and noise at night",
            .summary = "Điểm tập kết rác để qua đêm, quán hát mở quá giờ: người dân hỏi, phường "
                       "trả lời.",
            .place = "Nhà văn hóa phường",
            .closes_at = held - a_day,
            .starts_at = held},
           told);
  const Told asked[] = {ask(hall, "Sao rác ở đầu ngõ 30 để đến sáng mới dọn?", told + a_day),
                        ask(hall, "Quán hát cạnh trường mở đến mấy giờ là đúng?", told + a_day * 2),
                        ask(hall, "Gọi báo tiếng ồn ban đêm thì ai nghe máy?", told + a_day * 3)};
  hall.on_session(dialogue::start, held, "start");
  for (const Told& each : asked)
    answer(hall, each, "Phường ghi nhận ý kiến và sẽ nghiên cứu, xem xét trong thời gian tới.",
           held + std::chrono::minutes(30));
  hall.on_session(dialogue::finish, held + std::chrono::hours(1), "finish");
}

}  // namespace

void play_dialogues(db::Database& database,
                    const SampleStaff& staff,
                    const units::Unit& unit,
                    Random& random,
                    Instant now) {
  Hall hall{database, staff.team_for(unit.path).head, unit, random};
  play_past(hall, now);
  play_coming(hall, now);
  play_empty(hall, now);
}

}  // namespace ln::app
