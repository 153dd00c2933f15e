// The layout of official documents of Vietnam: Nghị định 30/2020/NĐ-CP of 5 March 2020 on records
// work, appendix I (format and technique of administrative documents). The blocks of a letter, for
// office_document.h.
//
// Which rules are kept (appendix I, part I and II): A4; margins 20–25 mm above and below, 30–35 mm
// left, 15–20 mm right; Times New Roman; country name in capitals, bold, 12–13; motto bold, 13–14,
// with a line under all of it; superior body in capitals, 12–13; issuing body in capitals, bold,
// 12–13, with a line of a third to half of its length; number and symbol 13; place and date italic
// 13–14, days below ten and the months January and February with a leading zero; kind of document
// in capitals, bold, 13–14; its subject bold, 13–14, with a line of a third to half; signature in
// bold, capacity in capitals; "Nơi nhận" bold italic 12, its lines 11.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "platform/i18n/i18n.h"
#include "platform/office/office_document.h"

namespace ln::office {

struct Letterhead {
  std::string superior{};  // the body above, "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI"; may be empty
  std::string office{};    // the body that issues it; capitals are made here
  std::string number{};    // "15/BC-UBND"; empty: dots to be filled in by hand
  std::string place{};     // "Hà Nội"
  Day day{};
  std::string kind{};     // "Báo cáo"; capitals are made here; empty: a letter without a kind
  std::string subject{};  // "Kết quả tiếp nhận, xử lý phản ánh tháng 10 năm 2026"
};
std::vector<Part> letterhead(const Letterhead& head, i18n::Language language);

struct Signature {
  std::string capacity{};  // "CHỦ TỊCH", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"; capitals are made here
  std::string name{};      // empty: dots
  std::vector<std::string> recipients{};  // "UBND Thành phố (để báo cáo)"; punctuation is made here
};
std::vector<Part> signature(const Signature& signature, i18n::Language language);

// "Hà Nội, ngày 05 tháng 01 năm 2026"; in English "Hà Nội, 5/1/2026". A day below ten and the
// months 1 and 2 have a leading zero in Vietnamese, as the decree demands.
std::string place_and_date(std::string_view place, Day day, i18n::Language language);

// Capital letters, Vietnamese ones too: "Ủy ban" becomes "ỦY BAN".
std::string capitals(std::string_view text);

}  // namespace ln::office
