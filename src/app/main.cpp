// langnghe: one executable, one command after the other.
#include <string_view>
#include <vector>

#include "app/commands.h"
#include "platform/file/picture.h"

int main(int count, char** words) {
  // Cleaning a picture runs this very program again, in a cage (platform/file/picture.h).
  if (count == 2 && words[1] == ln::file::picture_worker_word) ln::file::picture_worker_main();
  return ln::app::run_command(std::vector<std::string_view>(words + 1, words + count));
}
