// Asking whoever spoke about officials whether anybody has pressed them over it. Pure.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "feature/feedback/feedback.h"

namespace ln::feedback {

// Days after sending.
inline constexpr std::array pressure_rounds = {std::chrono::days(7), std::chrono::days(30),
                                               std::chrono::days(90)};

enum class Pressure : std::uint8_t { none, pressed, unsaid };
inline constexpr std::array all_pressures = {Pressure::none, Pressure::pressed, Pressure::unsaid};
std::string_view to_text(Pressure);

// Whose sender is asked: of cases about conduct, and of protected ones.
bool is_asked_about_pressure(const Feedback& feedback);

inline constexpr std::size_t pressure_chars_max = 2'000;

}  // namespace ln::feedback
