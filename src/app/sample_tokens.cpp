#include "app/sample_tokens.h"

#include <stdexcept>

#include "base/text.h"
#include "core/people/people_code.h"
#include "core/units/units_store.h"
#include "engine/blind/blind_client.h"

namespace ln::app {
namespace {

constexpr std::uint64_t key_seed = 9474, token_seed = 46;
constexpr int slips = 10;
constexpr std::size_t takers = 12;

template <class T>
T needed(Result<T> result) {
  if (!result.ok())
    throw std::logic_error("a token of the sample was refused: " +
                           std::string(result.error().text.name()));
  return std::move(result).value();
}

void spend_one(db::Database& database,
               consultation::ConsultationId id,
               const std::string& typed,
               Random& random,
               Instant at) {
  const std::string mark(as_text(random.bytes<32>()));
  const auto brought = needed(database.read(
      [&](db::Read& read) { return consultation::prepare_spending(read, id, typed, at); }));
  needed(database.write(
      [&](db::Write& write) { return consultation::spend(write, id, brought, mark, at); }));
}

// As a browser takes one.
std::string take_one(db::Database& database,
                     const consultation::TokenKey& key,
                     const people::Staff& staff,
                     Random& random,
                     Instant at) {
  const std::string message = blind::prepare(as_text(random.bytes<blind::nonce_size>()), random);
  const auto blinded = blind::blind(key.public_key, message, random);
  const consultation::IssueAct asked{
      .staff = staff, .id = key.consultation, .blinded = blinded->message, .now = at};
  const std::string answer = needed(
      database.read([&](db::Read& read) { return consultation::prepare_issue(read, asked); }));
  needed(database.write([&](db::Write& write) { return consultation::issue(write, asked); }));
  const auto signature = blind::finalize(key.public_key, message, answer, blinded->inverse);
  if (!signature) throw std::logic_error("a token of the sample does not verify");
  return blind::text_of({key.consultation.value, message, *signature});
}

}  // namespace

consultation::StaffDraft sample_staff_draft(db::Database& database, const units::Unit& unit) {
  const auto above = database.read([&](db::Read& read) { return units::ancestors(read, unit); });
  SeededRandom random(key_seed + static_cast<std::uint64_t>(unit.id.value));
  return {above.empty() ? unit : above.front(), blind::make_key(random)};
}

void play_tokens(db::Database& database,
                 const people::Officer& head,
                 const std::vector<people::Staff>& all,
                 consultation::ConsultationId id,
                 Instant at) {
  SeededRandom random(token_seed + static_cast<std::uint64_t>(id.value));
  consultation::SlipsAct printed{.officer = head, .id = id, .now = at};
  for (int n = 0; n < slips; ++n) printed.secrets.push_back(people::draw_secret(random));
  needed(
      database.write([&](db::Write& write) { return consultation::print_slips(write, printed); }));
  for (std::size_t n = 1; n < printed.secrets.size(); ++n)
    spend_one(database, id, printed.secrets[n], random, at);
  const auto key =
      database.read([&](db::Read& read) { return consultation::find_token_key(read, id); });
  // Nothing is spent before ten have taken one. The head of them all has yet to.
  std::vector<std::string> taken;
  for (const people::Staff& each : all)
    if (each.id() != all.front().id() && taken.size() < takers &&
        consultation::is_in_audience(each, *key))
      taken.push_back(take_one(database, *key, each, random, at));
  for (std::size_t n = 0; n < taken.size(); n += 2) spend_one(database, id, taken[n], random, at);
}

}  // namespace ln::app
