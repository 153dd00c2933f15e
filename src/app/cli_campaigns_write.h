// What langnghe campaigns found, as JSON Lines: docs/formats/campaigns.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/whole_file.h"
#include "engine/campaigns/campaigns.h"

namespace ln::app {

// The ids of all comments, in the order of arrival, one after the other.
class CommentIds {
 public:
  void add(std::string_view id);
  std::string_view operator[](std::size_t comment) const;
  std::size_t size() const { return ends_.size(); }

 private:
  std::string bytes_;
  std::vector<std::uint64_t> ends_;
};

std::string_view name_of(campaigns::Kind kind);
std::string_view name_of(campaigns::How how);

// One line about all, one for each group, one for each comment that is in a group or quotes one: by
// group and then by id (shorter first, then by bytes). Names no path and no time.
void write_campaigns(const campaigns::Found& found,
                     const campaigns::Texts& texts,
                     const CommentIds& ids,
                     WholeFile& to);

}  // namespace ln::app
