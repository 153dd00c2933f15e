#include <algorithm>
#include <functional>
#include <unordered_map>

#include "platform/office/office.h"
#include "platform/office/office_docx_styles.h"
#include "platform/office/office_zip.h"

namespace ln::office {
namespace {

// The parts a document consists of, found by the relations in the file and not by their names.
using Relations = std::map<std::string, std::string, std::less<>>;  // last word of the type → part

// "word/document.xml" and "../custom/styles.xml" give "custom/styles.xml".
std::string resolved(std::string_view from, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  std::string folder(from.substr(0, from.rfind('/') == from.npos ? 0 : from.rfind('/') + 1));
  while (target.starts_with("../")) {
    target.remove_prefix(3);
    if (folder.empty()) break;
    folder.pop_back();
    folder.resize(folder.rfind('/') == folder.npos ? 0 : folder.rfind('/') + 1);
  }
  return folder + std::string(target);
}

Result<Relations> relations_of(Archive& archive, const std::string& part) {
  const std::size_t cut = part.rfind('/') == part.npos ? 0 : part.rfind('/') + 1;
  const std::string name = part.substr(0, cut) + "_rels/" + part.substr(cut) + ".rels";
  Relations all;
  if (!archive.has(name)) return all;
  TRY(std::string bytes, archive.read(name));
  TRY(const XmlPart parsed, XmlPart::parse(std::move(bytes)));
  for (const pugi::xml_node node : parsed.root().children()) {
    const auto type = attribute(node, "Type"), target = attribute(node, "Target");
    if (!type || !target || attribute(node, "TargetMode") == "External") continue;
    all.emplace(type->substr(type->rfind('/') == type->npos ? 0 : type->rfind('/') + 1),
                resolved(part, *target));
  }
  return all;
}

// The part behind a relation; null when there is none.
Result<std::optional<XmlPart>> related(Archive& archive,
                                       const Relations& relations,
                                       std::string_view type) {
  const auto found = relations.find(type);
  if (found == relations.end() || !archive.has(found->second)) return std::optional<XmlPart>();
  TRY(std::string bytes, archive.read(found->second));
  TRY(XmlPart part, XmlPart::parse(std::move(bytes)));
  return std::optional<XmlPart>(std::move(part));
}

pugi::xml_node root_of(const std::optional<XmlPart>& part) {
  return part ? part->root() : pugi::xml_node();
}

// What a paragraph says, while it is put together.
struct Line {
  std::string text{};
  bool has_light = false;  // a letter that is not bold
  bool has_letters = false;
  std::vector<pugi::xml_node> boxes{};  // text boxes that hang on it
};

using Sink = std::function<void(Block)>;

class Reader {
 public:
  Reader(const Styles& styles, Numbering& numbers, Gathering& into)
      : styles_(styles), numbers_(numbers), into_(into) {}

  void add_notes(pugi::xml_node root, bool is_end) {
    for (const pugi::xml_node node : root.children())
      if (const auto id = attribute(node, "id"))
        notes_.emplace((is_end ? "e" : "f") + std::string(*id), Footnote{node, {}});
  }
  void read_body(pugi::xml_node body) {
    read(body, [&](Block block) { into_.add(std::move(block)); });
    if (!carried_.text.empty()) into_.add(Block{.text = std::move(carried_.text)});
  }

 private:
  struct Footnote {
    pugi::xml_node node;
    std::string mark;  // empty: not met yet
  };

  // Paragraphs and tables, wherever they are wrapped.
  void read(pugi::xml_node container, const Sink& sink) {
    for (const pugi::xml_node node : container.children()) {
      if (into_.is_full()) return;
      const std::string_view name = name_of(node);
      if (name == "p")
        read_paragraph(node, sink);
      else if (name == "tbl")
        read_table(node, sink);
      else if (name == "AlternateContent")
        read(child(node, "Choice"), sink);
      else if (name == "sdt" || name == "sdtContent" || name == "customXml" || name == "ins" ||
               name == "moveTo" || name == "smartTag")
        read(node, sink);
    }
  }

  void read_paragraph(pugi::xml_node node, const Sink& sink) {
    const pugi::xml_node properties = child(node, "pPr");
    const auto style_id = value(properties, "pStyle");
    const Styles::Style& style = styles_.find(style_id);
    Look look = look_of_paragraph(properties);
    const bool has_own_list = look.list.has_value();
    look.rest_on(style.look);
    Line line = std::move(carried_);
    carried_ = {};
    read_line(node, look, line);
    const pugi::xml_node mark = child(properties, "rPr");
    if (!child(mark, "del").empty() || !child(mark, "moveFrom").empty()) {
      carried_ = std::move(line);  // Its end was deleted: it goes on in the next paragraph.
      return;
    }
    Block block;
    block.style = style.name;
    block.heading = look.outline && *look.outline < 9 ? *look.outline + 1 : 0;
    block.is_centred = look.is_centred.value_or(false);
    block.is_bold = line.has_letters && !line.has_light;
    const bool is_hidden = flag(mark, "vanish").value_or(false) && line.text.empty();
    if (look.list && *look.list > 0 && !is_hidden) {
      auto level = look.level;
      if (!has_own_list)
        if (const auto by_style = numbers_.level_of_style(*look.list, style_id.value_or("")))
          level = by_style;
      if (const auto number =
              numbers_.next(*look.list, static_cast<std::size_t>(level.value_or(0)))) {
        block.number = *number;
        block.list_level = level.value_or(0) + 1;
      }
    }
    block.text = std::move(line.text);
    const bool is_contents = style.name.starts_with("toc ") || style.name.starts_with("TOC ");
    if (!is_contents) sink(std::move(block));
    for (const pugi::xml_node box : line.boxes) read(box, sink);
  }

  // Everything inside a paragraph, wherever it is wrapped.
  void read_line(pugi::xml_node node, const Look& look, Line& line) {
    for (const pugi::xml_node each : node.children()) {
      const std::string_view name = name_of(each);
      if (name == "r")
        read_run(each, look, line);
      else if (name == "oMath" || name == "oMathPara")
        read_formula(each, line);
      else if (name == "hyperlink" || name == "ins" || name == "moveTo" || name == "smartTag" ||
               name == "sdt" || name == "sdtContent" || name == "fldSimple" || name == "bdo" ||
               name == "dir" || name == "customXml")
        read_line(each, look, line);
    }
  }

  void read_formula(pugi::xml_node node, Line& line) {
    for (const pugi::xml_node each : node.children()) {
      if (name_of(each) == "t")
        line.text += each.child_value();
      else
        read_formula(each, line);
    }
  }

  void read_run(pugi::xml_node run, const Look& paragraph, Line& line) {
    const pugi::xml_node properties = child(run, "rPr");
    Look look;
    read_run_look(properties, look);
    if (const auto id = value(properties, "rStyle")) look.rest_on(styles_.find(*id).look);
    look.rest_on(paragraph);
    if (look.is_hidden.value_or(false)) return;
    const std::size_t before = line.text.size();
    for (const pugi::xml_node each : run.children()) read_piece(each, line);
    const auto is_letter = [](char c) { return static_cast<unsigned char>(c) > ' '; };
    if (std::any_of(line.text.begin() + static_cast<std::ptrdiff_t>(before), line.text.end(),
                    is_letter)) {
      line.has_letters = true;
      line.has_light = line.has_light || !look.is_bold.value_or(false);
    }
  }

  void read_piece(pugi::xml_node each, Line& line) {
    const std::string_view name = name_of(each);
    if (name == "t") {
      for (const pugi::xml_node text : each.children()) line.text += text.value();
    } else if (name == "tab" || name == "ptab") {
      line.text += '\t';
    } else if (name == "br" || name == "cr") {
      const auto type = attribute(each, "type");
      if (!type || *type == "textWrapping") line.text += '\n';
    } else if (name == "noBreakHyphen") {
      line.text += "\u2011";
    } else if (name == "sym") {
      line.text += "□";  // A sign of a font we do not have.
    } else if (name == "footnoteReference" || name == "endnoteReference") {
      read_note(each, name == "endnoteReference", line);
    } else if (name == "drawing" || name == "pict" || name == "object" ||
               name == "AlternateContent") {
      find_boxes(each, line);
    } else if (name == "ruby") {
      read_line(child(each, "rubyBase"), {}, line);
    }
  }

  // Of a text box that stands there twice, for programs of two ages, the newer one is read.
  void find_boxes(pugi::xml_node node, Line& line) {
    if (name_of(node) == "AlternateContent") {
      if (const pugi::xml_node choice = child(node, "Choice"); !choice.empty()) {
        for (const pugi::xml_node each : choice.children()) find_boxes(each, line);
        return;
      }
    }
    for (const pugi::xml_node each : node.children()) {
      if (name_of(each) == "txbxContent")
        line.boxes.push_back(each);
      else
        find_boxes(each, line);
    }
  }

  void read_note(pugi::xml_node reference, bool is_end, Line& line) {
    if (is_in_note_) return;
    const auto id = attribute(reference, "id");
    const auto found = notes_.find((is_end ? "e" : "f") + std::string(id.value_or("")));
    if (found == notes_.end()) return;
    Footnote& note = found->second;
    if (note.mark.empty()) {
      int& count = is_end ? endnote_count_ : footnote_count_;
      note.mark = written(++count, is_end ? Digits::lower_roman : Digits::decimal);
      Note out{.mark = note.mark};
      is_in_note_ = true;
      Line outside = std::move(carried_);
      carried_ = {};
      read(note.node, [&](const Block& block) { append_line(out.text, block); });
      carried_ = std::move(outside);
      is_in_note_ = false;
      into_.add(std::move(out));
    }
    line.text += "[" + note.mark + "]";
  }

  void read_table(pugi::xml_node table, const Sink& sink) {
    const int number = into_.next_table();
    read_rows(table, number, sink);
  }

  void read_rows(pugi::xml_node container, int table, const Sink& sink) {
    for (const pugi::xml_node node : container.children()) {
      if (into_.is_full()) return;
      const std::string_view name = name_of(node);
      if (name == "tr")
        read_row(node, table, sink);
      else if (name == "sdt" || name == "sdtContent" || name == "customXml")
        read_rows(node, table, sink);
    }
  }

  void read_row(pugi::xml_node row, int table, const Sink& sink) {
    const pugi::xml_node properties = child(row, "trPr");
    if (!child(properties, "del").empty()) return;
    Block block{.kind = Block::Kind::row};
    block.table = table;
    block.is_header = flag(properties, "tblHeader").value_or(false);
    const int skipped = number(child(properties, "gridBefore"), "val", 0, 100).value_or(0);
    block.cells.resize(static_cast<std::size_t>(skipped));
    read_cells(row, block);
    sink(std::move(block));
  }

  void read_cells(pugi::xml_node container, Block& row) {
    for (const pugi::xml_node node : container.children()) {
      const std::string_view name = name_of(node);
      if (name == "sdt" || name == "sdtContent" || name == "customXml") read_cells(node, row);
      if (name != "tc") continue;
      if (row.cells.size() >= columns_max) return into_.spend(text_size_max + 1);
      const pugi::xml_node properties = child(node, "tcPr");
      std::string text;
      read(node, [&](const Block& block) { append_line(text, block); });
      if (!carried_.text.empty()) append_line(text, Block{.text = std::move(carried_.text)});
      carried_ = {};
      const pugi::xml_node merged = child(properties, "vMerge");
      if (!merged.empty() && attribute(merged, "val").value_or("continue") == "continue")
        text.clear();
      if (value(properties, "hMerge") == "continue") text.clear();
      row.cells.push_back(std::move(text));
      const int span = number(child(properties, "gridSpan"), "val", 1, 1'000).value_or(1);
      const auto covered = row.cells.size() + static_cast<std::size_t>(span) - 1;
      row.cells.resize(std::min(covered, columns_max));
    }
  }

  const Styles& styles_;
  Numbering& numbers_;
  Gathering& into_;
  std::unordered_map<std::string, Footnote> notes_;
  int footnote_count_ = 0, endnote_count_ = 0;
  bool is_in_note_ = false;
  Line carried_;
};

}  // namespace

Result<Contents> read_docx(std::string_view bytes) {
  TRY(Archive archive, Archive::open(bytes));
  TRY(const Relations top, relations_of(archive, ""));
  const auto main = top.find("officeDocument");
  if (main == top.end() || !archive.has(main->second))
    return Error{ErrorKind::invalid, "office.error.not_docx"_t};
  TRY(std::string document_bytes, archive.read(main->second));
  TRY(const XmlPart document, XmlPart::parse(std::move(document_bytes)));
  const pugi::xml_node body = child(document.root(), "body");
  if (name_of(document.root()) != "document" || body.empty())
    return Error{ErrorKind::invalid, "office.error.not_docx"_t};
  TRY(const Relations relations, relations_of(archive, main->second));
  TRY(const auto style_part, related(archive, relations, "styles"));
  TRY(const auto number_part, related(archive, relations, "numbering"));
  TRY(const auto footnote_part, related(archive, relations, "footnotes"));
  TRY(const auto endnote_part, related(archive, relations, "endnotes"));
  const Styles styles(root_of(style_part));
  Numbering numbers(root_of(number_part), styles);
  Gathering into;
  Reader reader(styles, numbers, into);
  reader.add_notes(root_of(footnote_part), false);
  reader.add_notes(root_of(endnote_part), true);
  reader.read_body(body);
  return std::move(into).contents();
}

Result<Contents> read_document(std::string_view bytes) {
  TRY(const Archive archive, Archive::open(bytes));
  return archive.has("content.xml") ? read_odt(bytes) : read_docx(bytes);
}

}  // namespace ln::office
