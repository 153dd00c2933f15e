// Text being written is kept in this tab until it has arrived, so a dropped connection or a closed
// page loses nothing. `data-draft` names the draft and is new for each report; kiosks leave the
// attribute out. What the server sent in a field always wins over what was kept.
const prefix = "draft:", sent_mark = "draft-sent:";
const kept_kinds = "textarea, input[type=text], input[type=search], input[type=tel], "
  + "input[type=email], input:not([type])";

export function keepDrafts() {
  const forms = [...document.querySelectorAll("form[data-draft]")];
  const here = new Set(forms.map((form) => form.dataset.draft));
  let storage;
  try {
    storage = sessionStorage;
  } catch {
    return;  // storage is blocked: the form still works
  }
  // A draft that was sent is forgotten once another page has come: only then it has arrived.
  for (const key of Object.keys(storage)) {
    const name = key.startsWith(sent_mark) && key.slice(sent_mark.length);
    if (!name || here.has(name)) continue;
    storage.removeItem(key);
    storage.removeItem(prefix + name);
  }
  for (const form of forms) keep(form, storage);
}

function keep(form, storage) {
  const key = prefix + form.dataset.draft;
  const fields = () => [...form.querySelectorAll(kept_kinds)].filter((field) => field.name);
  const old = parsed(storage.getItem(key));
  for (const field of fields()) {
    if (!field.value && typeof old[field.name] === "string") field.value = old[field.name];
  }
  form.addEventListener("input", () => {
    const now = Object.assign(parsed(storage.getItem(key)),
                              Object.fromEntries(fields().map((f) => [f.name, f.value])));
    try {
      storage.setItem(key, JSON.stringify(now));
    } catch { /* full: the form still works */ }
  });
  form.addEventListener("submit", () => {
    try {
      storage.setItem(sent_mark + form.dataset.draft, "1");
    } catch { /* as above */ }
  });
}

function parsed(text) {
  try {
    return Object(JSON.parse(text ?? "{}"));
  } catch {
    return {};
  }
}
