#include "feature/consultation/consultation_jobs_archive.h"

#include <algorithm>
#include <exception>
#include <functional>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_store.h"
#include "engine/csv/csv.h"
#include "engine/merkle/merkle.h"
#include "feature/consultation/consultation_actions_open.h"
#include "feature/consultation/consultation_actions_table.h"
#include "feature/consultation/consultation_store_archive.h"
#include "feature/consultation/consultation_store_letter.h"
#include "platform/json/json.h"
#include "platform/office/office_zip.h"

namespace ln::consultation {
namespace {

constexpr std::int64_t comments_a_file = 5'000;
constexpr std::size_t volume_size_max = 32 * 1024 * 1024;  // unpacked

struct MadeFile {
  std::string name;
  std::int64_t size = 0, volume = 0;
  std::string sha256;  // hexadecimal
};

// Files go into one volume after the other; a full one is handed out at once.
class Volumes {
 public:
  explicit Volumes(std::function<void(std::int64_t, const std::string&)> out)
      : out_(std::move(out)) {}
  void add(const std::string& name, const std::string& bytes) {
    if (size_ > 0 && size_ + bytes.size() > volume_size_max) end();
    writer_.add(name, bytes);
    size_ += bytes.size();
    files_.push_back({name, static_cast<std::int64_t>(bytes.size()), number_,
                      to_hex(merkle::sha256(as_bytes(bytes)))});
  }
  // How many there are.
  std::int64_t finish() {
    if (size_ > 0) end();
    return number_ - 1;
  }
  const std::vector<MadeFile>& files() const { return files_; }

 private:
  void end() {
    out_(number_++, std::move(writer_).finish());
    writer_ = office::ArchiveWriter();
    size_ = 0;
  }
  std::function<void(std::int64_t, const std::string&)> out_;
  office::ArchiveWriter writer_;
  std::size_t size_ = 0;
  std::int64_t number_ = 1;
  std::vector<MadeFile> files_;
};

std::string about(db::Read& read, const Consultation& c, const Decision& decision) {
  std::string out;
  json::Writer json(out);
  json.object().member("format", "langnghe-consultation-1").member("id", c.id.value);
  json.member("kind", c.kind).member("title_vi", c.title_vi).member("title_en", c.title_en);
  json.member("summary_vi", c.summary_vi).member("summary_en", c.summary_en);
  if (c.opened_at) json.member("opened_on", to_iso(local_day(*c.opened_at)));
  if (c.closes_on) json.member("closes_on", to_iso(*c.closes_on));
  json.name("versions").array();
  for (const Version& each : versions_of(read, c.id)) {
    if (!each.published_at) continue;
    json.object().member("number", each.number).member("note", each.note);
    json.member("sha256", to_hex(as_bytes(each.hash)));
    json.member("published_on", to_iso(local_day(*each.published_at)));
    if (each.line) json.member("line", *each.line);
    json.end_object();
  }
  json.end_array().name("decision").object().member("version", decision.version);
  json.member("note", decision.note).member("decided_on", to_iso(local_day(decision.decided_at)));
  json.member("line", decision.line).member("table_line", decision.table_line);
  json.member("table_sha256", to_hex(as_bytes(decision.table_hash)));
  json.end_object().end_object();
  return out + "\n";
}

void add_comment_line(db::Read& read, std::string& out, const PlacedComment& placed) {
  const Comment& c = placed.comment;
  json::Writer json(out);
  json.object().member("code", c.code->text()).member("version", c.version);
  json.member("clause", c.clause).member("clause_now", c.clause_now);
  json.member("state", to_text(c.state));
  if (c.reason) json.member("hidden_because", to_text(*c.reason));
  if (c.state == Sight::shown) {
    json.member("body", c.body);
    if (!c.wording.empty()) json.member("wording", c.wording);
    // What of it is not the letter it stands with, in bytes.
    if (const std::string own = own_words_in(read, c.id); !own.empty())
      json.member("own_words", own);
  }
  json.member("language", c.in_english ? "en" : "vi").member("channel", to_text(c.channel));
  // By token counts as anonymous in all that tells single comments (consultation_token.h).
  const Strength strength = c.strength == Strength::verified ? Strength::anonymous : c.strength;
  if (c.channel == Channel::site) json.member("strength", to_text(strength));
  if (!c.said_by.empty()) json.member("source", c.said_by);
  json.member("supports", c.support_count).member("sent_on", to_iso(local_day(c.sent_at)));
  if (placed.issue != 0) json.member("point", placed.issue);
  json.end_object();
  out += '\n';
}

// All comments, a file after so many; and a line for each in the receipts.
std::string add_comments(db::Read& read, ConsultationId id, Volumes& volumes) {
  std::string receipts = "code,line,leaf_sha256\n";
  std::int64_t after = 0, number = 0;
  for (;;) {
    const auto batch = comments_after(read, id, after, comments_a_file);
    if (batch.empty()) break;
    std::string lines;
    for (const PlacedComment& each : batch) {
      add_comment_line(read, lines, each);
      const auto entry =
          ledger::first_entry_of(read, {"consultation_comment", each.comment.id.value});
      const auto leaf = entry ? ledger::leaf_at(read, entry->index()) : std::nullopt;
      if (leaf)
        receipts += each.comment.code->text() + "," + std::to_string(entry->index()) + "," +
                    to_hex(merkle::hash_leaf(as_bytes(*leaf))) + "\n";
    }
    std::string name = std::to_string(++number);
    name = "comments-" + std::string(5 - std::min<std::size_t>(name.size(), 5), '0') + name;
    volumes.add(name + ".jsonl", lines);
    after = batch.back().comment.id.value;
  }
  return receipts;
}

std::string points_lines(db::Read& read, const std::vector<TableRow>& rows) {
  std::string out;
  for (const TableRow& row : rows) {
    const Issue& issue = row.issue;
    json::Writer json(out);
    json.object().member("point", issue.id.value).member("number", row.number);
    json.member("clause", issue.clause).member("title", issue.title);
    json.member("origin", to_text(issue.origin)).member("comments", row.behind.comments);
    const auto letter = find_letter(read, issue.id);
    if (letter && letter->kind && !letter->is_stale)
      json.member("letter", word_of(*letter->kind))
          .member("letter_senders", letter->members)
          .member("letter_fits", letter->fitting)
          .member("with_own_words", letter->with_own_words())
          .member("other_comments", letter->others);
    json.member("imported", row.behind.imported).member("supports", row.behind.supports);
    json.name("bodies").array();
    for (const std::string& each : row.behind.bodies) json.text(each);
    json.end_array();
    if (issue.answer) json.member("answer", to_text(*issue.answer));
    json.member("reason", issue.reason).member("changed_clause", issue.changed_clause);
    json.member("wording", issue.wording).member("objections", row.objections);
    if (issue.answered_at) json.member("answered_on", to_iso(local_day(*issue.answered_at)));
    json.end_object();
    out += '\n';
  }
  return out;
}

void add_votes(db::Read& read, ConsultationId id, Volumes& volumes) {
  std::vector<std::int64_t> asked;
  std::string words("comment-id,comment-body,moderated\n");
  for (const Statement& each : all_statements(read, id)) {
    const std::string number = std::to_string(each.id.value);
    // What was taken out is not told again here; that there was something is.
    const std::string_view cells[] = {number, each.is_on ? std::string_view(each.text) : "",
                                      each.is_on ? "0" : "-1"};
    csv::append(words, cells);
    if (each.is_on) asked.push_back(each.id.value);
  }
  std::vector<StoredVote> votes;
  each_vote(read, id, [&](const StoredVote& vote) { votes.push_back(vote); });
  const OpenVotes open = open_votes(asked, votes, sharers_of(read, id));
  volumes.add("statements.csv", words);
  volumes.add("votes.csv", table_of_votes(open));
  if (const std::string rows = rows_of_votes(open); !rows.empty())
    volumes.add("participants-votes.csv", rows);
}

std::string manifest_of(const std::vector<MadeFile>& files, ConsultationId id) {
  std::string out;
  json::Writer json(out);
  json.object().member("format", "langnghe-consultation-1").member("consultation", id.value);
  json.name("files").array();
  for (const MadeFile& each : files)
    json.object()
        .member("name", each.name)
        .member("sha256", each.sha256)
        .member("size", each.size)
        .member("volume", each.volume)
        .end_object();
  json.end_array().end_object();
  return out + "\n";
}

// What an archive must be made of: another text when a comment changed or a statement was switched.
std::string state_of(db::Read& read, ConsultationId id) {
  std::string state = std::to_string(revisions_of(read, id));
  for (const Statement& each : all_statements(read, id))
    state += " " + std::to_string(each.id.value) + (each.is_on ? "+" : "-");
  return state;
}

// `state`: as it was when everything was read; what was hidden meanwhile must not stay in an
// archive that tells its words.
Result<Done> keep_archive(db::Write& write, const std::string& state, Archive archive) {
  const ConsultationId id = archive.consultation;
  const auto c = find(write, id);
  const auto decision = find_decision(write, id);
  if (!c || !decision || find_archive(write, id) || state_of(write, id) != state ||
      !keep_volumes(write, id, archive.base, archive.volumes))
    return Error{ErrorKind::conflict, "consultation.error.changed"_t};
  TRY(archive.line,
      ledger::announce(
          write, ledger::ConsultationFact{.at = archive.made_at,
                                          .what = "archive",
                                          .consultation = id.value,
                                          .version = decision->version,
                                          .comments = comment_count(write, id),
                                          .closes = *c->closes_on,
                                          .text = merkle::sha256(as_bytes(archive.manifest))}));
  insert(write, archive);
  return Done{};
}

// A volume alone is given to nobody: only the manifest, which comes last, makes them an archive.
void keep_volume(db::Database& database,
                 ConsultationId id,
                 std::int64_t number,
                 const std::string& bytes) {
  const Result<Done> kept = database.write([&](db::Write& write) -> Result<Done> {
    put_volume(write, id, number, bytes);
    return Done{};
  });
  if (!kept.ok()) throw db::Failure("a volume of an archive could not be kept");
}

// Volumes of which no archive came, numbered above `base` and below `below`: they may hold words
// that were hidden or withdrawn since.
void drop_begun(db::Database& database, ConsultationId id, std::int64_t base, std::int64_t below) {
  const Result<Done> dropped = database.write([&](db::Write& write) -> Result<Done> {
    const auto archive = find_archive(write, id);
    if (!archive || (base != 0 && archive->base != base)) drop_volumes(write, id, base, below);
    return Done{};
  });
  static_cast<void>(dropped);  // It refuses nothing.
}

// Each volume is stored as soon as it is full, so that never more than one is in memory.
bool make_one(db::Database& database, ConsultationId id, std::int64_t base, Instant now) {
  std::string state;
  Volumes volumes([&](std::int64_t number, const std::string& bytes) {
    if (number > volumes_max) throw db::Failure("an archive has too many volumes");
    keep_volume(database, id, base + number, bytes);
  });
  database.read([&](db::Read& read) {
    const auto c = find(read, id);
    const auto decision = find_decision(read, id);
    if (!c || !decision) throw db::Failure("a decided consultation is not there");
    state = state_of(read, id);
    volumes.add("consultation.json", about(read, *c, *decision));
    for (const Version& each : versions_of(read, id))
      if (each.published_at)
        volumes.add("drafts/" + std::to_string(each.number) + ".txt",
                    find_version(read, id, each.number)->text);
    const auto rows = table_of(read, id);
    volumes.add("points.jsonl", points_lines(read, rows));
    volumes.add("table.csv", table_csv(sections_of(read, id)));
    add_votes(read, id, volumes);
    volumes.add("receipts.csv", add_comments(read, id, volumes));
    return 0;
  });
  const std::int64_t count = volumes.finish();
  return database
      .write([&](db::Write& write) {
        return keep_archive(write, state,
                            {.consultation = id,
                             .manifest = manifest_of(volumes.files(), id),
                             .volumes = count,
                             .made_at = now,
                             .base = base});
      })
      .ok();
}

bool archive_one(db::Database& database, ConsultationId id, Instant now) {
  const std::int64_t base = base_of(now);
  // Whoever was stopped while making one left volumes behind; another node's of this hour may be
  // on.
  drop_begun(database, id, 0, base_of(now - std::chrono::hours(1)));
  const auto drop_mine = [&] { drop_begun(database, id, base, base + volumes_max + 1); };
  try {
    if (make_one(database, id, base, now)) return true;
  } catch (const std::exception&) {
    // Each turn has numbers of its own: a full disk would be filled anew every minute.
    drop_mine();
    throw;
  }
  drop_mine();
  return false;
}

}  // namespace

// One that cannot be made keeps none of those behind it waiting; what was wrong with it is told
// once nothing else is left to do.
bool make_archive(db::Database& database, Instant now) {
  std::exception_ptr wrong;
  ConsultationId after{};
  for (;;) {
    const auto next =
        database.read([&](db::Read& read) { return next_without_archive(read, after); });
    if (!next) break;
    after = *next;
    try {
      if (archive_one(database, after, now)) return true;
    } catch (const std::exception&) {
      if (!wrong) wrong = std::current_exception();
    }
  }
  if (wrong) std::rethrow_exception(wrong);
  return false;
}

}  // namespace ln::consultation
