// "You have 120 characters left" under a text field that has a limit. Characters are counted as
// the server counts them: code points after composing (NFC), a line break as one.
import { number, words } from "./words.js";

const chars_in = (text) => [...text.normalize("NFC")].length;
// Screen readers hear the count when typing rests, not at each key.
const rest_ms = 1000;

export function countCharacters() {
  for (const group of document.querySelectorAll("[data-module=govuk-character-count]")) {
    const field = group.querySelector(".govuk-js-character-count");
    const hint = group.querySelector(".govuk-character-count__message");
    const most = Number(group.dataset.maxlength);
    if (field && hint && most) count(field, hint, most);
  }
}

function count(field, hint, most) {
  // The sentence the server wrote stays as the description of the field; sighted readers see the
  // running count in its place.
  const shown = document.createElement("div");
  shown.className = "govuk-hint govuk-character-count__message";
  shown.setAttribute("aria-hidden", "true");
  const spoken = document.createElement("div");
  spoken.className = "govuk-visually-hidden";
  spoken.setAttribute("aria-live", "polite");
  hint.after(shown, spoken);
  hint.classList.add("govuk-visually-hidden");
  // A hard limit would cut text that is pasted; the server refuses instead and keeps it.
  field.removeAttribute("maxlength");

  let timer;
  const update = () => {
    const left = most - chars_in(field.value), over = left < 0;
    const say = over ? words.chars_over : left ? words.chars_left : words.chars_none;
    shown.textContent = say(number(Math.abs(left)), Math.abs(left) === 1);
    shown.classList.toggle("govuk-error-message", over);
    shown.classList.toggle("govuk-hint", !over);
    field.classList.toggle("govuk-textarea--error", over);
    clearTimeout(timer);
    timer = setTimeout(() => { spoken.textContent = shown.textContent; }, rest_ms);
  };
  field.addEventListener("input", update);
  addEventListener("pageshow", update);  // the browser may have put old text back
  update();
}
