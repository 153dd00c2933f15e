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

const block = new Uint8Array(64), words = new DataView(block.buffer);

// The first two words of the SHA-256 of at most 55 bytes of ASCII, which is one block: enough for
// 64 bits. Nothing is made anew for a try.
function firstWords(text) {
  const size = text.length;
  block.fill(0);
  for (let i = 0; i < size; ++i) block[i] = text.charCodeAt(i);
  block[size] = 0x80;
  words.setUint32(60, size * 8);
  for (let i = 0; i < 16; ++i) schedule[i] = words.getInt32(i * 4);
  for (let i = 16; i < 64; ++i) {
    const x = schedule[i - 15], y = schedule[i - 2];
    schedule[i] = (schedule[i - 16] + schedule[i - 7] +
                   (turned(x, 7) ^ turned(x, 18) ^ (x >>> 3)) +
                   (turned(y, 17) ^ turned(y, 19) ^ (y >>> 10))) | 0;
  }
  let [a, b, c, d, e, f, g, h] = first;
  for (let i = 0; i < 64; ++i) {
    const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) +
                 constants[i] + schedule[i]) | 0;
    const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) +
                 ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g, g = f, f = e, e = (d + one) | 0, d = c, c = b, b = a, a = (one + two) | 0;
  }
  return [(first[0] + a) | 0, (first[1] + b) | 0];
}
const zeroBits = ([one, two]) => Math.clz32(one) + (one === 0 ? Math.clz32(two) : 0);

export function workForBooking() {
  const mark = document.querySelector("[data-work]");
  const form = mark?.closest("form"), field = form?.elements.work;
  if (!field) return;
  const { work, bits, hour } = mark.dataset;
  let nonce = 0, pressed = null, has_begun = false;
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
  // Who only looks pays nothing.
  const begin = () => {
    if (!has_begun) turn();
    has_begun = true;
  };
  form.addEventListener("input", begin, { once: true });
  // Before onceOnly counts the press: this one waits.
  form.addEventListener("submit", (event) => {
    if (field.value) return;
    event.preventDefault();
    event.stopPropagation();
    pressed = event.submitter;
    mark.hidden = false;
    begin();
  });
}
