// Rows of archives, and who lets their answers be published. No rules.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "feature/consultation/consultation_store.h"
#include "platform/db/db.h"

namespace ln::consultation {

struct Archive {
  ConsultationId consultation{};
  std::string manifest{};
  std::int64_t volumes = 0;
  Instant made_at{};
  std::int64_t line = 0;
  std::int64_t base = 0;  // the volume n has the number base + n
};
// Numbers of volumes that no other making uses: volumes are stored before it is known whether an
// archive comes of them, and on a server another node may be making the same one.
inline constexpr std::int64_t volumes_max = 999;
inline std::int64_t base_of(Instant now) { return to_ms(now) * (volumes_max + 1); }

void insert(db::Write& write, const Archive& archive);
std::optional<Archive> find_archive(db::Read& read, ConsultationId id);
void put_volume(db::Write& write, ConsultationId id, std::int64_t number, std::string_view bytes);
// Whether the volumes base + 1 to base + `count` are all there; all others go.
bool keep_volumes(db::Write& write, ConsultationId id, std::int64_t base, std::int64_t count);
// Volumes numbered below `below` go, those of one making (`base`) or, with 0, of all.
void drop_volumes(db::Write& write, ConsultationId id, std::int64_t base, std::int64_t below);
// The volume `number` of the archive that there is, from 1 on.
std::optional<std::string> find_volume(db::Read& read, ConsultationId id, std::int64_t number);
// What was hidden or shown later must not stay as it was: the job makes another. No volume is left.
void drop_archive(db::Write& write, ConsultationId id);
// The first decided consultation after `after` that has no archive; null for none.
std::optional<ConsultationId> next_without_archive(db::Read& read, ConsultationId after);

// Comments in the order of their ids, after the comment `after`, with the point each stands under
// (0: none).
struct PlacedComment {
  Comment comment{};
  std::int64_t issue = 0;
};
std::vector<PlacedComment> comments_after(db::Read& read,
                                          ConsultationId id,
                                          std::int64_t after,
                                          std::int64_t limit);

// The sum of the revisions of all comments: another one when any of them changed.
std::int64_t revisions_of(db::Read& read, ConsultationId id);

void set_shares(db::Write& write, ParticipantId participant, bool shares);
bool shares(db::Read& read, ParticipantId participant);
std::set<std::int64_t> sharers_of(db::Read& read, ConsultationId id);

}  // namespace ln::consultation
