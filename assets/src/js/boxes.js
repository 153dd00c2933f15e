// Boxes over parts of a picture, drawn with mouse, pen, finger or keys. The fields of the form below
// the picture stay what counts: a box is four of them (box1-left, -top, -width, -height, in whole
// percent), so that without this script, or beside it, the numbers can be typed.
const sides = ["left", "top", "width", "height"];
const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const between = (low, value, high) => Math.min(Math.max(value, low), high);

export function drawBoxes() {
  for (const picture of document.querySelectorAll("svg[data-boxes]")) {
    const form = picture.parentElement.querySelector("form");
    if (form && window.PointerEvent) edit(picture, form);
  }
}

function edit(picture, form) {
  const layer = picture.querySelector("[data-covers]");
  const most = Number(picture.dataset.boxes);
  const remove = picture.parentElement.querySelector("[data-boxes-remove]");
  const said = picture.parentElement.querySelector("[data-boxes-said]");
  const field = (row, side) => form.elements[`box${row}-${side}`];
  const rows = () => {
    let count = 0;
    while (field(count + 1, "left")) count += 1;
    return count;
  };
  let chosen = 0;

  // Null: nothing is typed there, or no box.
  const read = (row) => {
    const typed = sides.map((side) => field(row, side).value.trim());
    if (!typed.every((each) => /^\d{1,3}$/.test(each))) return null;
    const [left, top, width, height] = typed.map(Number);
    const fits = width > 0 && height > 0 && left + width <= 100 && top + height <= 100;
    return fits ? { left, top, width, height } : null;
  };
  const write = (row, box) => {
    for (const side of sides) field(row, side).value = box ? box[side] : "";
  };
  const name = (row) => {
    const box = read(row);
    const legend = field(row, "left").closest("fieldset").querySelector("legend");
    return `${legend.textContent.trim()}: ${sides.map((side) => `${box[side]}%`).join(" · ")}`;
  };

  function show() {
    layer.replaceChildren();
    for (let row = 1; row <= rows(); row += 1) {
      const box = read(row);
      if (!box) continue;
      const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      const at = { x: box.left, y: box.top, width: box.width, height: box.height };
      for (const [key, value] of Object.entries(at)) rect.setAttribute(key, `${value}%`);
      rect.setAttribute("tabindex", "0");
      rect.setAttribute("role", "button");
      rect.setAttribute("aria-pressed", String(row === chosen));
      rect.setAttribute("aria-label", name(row));
      rect.dataset.row = row;
      if (row === chosen) rect.setAttribute("stroke", "#ffb000");
      layer.append(rect);
    }
    remove.disabled = !chosen || !read(chosen);
  }
  const rectOf = (row) => layer.querySelector(`[data-row="${row}"]`);
  const choose = (row, focus) => {
    chosen = row;
    show();
    if (focus) rectOf(row)?.focus({ preventScroll: true });
  };
  const tell = () => { said.textContent = chosen && read(chosen) ? name(chosen) : ""; };

  // An empty row; the form has a few, and a new one is like the last.
  function freeRow() {
    const count = rows();
    for (let row = 1; row <= count; row += 1) {
      if (sides.every((side) => !field(row, side).value.trim())) return row;
    }
    if (count >= most) return 0;
    const last = field(count, "left").closest("fieldset");
    const next = last.cloneNode(true), from = `box${count}-`, to = `box${count + 1}-`;
    for (const each of next.querySelectorAll("*")) {
      for (const attribute of ["id", "name", "for", "aria-describedby"]) {
        const value = each.getAttribute(attribute);
        if (value?.includes(from)) each.setAttribute(attribute, value.replaceAll(from, to));
      }
    }
    const legend = next.querySelector("legend");
    legend.textContent = legend.textContent.replace(String(count), String(count + 1));
    last.after(next);
    write(count + 1, null);
    return count + 1;
  }

  const place = (event) => {
    const frame = picture.getBoundingClientRect();
    return [between(0, (event.clientX - frame.left) / frame.width * 100, 100),
            between(0, (event.clientY - frame.top) / frame.height * 100, 100)];
  };
  // At least what was drawn over, never less.
  const span = (a, b) => {
    const low = Math.floor(Math.min(a, b)), high = Math.ceil(Math.max(a, b));
    return [low, high - low];
  };
  const shift = (box, right, down) => ({
    ...box,
    left: between(0, box.left + right, 100 - box.width),
    top: between(0, box.top + down, 100 - box.height),
  });
  const grow = (box, right, down) => ({
    ...box,
    width: between(1, box.width + right, 100 - box.left),
    height: between(1, box.height + down, 100 - box.top),
  });

  let held = null;  // what the pointer does: it draws a box, or moves or stretches one
  picture.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || held) return;
    const [x, y] = place(event);
    const row = Number(event.target.dataset?.row) || 0;
    if (row) {
      const box = read(row);
      // Its lower right corner stretches it.
      const corner = x > box.left + box.width - Math.max(1, box.width / 5)
        && y > box.top + box.height - Math.max(1, box.height / 5);
      held = { row, x, y, box, how: corner ? grow : shift };
      choose(row, true);
    } else {
      const free = freeRow();
      if (!free) return;
      held = { row: free, x, y };
      chosen = free;
    }
    picture.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  picture.addEventListener("pointermove", (event) => {
    if (!held) return;
    const [x, y] = place(event);
    if (held.how) {
      write(held.row, held.how(held.box, Math.round(x - held.x), Math.round(y - held.y)));
    } else {
      const [left, width] = span(held.x, x), [top, height] = span(held.y, y);
      write(held.row, width > 0 && height > 0 ? { left, top, width, height } : null);
    }
    show();
  });
  const release = (event) => {
    if (!held) return;
    const drawn = held;
    held = null;
    if (event.type === "pointercancel") write(drawn.row, drawn.box ?? null);
    choose(read(drawn.row) ? drawn.row : 0, true);
    tell();
  };
  picture.addEventListener("pointerup", release);
  picture.addEventListener("pointercancel", release);

  picture.addEventListener("keydown", (event) => {
    const row = Number(event.target.dataset?.row) || 0;
    if (!row) return;
    if (event.key === "Delete" || event.key === "Backspace") {
      write(row, null);
      choose(0, false);
      remove.focus();
    } else if (steps[event.key]) {
      write(row, (event.shiftKey ? grow : shift)(read(row), ...steps[event.key]));
      choose(row, true);
    } else if (event.key === "Enter" || event.key === " ") {
      choose(row, true);
    } else {
      return;
    }
    event.preventDefault();
    tell();
  });
  remove.addEventListener("click", () => {
    if (chosen) write(chosen, null);
    choose(0, false);
    tell();
  });
  form.addEventListener("input", show);

  // What the picture is changes with the script: a picture to be read, or a place to work in.
  picture.setAttribute("role", "group");
  picture.style.touchAction = "none";
  picture.style.cursor = "crosshair";
  for (const each of picture.parentElement.querySelectorAll("[data-boxes-help]")) each.hidden = false;
  show();
}
