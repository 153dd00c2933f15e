// What is said in the sample's two full consultations: data/sample/consultation_pay.txt and
// consultation_clearance.txt inside the executable.
//
// Each line is "kind|…". A comment is put together from an opening, a reason and a request about
// the same clause and a closing, each pair of reason and request of one mind once ("+" before one
// that is for the draft as it stands); "[a;b]" is one of several
// words and "{name}" a slot, so that no two people write the same unless they sign the same letter.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/time.h"
#include "core/units/units.h"
#include "feature/consultation/consultation_answer.h"

namespace ln::app {

inline constexpr std::size_t no_request = 1'000;

// Somebody's words.
struct SampleSaid {
  std::string clause{}, body{};
  std::string author{};     // of a letter or of minutes
  std::size_t request = 0;  // which of the requests about its clause it makes, from 0
  bool is_letter = false;   // one of the campaign
  bool is_edited = false;   // its letter, changed by hand
};

class SampleScript {
 public:
  // Throws std::logic_error when a line is not what its kind needs.
  SampleScript(std::string_view file, const units::Unit& place, Instant written_at);

  // Cells after the kind, of all lines of that kind, in their order.
  const std::vector<std::vector<std::string>>& lines(std::string_view kind) const;
  // The one line of that kind.
  const std::vector<std::string>& line(std::string_view kind) const;

  // What people write themselves, in the order in which they come.
  std::vector<SampleSaid> organic(Random& random) const;
  // The same letter so many times, each signed by somebody else.
  std::vector<SampleSaid> letters(std::size_t count, Random& random) const;
  // The letter that somebody changed before sending it.
  SampleSaid edited(Random& random) const;
  // With its choices made and its slots filled.
  std::string spoken(std::string_view text, Random& random) const;

 private:
  SampleSaid said_by_one(const std::vector<std::string>& why,
                         const std::vector<std::string>* ask,
                         std::size_t request,
                         Random& random) const;

  units::Unit place_;
  Instant written_at_;
  std::map<std::string, std::vector<std::vector<std::string>>, std::less<>> lines_;
};

// A text of data/sample with the name of the unit in it; throws std::logic_error when it lacks.
std::string text_for(std::string_view file, const units::Unit& unit);
// Of "1 -1 0", what the camp (from 0) says.
int view_of(std::string_view views, std::size_t camp);
// The answer that a line "answer" or "reply" gives; throws std::logic_error when it is no answer.
consultation::Given given_in(const std::vector<std::string>& cells);

}  // namespace ln::app
