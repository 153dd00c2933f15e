#include <benchmark/benchmark.h>

#include <string>

#include "engine/text/text.h"
#include "engine/text/text_redact.h"

namespace {

std::string vietnamese() {
  std::string out;
  while (out.size() < 64UL * 1024)
    out += "Đường trước cổng trường hỏng nặng, mưa xuống là ngập. Đề nghị phường sớm sửa chữa! ";
  return out;
}
std::string ascii() {
  std::string out;
  while (out.size() < 64UL * 1024)
    out += "Duong truoc cong truong hong nang, mua xuong la ngap. De nghi phuong som sua chua! ";
  return out;
}

template <class Work>
void over(benchmark::State& state, const std::string& input, Work work) {
  for ([[maybe_unused]] auto each : state) benchmark::DoNotOptimize(work(input));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(input.size()));
}

void fold_ascii(benchmark::State& state) { over(state, ascii(), ln::text::fold); }
void fold_vietnamese(benchmark::State& state) { over(state, vietnamese(), ln::text::fold); }
void nfc_vietnamese(benchmark::State& state) { over(state, vietnamese(), ln::text::to_nfc); }
void marked_vietnamese(benchmark::State& state) { over(state, vietnamese(), ln::text::marked); }
void sort_key_of_a_name(benchmark::State& state) {
  over(state, "Phường Đống Đa", ln::text::sort_key);
}
void find_private(benchmark::State& state) { over(state, vietnamese(), ln::text::find_private); }

}  // namespace

BENCHMARK(fold_ascii);
BENCHMARK(fold_vietnamese);
BENCHMARK(nfc_vietnamese);
BENCHMARK(marked_vietnamese);
BENCHMARK(sort_key_of_a_name);
BENCHMARK(find_private);
