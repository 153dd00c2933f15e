#include <fmt/format.h>

#include "platform/office/office_document.h"
#include "platform/office/office_escape.h"

namespace ln::office {
namespace {

// A document of its own, read from a disk as well as from us: it fetches nothing.
constexpr std::string_view look =
    "body{font:13pt/1.4 'Times New Roman',serif;max-width:48em;margin:2em auto;padding:0 1em}"
    "p{margin:.4em 0}.c{text-align:center}.r{text-align:right}.j{text-align:justify}"
    ".i{text-indent:1.27cm}table{border-collapse:collapse;width:100%;margin:.6em 0}"
    "th,td{vertical-align:top;padding:.15em .4em;text-align:left}.l th,.l td{border:1px solid #000}"
    "hr{border:0;border-top:1px solid #000;margin:.2em auto}.w{overflow-x:auto}"
    "@media print{.b{break-before:page}}";

class Writer {
 public:
  void add(const Part& part) {
    std::visit([&](const auto& each) { add_part(each); }, part);
  }
  std::string take() { return std::move(out_); }

 private:
  void add_part(const Paragraph& paragraph) {
    out_ += "<p class=\"";
    if (paragraph.align == Align::centre) out_ += "c";
    if (paragraph.align == Align::right) out_ += "r";
    if (paragraph.align == Align::justified) out_ += paragraph.is_indented ? "j i" : "j";
    out_ += "\">";
    for (const Run& run : paragraph.runs) add_run(run);
    out_ += "</p>";
    if (paragraph.line_below_percent > 0)
      out_ += fmt::format("<hr width=\"{}%\">", paragraph.line_below_percent);
  }
  void add_run(const Run& run) {
    if (run.is_bold) out_ += "<b>";
    if (run.is_italic) out_ += "<i>";
    for (std::size_t at = 0; at <= run.text.size();) {
      const std::size_t end = std::min(run.text.find('\n', at), run.text.size());
      append_escaped(out_, std::string_view(run.text).substr(at, end - at));
      if (end < run.text.size()) out_ += "<br>";
      at = end + 1;
    }
    if (run.is_italic) out_ += "</i>";
    if (run.is_bold) out_ += "</b>";
  }
  void add_part(const Heading& part) {
    const int level = part.level < 1 ? 2 : part.level > 5 ? 6 : part.level + 1;
    out_ += fmt::format("<h{0}>{1}</h{0}>", level, escaped(part.text));
  }
  void add_part(const PageBreak&) { out_ += "<div class=\"b\"></div>"; }
  void add_part(const Table& table) {
    out_ += table.has_lines ? "<div class=\"w\"><table class=\"l\">" : "<table>";
    if (!table.header.empty()) {
      out_ += "<thead>";
      add_row(table.header, "th scope=\"col\"", "th");
      out_ += "</thead>";
    }
    out_ += "<tbody>";
    for (const auto& row : table.rows) add_row(row, "td", "td");
    out_ += table.has_lines ? "</tbody></table></div>" : "</tbody></table>";
  }
  void add_row(const std::vector<Cell>& cells, std::string_view open, std::string_view close) {
    out_ += "<tr>";
    for (const Cell& cell : cells) {
      out_ += fmt::format("<{}", open);
      if (cell.columns > 1) out_ += fmt::format(" colspan=\"{}\"", cell.columns);
      out_ += ">";
      for (const Paragraph& each : cell.paragraphs) add_part(each);
      out_ += fmt::format("</{}>", close);
    }
    out_ += "</tr>";
  }
  std::string out_;
};

}  // namespace

std::string write_html(const Document& document) {
  std::string out =
      fmt::format(R"(<!doctype html><html lang="{}"><head><meta charset="utf-8">)"
                  R"(<meta name="viewport" content="width=device-width, initial-scale=1">)"
                  R"(<title>{}</title><style>{}</style></head><body><main>)",
                  escaped(document.language), escaped(document.title), look);
  Writer writer;
  for (const Part& part : document.parts) writer.add(part);
  return out + writer.take() + "</main></body></html>\n";
}

}  // namespace ln::office
