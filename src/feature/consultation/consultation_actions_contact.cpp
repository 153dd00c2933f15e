#include "feature/consultation/consultation_actions_contact.h"

#include "base/text.h"
#include "core/notice/notice_destination.h"
#include "core/notice/notice_store.h"
#include "feature/consultation/consultation_store_answer.h"
#include "platform/i18n/i18n.h"

namespace ln::consultation {
namespace {

constexpr std::int64_t told_at_once = 200;
constexpr std::size_t contact_chars_max = 200, contact_token_size = 32;

notice::Subject about_comment(CommentId id) { return {"consultation_comment", id.value}; }

std::optional<merkle::Hash> hash_of_token(std::string_view token) {
  if (token.size() != contact_token_size || !from_hex(token)) return std::nullopt;
  return merkle::sha256(as_bytes(token));
}

notice::Draft letter(const Owed& owed) {
  const auto code = Code::parse(owed.code);
  return {
      .kind = owed.is_decided ? "consultation.decided" : "consultation.answered",
      .to = notice::Recipient::citizen(owed.contact.to.address, owed.contact.to.way),
      .about = about_comment(owed.contact.comment),
      .text = owed.is_decided ? "consultation.notice.decided"_t : "consultation.notice.answered"_t,
      .values = {{"code", code ? code->shown() : owed.code},
                 {"path", "/consultations/comments/" + owed.code}},
      .language = owed.in_english ? "en" : "vi"};
}

}  // namespace

Result<Done> leave_contact(db::Write& write,
                           const CitizenAct& act,
                           const std::string& typed,
                           std::string_view token) {
  TRY(const Comment comment, open_comment(write, act.citizen, act.code));
  if (comment.state == Sight::withdrawn)
    return Error{ErrorKind::conflict, "consultation.error.withdrawn"_t};
  if (find_decision(write, comment.consultation))
    return Error{ErrorKind::conflict, "consultation.error.decided"_t};
  const auto to = notice::destination_of(first_chars(typed, contact_chars_max));
  if (!to)
    return Error{ErrorKind::invalid,
                 "consultation.error.contact"_t,
                 {{"contact", "consultation.error.contact"_t}}};
  const auto hash = hash_of_token(token);
  if (!hash) throw db::Failure("a link was made of what is no token");
  Contact contact = find_contact(write, comment.id).value_or(Contact{.comment = comment.id});
  const Day today = local_day(act.now);
  if (contact.asked_on != today) contact.asked_count = 0;
  if (contact.asked_count >= links_a_day)
    return Error{ErrorKind::too_many, "consultation.error.links_today"_t};
  contact.to = *to;
  contact.link = *hash;
  contact.link_until = act.now + link_lasts;
  contact.asked_on = today;
  ++contact.asked_count;
  contact.confirmed_at.reset();
  save(write, contact);
  const std::string path = "/consultations/comments/" + act.code.text();
  notice::queue(write,
                {.kind = "consultation.confirm",
                 .to = notice::Recipient::citizen(to->address, to->way),
                 .about = about_comment(comment.id),
                 .text = "consultation.notice.confirm"_t,
                 .values = {{"code", act.code.shown()}, {"path", path}},
                 .language = comment.in_english ? "en" : "vi",
                 .is_reply = true,
                 .link = path + "/contact/" + std::string(token)},
                act.now);
  return Done{};
}

Result<Comment> confirm_contact(db::Write& write,
                                const Code& code,
                                std::string_view token,
                                Instant now) {
  const Error over{ErrorKind::not_found, "consultation.error.link_over"_t};
  auto comment = find_comment(write, code);
  const auto hash = hash_of_token(token);
  auto contact = comment && hash ? find_contact(write, comment->id) : std::nullopt;
  if (!contact || contact->link != hash || contact->link_until < now) return over;
  contact->link.reset();
  contact->confirmed_at = now;
  save(write, *contact);
  // The table of a decision is fixed by its hash, and says how sure the senders were.
  if (contact->to.way == notice::Way::mail && !find_decision(write, comment->consultation))
    raise_strength(write, comment->id);
  return *std::move(comment);
}

Result<Done> forget_contact(db::Write& write, const CitizenAct& act) {
  TRY(const Comment comment, open_comment(write, act.citizen, act.code));
  // How many links were asked for today outlives the address, else the limit would be none.
  auto contact = find_contact(write, comment.id);
  if (contact && contact->asked_on == local_day(act.now)) {
    contact->to.address.clear();
    contact->link.reset();
    contact->confirmed_at.reset();
    save(write, *contact);
  } else {
    erase_contact(write, comment.id);
  }
  notice::forget_addresses(write, about_comment(comment.id));
  return Done{};
}

void drop_contact(db::Write& write, CommentId id) {
  erase_contact(write, id);
  notice::forget_addresses(write, about_comment(id));
}

std::int64_t tell_contacts(db::Database& database, Instant now) {
  const auto owed = database.read([](db::Read& read) { return owed_letters(read, told_at_once); });
  if (owed.empty()) return 0;
  const auto done = database.write([&](db::Write& write) -> Result<std::int64_t> {
    std::int64_t count = 0;
    // Read again: meanwhile somebody may have taken their contact back.
    for (const Owed& each : owed_letters(write, told_at_once)) {
      notice::queue(write, letter(each), now);
      ++count;
      if (each.is_decided) {
        erase_contact(write, each.contact.comment);
        continue;
      }
      Contact told = each.contact;
      told.told_at = each.answered_at;
      told.told_issue = each.issue;
      save(write, told);
    }
    return count;
  });
  return done.ok() ? done.value() : 0;
}

std::int64_t forget_unconfirmed(db::Database& database, Instant now) {
  if (!database.read([&](db::Read& read) { return has_unconfirmed(read, now); })) return 0;
  const auto done = database.write(
      [&](db::Write& write) -> Result<std::int64_t> { return erase_unconfirmed(write, now); });
  return done.ok() ? done.value() : 0;
}

}  // namespace ln::consultation
