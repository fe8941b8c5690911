// What the reviewer decided, kept in this browser under a key made of the page's content: one entry a reference, so
// that a decision writes little. A decision is {verb, by, note, set}; an addition has its place, `at`, too.

const SHELF = `trialtab:${contentKey()}:`;
const book = new Map(); // index of a record → { rows: {index of a finding: decision}, added: [decision] }
let shelved = true;

function loadShelf() {
  try {
    for (const record of records) {
      const kept = localStorage.getItem(SHELF + record.index);
      if (kept) book.set(record.index, JSON.parse(kept));
    }
    $("reviewer").value = localStorage.getItem("trialtab:reviewer") ?? "";
  } catch {
    shelved = false;
    say("This browser keeps nothing for this page: export your decisions before you close it.", true);
  }
}

function keep(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
    shelved = true;
  } catch {
    if (shelved) say("The browser's store is full or closed: export your decisions before you close the page.", true);
    shelved = false;
  }
}

const entry = (record) => book.get(record.index) ?? { rows: {}, added: [] };
const decisionOn = (record, row) => entry(record).rows[row] ?? null;
const additions = (record) => entry(record).added;

/** Whether a finding is decided: here, or before the page was written. */
const isDecided = (record, row) => decisionOn(record, row) !== null || record.reviewed.includes(row);
const undecided = (record) =>
  record.count - Object.keys(entry(record).rows).length - record.reviewed.filter((row) => decisionOn(record, row) === null).length;

function write(record, change) {
  const kept = structuredClone(entry(record));
  change(kept);
  const isEmpty = kept.added.length === 0 && Object.keys(kept.rows).length === 0;
  if (isEmpty) book.delete(record.index);
  else book.set(record.index, kept);
  keep(SHELF + record.index, isEmpty ? null : JSON.stringify(kept));
  drawProgress();
  drawListEntry(record);
}

function decide(record, row, decision) {
  write(record, (kept) => {
    if (decision === null) delete kept.rows[row];
    else kept.rows[row] = { by: $("reviewer").value.trim(), note: "", ...decision };
  });
}

function decideAddition(record, place, addition) {
  write(record, (kept) => {
    if (addition === null) kept.added.splice(place, 1);
    else kept.added[place] = { by: $("reviewer").value.trim(), note: "", ...addition, verb: "add" };
  });
}

function drawProgress() {
  let [all, done, references, finished] = [0, 0, 0, 0];
  for (const record of records) {
    if (record.count === 0) continue;
    const left = undecided(record);
    all += record.count;
    done += record.count - left;
    references += 1;
    finished += left === 0 ? 1 : 0;
  }
  $("progress").max = Math.max(all, 1);
  $("progress").value = done;
  $("progress-words").textContent =
    `${done.toLocaleString("en")} of ${plural(all, "finding")}, ${finished.toLocaleString("en")} of ${plural(references, "reference")} done`;
}
