// C2SP tlog-policy: whom to believe.
import { equal, Malformed, numberOf, utf8 } from "./bytes.mjs";
import { keyOf, kinds, signersOf } from "./note.mjs";

const text_size_max = 64 * 1024, logs_max = 64, members_max = 256;

class Reader {
  logs = [];
  members = new Map();  // by name: { key } of a witness, { of, needed } of a group
  inGroup = new Set();
  quorum = null;

  // False: the line is wrong.
  async take(line) {
    if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(line)) return false;
    const words = line.split(/[ \t]+/).filter(Boolean);
    if (!words.length || words[0].startsWith("#")) return true;
    const [kind, ...rest] = words;
    if (kind === "log") return this.log(rest);
    if (kind === "witness") return this.witness(rest);
    if (kind === "group") return this.group(rest);
    return kind === "quorum" && this.setQuorum(rest);
  }

  // One key stands for one party, under one name, on one side.
  isNewKey(key) {
    const all = [...this.logs, ...[...this.members.values()].flatMap((m) => m.key ?? [])];
    return !all.some((other) => equal(other.key, key.key));
  }
  isFree(name) {
    return name !== "none" && !this.members.has(name) && this.members.size < members_max;
  }

  async log(words) {
    if (words.length < 1 || words.length > 2 || this.logs.length === logs_max) return false;
    const key = await keyOf(words[0]);
    if (key?.kind !== kinds.log || !this.isNewKey(key)) return false;
    this.logs.push(key);
    return true;
  }

  async witness([name, text, ...more]) {
    if (text === undefined || more.length > 1 || !this.isFree(name)) return false;
    const key = await keyOf(text);
    if (key?.kind !== kinds.witness || !this.isNewKey(key)) return false;
    this.members.set(name, { key });
    return true;
  }

  group([name, count, ...of]) {
    if (!of.length || !this.isFree(name) || new Set(of).size !== of.length) return false;
    if (!of.every((member) => this.members.has(member) && !this.inGroup.has(member))) return false;
    const number = numberOf(count);
    const needed = count === "all" ? of.length : count === "any" ? 1 : Number(number ?? 0n);
    if (needed < 1 || needed > of.length) return false;
    for (const member of of) this.inGroup.add(member);
    this.members.set(name, { of, needed });
    return true;
  }

  setQuorum([name, ...more]) {
    if (name === undefined || more.length || this.quorum !== null) return false;
    this.quorum = name;
    return name === "none" || this.members.has(name);
  }
}

// Keys alone, one a line, are a policy too: these logs, and every witness that stands there.
async function fromKeys(text) {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  const keys = await Promise.all(lines.map(keyOf));
  if (!lines.length || keys.includes(null)) return text;
  const witnesses = lines.flatMap((line, i) =>
    keys[i].kind === kinds.witness ? { name: `${keys[i].name}`, line } : []);
  const all = [...lines.filter((_, i) => keys[i].kind === kinds.log).map((line) => `log ${line}`),
    ...witnesses.map(({ name, line }) => `witness ${name} ${line}`)];
  if (witnesses.length) all.push(`group tat-ca all ${witnesses.map((w) => w.name).join(" ")}`);
  return `${all.join("\n")}\nquorum ${witnesses.length ? "tat-ca" : "none"}\n`;
}

export class Policy {
  // Throws Malformed with the number of the wrong line.
  static async parse(given) {
    const text = await fromKeys(given);
    const policy = Object.assign(new Policy(), { reader: new Reader() });
    const lines = text.split("\n");
    if (utf8(text).length > text_size_max || lines.pop() !== "")
      throw new Malformed("bad_policy", { line: lines.length + 1 });
    for (const [i, line] of lines.entries())
      if (!await policy.reader.take(line)) throw new Malformed("bad_policy", { line: i + 1 });
    if (policy.reader.quorum === null) throw new Malformed("bad_policy_quorum");
    return policy;
  }

  get needsWitnesses() { return this.reader.quorum !== "none"; }

  // Whether the witnesses in `seen`, by their names here, are enough.
  isMet(seen, name = this.reader.quorum) {
    if (name === "none") return true;
    const member = this.reader.members.get(name);
    if (member.key) return seen.has(name);
    return member.of.filter((part) => this.isMet(seen, part)).length >= member.needed;
  }

  // What this policy says of a signed head: { forged } when a known key's signature is false; else
  // whether its log has signed it, and which witnesses, each with the time at which it saw it.
  async judge(note, origin) {
    const logs = this.reader.logs.filter((log) => log.name === origin);
    const names = new Map([...this.reader.members].filter(([, m]) => m.key)
      .map(([name, m]) => [m.key, name]));
    const { forged, good } = await signersOf(note, [...logs, ...names.keys()]);
    if (forged !== undefined) return { forged, isSigned: false, witnesses: new Map() };
    const witnesses = new Map();
    for (const { by, time } of good) {
      const name = names.get(by);
      if (name !== undefined && !witnesses.has(name)) witnesses.set(name, time);
    }
    return { isSigned: good.some(({ by }) => logs.includes(by)), witnesses };
  }
}
