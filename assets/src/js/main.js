// Progressive enhancement only: every page works with this file blocked.

// Live figures: the server already rendered them; SSE only refreshes. Quiet for screen readers (no aria-live), off when saving data.
const live = document.querySelector("[data-live]");
if (live && "EventSource" in window && !navigator.connection?.saveData) {
  const src = new EventSource(live.dataset.live);
  src.addEventListener("figures", (e) => {
    for (const [k, v] of Object.entries(JSON.parse(e.data))) {
      const el = document.querySelector(`[data-k="${CSS.escape(k)}"]`);
      if (el) el.textContent = v;
    }
  });
  addEventListener("pagehide", () => src.close());
}

// Draft kept on the device while typing, so a dropped connection loses nothing. Cleared on send.
for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = "draft:" + form.dataset.draft;
  const box = form.querySelector("textarea");
  if (!box) continue;
  try {
    if (!box.value) box.value = sessionStorage.getItem(key) ?? "";
    box.addEventListener("input", () => sessionStorage.setItem(key, box.value));
    form.addEventListener("submit", () => sessionStorage.removeItem(key));
  } catch { /* storage blocked: the form still works */ }
}
