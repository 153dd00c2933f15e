// Open data for people and machines: what there is, and the files of each night.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::insight {

// Where the nights lie, each in a folder with its date as its name. Said once, before anybody is
// served; until then there is no open data.
void set_open_folder(std::string folder);
std::string open_folder();  // "": none was said

// Dates of the nights that lie in a folder, the newest first.
std::vector<std::string> open_nights(const std::string& folder);

// GET /data: what there is, how to read it, under which licence, and the newest files.
// ?night=2026-11-22 shows those of an earlier night; ?table=cases what the columns of a table say.
Result<http::Response> data_page(const http::Request& request, db::Read& read);
// GET /data/{file}: a file of the newest night; "manifest.json" too.
Result<http::Response> data_file(const http::Request& request, db::Read& read);
// GET /data/{night:date}/{file}
Result<http::Response> night_file(const http::Request& request, db::Read& read);

}  // namespace ln::insight
