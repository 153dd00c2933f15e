// A public screen clears itself when nobody has touched it for a while: `data-clears` holds the
// address of the empty page. It says so before, and a touch keeps everything.
import { words } from "./words.js";

const warns_after_ms = 70_000, clears_after_ms = 90_000;

export function clearWhenIdle() {
  const screen = document.querySelector("[data-clears]");
  if (!screen) return;
  const clear = () => {
    for (const form of document.forms) form.reset();
    location.replace(screen.dataset.clears);
  };
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  said.className = "said lead no-print";
  screen.prepend(said);
  let warning, clearing;
  const again = () => {
    clearTimeout(warning);
    clearTimeout(clearing);
    said.textContent = "";
    warning = setTimeout(() => {
      said.textContent = words.clears_soon((clears_after_ms - warns_after_ms) / 1000);
    }, warns_after_ms);
    clearing = setTimeout(clear, clears_after_ms);
  };
  for (const what of ["pointerdown", "keydown", "input", "scroll"]) {
    addEventListener(what, again, { passive: true });
  }
  // What "back" would bring from the browser's memory is of whoever stood here before.
  addEventListener("pageshow", (event) => {
    if (event.persisted) clear();
  });
  again();
}
