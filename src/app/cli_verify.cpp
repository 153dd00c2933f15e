// langnghe verify: an installation (--data DIR), or a receipt that anybody holds, without a
// network.
#include <iostream>
#include <string>

#include "app/cli.h"
#include "app/cli_console.h"
#include "app/cli_verify.h"
#include "app/clock.h"
#include "app/commands.h"
#include "app/database.h"
#include "app/policy.h"
#include "base/log.h"
#include "base/text.h"
#include "core/ledger/ledger_opening.h"

namespace ln::app {
namespace {

constexpr int exit_unsigned = 3;  // the proof holds, but nobody said whose signature to believe

void tell(Console& console, const ledger::Examined& examined, std::uint64_t index) {
  const i18n::Voice& voice = console.voice;
  const auto in_payload = [&](std::string_view name) {
    return std::string(ledger::text_in(examined.opening.payload, name).value_or("?"));
  };
  console.out << voice("verify.receipt.line"_t,
                       {{"event", in_payload("k")},
                        {"at", in_payload("t")},
                        {"line", voice.number(static_cast<std::int64_t>(index))},
                        {"log", examined.head.origin},
                        {"size", voice.number(static_cast<std::int64_t>(examined.head.size))}})
              << '\n';
  if (!examined.verdict) return;
  for (const merkle::Witnessed& witness : examined.verdict->witnesses)
    console.out << voice("verify.receipt.witness"_t, {{"name", witness.name}}) << '\n';
}

// What stands in the file without being part of any line, so that nobody takes it for proved.
void tell_stated(Console& console, const ledger::Examined& first, bool is_alone, bool has_text) {
  const i18n::Voice& voice = console.voice;
  if (is_alone && ledger::text_in(first.opening.payload, "sig"))
    console.out << voice("verify.receipt.act_alone"_t) << '\n';
  console.out << voice(has_text ? "verify.receipt.stated_code"_t : "verify.receipt.stated"_t,
                       {{"code", first.opening.code}})
              << '\n';
}

int verify_receipts(const std::string& path, const Arguments& given, Console& console) {
  const i18n::Voice& voice = console.voice;
  const auto receipts = receipts_of(read_needed(path));
  if (!receipts) return refuse(console, {ErrorKind::invalid, "verify.receipt.malformed"_t});
  const auto policy = policy_in(given);
  const merkle::Policy* believed = policy ? &*policy : nullptr;
  std::vector<ledger::Examined> all;
  if (receipts->size() == 1) {
    auto one = ledger::examine(receipts->front(), believed);
    if (!one.ok()) return refuse(console, one.error());
    all.push_back(std::move(one).value());
  } else {
    auto many = ledger::examine_case(*receipts, believed);
    if (!many.ok()) return refuse(console, many.error());
    all = std::move(many).value();
  }
  for (std::size_t i = 0; i < all.size(); ++i) tell(console, all[i], (*receipts)[i].index);
  if (const auto text = given.find("text")) {
    if (!ledger::is_text_of(all.front().opening, trimmed(read_needed(*text))))
      return refuse(console, {ErrorKind::invalid, "verify.receipt.other_text"_t});
    console.out << voice("verify.receipt.same_text"_t) << '\n';
  }
  tell_stated(console, all.front(), all.size() == 1, given.find("text").has_value());
  console.out << voice(policy ? "verify.receipt.good"_t : "verify.receipt.unsigned"_t) << '\n';
  return policy ? exit_done : exit_unsigned;
}

}  // namespace

int cli_verify(std::span<const std::string_view> words) {
  const Arguments given(words, options_of("verify"));
  log::set_least(log::Level::error);
  Console console = standard_console();
  if (given.find("late")) {
    given.expect_words(0);
    return verify_lateness(given, console);
  }
  if (given.find("counted")) {
    given.expect_words(0);
    return verify_counted(given, console);
  }
  const auto folder = given.find("data");
  given.expect_words(folder && given.count() == 0 ? 0 : 1);
  if (given.count() == 0)
    return verify_city(*folder, place_of(given, now()), given.text("second", ""), console);
  const auto promise = ledger::Promise::parse(read_needed(given.at(0)));
  if (!folder && !promise) return verify_receipts(given.at(0), given, console);
  if (!promise) return refuse(console, {ErrorKind::invalid, "verify.promise.malformed"_t});
  if (!folder) return verify_promise(*promise, given, nullptr, console);
  const db::Options place = place_of(given, now());
  require_city(*folder, place);
  return verify_promise(*promise, given, &place, console);
}

}  // namespace ln::app
