// The steps of sending, and what has been answered so far. For the wings of this form only.
//
// Each step has its own address, /feedback/new/{draft}/{step}. What is typed is saved with every
// POST, right or wrong, so that going back loses nothing; the row can be read only with the token
// that stands in the address. Which answers are wrong is decided by feedback::prepare for all of
// them together; each step shows those that are its own.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/attachment/attachment.h"
#include "feature/feedback/feedback_actions.h"
#include "platform/http/http.h"

namespace ln::feedback {

// nature: asked only when the words sound like a complaint or denunciation in the legal sense, or
// when somebody came to it by themselves.
enum class Step : std::uint8_t { about, topic, where, story, nature, contact, check };
inline constexpr std::array all_steps = {Step::about,  Step::topic,   Step::where, Step::story,
                                         Step::nature, Step::contact, Step::check};
std::string_view to_text(Step step);  // as in the address
std::optional<Step> step_of(std::string_view word);
TextKey heading_of(Step step);

struct Draft {
  std::string token;
  Answers answers{};

  std::string_view text(std::string_view name) const;  // empty when it was not answered
  void set(std::string_view name, std::string_view value);
  // The whole as feedback::prepare takes it.
  Typed typed(bool in_english) const;
  attachment::Owner owner() const { return {"feedback_draft", draft_owner_id(token)}; }
};

// 130 random bits in letters that can be read aloud.
std::string draw_draft_token(Random& random);
// Null when the draft was sent, is older than a day, or never was.
std::optional<Draft> load_draft(db::Read& read, std::string_view token);

// Takes over what the form of `step` sent. Fields that the form does not have stay as they are.
void take(Draft& draft, Step step, const http::Fields& form);

// The steps of this draft in order: topics are asked only where there are some, and the place only
// when no QR code has told it.
std::vector<Step> steps_of(db::Read& read, const Draft& draft);
// The step of `steps` after `step`; the last one after itself. And the one before it, if any.
Step next_step(const std::vector<Step>& steps, Step step);
std::optional<Step> step_before(const std::vector<Step>& steps, Step step);

// Which step asks for the field with this name.
Step step_asking(std::string_view field);
// What is wrong with the answers of `step`; null when they are right.
std::optional<Error> wrong_in(const std::optional<Error>& all, Step step);

// The address of a step, without language.
std::string path_of(const Draft& draft, Step step);

}  // namespace ln::feedback
