// From aligned texts to a template: its slots and the options of each.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/campaigns/campaigns.h"
#include "engine/campaigns/campaigns_profile.h"
#include "engine/campaigns/campaigns_words.h"

namespace ln::campaigns {

// Neighbouring columns are one slot when what stands in one tells what stands in the other, by far
// more than it would if the texts were put together anew at random; otherwise the writers chose
// twice. An option counts when at least two members have it. `texts` and `words` are those that
// made the profile. Counts of members are those of these texts.
Template template_of(const Profile& profile,
                     std::span<const std::string> texts,
                     std::span<const Words> words);

// Which option of each slot gives `words`, all of them and nothing else; null when none does. Where
// several do, the option that comes first in the slot.
std::optional<std::vector<std::uint32_t>> parse(const Template& made, std::span<const Hash> words);

}  // namespace ln::campaigns
