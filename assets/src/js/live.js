// Live figures: the server already rendered them, its events only refresh the text. Quiet for
// screen readers (no aria-live), and off when the reader saves data.
export function refreshFigures() {
  const place = document.querySelector("[data-live]");
  if (!place || !("EventSource" in window) || navigator.connection?.saveData) return;
  let source;
  const open = () => {
    source = new EventSource(place.dataset.live);
    source.addEventListener("figures", (event) => {
      const figures = JSON.parse(event.data);
      for (const element of place.querySelectorAll("[data-k]")) {
        const text = figures[element.dataset.k];
        if (text !== undefined && element.textContent !== String(text)) element.textContent = text;
      }
    });
  };
  // A page that is left, or kept in the back-forward cache, holds no connection.
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => event.persisted && open());
  open();
}
