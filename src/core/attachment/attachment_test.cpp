#include "core/attachment/attachment.h"

#include <doctest/doctest.h>

#include <set>

#include "base/text.h"
#include "core/attachment/attachment_pages.h"
#include "core/attachment/attachment_prepare.h"
#include "core/attachment/attachment_store.h"
#include "platform/file/file.h"
#include "platform/file/picture_codec.h"
#include "test/world.h"

using namespace ln;
using namespace ln::attachment;

namespace {

const std::string pdf = "%PDF-1.7\n...\n%%EOF\n";
const std::string docx = "PK\x03\x04 [Content_Types].xml word/document.xml PK\x05\x06";

std::string picture_bytes(std::uint8_t opacity = 255) {
  const file::codec::Pixels pixels{600, 400, std::vector<std::uint8_t>(600UL * 400 * 4, opacity)};
  return file::codec::encode_png(pixels);
}

// The extension under which a file is taken; "" when it is refused.
std::string taken_as(std::string_view name, std::string_view bytes) {
  const auto type = recognise(name, bytes);
  return type ? std::string(type->extension) : "";
}

// Files as the web server hands them over.
struct Desk {
  file::TemporaryFolder folder;
  std::vector<http::Upload> uploads;
  void put(const std::string& field, const std::string& name, const std::string& bytes) {
    const std::string path = folder / std::to_string(uploads.size());
    file::write_file_durably(path, bytes);
    uploads.push_back({field, name, "text/html", path, static_cast<std::int64_t>(bytes.size())});
  }
  std::string refusal(std::size_t already = 0) {
    SeededRandom random(1);
    const auto result = prepare(uploads, "files", already, random);
    if (result.ok()) return "";
    REQUIRE(result.error().fields.size() >= 1);
    CHECK(result.error().fields.front().field == "files");
    return std::string(result.error().fields.front().text.name());
  }
};

Prepared prepared(test::World& world, std::string_view name, std::string bytes) {
  auto one = prepare_one(name, std::move(bytes), world.random);
  REQUIRE(one.ok());
  return std::move(one).value();
}

AttachmentId stored(test::World& world, const Owner& owner, const Prepared& file) {
  const auto id = world.write([&](db::Write& write) -> Result<AttachmentId> {
    return store(write, owner, file, world.now);
  });
  REQUIRE(id.ok());
  return id.value();
}

Attachment found(test::World& world, AttachmentId id) {
  const auto attachment = world.read([&](db::Read& read) { return find(read, id); });
  REQUIRE(attachment.has_value());
  return *attachment;
}

template <class Change>
auto changed(test::World& world, Change change) {
  using Outcome = std::invoke_result_t<Change, db::Write&>;
  const auto result =
      world.write([&](db::Write& write) -> Result<Outcome> { return change(write); });
  REQUIRE(result.ok());
  return result.value();
}

std::string header(const http::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers)
    if (key == name) return value;
  return "";
}

constexpr Owner case_7{"feedback", 7};

}  // namespace

TEST_CASE("a file is what its first bytes and its name agree on") {
  CHECK(taken_as("đơn.PDF", pdf) == "pdf");
  CHECK(taken_as("a.docx", docx) == "docx");
  CHECK(taken_as("a.xlsx", "PK\x03\x04 xl/workbook.xml PK\x05\x06") == "xlsx");
  CHECK(taken_as("a.odt", std::string("PK\x03\x04") + std::string(26, '.') +
                              "mimetypeapplication/vnd.oasis.opendocument.text") == "odt");
  CHECK(taken_as("a.txt", "Đường hỏng\r\n") == "txt");
  CHECK(taken_as("a.m4a", std::string("\0\0\0\x20"
                                      "ftypM4A ",
                                      12)) == "m4a");
  CHECK(taken_as("a.mp3", "ID3\x04") == "mp3");
  CHECK(taken_as("a.mp3", "\xFF\xFB\x90\x44") == "mp3");
  CHECK(taken_as("voice.opus", "OggS") == "ogg");
  CHECK(taken_as("a.webm", "\x1A\x45\xDF\xA3....webm") == "webm");
  CHECK(taken_as("a.wav", "RIFF....WAVE") == "wav");
  // A picture is one whatever it is called: phones send "image" without more.
  CHECK(taken_as("image", "\xFF\xD8\xFF\xE0") == "jpg");

  CHECK(taken_as("a.pdf", docx).empty());
  CHECK(taken_as("a.docx", pdf).empty());
  CHECK(taken_as("a.exe", "MZ").empty());
  CHECK(taken_as("a.html", "<script>").empty());
  CHECK(taken_as("a.svg", "<svg/>").empty());
  CHECK(taken_as("a.zip", docx).empty());
  CHECK(taken_as("a", pdf).empty());
  CHECK(taken_as("a.txt", std::string("MZ\0\0", 4)).empty());
  CHECK(taken_as("a.txt", "\xC3\x28").empty());
  CHECK(taken_as("a.docx", docx + "vbaProject.bin").empty());
  CHECK(taken_as("a.mp3", "\xFF\xD8").empty());
  CHECK(taken_as("a.heic", std::string("\0\0\0\x18"
                                       "ftypheic",
                                       12))
            .empty());
}

TEST_CASE("a file's name is safe to show and to save under") {
  const Type type{Kind::document, "pdf", "application/pdf"};
  CHECK(safe_name("Đơn kiến nghị.PDF", type) == "Đơn kiến nghị.pdf");
  CHECK(safe_name("../../etc/passwd.pdf", type) == "_.._etc_passwd.pdf");
  CHECK(safe_name("C:\\a\"b;\r\n.pdf", type) == "C__a_b___.pdf");
  CHECK(safe_name("exe\u202Efdp.pdf", type) == "exefdp.pdf");
  CHECK(safe_name("", type) == "file.pdf");
  CHECK(safe_name(".pdf", type) == "file.pdf");
  CHECK(safe_name("  .  .pdf", type) == "file.pdf");
  std::string stack;
  for (int i = 0; i < 300; ++i) stack += "ạ";
  CHECK(count_chars(safe_name(stack + ".pdf", type)) == name_chars_max);
}

TEST_CASE("photos are cleaned, other files are kept as they are, and each gets a secret name") {
  Desk desk;
  desk.put("files", "vườn.png", picture_bytes());
  desk.put("files", "đơn.pdf", pdf);
  desk.put("other", "a.exe", "MZ");
  desk.put("files", "", "");
  SeededRandom random(1);
  const auto result = prepare(desk.uploads, "files", 0, random);
  REQUIRE(result.ok());
  REQUIRE(result.value().size() == 2);
  const Prepared& photo = result.value()[0];
  CHECK(photo.kind == Kind::picture);
  CHECK(photo.media_type == "image/jpeg");
  CHECK(photo.name == "vườn.jpg");
  CHECK(photo.width == 600);
  CHECK_FALSE(photo.thumbnail.empty());
  const Prepared& document = result.value()[1];
  CHECK(document.bytes == pdf);
  CHECK(document.thumbnail.empty());
  CHECK(document.media_type == "application/pdf");
  CHECK(photo.token.size() == 32);
  CHECK(photo.token != document.token);
}

TEST_CASE("each fault of a file is told beside the field of the form") {
  const auto refusal = [](const std::string& name, const std::string& bytes) {
    Desk desk;
    desk.put("files", "fine.pdf", pdf);
    desk.put("files", name, bytes);
    return desk.refusal();
  };
  CHECK(refusal("a.pdf", pdf).empty());
  CHECK(refusal("a.pdf", "") == "attachment.error.empty");
  CHECK(refusal("a.exe", "MZ") == "attachment.error.type");
  CHECK(refusal("a.pdf", pdf.substr(0, 12)) == "attachment.error.cut_off");
  CHECK(refusal("a.docx", docx.substr(0, docx.size() - 4)) == "attachment.error.cut_off");
  CHECK(refusal("a.jpg", "\xFF\xD8\xFF\xE0") == "error.picture.damaged");
  CHECK(refusal("a.pdf", std::string(size_max + 1, '%')) == "attachment.error.too_large");
}

TEST_CASE("a message takes five files, those it has already counted") {
  Desk desk;
  for (int i = 0; i < 5; ++i) desk.put("files", "a.pdf", pdf);
  CHECK(desk.refusal().empty());
  CHECK(desk.refusal(1) == "attachment.error.too_many");
  desk.put("files", "a.pdf", pdf);
  CHECK(desk.refusal() == "attachment.error.too_many");
}

TEST_CASE("a stored file is hidden, and found by its owner, its id and its token") {
  test::World world;
  const Prepared photo = prepared(world, "a.png", picture_bytes());
  const AttachmentId id = stored(world, case_7, photo);
  stored(world, {"feedback", 8}, prepared(world, "b.pdf", pdf));
  const Attachment attachment = found(world, id);
  CHECK(attachment.visibility == Visibility::hidden);
  CHECK(attachment.kind == Kind::picture);
  CHECK(attachment.name == "a.jpg");
  CHECK(attachment.size == static_cast<std::int64_t>(photo.bytes.size()));
  CHECK(attachment.hash == as_text(photo.hash));
  CHECK(attachment.created_at == world.now);
  world.read([&](db::Read& read) {
    CHECK(list(read, case_7).size() == 1);
    CHECK(find(read, photo.token)->id == id);
    CHECK_FALSE(find(read, "0").has_value());
    CHECK(bytes_of(read, id) == photo.bytes);
    CHECK(thumbnail_of(read, id) == photo.thumbnail);
  });
}

TEST_CASE("the files of a draft go with what is sent") {
  test::World world;
  const Owner draft{"feedback_draft", 3};
  stored(world, draft, prepared(world, "a.pdf", pdf));
  stored(world, draft, prepared(world, "b.pdf", pdf));
  stored(world, {"feedback_draft", 4}, prepared(world, "c.pdf", pdf));
  CHECK(changed(world, [&](db::Write& write) { return hand_over(write, draft, case_7); }) == 2);
  world.read([&](db::Read& read) {
    CHECK(list(read, case_7).size() == 2);
    CHECK(list(read, draft).empty());
    CHECK(list(read, {"feedback_draft", 4}).size() == 1);
  });
}

TEST_CASE("a removed file leaves a row that says so, and nothing of itself") {
  test::World world;
  const AttachmentId id = stored(world, case_7, prepared(world, "Nguyễn An.png", picture_bytes()));
  changed(world, [&](db::Write& w) { return set_visibility(w, id, Visibility::published); });
  const Instant later = world.now + std::chrono::hours(1);
  CHECK(changed(world, [&](db::Write& write) { return remove(write, id, later); }));
  CHECK_FALSE(changed(world, [&](db::Write& write) { return remove(write, id, world.now); }));
  CHECK_FALSE(
      changed(world, [&](db::Write& w) { return set_visibility(w, id, Visibility::published); }));
  const Attachment gone = found(world, id);
  CHECK(gone.removed_at == later);
  CHECK(gone.name.empty());
  CHECK(gone.visibility == Visibility::hidden);
  world.read([&](db::Read& read) {
    CHECK_FALSE(bytes_of(read, id).has_value());
    CHECK_FALSE(thumbnail_of(read, id).has_value());
    CHECK_FALSE(file_response(read, gone, Part::whole).has_value());
    CHECK(list(read, case_7).size() == 1);
  });
}

TEST_CASE("erasing an owner's files leaves nothing, and old drafts go by themselves") {
  test::World world;
  const AttachmentId mine = stored(world, case_7, prepared(world, "a.pdf", pdf));
  const AttachmentId other = stored(world, {"feedback", 8}, prepared(world, "b.pdf", pdf));
  const AttachmentId old = stored(world, {"feedback_draft", 1}, prepared(world, "c.pdf", pdf));
  world.now += std::chrono::hours(48);
  const AttachmentId fresh = stored(world, {"feedback_draft", 2}, prepared(world, "d.pdf", pdf));
  CHECK(changed(world, [&](db::Write& write) { return erase(write, case_7); }) == 1);
  CHECK(changed(world, [&](db::Write& write) {
          return erase_older(write, "feedback_draft", world.now - std::chrono::hours(24));
        }) == 1);
  world.read([&](db::Read& read) {
    for (const AttachmentId gone : {mine, old}) {
      CHECK_FALSE(find(read, gone).has_value());
      CHECK_FALSE(bytes_of(read, gone).has_value());
    }
    for (const AttachmentId kept : {other, fresh}) CHECK(bytes_of(read, kept) == pdf);
  });
}

TEST_CASE("a hidden file is not found by the public, and a picture is after it was published") {
  test::World world;
  const AttachmentId letter = stored(world, case_7, prepared(world, "Đơn của tôi.pdf", pdf));
  const AttachmentId picture = stored(world, case_7, prepared(world, "a.png", picture_bytes()));
  const auto answer = [&](auto handler, AttachmentId id) {
    http::Request request;
    request.path_values = {{"token", found(world, id).token}};
    return world.read([&](db::Read& read) { return handler(request, read); });
  };
  const auto set_all = [&](Visibility visibility) {
    for (const AttachmentId id : {letter, picture})
      changed(world, [&](db::Write& w) { return set_visibility(w, id, visibility); });
  };
  CHECK(answer(published_file, picture).error().kind == ErrorKind::not_found);
  set_all(Visibility::published);
  CHECK(answer(published_file, picture).ok());
  CHECK(answer(published_thumbnail, picture).ok());
  // Nothing in a document can be covered: it is never public.
  CHECK(answer(published_file, letter).error().kind == ErrorKind::not_found);
  const auto whole = world.read(
      [&](db::Read& read) { return file_response(read, found(world, letter), Part::whole); });
  REQUIRE(whole.has_value());
  CHECK(whole->body == pdf);
  CHECK(header(*whole, "Content-Disposition") ==
        "attachment; filename=\"__n_c_a_t_i.pdf\"; "
        "filename*=UTF-8''%C4%90%C6%A1n%20c%E1%BB%A7a%20t%C3%B4i.pdf");
  set_all(Visibility::hidden);
  CHECK(answer(published_file, picture).error().kind == ErrorKind::not_found);
}

TEST_CASE("a browser can run nothing of a file, and keeps hidden ones nowhere") {
  test::World world;
  const AttachmentId ids[] = {stored(world, case_7, prepared(world, "a.pdf", pdf)),
                              stored(world, case_7, prepared(world, "a.png", picture_bytes())),
                              stored(world, case_7, prepared(world, "a.txt", "<script>"))};
  for (const AttachmentId id : ids) {
    const Attachment attachment = found(world, id);
    const auto response =
        world.read([&](db::Read& read) { return file_response(read, attachment, Part::whole); });
    REQUIRE(response.has_value());
    CHECK(header(*response, "X-Content-Type-Options") == "nosniff");
    CHECK(header(*response, "Content-Security-Policy") == "default-src 'none'; sandbox");
    CHECK(header(*response, "Cache-Control") == "private, no-store");
    CHECK(response->content_type == attachment.media_type);
    const bool is_picture = attachment.kind == Kind::picture;
    CHECK(header(*response, "Content-Disposition").starts_with("inline") == is_picture);
  }
}

TEST_CASE("tokens of files do not repeat") {
  test::World world;
  std::set<std::string> tokens;
  for (int i = 0; i < 50; ++i) tokens.insert(prepared(world, "a.txt", "x").token);
  CHECK(tokens.size() == 50);
}
