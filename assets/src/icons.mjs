// The Lucide icons in the sprite, by their names there. A page refers to one as icons.svg#NAME, so
// a name that is not in this list shows nothing: `test/e2e` looks for such holes on every page.
export const icons = [
  // What a person does.
  "message-square-plus", "search", "send", "reply", "pencil", "upload", "download", "printer",
  "copy", "refresh-cw", "rotate-ccw", "log-in", "log-out", "list", "filter", "menu", "x", "check",
  "mic", "square", "volume-2", "external-link", "trash-2",
  // Where things stand.
  "inbox", "clock", "hourglass", "calendar", "calendar-clock", "history", "circle-check",
  "circle-x", "circle-alert", "triangle-alert", "octagon-alert", "ban", "info", "circle-help",
  "message-circle-question", "flag", "trending-up", "minus",
  // What it is about.
  "file-text", "message-circle", "megaphone", "star", "thumbs-up", "thumbs-down", "award", "scale",
  "wrench", "map-pin", "landmark", "building-2", "paperclip", "image", "link-2", "eye",
  // Who, and what guards them.
  "user-round", "users", "phone", "mail", "lock", "key-round", "eye-off", "shield-check",
  "fingerprint", "qr-code", "languages",
  // Where to go on.
  "chevron-left", "chevron-right", "arrow-left", "arrow-right", "arrow-up-right",
];
