#include <deque>
#include <functional>

#include "platform/office/office.h"
#include "platform/office/office_odt_styles.h"
#include "platform/office/office_zip.h"

namespace ln::office {
namespace {

constexpr int spaces_max = 1'000;  // that one element may stand for

// What a paragraph says, while it is put together.
struct Line {
  std::string text{};
  std::string number{};  // where the program wrote it out
  bool is_after_space = true;
  bool has_light = false;  // a letter that is not bold
  bool has_letters = false;
  std::vector<pugi::xml_node> boxes{};  // text boxes that hang on it
};

// How letters look where we are.
struct Dress {
  bool is_bold = false, is_hidden = false;
};

// The list we are in.
struct Place {
  const OdtLevels* levels = nullptr;
  Counters* counters = nullptr;
  int level = 0;             // 1 is the outermost; 0: in no list
  bool is_numbered = false;  // the next paragraph takes the item's number
};

using Sink = std::function<void(Block)>;

class Reader {
 public:
  Reader(const OdtStyles& styles, Gathering& into) : styles_(styles), into_(into) {}
  void read_body(pugi::xml_node body) {
    read(body, nullptr, [&](Block block) { into_.add(std::move(block)); });
  }

 private:
  void read(pugi::xml_node container, Place* place, const Sink& sink) {
    for (const pugi::xml_node node : container.children()) {
      if (into_.is_full()) return;
      const std::string_view name = name_of(node);
      if (name == "p" || name == "h") {
        read_paragraph(node, place, sink);
      } else if (name == "list") {
        read_list(node, place, sink);
      } else if (name == "table") {
        const int table = into_.next_table();
        read_rows(node, table, false, sink);
      } else if (name == "section") {
        if (attribute(node, "display") != "none") read(node, place, sink);
      } else if (name == "numbered-paragraph" || name == "frame" || name == "text-box" ||
                 name == "custom-shape" || name == "g") {
        read(node, place, sink);
      }
    }
  }

  void read_list(pugi::xml_node list, const Place* outer, const Sink& sink) {
    Place place;
    const auto style = attribute(list, "style-name");
    if (outer != nullptr && outer->level > 0) {
      place = *outer;
    } else {
      place.counters = counters_of(list, style.value_or(""));
    }
    if (style)
      if (const OdtLevels* levels = styles_.list(*style)) place.levels = levels;
    if (place.level < static_cast<int>(levels_max)) ++place.level;
    for (const pugi::xml_node item : list.children()) {
      if (into_.is_full()) return;
      const std::string_view name = name_of(item);
      if (name != "list-item" && name != "list-header") continue;
      place.is_numbered = name == "list-item";
      if (const auto start = number(item, "start-value", 0, 100'000))
        place.counters->at[static_cast<std::size_t>(place.level - 1)] = *start - 1;
      read(item, &place, sink);
    }
  }

  // A list begins anew unless it says that it goes on: with the one of that id, or with the last
  // one of its style.
  Counters* counters_of(pugi::xml_node list, std::string_view style) {
    Counters* counters = nullptr;
    if (const auto before = attribute(list, "continue-list")) {
      const auto found = list_by_id_.find(*before);
      if (found != list_by_id_.end()) counters = found->second;
    } else if (attribute(list, "continue-numbering") == "true") {
      const auto found = list_by_style_.find(style);
      if (found != list_by_style_.end()) counters = found->second;
    }
    if (counters == nullptr) counters = &counters_.emplace_back();
    list_by_style_[std::string(style)] = counters;
    if (const auto id = attribute(list, "id")) list_by_id_[std::string(*id)] = counters;
    return counters;
  }

  void read_paragraph(pugi::xml_node node, Place* place, const Sink& sink) {
    const OdtStyle style = styles_.find("paragraph", attribute(node, "style-name").value_or(""));
    Line line;
    read_line(node, {style.is_bold.value_or(false), style.is_hidden.value_or(false)}, line);
    Block block;
    block.style = style.name;
    block.is_centred = style.is_centred.value_or(false);
    block.is_bold = line.has_letters && !line.has_light;
    if (name_of(node) == "h") block.heading = number(node, "outline-level", 1, 9).value_or(1);
    if (place != nullptr && place->level > 0) {
      if (place->is_numbered && place->levels != nullptr) {
        block.list_level = place->level;
        block.number = next_number(*place->counters, *place->levels,
                                   static_cast<std::size_t>(place->level - 1));
      }
      place->is_numbered = false;  // Further paragraphs of the item have none.
    } else if (block.heading > 0 && attribute(node, "is-list-header") != "true") {
      block.number = next_number(outline_counters_, styles_.outline(),
                                 static_cast<std::size_t>(block.heading - 1));
      if (!block.number.empty()) block.list_level = block.heading;
    }
    if (!line.number.empty()) block.number = std::move(line.number);
    block.text = std::move(line.text);
    sink(std::move(block));
    for (const pugi::xml_node box : line.boxes) read(box, nullptr, sink);
  }

  // White space counts once, whatever it is, and not at the beginning (ODF 1.3, 6.1.2).
  static void add_text(std::string_view text, const Dress& dress, Line& line) {
    if (dress.is_hidden) return;
    for (const char each : text) {
      const bool is_space = each == ' ' || each == '\t' || each == '\n' || each == '\r';
      if (!is_space) {
        line.has_letters = true;
        line.has_light = line.has_light || !dress.is_bold;
        line.text += each;
      } else if (!line.is_after_space) {
        line.text += ' ';
      }
      line.is_after_space = is_space;
    }
  }

  void read_line(pugi::xml_node node, const Dress& dress, Line& line) {
    for (const pugi::xml_node each : node.children()) {
      const std::string_view name = name_of(each);
      if (each.type() == pugi::node_pcdata || each.type() == pugi::node_cdata)
        add_text(each.value(), dress, line);
      else if (each.type() == pugi::node_element && !read_special(each, name, dress, line))
        read_line(each, dress, line);  // fields, links, marks of changes
    }
  }

  // True when it was dealt with.
  bool read_special(pugi::xml_node node, std::string_view name, Dress dress, Line& line) {
    if (name == "span") {
      const OdtStyle style = styles_.find("text", attribute(node, "style-name").value_or(""));
      dress.is_bold = style.is_bold.value_or(dress.is_bold);
      dress.is_hidden = style.is_hidden.value_or(dress.is_hidden);
      read_line(node, dress, line);
      return true;
    }
    if (name == "s" || name == "tab" || name == "line-break") {
      if (dress.is_hidden) return true;
      if (name == "s")
        line.text.append(static_cast<std::size_t>(number(node, "c", 1, spaces_max).value_or(1)),
                         ' ');
      else
        line.text += name == "tab" ? '\t' : '\n';
      line.is_after_space = false;
      return true;
    }
    if (name == "note") {
      read_note(node, line);
      return true;
    }
    if (name == "number") {  // of a list or heading, as the program last showed it
      line.number = std::string_view(node.child_value()).substr(0, 200);
      return true;
    }
    if (name == "frame" || name == "custom-shape" || name == "g" || name == "rect") {
      line.boxes.push_back(node);
      return true;
    }
    return name == "annotation" || name == "hidden-text" || name == "script" ||
           name == "ruby-text" || name == "tracked-changes";
  }

  void read_note(pugi::xml_node node, Line& line) {
    if (is_in_note_) return;
    Note note;
    for (const pugi::xml_node each : child(node, "note-citation").children())
      note.mark += std::string_view(each.value()).substr(0, 20);
    is_in_note_ = true;
    read(child(node, "note-body"), nullptr,
         [&](const Block& block) { append_line(note.text, block); });
    is_in_note_ = false;
    line.text += "[" + note.mark + "]";
    line.is_after_space = false;
    into_.add(std::move(note));
  }

  void read_rows(pugi::xml_node container, int table, bool is_header, const Sink& sink) {
    for (const pugi::xml_node node : container.children()) {
      if (into_.is_full()) return;
      const std::string_view name = name_of(node);
      if (name == "table-header-rows")
        read_rows(node, table, true, sink);
      else if (name == "table-rows" || name == "table-row-group")
        read_rows(node, table, is_header, sink);
      else if (name == "table-row")
        read_row(node, table, is_header, sink);
    }
  }

  void read_row(pugi::xml_node node, int table, bool is_header, const Sink& sink) {
    Block row{.kind = Block::Kind::row};
    row.table = table;
    row.is_header = is_header;
    std::size_t size = 0;
    for (const pugi::xml_node each : node.children()) {
      const std::string_view name = name_of(each);
      if (name != "table-cell" && name != "covered-table-cell") continue;
      std::string text;
      if (name == "table-cell")
        read(each, nullptr, [&](const Block& block) { append_line(text, block); });
      int times = number(each, "number-columns-repeated", 1, 1'000'000).value_or(1);
      for (; times > 0; --times) {
        if (row.cells.size() >= columns_max) return into_.spend(text_size_max + 1);
        size += text.size();
        row.cells.push_back(text);
      }
    }
    int times = number(node, "number-rows-repeated", 1, 10'000'000).value_or(1);
    if (size == 0) times = 1;
    for (; times > 1 && !into_.is_full(); --times) {
      into_.spend(size);
      sink(row);
    }
    sink(std::move(row));
  }

  const OdtStyles& styles_;
  Gathering& into_;
  std::deque<Counters> counters_;
  std::map<std::string, Counters*, std::less<>> list_by_id_, list_by_style_;
  Counters outline_counters_;
  bool is_in_note_ = false;
};

}  // namespace

Result<Contents> read_odt(std::string_view bytes) {
  TRY(Archive archive, Archive::open(bytes));
  if (!archive.has("mimetype") || !archive.has("content.xml"))
    return Error{ErrorKind::invalid, "office.error.not_odt"_t};
  TRY(const std::string kind, archive.read("mimetype"));
  if (!kind.starts_with("application/vnd.oasis.opendocument.text"))
    return Error{ErrorKind::invalid, "office.error.not_odt"_t};
  if (archive.has("META-INF/manifest.xml")) {
    TRY(const std::string manifest, archive.read("META-INF/manifest.xml"));
    if (manifest.find("encryption-data") != std::string::npos)
      return Error{ErrorKind::invalid, "office.error.old_format"_t};
  }
  OdtStyles styles;
  const auto read_styles = [&](const XmlPart& part) {
    styles.read(child(part.root(), "styles"));
    styles.read(child(part.root(), "automatic-styles"));
  };
  if (archive.has("styles.xml")) {
    TRY(std::string style_bytes, archive.read("styles.xml"));
    TRY(const XmlPart part, XmlPart::parse(std::move(style_bytes)));
    read_styles(part);
  }
  TRY(std::string content_bytes, archive.read("content.xml"));
  TRY(const XmlPart content, XmlPart::parse(std::move(content_bytes)));
  read_styles(content);
  const pugi::xml_node body = child(child(content.root(), "body"), "text");
  if (body.empty()) return Error{ErrorKind::invalid, "office.error.not_odt"_t};
  Gathering into;
  Reader reader(styles, into);
  reader.read_body(body);
  return std::move(into).contents();
}

}  // namespace ln::office
