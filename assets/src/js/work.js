// A booking of a day that many book at once costs work (src/feature/reception/reception_work.h):
// data-work holds the text, data-bits how many zero bits the SHA-256 of text and number must begin
// with. It is done while somebody types, a little at a time; whoever presses earlier waits for it.
const slice_ms = 12;
const primes = [];
for (let n = 2; primes.length < 64; ++n) if (primes.every((p) => n % p)) primes.push(n);
const fraction = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
const first = primes.slice(0, 8).map((p) => fraction(Math.sqrt(p)));
const constants = primes.map((p) => fraction(Math.cbrt(p)));
const schedule = new Int32Array(64);
const turned = (x, by) => (x >>> by) | (x << (32 - by));

// The first word of the SHA-256 of at most 119 bytes of ASCII, then the second: enough for 64 bits.
function firstWords(text) {
  const size = text.length, blocks = size > 55 ? 2 : 1, bytes = new Uint8Array(blocks * 64);
  for (let i = 0; i < size; ++i) bytes[i] = text.charCodeAt(i);
  bytes[size] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(blocks * 64 - 4, size * 8);
  const state = first.slice();
  for (let block = 0; block < blocks; ++block) {
    for (let i = 0; i < 16; ++i) schedule[i] = view.getInt32(block * 64 + i * 4);
    for (let i = 16; i < 64; ++i) {
      const x = schedule[i - 15], y = schedule[i - 2];
      schedule[i] = (schedule[i - 16] + schedule[i - 7] +
                     (turned(x, 7) ^ turned(x, 18) ^ (x >>> 3)) +
                     (turned(y, 17) ^ turned(y, 19) ^ (y >>> 10))) | 0;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; ++i) {
      const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) +
                   constants[i] + schedule[i]) | 0;
      const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) +
                   ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g, g = f, f = e, e = (d + one) | 0, d = c, c = b, b = a, a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] = (state[i] + word) | 0; });
  }
  return state;
}
const zeroBits = ([one, two]) => Math.clz32(one) + (one === 0 ? Math.clz32(two) : 0);

export function workForBooking() {
  const mark = document.querySelector("[data-work]");
  const form = mark?.closest("form"), field = form?.elements.work;
  if (!field) return;
  const { work, bits, hour } = mark.dataset;
  let nonce = 0, pressed = null;
  const turn = () => {
    for (const until = performance.now() + slice_ms; performance.now() < until; ++nonce) {
      if (zeroBits(firstWords(work + nonce)) < Number(bits)) continue;
      field.value = `${hour} ${nonce}`;
      mark.hidden = true;
      if (pressed) form.requestSubmit(pressed);
      return;
    }
    setTimeout(turn);
  };
  // Before onceOnly counts the press: this one waits.
  form.addEventListener("submit", (event) => {
    if (field.value) return;
    event.preventDefault();
    event.stopPropagation();
    pressed = event.submitter;
    mark.hidden = false;
  });
  turn();
}
