// Whatever bytes claim to be a model, and whatever text it is asked about: what is read gives its
// own bytes back and probabilities of one whole.
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "engine/triage/triage.h"

namespace {

void expect(bool claim) {
  if (!claim) std::abort();
}

// A small model that is true, to fuzz the asking with.
const ln::triage::Model& small_model() {
  static const ln::triage::Model model = [] {
    std::vector<ln::triage::Example> examples;
    for (int i = 0; i < 4; ++i) {
      examples.push_back({"đèn đường tắt tối om", "light", std::to_string(i)});
      examples.push_back({"rác chất đống hôi thối", "rubbish", std::to_string(i)});
    }
    return *ln::triage::train(examples);
  }();
  return model;
}

void ask(const ln::triage::Model& model, std::string_view text) {
  const auto guess = model.suggest(text, model.labels().size());
  double whole = 0;
  for (const auto& each : guess.best) {
    expect(std::isfinite(each.probability) && each.probability >= 0);
    whole += each.probability;
  }
  expect(std::abs(whole - 1) < 1e-6);
  static_cast<void>(model.why(text, model.labels()[0]));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view raw(reinterpret_cast<const char*>(bytes), size);
  if (const auto model = ln::triage::Model::read(raw)) {
    expect(model->bytes() == raw);
    ask(*model, "đèn đường tắt");
  }
  ask(small_model(), raw);
  if (size == 0 || bytes[0] % 8 != 0) return 0;  // What follows is slow: a model has many bytes.
  // A true model with some of its bytes changed: three say where, the fourth what.
  static const std::string whole = small_model().bytes();
  std::string changed = whole;
  for (std::size_t i = 0; i + 3 < size; i += 4) {
    const std::size_t at = bytes[i] | static_cast<std::size_t>(bytes[i + 1]) << 8 |
                           static_cast<std::size_t>(bytes[i + 2]) << 16;
    changed[at % changed.size()] = static_cast<char>(bytes[i + 3]);
  }
  if (const auto model = ln::triage::Model::read(changed)) {
    expect(model->bytes() == changed);
    ask(*model, "rác");
  }
  return 0;
}
