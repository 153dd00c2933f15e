// What stands above every page of somebody who must see to something now: app says for whom and
// what, and the pages of all handlers wear it (platform/html/band.h).
#pragma once

#include "platform/html/band.h"
#include "platform/http/http.h"

namespace ln::http {

// Gives the band for whoever sent `request`, for a page seen by `view`; empty for nearly everybody.
// Called when a page of staff was asked for, by several threads at once; it reads no database.
using BandMaker = html::Fragment (*)(const Request& request, const html::View& view);

// From now on, in the whole process. Null: nobody has a band.
void set_band(BandMaker maker);

// What the pages made for `request` wear, as long as both live.
html::Band::Make band_for(const Request& request);

}  // namespace ln::http
