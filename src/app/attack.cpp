#include "app/attack.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "app/arguments.h"
#include "app/attack_stage.h"
#include "app/cli_console.h"

namespace ln::app {
namespace {

constexpr std::array<std::pair<std::string_view, Attack (*)(Stage&)>, 6> plays = {{
    {"delete", play_delete},
    {"edit", play_edit},
    {"rewrite", play_rewrite},
    {"backdate", play_backdate},
    {"roll-back", play_roll_back},
    {"fork", play_fork},
}};

}  // namespace

bool Attack::is_exposed() const {
  return carried_out && !onlookers.empty() && std::ranges::all_of(onlookers, &Onlooker::noticed);
}

Attacked play_attacks(const AttackWish& wish) {
  const auto is_wanted = [&](const auto& play) {
    return wish.only.empty() || play.first == wish.only;
  };
  if (std::ranges::none_of(plays, is_wanted))
    throw Misuse{{"attack.error.no_such"_t, {{"word", wish.only}}}};
  Stage stage(wish);
  Attacked all;
  all.before = {
      {"attack.before.sent"_t, {{"text", stage.body()}, {"code", stage.code()}}},
      {"attack.before.receipt"_t,
       {{"line", std::to_string(stage.receipt().index)},
        {"size", std::to_string(stage.kept().size)}}},
  };
  for (const auto& play : plays) {
    Attack (*const carry_out)(Stage&) = play.second;
    if (is_wanted(play)) all.attacks.push_back(carry_out(stage));
  }
  return all;
}

int status_of(const std::vector<Attack>& attacks) {
  return !attacks.empty() && std::ranges::all_of(attacks, &Attack::is_exposed) ? exit_done
                                                                               : exit_refused;
}

}  // namespace ln::app
