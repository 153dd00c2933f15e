// Says beside a file field what was picked and what the server would refuse. A hint only: the
// server decides. Limits stand on the input: data-size-max in bytes, data-files-max.
import { number, size, words } from "./words.js";

export function showPicked() {
  for (const input of document.querySelectorAll("input[type=file][data-upload]")) {
    const list = document.createElement("ul");
    list.className = "picked";
    // Spoken when it changes; a list cannot have that role itself.
    const status = document.createElement("div");
    status.setAttribute("role", "status");
    status.append(list);
    input.after(status);
    input.addEventListener("change", () => show(input, list));
  }
}

function show(input, list) {
  const files = [...input.files];
  const most = Number(input.dataset.sizeMax) || Infinity;
  const count = Number(input.dataset.filesMax) || Infinity;
  const lines = files.map((file) => {
    const bad = file.size > most;
    const text = `${file.name} (${size(file.size)})`;
    return line(bad ? `${text}: ${words.file_too_big(size(most))}` : text, bad);
  });
  if (files.length > count) lines.push(line(words.files_too_many(number(count)), true));
  list.replaceChildren(...lines);
}

function line(text, bad) {
  const item = document.createElement("li");
  item.textContent = text;
  item.classList.toggle("bad", bad);
  return item;
}
