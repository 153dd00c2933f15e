// Rows of confirmed contacts, and of the links that were sent to them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/merkle/merkle.h"
#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

// What a link sent to a contact is for.
enum class LinkPurpose : std::uint8_t {
  confirm,  // The holder of the secret shows that what is sent there reaches them.
  recover,  // Whoever gets it there is given a new secret.
};
std::string_view to_text(LinkPurpose purpose);

// When the holder confirmed the contact of this case; null: never, or there is none.
std::optional<Instant> contact_confirmed_at(db::Read& read, FeedbackId id);
void confirm_contact(db::Write& write, FeedbackId id, Instant now);

struct ContactLink {
  FeedbackId feedback{};
  LinkPurpose purpose = LinkPurpose::confirm;
  merkle::Hash hash{};  // of the token
  Instant expires_at{};
};
// The link with this token, used never and not over at `now`.
std::optional<ContactLink> link_with(db::Read& read, const merkle::Hash& hash, Instant now);
// How many were asked for on this day.
std::int64_t links_on(db::Read& read, FeedbackId id, Day day);
// In place of the one before, which leads nowhere from then on.
void save_link(db::Write& write, const ContactLink& link, Day day);
void use_link(db::Write& write, FeedbackId id);

// Whose acts the case accepts from now on.
void save_citizen_key(db::Write& write, FeedbackId id, const std::string& key);

}  // namespace ln::feedback
