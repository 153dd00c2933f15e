#include "feature/feedback/feedback_rights.h"

#include <algorithm>

#include "feature/feedback/feedback_deadline.h"

namespace ln::feedback {
namespace {

using people::Role;
constexpr std::array officer_roles = {Role::clerk, Role::triage, Role::handler, Role::head};

std::string_view word_of(Right right) {
  switch (right) {
    case Right::never: return "-";
    case Right::theirs: return "theirs";
    case Right::always: return "yes";
  }
  return "";
}

std::string padded(std::string_view text) {
  std::string out(text);
  out.resize(std::max<std::size_t>(10, out.size()), ' ');
  return out;
}

// A case is a handler's when it is assigned to them. One that nobody has is there to be taken up.
bool is_theirs(const people::Officer& officer, Task task, const Feedback& feedback) {
  if (feedback.officer_id == officer.id().value) return true;
  const bool takes_up = task == Task::accept || task == Task::assign;
  return takes_up && feedback.officer_id == 0;
}

bool may_be_published(const Feedback& feedback) {
  const bool is_unverified = feedback.about == About::conduct && !feedback.answered_at;
  return feedback.is_public && !feedback.is_protected && !is_unverified;
}

}  // namespace

std::string_view to_text(Task task) {
  switch (task) {
    case Task::accept: return "accept";
    case Task::assign: return "assign";
    case Task::transfer: return "transfer";
    case Task::ask: return "ask";
    case Task::note: return "note";
    case Task::answer: return "answer";
    case Task::promise: return "promise";
    case Task::extend: return "extend";
    case Task::decline: return "decline";
    case Task::redirect: return "redirect";
    case Task::publish: return "publish";
    case Task::classify: return "classify";
    case Task::merge: return "merge";
    case Task::split: return "split";
    case Task::hurry: return "hurry";
  }
  return "";
}

std::optional<Act> act_of(Task task) { return from_word(all_acts, to_text(task)); }

Right right_to(Role role, Task task) {
  if (role == Role::head) return Right::always;
  switch (task) {
    case Task::note:
      return role == Role::clerk || role == Role::triage || role == Role::handler ? Right::always
                                                                                  : Right::never;
    case Task::accept:
      return role == Role::clerk || role == Role::triage ? Right::always
             : role == Role::handler                     ? Right::theirs
                                                         : Right::never;
    case Task::assign:
      return role == Role::triage    ? Right::always
             : role == Role::handler ? Right::theirs
                                     : Right::never;
    case Task::transfer:
    case Task::classify:
    case Task::merge:
    case Task::split:
    case Task::hurry:
    case Task::publish: return role == Role::triage ? Right::always : Right::never;
    case Task::decline:
    case Task::redirect:
      return role == Role::triage    ? Right::always
             : role == Role::handler ? Right::theirs
                                     : Right::never;
    case Task::extend: return Right::never;
    case Task::ask:
    case Task::answer:
    case Task::promise: return role == Role::handler ? Right::theirs : Right::never;
  }
  return Right::never;
}

std::string who_may_act() {
  std::string out = padded("task");
  for (const Role role : officer_roles) out += padded(people::to_text(role));
  while (out.back() == ' ') out.pop_back();
  out += '\n';
  for (const Task task : all_tasks) {
    out += padded(to_text(task));
    for (const Role role : officer_roles) out += padded(word_of(right_to(role, task)));
    while (out.back() == ' ') out.pop_back();
    out += '\n';
  }
  return out;
}

std::vector<std::string> places_of(const people::Officer& officer) {
  std::vector<std::string> places;
  for (const people::Grant& grant : officer.staff().grants())
    if (std::ranges::find(officer_roles, grant.role) != officer_roles.end() &&
        std::ranges::find(places, grant.unit_path) == places.end())
      places.push_back(grant.unit_path);
  return places;
}

bool may_see(const Feedback& feedback,
             std::span<const std::string> places,
             people::AccountId self) {
  const bool typed_it = feedback.is_protected && feedback.entered_by == self.value;
  return !typed_it && may_see(feedback, places);
}

bool may_see(const Feedback& feedback, const people::Officer& officer) {
  return may_see(feedback, places_of(officer), officer.id());
}

bool may_take_in(const people::Officer& officer) {
  return officer.staff().has(Role::clerk) || officer.staff().has(Role::head);
}

bool may_act(const people::Officer& officer, Task task, const Feedback& feedback) {
  return std::ranges::any_of(officer_roles, [&](Role role) {
    if (!officer.may(role, feedback.unit_path)) return false;
    const Right right = right_to(role, task);
    return right == Right::always || (right == Right::theirs && is_theirs(officer, task, feedback));
  });
}

bool is_open_to(const people::Officer& officer, Task task, const Feedback& feedback, Instant now) {
  if (feedback.erased_at || !may_act(officer, task, feedback)) return false;
  if (task == Task::publish) return may_be_published(feedback);
  if (task == Task::classify) return !is_over(feedback.state);
  if (task == Task::merge || task == Task::split)
    return !is_over(feedback.state) && may_be_grouped(feedback);
  // Whether the date would be nearer is judged by the act: it takes the topic.
  if (task == Task::hurry)
    return !feedback.urgent_at && clock_runs(feedback) && now < feedback.due_at;
  if (task == Task::extend) return may_extend(feedback, now).ok();
  const auto act = act_of(task);
  return !act || next_state(feedback, *act, Party::office, now).ok();
}

bool may_be_grouped(const Feedback& feedback) {
  return !feedback.is_protected && !feedback.held_as && feedback.about != About::conduct &&
         !feedback.erased_at;
}

bool may_read_contact(const people::Officer& officer, const Feedback& feedback) {
  if (feedback.is_protected || feedback.held_as) return false;
  if (feedback.officer_id == officer.id().value) return true;
  return std::ranges::any_of(officer.staff().grants(), [&](const people::Grant& grant) {
    return grant.role == Role::head && grant.unit == feedback.unit;
  });
}

}  // namespace ln::feedback
