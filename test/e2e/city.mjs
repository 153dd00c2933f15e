// A running city: the real program on a sample made for this run, in a folder of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const start_ms = 60_000, stop_ms = 20_000;

const server_script = path.join(path.dirname(fileURLToPath(import.meta.url)),
                               "../../tools/postgres.sh");

async function run(binary, words, env) {
  const child = spawn(binary, words, { stdio: ["ignore", "pipe", "pipe"], env });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => { said += text; });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${binary} ${words.join(" ")} ended with ${code}:\n${said}`);
  return said;
}

// Each city cleans up when the run ends, and a run has dozens of them.
process.setMaxListeners(0);

export class City {
  // `said` is what making the sample printed, such as its accounts; `log` what the server wrote.
  // On the engine "postgresql" the city lives in a private server, which ends with it.
  // With `clock` the city's time is what the file of that name in its folder holds: it begins at
  // `now`, and restart() lets it go on to another instant. `serve` are more words for the server.
  static async start(binary, { cases = 300, seed = 1, now, engine = "sqlite", limits = "off",
                               clock = false, serve = [] } = {}) {
    const city = new City();
    city.binary = binary;
    city.folder = fs.mkdtempSync(path.join(os.tmpdir(), "langnghe-e2e-"));
    // Whatever happens to this run, it leaves neither a server nor a folder behind.
    process.once("exit", () => {
      city.server?.kill("SIGKILL");
      city.database?.kill("SIGQUIT");
      fs.rmSync(city.folder, { recursive: true, force: true });
    });
    city.data = path.join(city.folder, "data");
    const env = { ...process.env };
    if (engine === "postgresql") env.LANGNGHE_DB = await city.start_database();
    city.env = env;
    const when = now ? ["--now", now] : [];
    city.said = await run(binary, ["sample", "hanoi", "--data", city.data, "--cases",
                                   String(cases), "--seed", String(seed), ...when], env);
    city.log = "";
    city.words = ["serve", "--data", city.data, "--listen", "127.0.0.1:0", "--rate-limit", limits,
                  ...serve];
    if (clock) {
      city.clock = path.join(city.folder, "clock");
      fs.writeFileSync(city.clock, `${now}\n`);
      city.words.push("--clock", city.clock);
    }
    await city.serve();
    return city;
  }

  // A city of its own beside this one, on the same engine.
  another(wish) {
    const engine = this.database ? "postgresql" : "sqlite";
    return City.start(this.binary, { engine, ...wish });
  }

  // Starts the server on what is there. All visitors here come from one address, so it may ask as
  // often as it likes.
  async serve() {
    this.server = spawn(this.binary, this.words, { stdio: ["ignore", "pipe", "pipe"], env: this.env });
    for (const stream of [this.server.stdout, this.server.stderr]) {
      stream.on("data", (text) => { this.log += text; });
    }
    this.ended = once(this.server, "exit");
    try {
      this.url = `http://127.0.0.1:${await this.port()}/`;
      await this.healthy();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  // The same city, stopped and begun again at another instant: all that time does is done at once.
  async restart(now) {
    this.server.kill("SIGTERM");
    const [code, signal] = await this.ended;
    if (code !== 0) throw new Error(`the server ended with ${code ?? signal}:\n${this.log}`);
    if (now) fs.writeFileSync(this.clock, `${now}\n`);
    fs.rmSync(path.join(this.data, "port"));
    await this.serve();
  }

  // An already running server, for work on one page.
  static at(url) {
    return Object.assign(new City(), { url, said: "", log: "", stop: async () => {} });
  }

  async start_database() {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "langnghe-e2e-pg-"));
    process.once("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
    this.database = spawn(server_script, [folder, "-c", "fsync=off"],
                          { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(this.database.stdout, "data");
    const give_up = Date.now() + start_ms;
    // The server writes this line into its folder when it takes connections.
    const ready = () => fs.existsSync(path.join(folder, "log")) &&
      fs.readFileSync(path.join(folder, "log"), "utf8").includes("ready to accept connections");
    while (!ready()) {
      if (Date.now() > give_up || this.database.exitCode !== null)
        throw new Error("PostgreSQL does not start");
      await pause(50);
    }
    return line.toString().trim();
  }

  async until(condition, what) {
    const give_up = Date.now() + start_ms;
    for (;;) {
      if (this.server.exitCode !== null) throw new Error(`the server ended:\n${this.log}`);
      const value = await condition();
      if (value) return value;
      if (Date.now() > give_up) throw new Error(`the server shows no ${what}:\n${this.log}`);
      await pause(20);
    }
  }

  port() {
    const file = path.join(this.data, "port");
    return this.until(() => fs.existsSync(file) && Number(fs.readFileSync(file, "utf8")), "port");
  }

  healthy() {
    return this.until(() => fetch(`${this.url}healthz`).then((r) => r.ok, () => false), "health");
  }

  // Asks the server to stop and says how it ended: a clean stop is part of what is tested, and so
  // is that after everything its visitors did the city still agrees with its ledger.
  async stop() {
    if (this.server.exitCode === null) this.server.kill("SIGTERM");
    const late = setTimeout(() => this.server.kill("SIGKILL"), stop_ms);
    const [code, signal] = await this.ended;
    clearTimeout(late);
    try {
      if (code !== 0) throw new Error(`the server ended with ${code ?? signal}:\n${this.log}`);
      await run(this.binary, ["verify", "--data", this.data], this.env);
    } finally {
      this.database?.kill("SIGINT");
      fs.rmSync(this.folder, { recursive: true, force: true });
    }
  }
}
