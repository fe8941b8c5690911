// The records, one a line: a summary, and after a tab the details, which are read only when they are looked at.

class Reference {
  constructor(line, index) {
    const cut = line.indexOf("\t");
    Object.assign(this, JSON.parse(line.slice(0, cut)));
    this.index = index;
    this.unread = line.slice(cut + 1);
  }

  get details() { return (this.read ??= JSON.parse(this.unread)); }
  get findings() { return this.details.findings; }
  get checks() { return this.details.checks; }
  get marks() { return this.details.marks; }
  get loose() { return this.details.loose; }
  get groups() { return this.details.groups; }

  /** Spans count code points, which a string of this language does not. */
  get points() { return (this.characters ??= Array.from(this.abstract)); }

  /** The parts of a finding as they are typed into a form. */
  slots(row) {
    const [group, comparator] = row.of.map((place) => (place === null ? ["", ""] : this.groups[place]));
    const { measure, estimate, events, total, interval, p, time, grade } = row;
    const filled = { outcome: row.outcome ?? row.words, measure, events, total, estimate, interval, p, group: group[0], group_n: group[1], comparator: comparator[0], time, grade };
    return Object.fromEntries(Object.entries(filled).map(([slot, value]) => [slot, value ?? ""]));
  }
}

const lines = (id) => $(id).textContent.split("\n").filter((line) => line !== "");
const records = lines("records").map((line, index) => new Reference(line, index));
const plots = lines("plots").map((line) => JSON.parse(line));
const nameOf = (row) => `f${row + 1}`;

const VERDICTS = {
  inconsistent: { sign: "✗", tone: "bad", rank: 3, word: "inconsistent" },
  suspicious: { sign: "?", tone: "odd", rank: 2, word: "suspicious" },
  consistent: { sign: "✓", tone: "good", rank: 1, word: "consistent" },
  not_checkable: { sign: "·", tone: "plain", rank: 0, word: "not checked" },
};

const KINDS = {
  estimate: "estimate", count: "count", interval: "interval or spread", p: "p value", time: "time", grade: "grade",
  outcome: "outcome", group: "group", size: "group size",
};

/** Two words of 32 bits from all that the decisions hang on: another content has another key. */
function contentKey() {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  const mix = (text) => {
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      a = Math.imul(a ^ unit, 2654435761);
      b = Math.imul(b ^ unit, 1597334677);
    }
  };
  for (const record of records) mix(`${record.id}\n${record.hash}\n${record.sum}\n`);
  return (a >>> 0).toString(16).padStart(8, "0") + (b >>> 0).toString(16).padStart(8, "0");
}

const quote = (record, [field, start, end]) =>
  (field === "title" ? Array.from(record.title) : record.points).slice(start, end).join("");
