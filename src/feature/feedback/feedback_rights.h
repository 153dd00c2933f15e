// Which officer may do what to a case: the second line of every act of an office. Whether the case
// may be known to them at all is may_see (feedback.h); whether the act fits its state, next_state.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/people/people.h"
#include "feature/feedback/feedback.h"

namespace ln::feedback {

enum class Task : std::uint8_t {
  accept,
  assign,
  transfer,
  ask,
  note,
  answer,
  promise,
  extend,
  decline,
  redirect,
  publish,
  classify,  // say what it is about
  merge,     // put it with another case
  split,
  hurry,  // find that it cannot wait
};
inline constexpr std::array all_tasks = {
    Task::accept,  Task::assign,   Task::transfer, Task::ask,     Task::note,
    Task::answer,  Task::promise,  Task::extend,   Task::decline, Task::redirect,
    Task::publish, Task::classify, Task::merge,    Task::split,   Task::hurry};
std::string_view to_text(Task);
// The act of the state table behind a task; null for notes, extensions and publishing, which change
// no state.
std::optional<Act> act_of(Task);

enum class Right : std::uint8_t {
  never,
  theirs,  // when the case is assigned to them; a handler may also take one nobody has
  always,
};
// What `role` may do within its unit and the units below.
//
// A head may everything. Triage says whose a case is and releases public texts. A handler works on
// what is assigned to them. A clerk takes in and notes.
Right right_to(people::Role role, Task task);
// The whole table as text, one line a task; a test compares.
std::string who_may_act();

// The units of all the officer's roles, also one below another: who works for a city and for
// one of its wards is of both, and must not know of what is said about either.
std::vector<std::string> places_of(const people::Officer& officer);
// may_see() with an officer's eyes: who typed a protected case for somebody at a counter knows whom
// it is from, and never finds it again. `places` are places_of the account `self`.
bool may_see(const Feedback& feedback, std::span<const std::string> places, people::AccountId self);
bool may_see(const Feedback& feedback, const people::Officer& officer);
// Who takes in for others and prints paper forms: a clerk or a head, of any unit.
bool may_take_in(const people::Officer& officer);
// Whether one of the officer's roles that covers the handling unit gives the right.
bool may_act(const people::Officer& officer, Task task, const Feedback& feedback);
// Whether `task` can be done now: the right, the state, and for publishing that it is allowed.
bool is_open_to(const people::Officer& officer, Task task, const Feedback& feedback, Instant now);
// Whether a case may be put with others at all, and found by its words: not when it is protected or
// about conduct, and not once its words are gone.
bool may_be_grouped(const Feedback& feedback);
// Who reads how to reach the sender: of an unprotected case, the officer it is assigned to and the
// head of the very unit that handles it.
bool may_read_contact(const people::Officer& officer, const Feedback& feedback);

}  // namespace ln::feedback
