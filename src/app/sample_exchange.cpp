#include "app/sample_exchange.h"

#include "feature/feedback/feedback_store_foreign.h"

namespace ln::app {

void install_sample_source(db::Database& database) {
  using feedback::ForeignColumn;
  feedback::Source source{
      .code = "ihanoi", .name = "iHanoi", .is_on = true, .about = feedback::About::place};
  const auto call = [&](ForeignColumn column, const char* name) {
    source.columns[static_cast<std::size_t>(column)] = name;
  };
  call(ForeignColumn::code, "Mã phản ánh");
  call(ForeignColumn::received, "Thời gian gửi");
  call(ForeignColumn::title, "Tiêu đề");
  call(ForeignColumn::body, "Nội dung");
  call(ForeignColumn::topic, "Lĩnh vực");
  call(ForeignColumn::unit, "Đơn vị xử lý");
  call(ForeignColumn::place, "Địa điểm");
  call(ForeignColumn::state, "Trạng thái");
  source.topics = {{"Chiếu sáng công cộng", "street-light"},
                   {"Giao thông đường bộ", "road"},
                   {"Thoát nước", "flood"},
                   {"Vệ sinh môi trường", "rubbish"},
                   {"Cây xanh", "trees"}};
  source.over = {"Đã hoàn thành", "Từ chối"};
  const Result<Done> done = database.write([&](db::Write& write) -> Result<Done> {
    feedback::save_source(write, source.code, feedback::value_of(source));
    return Done{};
  });
  static_cast<void>(done);  // It refuses nothing.
}

}  // namespace ln::app
