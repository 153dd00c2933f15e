#include "feature/feedback/feedback_part.h"

#include "base/text.h"

namespace ln::feedback {
namespace {

Error wrong_passage(TextKey text) { return {ErrorKind::invalid, text, {{"passage", text}}}; }

// The next line of `text`, without the signs of its end and what is blank around it.
std::string_view take_trimmed_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = trimmed(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

std::string plain_lines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view line = take_trimmed_line(text);
    if (line.empty()) continue;
    if (!out.empty()) out += '\n';
    out += line;
  }
  return out;
}

}  // namespace

bool may_be_parted(const Feedback& letter) {
  const bool is_worked_on = letter.state == State::received || letter.state == State::accepted ||
                            letter.state == State::assigned || letter.state == State::reopened;
  return is_worked_on && letter.about != About::conduct && !letter.is_protected &&
         !letter.held_as && !letter.erased_at;
}

Result<std::string> passage_of(const Feedback& letter, std::string_view typed) {
  const std::string passage = plain_lines(typed);
  if (count_chars(passage) < body_chars_min) return wrong_passage("feedback.error.passage_empty"_t);
  std::string_view rest = passage;
  while (!rest.empty())
    if (letter.body.find(take_trimmed_line(rest)) == std::string::npos)
      return wrong_passage("feedback.error.passage_not_theirs"_t);
  if (passage == plain_lines(letter.body)) return wrong_passage("feedback.error.passage_whole"_t);
  return passage;
}

bool may_rejoin(const LetterPart& row, const Feedback& part, Instant now) {
  const bool is_untouched = part.state == State::received && part.revision == 1 && !part.erased_at;
  return !row.undone_at && is_untouched && now < row.made_at + rejoin_for;
}

bool waits_for_office(State state) {
  return state != State::answered && state != State::promised && !is_over(state);
}

}  // namespace ln::feedback
