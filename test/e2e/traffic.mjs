// What one page fetches, seen on the wire: bytes as sent (compressed, with headers), the document
// as it came, and whatever the browser complained about.
export class Traffic {
  static async watch(page) {
    const traffic = new Traffic();
    traffic.page = page;
    traffic.reset();
    const wire = await page.context().newCDPSession(page);
    await wire.send("Network.enable");
    wire.on("Network.requestWillBeSent", (e) => traffic.begun(e));
    wire.on("Network.responseReceived", (e) => traffic.types.set(e.requestId, e.type));
    wire.on("Network.loadingFinished", (e) => traffic.ended(e.requestId, e.encodedDataLength));
    wire.on("Network.loadingFailed", (e) => traffic.ended(e.requestId, 0));
    page.on("response", (response) => traffic.answered(response));
    page.on("console", (message) => traffic.said(message));
    page.on("pageerror", (error) => traffic.complaints.push(`script: ${error}`));
    return traffic;
  }

  reset() {
    this.open = new Set();
    this.types = new Map();
    this.fetched = [];          // { type, bytes } of everything that came
    this.complaints = [];
    this.document = null;       // Playwright's response of the last navigation
    this.waiting = [];
  }

  begun({ requestId, type }) {
    // A stream of events never ends, and is not part of arriving.
    if (type === "EventSource") return;
    this.types.set(requestId, type);
    this.open.add(requestId);
  }

  ended(requestId, bytes) {
    if (!this.open.delete(requestId)) return;
    this.fetched.push({ type: this.types.get(requestId), bytes });
    if (!this.open.size) for (const wake of this.waiting.splice(0)) wake();
  }

  answered(response) {
    const request = response.request();
    if (request.isNavigationRequest() && request.frame() === this.page.mainFrame()) {
      this.document = response;
    }
  }

  said(message) {
    if (!["error", "warning"].includes(message.type())) return;
    // The browser reports a refused form (422) as a failure of the document; the test says itself
    // which status it wants.
    const about = message.location().url;
    if (/Failed to load resource/.test(message.text()) && about === this.document?.url()) return;
    this.complaints.push(`console: ${message.text()}`);
  }

  // Resolves when fonts and everything else the page asked for have come.
  async settled() {
    await this.page.evaluate(() => document.fonts.ready.then(() => null));
    if (this.open.size) await new Promise((wake) => this.waiting.push(wake));
  }

  bytes(type) {
    return this.fetched.filter((one) => !type || one.type === type)
      .reduce((sum, one) => sum + one.bytes, 0);
  }
}
