// What the pages of emulation share. For this room's pages only.
#pragma once

#include <string>
#include <vector>

#include "feature/emulation/emulation_store.h"
#include "platform/html/fill.h"
#include "platform/html/spoken.h"
#include "platform/html/view.h"

namespace ln::emulation {

html::Url page_of(const html::View& view, ModelId id);
html::Spoken name_of(const html::View& view, const Model& m);
std::string unit_name(const html::View& view, db::Read& read, units::UnitId id);
// What models are looked at by; `lead` says which of them these are.
html::Fragment criteria_part(const html::View& view,
                             const std::vector<Criterion>& criteria,
                             TextKey lead);
html::Fragment stands_badge(const html::View& view, Happening stands);
// One of a list of models, leading to `to`.
html::Fragment model_item(const html::View& view,
                          db::Read& read,
                          const Model& m,
                          const html::Url& to);
// Everything of one model under its heading: facts, figures, what was said, who took it up.
html::Fragment sheet(const html::View& view, db::Read& read, const Model& m);

}  // namespace ln::emulation
