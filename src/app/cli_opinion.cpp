// langnghe opinion: a map of opinions from a table of votes.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <thread>

#include "app/cli.h"
#include "app/cli_console.h"
#include "app/commands.h"
#include "app/opinion_polis_report.h"
#include "app/opinion_report.h"
#include "app/opinion_workers.h"
#include "engine/opinion/opinion_comments.h"
#include "engine/opinion/opinion_read.h"
#include "platform/file/file.h"

namespace ln::app {
namespace {

TextKey sentence_of(opinion::Trouble trouble) {
  using opinion::Trouble;
  switch (trouble) {
    case Trouble::empty: return "opinion.error.empty"_t;
    case Trouble::no_participant: return "opinion.error.no_participant"_t;
    case Trouble::too_many_statements: return "opinion.error.too_many_statements"_t;
    case Trouble::bad_id: return "opinion.error.bad_id"_t;
    case Trouble::statement_twice: return "opinion.error.statement_twice"_t;
    case Trouble::person_twice: return "opinion.error.person_twice"_t;
    case Trouble::cells: return "opinion.error.cells"_t;
    case Trouble::not_a_vote: return "opinion.error.not_a_vote"_t;
    case Trouble::not_a_group: return "opinion.error.not_a_group"_t;
    case Trouble::line_too_long: return "opinion.error.line_too_long"_t;
    case Trouble::too_many_people: return "opinion.error.too_many_people"_t;
    case Trouble::no_comment: return "opinion.error.no_comment"_t;
    case Trouble::bad_text: return "opinion.error.bad_text"_t;
  }
  return {};
}

int refuse_file(const Console& console,
                const std::string& path,
                const opinion::Complaint& complaint) {
  const std::string line = std::to_string(complaint.line);
  console.err << console.voice("opinion.error.line"_t,
                               {{"file", path},
                                {"line", line},
                                {"what", console.voice(sentence_of(complaint.trouble))}})
              << '\n';
  return exit_refused;
}

Misuse no_such_file(const std::string& path) {
  return Misuse{{"cli.error.no_file"_t, {{"path", path}}}};
}

// Reads the votes piece by piece: the file may be larger than memory.
std::optional<opinion::Complaint> read_votes(opinion::VoteReader& reader, const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) throw no_such_file(path);
  const auto size = static_cast<double>(file.tellg());
  file.seekg(0);
  std::string piece(1 << 20, '\0');
  double done = 0;
  while (file) {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto got = static_cast<std::size_t>(file.gcount());
    if (const auto wrong = reader.take(std::string_view(piece).substr(0, got))) return wrong;
    done += static_cast<double>(got);
    if (is_watched() && got == piece.size()) draw_bar("", std::min(done / size, 0.999));
  }
  if (is_watched()) draw_bar("", 1);
  return reader.finish();
}

struct Statements {
  std::vector<opinion::Comment> comments;
  std::vector<std::string> rejected;
};

std::vector<std::string> texts_of(const opinion::Votes& votes, const Statements& statements) {
  std::vector<std::string> texts;
  for (const std::string& id : votes.statement_ids()) {
    const auto found = std::ranges::lower_bound(statements.comments, id, opinion::stands_before,
                                                &opinion::Comment::id);
    const bool is_there = found != statements.comments.end() && found->id == id;
    texts.push_back(is_there ? found->text : "");
  }
  return texts;
}

// Made whole before anything is written, and written under another name first: whoever is
// interrupted leaves the file as it was.
void write_out(const Arguments& given, const OpinionReport& report) {
  if (const auto path = given.find("out"))
    file::write_file_durably(*path, opinion_json(report), file::Readers::everybody);
  if (const auto path = given.find("people"))
    file::write_file_durably(*path, opinion_people(report.votes, report.map));
}

// The adjusted Rand index of a map's groups to those that the file names; null when it names none.
std::optional<double> agreement_with_file(const opinion::Votes& votes,
                                          const std::vector<std::uint8_t>& group) {
  std::vector<std::uint8_t> named;
  for (std::size_t i = 0; i < votes.people(); ++i) {
    const int number = votes.group(i);
    named.push_back(number < 0 || number >= opinion::no_group ? opinion::no_group
                                                              : static_cast<std::uint8_t>(number));
  }
  if (std::ranges::count(named, opinion::no_group) == std::ssize(named)) return std::nullopt;
  return opinion::adjusted_rand(group, named);
}

int draw_exact(Console& console,
               const Arguments& given,
               const opinion::Votes& votes,
               const Statements& statements,
               std::size_t left_out) {
  const auto threads = static_cast<std::size_t>(
      given.number("threads", std::max(1U, std::thread::hardware_concurrency()), 1, 256));
  const opinion::Workers workers =
      workers_of(threads, is_watched() ? [](double share) { draw_bar("", share * 0.999); }
                                       : std::function<void(double)>());
  const opinion::Map map = opinion::map_of(votes, workers);
  const opinion::Quality quality = opinion::quality_of(votes, map, workers);
  if (is_watched()) draw_bar("", 1);
  const opinion::Counts counts(votes, map, workers);
  const opinion::Findings findings = opinion::findings_of(map, counts);
  const OpinionReport report{votes,   map, counts, findings, quality, texts_of(votes, statements),
                             left_out};
  if (given.find("people") && findings.groups.empty()) {
    console.err << console.voice("opinion.too_few"_t) << '\n';
    return exit_refused;
  }
  write_out(given, report);
  const auto most = static_cast<std::size_t>(given.number("most", 5, 1, 10'000));
  console.out << opinion_text(report, console.voice, most);
  if (const auto index = agreement_with_file(votes, map.group))
    console.out << '\n'
                << console.voice("opinion.published"_t,
                                 {{"index", console.voice.decimal(*index, 3)}})
                << '\n';
  return exit_done;
}

int draw_polis(Console& console,
               const Arguments& given,
               const opinion::Votes& votes,
               const Statements& statements) {
  if (given.find("people")) throw Misuse{{"opinion.error.people_exact"_t, {}}};
  std::vector<std::size_t> rejected;
  for (std::size_t j = 0; j < votes.statements(); ++j)
    if (std::ranges::binary_search(statements.rejected, votes.statement(j), opinion::stands_before))
      rejected.push_back(j);
  const opinion::polis::PolisMap map = opinion::polis::map_of(votes, rejected);
  const PolisReport report{votes, map, texts_of(votes, statements),
                           agreement_with_file(votes, map.group)};
  if (const auto path = given.find("out"))
    file::write_file_durably(*path, polis_json(report), file::Readers::everybody);
  console.out << polis_text(report, console.voice);
  return exit_done;
}

}  // namespace

int cli_opinion(std::span<const std::string_view> words) {
  const Arguments given(words, options_of("opinion"));
  Console console = standard_console();
  given.expect_words(1);
  const bool is_exact = given.either("mode", "exact", "polis", true);
  Statements statements;
  if (const auto path = given.find("comments")) {
    const auto bytes = file::read_file(*path, opinion::comments_size_max);
    if (!bytes) throw no_such_file(*path);
    auto read = opinion::read_comments(*bytes);
    if (const auto* wrong = std::get_if<opinion::Complaint>(&read))
      return refuse_file(console, *path, *wrong);
    statements.comments = std::get<std::vector<opinion::Comment>>(std::move(read));
    for (const opinion::Comment& each : statements.comments)
      if (each.is_rejected) statements.rejected.push_back(each.id);
  }
  // Polis counts what moderators rejected as a pass of everybody; we leave it out.
  opinion::VoteReader reader(is_exact ? statements.rejected : std::vector<std::string>());
  if (const auto wrong = read_votes(reader, given.at(0)))
    return refuse_file(console, given.at(0), *wrong);
  const std::size_t left_out = reader.left_out();
  const opinion::Votes votes = reader.votes();
  if (!is_exact) return draw_polis(console, given, votes, statements);
  return draw_exact(console, given, votes, statements, left_out);
}

}  // namespace ln::app
