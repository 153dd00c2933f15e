// The few sentences that only exist with scripting on, in the language of the page.
const vi = {
  chars_left: (n) => `Bạn còn ${n} ký tự`,
  chars_none: () => "Bạn đã dùng hết số ký tự",
  chars_over: (n) => `Bạn viết quá ${n} ký tự`,
  copied: () => "Đã chép",
  file_too_big: (most) => `quá lớn, tối đa ${most}`,
  files_too_many: (n) => `Chỉ gửi được tối đa ${n} tệp`,
  record_stop: (time) => `Dừng ghi âm (${time})`,
  record_done: () => "Đã ghi âm. Bạn có thể gửi hoặc ghi lại.",
  record_refused: () => "Trình duyệt chưa cho phép dùng micrô.",
  record_name: () => "ghi-am",
  clears_soon: (n) => `Trang này sẽ tự xóa sau ${n} giây. Chạm vào màn hình để giữ lại.`,
  queue_kept: () => "Mất mạng. Nội dung đã được giữ trong máy này. Có mạng thì gửi tiếp.",
  queue_kept_without: () => "Mất mạng. Nội dung đã được giữ trong máy này, trừ cách liên hệ: "
    + "người gửi được giấu. Hãy hỏi lại khi gửi.",
  queue_empty: () => "Mất mạng. Chưa có nội dung nào để giữ.",
  queue_impossible: () => "Mất mạng, và trình duyệt này không giữ kín được. Hãy dùng phiếu giấy.",
  queue_waiting: (n) => `${n} phản ánh đang chờ gửi trong máy này`,
  queue_send: () => "Gửi tiếp",
  queue_drop: () => "Bỏ",
};
const en = {
  chars_left: (n, one) => `You have ${n} ${one ? "character" : "characters"} left`,
  chars_none: () => "You have used all the characters",
  chars_over: (n, one) => `You have ${n} ${one ? "character" : "characters"} too many`,
  copied: () => "Copied",
  file_too_big: (most) => `too big, at most ${most}`,
  files_too_many: (n) => `You can send at most ${n} files`,
  record_stop: (time) => `Stop recording (${time})`,
  record_done: () => "Recorded. You can send it or record again.",
  record_refused: () => "The browser does not allow the microphone yet.",
  record_name: () => "recording",
  clears_soon: (n) => `This page clears itself in ${n} seconds. Touch the screen to keep it.`,
  queue_kept: () => "No network. What was typed is kept in this browser. Send it when it is back.",
  queue_kept_without: () => "No network. What was typed is kept in this browser, but not how to "
    + "reach the sender, who is protected. Ask again when you send it.",
  queue_empty: () => "No network. There is nothing to keep yet.",
  queue_impossible: () => "No network, and this browser cannot keep it safe. Use a paper form.",
  queue_waiting: (n) => `${n} ${n === 1 ? "report" : "reports"} waiting in this browser`,
  queue_send: () => "Send now",
  queue_drop: () => "Discard",
};
const english = document.documentElement.lang.startsWith("en");
const locale = english ? "en-GB" : "vi-VN";

export const words = english ? en : vi;
export const number = (n, digits = 0) =>
  n.toLocaleString(locale, { maximumFractionDigits: digits });
export const moment = (at) =>
  new Date(at).toLocaleString(locale, { dateStyle: "short", timeStyle: "short" });
export const size = (bytes) => bytes < 1e6 ? `${number(Math.ceil(bytes / 1024))} KB`
                                           : `${number(bytes / 1048576, 1)} MB`;
export const minutes = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
