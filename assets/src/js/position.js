// "Use my position": a button that fills the field whose id stands in data-position with the
// coordinates of the device, asked for at that moment and for nothing else. Without support the
// button stays hidden.
const patience_ms = 20_000;

export function offerPosition() {
  if (!navigator.geolocation) return;
  for (const button of document.querySelectorAll("button[data-position]")) {
    const field = document.getElementById(button.dataset.position);
    if (field) offer(button, field);
  }
}

function offer(button, field) {
  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("role", "status");
  button.after(said);
  button.hidden = false;
  const found = ({ coords }) => {
    button.disabled = false;
    said.textContent = "";
    field.value = `${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`;
    // Whoever keeps drafts and counts characters hears of it as of typing.
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  };
  const failed = () => {
    button.disabled = false;
    said.textContent = button.dataset.failed;
  };
  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(found, failed,
      { enableHighAccuracy: true, timeout: patience_ms, maximumAge: 60_000 });
  });
}
