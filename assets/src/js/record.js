// Speaking instead of writing: a button that records and puts the sound into the form's own file
// field, so that it is sent like any other file. data-record holds the id of that field,
// data-seconds-max the longest recording. Without support the button stays hidden.
import { minutes, words } from "./words.js";

const kinds = [["audio/webm;codecs=opus", "webm"], ["audio/ogg;codecs=opus", "ogg"],
               ["audio/mp4", "m4a"]];

export function recordVoice() {
  if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder || !canFillFiles()) return;
  const kind = kinds.find(([type]) => MediaRecorder.isTypeSupported(type));
  if (!kind) return;
  for (const button of document.querySelectorAll("button[data-record]")) {
    const input = document.getElementById(button.dataset.record);
    if (input) offer(button, input, kind);
  }
}

function canFillFiles() {
  try {
    return Boolean(new DataTransfer().items);
  } catch {
    return false;
  }
}

function offer(button, input, [type, ending]) {
  const label = button.querySelector("[data-label]") ?? button;
  const idle = label.textContent;
  const most_s = Number(button.dataset.secondsMax) || 180;
  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("role", "status");
  button.after(said);
  button.hidden = false;

  let recorder = null, last = null, number = 0;
  const start = async () => {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      said.textContent = words.record_refused();
      return;
    }
    const pieces = [], began = Date.now();
    said.textContent = "";
    recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 24_000 });
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    const tick = () => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      label.textContent = words.record_stop(minutes(seconds));
      if (seconds >= most_s && recorder?.state === "recording") recorder.stop();
    };
    const clock = setInterval(tick, 1000);
    recorder.addEventListener("stop", () => {
      clearInterval(clock);
      for (const track of stream.getTracks()) track.stop();
      recorder = null;
      label.textContent = idle;
      button.classList.remove("is-recording");
      number += 1;
      last = replaceFile(input, last,
                         new File(pieces, `${words.record_name()}-${number}.${ending}`, { type }));
      said.textContent = words.record_done();
    });
    recorder.start();
    button.classList.add("is-recording");
    tick();
  };
  // Asking for the microphone takes time; a second press meanwhile must not start a second one.
  let asking = false;
  button.addEventListener("click", async () => {
    if (recorder) return recorder.stop();
    if (asking) return;
    asking = true;
    await start();
    asking = false;
  });
}

// Recording again replaces the earlier recording and keeps the other files that were picked.
function replaceFile(input, old, file) {
  const all = new DataTransfer();
  for (const picked of input.files) if (picked !== old) all.items.add(picked);
  all.items.add(file);
  input.files = all.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  return input.files[input.files.length - 1];
}
