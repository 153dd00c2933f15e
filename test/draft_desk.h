// An office that drafts: a ward with a draft, those who head it, and people who comment on it.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <string>

#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_sealer.h"
#include "feature/consultation/consultation_actions.h"
#include "test/office.h"

namespace ln::test {

inline constexpr const char* first_text =
    "QUY CHẾ đánh giá công chức\n\n"
    "Điều 1. Phạm vi\n\n1. Quy chế quy định việc đánh giá công chức hằng năm của phường.\n\n"
    "Điều 2. Công khai\n\n1. Kết quả được công khai trong thời hạn ba mươi ngày làm việc.\n\n"
    "2. Người bị chấm thấp được giải trình trước hội đồng.";
inline constexpr const char* second_text =
    "QUY CHẾ đánh giá công chức\n\n"
    "Điều 1. Phạm vi\n\n1. Quy chế quy định việc đánh giá công chức hằng năm của phường.\n\n"
    "Điều 2. Giải thích từ ngữ\n\n1. Hội đồng là nhóm người do chủ tịch lập ra.\n\n"
    "Điều 3. Công khai\n\n1. Kết quả được công khai trong thời hạn mười ngày làm việc.\n\n"
    "2. Người bị chấm thấp được giải trình trước hội đồng.";

inline constexpr Day last_day{std::chrono::year(2026) / 12 / 10};

struct DraftDesk : Office {
  std::unique_ptr<ledger::Sealer> sealer = ledger::Sealer::open(
      database, {"langnghe.example/so-cai", "", "", [this] { return now; }}, random);
  consultation::ConsultationId id{};

  people::Officer officer(const std::string& login) {
    const auto staff = read([&](db::Read& r) {
      return people::SignIn::staff_of(r, people::hash_of("token-of-" + login), now, now);
    });
    REQUIRE(staff.has_value());
    return *people::Officer::of(*staff);
  }
  static consultation::Typed typed(const char* text = first_text) {
    return {.kind = "internal",
            .title_vi = "Quy chế đánh giá công chức phường",
            .title_en = "How ward officials are assessed",
            .summary_vi = "Đổi cách đánh giá công chức hằng năm.",
            .summary_en = "",
            .text = text,
            .note = ""};
  }
  consultation::Consultation current() {
    return *read([&](db::Read& r) { return consultation::find(r, id); });
  }
  consultation::EditAct act(const std::string& login = "hoa") {
    const auto c = read([&](db::Read& r) { return consultation::find(r, id); });
    return {.officer = officer(login), .revision = c ? c->revision : 0, .now = now};
  }
  void make() {
    const auto made = write(
        [&](db::Write& w) { return consultation::create(w, act(), units.at("P1"), typed()); });
    REQUIRE(made.ok());
    id = made.value().id;
  }
  void make_open() {
    make();
    REQUIRE(write([&](db::Write& w) { return consultation::open(w, act(), id, last_day); }).ok());
  }
  struct Told {
    consultation::Comment comment;
    std::string secret;
  };
  Told say(const std::string& clause, const std::string& body, const std::string& wording = "") {
    const auto prepared = read([&](db::Read& r) {
      return consultation::prepare(r, id, {.clause = clause, .body = body, .wording = wording},
                                   random, now);
    });
    REQUIRE(prepared.ok());
    const auto sent =
        write([&](db::Write& w) { return consultation::send(w, prepared.value(), now); });
    REQUIRE(sent.ok());
    return {sent.value().comment, prepared.value().secret};
  }
  consultation::Comment now_is(const Told& told) {
    return *read([&](db::Read& r) { return consultation::find_comment(r, told.comment.id); });
  }
  consultation::CitizenAct by(const Told& told, const std::string& secret = "") {
    return {.citizen = people::Citizen(secret.empty() ? told.secret : secret),
            .code = *told.comment.code,
            .salts = ledger::draw(random),
            .now = now};
  }
  std::optional<ledger::ConsultationFact> last_said() {
    const auto entry =
        read([](db::Read& r) { return ledger::last_fact(r, ledger::consultation_kind); });
    const auto fact = entry ? ledger::parse_fact(entry->payload) : std::nullopt;
    if (!fact) return std::nullopt;
    return std::get<ledger::ConsultationFact>(*fact);
  }
};

}  // namespace ln::test
