// The files of open data: what stands in each table.
#include "core/workdays/workdays.h"
#include "feature/insight/insight_jobs_open.h"
#include "feature/insight/insight_store_open.h"
#include "platform/i18n/i18n.h"
#include "platform/json/json.h"

namespace ln::insight {
namespace {

constexpr int manifest_version = 1;
constexpr std::string_view rule_source = "docs/decisions/0031-open-data.md";

class Writing {
 public:
  Writing(db::Read& read, const Night& night, const MakeFile& make, const TellRooms& tell_rooms)
      : read_(read), night_(night), make_(make), tell_rooms_(tell_rooms), book_(night.sunday) {}

  std::vector<FileMade> all() {
    definitions_table();
    if (const auto years = open_years(read_))
      for (int year = years->first; year <= years->second; ++year) {
        classes(What::cases, year);
        classes(What::ratings, year);
      }
    figures();
    published();
    apart();
    units_tables();
    topics();
    calendar();
    rooms();
    return std::move(made_);
  }

 private:
  TableWriter table(std::string_view name, std::string part = {}) {
    return {open_table(name), std::move(part), make_, made_};
  }
  static void place(TableWriter& out, const Place& place) {
    out.text(place.unit).text(place.valid_from);
  }

  void definitions_table() {
    TableWriter out = table("definitions");
    const i18n::Voice vi(i18n::Language::vi), en(i18n::Language::en);
    for (const Definition& each : definitions()) {
      out.text(each.name).text(to_text(each.kind)).text(each.numerator).text(each.denominator);
      out.text(vi(each.sentence)).text(en(each.sentence));
      out.text(each.is_of_ratings ? "ratings" : "cases").text({});
      out.text(rule_source).text("/figures").end_row();
    }
    for (const RoomFigure& each : room_figures()) {
      out.text(each.name).text(to_text(each.kind)).text(each.numerator).text(each.denominator);
      out.text(vi(each.sentence)).text(en(each.sentence)).text(each.table).text(each.only);
      out.text(each.source).text(each.page).end_row();
    }
    out.finish();
  }

  // One row each, so many times as there are.
  void classes(What what, int year) {
    TableWriter out = table(what == What::cases ? "cases" : "ratings", std::to_string(year));
    each_class_row(read_, what, year, [&](const ClassRow& row) {
      if (row.to > night_.sunday) return;
      for (std::int64_t n = 0; n < row.count; ++n) {
        place(out, row.unit);
        out.day(row.from).day(row.to);
        if (what == What::ratings) {
          const RatingOutcome rated = rating_outcome_of(row.outcome);
          out.number(rated.score).text(to_text(rated.again)).text(to_text(rated.believed));
          out.end_row();
          continue;
        }
        out.text(row.topic).text(row.sender);
        for (const Outcome each : all_outcomes) out.flag((row.outcome & bit_of(each)) != 0);
        out.end_row();
      }
      book_.add(what, row.unit, row.to, row.sender, row.outcome, row.count);
    });
    out.finish();
  }

  void figures() {
    TableWriter out = table("figures");
    book_.each([&](const FigureBook::Line& line) {
      out.text(line.figure);
      place(out, line.place);
      out.text(line.sender).text(line.period);
      if (line.is_withheld)
        out.text({}).text({});
      else
        out.number(line.share.part).number(line.share.whole);
      out.decimal(line.value).decimal(line.low).decimal(line.high).flag(line.is_withheld);
      out.end_row();
    });
    out.finish();
  }

  void published() {
    const Instant end = at_local(night_.day + std::chrono::days(1));
    const auto years = published_years(read_, end);
    if (!years) return;
    for (int year = years->first; year <= years->second; ++year) {
      TableWriter out = table("published", std::to_string(year));
      const auto new_year = [](int number) {
        return at_local(Day(std::chrono::year(number) / std::chrono::January / 1));
      };
      each_published(read_, new_year(year), std::min(new_year(year + 1), end), end,
                     [&](const PublishedCase& each) { published_row(out, each); });
      out.finish();
    }
  }
  static void published_row(TableWriter& out, const PublishedCase& each) {
    const auto day_of = [](const std::optional<Instant>& at) {
      return at ? std::optional(local_day(*at)) : std::nullopt;
    };
    out.text(each.code).text(each.kind).text(each.about).text(each.topic);
    place(out, each.unit);
    out.text(each.state).day(day_of(each.received)).day(day_of(each.published));
    out.day(day_of(each.due)).day(day_of(each.answered)).day(day_of(each.closed));
    out.text(each.title).text(each.body).end_row();
  }

  // Whole quarters.
  void apart() {
    TableWriter out = table("apart");
    const auto first = first_received(read_);
    const Day end = night_.day + std::chrono::days(1);
    if (first) {
      const std::chrono::year_month_day date(local_day(*first));
      auto month =
          date.year() / std::chrono::month((static_cast<unsigned>(date.month()) - 1) / 3 * 3 + 1);
      for (;; month += std::chrono::months(3)) {
        const Day from{month / 1}, to{(month + std::chrono::months(3)) / 1};
        if (to > end) break;
        const Apart counts = count_apart(read_, at_local(from), at_local(to));
        const std::string quarter =
            to_iso(from).substr(0, 4) + "-Q" +
            std::to_string((static_cast<unsigned>(month.month()) - 1) / 3 + 1);
        apart_row(out, quarter, "hidden", counts.hidden);
        apart_row(out, quarter, "typed", counts.typed);
      }
    }
    out.finish();
  }
  static void apart_row(TableWriter& out,
                        std::string_view quarter,
                        std::string_view what,
                        std::int64_t count) {
    const bool is_told = count >= stats::privacy_floor_protected;
    out.text(quarter).text(what);
    if (is_told)
      out.number(count);
    else
      out.text({});
    out.flag(!is_told).end_row();
  }

  void units_tables() {
    TableWriter all = table("units");
    each_unit(read_, [&](const units::Unit& unit, const Place& parent) {
      all.text(unit.code).day(unit.valid_from).day(unit.valid_to).text(unit.name);
      all.text(unit.name_en).text(units::to_text(unit.kind)).text(unit.type);
      place(all, parent);
      all.end_row();
    });
    all.finish();
    TableWriter out = table("successions");
    each_succession(read_, [&](const SuccessionRow& row) {
      place(out, row.before);
      place(out, row.after);
      out.text(row.relation).text(row.note).end_row();
    });
    out.finish();
  }

  void topics() {
    TableWriter out = table("topics");
    for (const TopicRow& row : open_topics(read_)) {
      out.text(row.code).text(row.parent).text(row.about).text(row.name_vi).text(row.name_en);
      out.text(row.measure).number(row.count).text(row.urgent_measure).number(row.urgent_count);
      out.flag(row.is_smallest).day(row.valid_to).end_row();
    }
    out.finish();
  }

  // Days that are not what their weekday says.
  void calendar() {
    TableWriter out = table("calendar");
    const auto current = workdays::current();
    for (const auto& [day, named] : current->days().all()) {
      out.day(day).text(calendar::to_text(named.kind)).text(named.name_vi).text(named.name_en);
      out.text(named.source).end_row();
    }
    out.finish();
  }

  void rooms() {
    if (!tell_rooms_) return;
    RoomFiles files(make_, made_);
    tell_rooms_(read_, night_.day, files);
    files.finish();
  }

  db::Read& read_;
  const Night& night_;
  const MakeFile& make_;
  const TellRooms& tell_rooms_;
  FigureBook book_;
  std::vector<FileMade> made_{};
};

void write_column(json::Writer& out, const OpenColumn& column) {
  const i18n::Voice vi(i18n::Language::vi), en(i18n::Language::en);
  out.object().member("name", column.name).member("type", column.type);
  out.member("vi", vi(column.about)).member("en", en(column.about)).end_object();
}

}  // namespace

std::vector<FileMade> write_open_data(db::Read& read,
                                      const Night& night,
                                      const MakeFile& make,
                                      const TellRooms& tell_rooms) {
  return Writing(read, night, make, tell_rooms).all();
}

std::string manifest_of(const Night& night, const std::vector<FileListed>& files) {
  const i18n::Voice vi(i18n::Language::vi), en(i18n::Language::en);
  std::string text;
  json::Writer out(text);
  out.object().member("v", manifest_version).member("day", to_iso(night.day));
  out.member("sunday", to_iso(night.sunday)).member("licence", open_licence);
  out.member("licence_url", open_licence_url).name("tables").array();
  for (const OpenTable& table : open_tables()) {
    out.object().member("name", table.name).member("vi", vi(table.about));
    out.member("en", en(table.about)).name("columns").array();
    for (const OpenColumn& column : table.columns) write_column(out, column);
    out.end_array().end_object();
  }
  out.end_array().name("files").array();
  for (const FileListed& file : files) {
    out.object().member("name", file.made.name).member("table", file.made.table);
    out.member("format", file.made.format).member("rows", file.made.rows);
    out.member("bytes", file.bytes).member("sha256", file.sha256);
    out.member("since", to_iso(file.since)).end_object();
  }
  out.end_array().end_object();
  return text + "\n";
}

}  // namespace ln::insight
