// The findings of a reference as rows: what was read, what its checks say, what was decided.

let currentRow = null; // index of a finding
const VERBS = { accept: "Accepted", reject: "Rejected", correct: "Corrected", add: "Added" };
const DECIDED = { accepted: "accept", corrected: "correct", added: "add" };
const SLOTS = {
  outcome: "Outcome", measure: "Measure", events: "x", total: "n", estimate: "Estimate", interval: "Interval", p: "p",
  group: "Group", group_n: "Size of the group", comparator: "Compared with", time: "Time", grade: "Grade",
};

function drawRows() {
  const record = current;
  const rows = record.findings.map((row, index) => rowElement(record, row, index));
  const added = additions(record).map((addition, place) => addedElement(record, addition, place));
  $("rows").replaceChildren(...rows, ...added);
  if (rows.length + added.length === 0) {
    $("rows").append(h("li", { class: "empty" }, "No finding. Select words of the abstract to add one."));
  }
  drawRowsHead();
}

function drawRowsHead() {
  const left = undecided(current);
  $("rows-count").textContent = `${plural(current.count, "finding")}${left && left < current.count ? `, ${left} open` : ""}`;
  $("rows-title").querySelector("button")?.remove();
  if (left > 1) $("rows-title").append(h("button", { type: "button", class: "quiet", onclick: acceptRest }, `Accept the ${left} open ones`));
}

function redrawRow(index) {
  const old = $("rows").children[index];
  const fresh = rowElement(current, current.findings[index], index);
  const hadFocus = old.contains(document.activeElement) || document.activeElement === document.body;
  old.replaceWith(fresh);
  if (hadFocus) fresh.focus({ preventScroll: true });
  drawRowsHead();
}

function rowElement(record, row, index) {
  const decision = decisionOn(record, index);
  const verb = decision?.verb ?? DECIDED[row.review?.decision] ?? "";
  const verdict = row.verdict && VERDICTS[row.verdict];
  const part = (words, value) => value && h("span", {}, `${words} `, h("b", {}, value));
  return h("li", {
    class: `row ${verb}`, "data-row": index, tabindex: index === (currentRow ?? 0) ? 0 : -1,
    "aria-current": index === currentRow ? "true" : null, "aria-label": spoken(row, index, verb),
    onclick: (event) => event.target.closest("button, input, select, textarea, form") || pickRow(index),
    onfocus: (event) => event.target === event.currentTarget && currentRow !== index && pickRow(index),
  },
  h("div", { class: "first" },
    h("span", {},
      h("span", { class: row.outcome ? "name" : "name unclear" }, h("small", {}, `${nameOf(index)} `), row.name), " ",
      verdict && h("span", { class: `chip ${verdict.tone}` }, `${verdict.sign} ${verdict.word}`)),
    h("span", { class: "value" }, row.value)),
  h("div", { class: "line" },
    h("div", { class: "second" },
      row.group ? h("b", {}, row.group) : h("span", { class: "unclear" }, "group not clear"),
      part("at", row.time), part("grade", row.grade), part("p", row.p),
      index === currentRow && h("span", { class: "trail" }, `rule ${row.rule}`)),
    h("div", { class: "foot" }, stateWords(row, decision, verb), h("span", { class: "acts" }, acts(index, verb, decision)))),
  messages(record, index),
  decision?.verb === "correct" ? edits(record.slots(row), decision) : null,
  decision?.note ? h("p", { class: "note" }, `Note: ${decision.note}`) : null,
  row.review?.note ? h("p", { class: "note" }, `Note: ${row.review.note}`) : null);
}

const spoken = (row, index, verb) =>
  [nameOf(index), row.name, row.value, row.group || "group not clear", row.time && `at ${row.time}`, row.grade && `grade ${row.grade}`,
    row.verdict && VERDICTS[row.verdict].word, verb ? VERBS[verb].toLowerCase() : "not decided"].filter(Boolean).join(", ");

function stateWords(row, decision, verb) {
  if (!verb) return null;
  const by = decision ? decision.by : row.review.reviewers.filter(Boolean).join(", ");
  return h("span", { class: `state ${verb}` }, VERBS[verb] + (by ? ` by ${by}` : ""));
}

function acts(index, verb, decision) {
  const act = (name, words, key) => h("button", {
    type: "button", "data-act": name, "aria-pressed": String(decision?.verb === name), "aria-keyshortcuts": key, title: `${words} (${key})`,
    onclick: () => takeAct(name, index),
  }, words);
  return [
    act("accept", "Accept", "a"), act("reject", "Reject", "r"), act("correct", "Correct", "c"),
    decision && h("button", { type: "button", "data-act": "note", title: "Note (m)", onclick: () => openNote(index) }, "Note"),
  ];
}

/** What a correction changes, as was and is. */
const edits = (slots, decision) =>
  h("ul", { class: "edits" }, Object.entries(decision.set).map(([slot, value]) =>
    h("li", {}, `${SLOTS[slot]}: `, h("span", { class: "was" }, slots[slot] || "nothing"), " → ",
      h("span", { class: "now" }, value || "nothing"))));

function addedElement(record, addition, place) {
  const set = addition.set;
  const words = (slots) => slots.map((slot) => set[slot] && h("span", {}, `${SLOTS[slot]} `, h("b", {}, set[slot]))).filter(Boolean);
  return h("li", { class: "row add", "data-added": place, tabindex: -1 },
    h("div", { class: "first" },
      h("span", { class: "name" }, set.outcome.replaceAll("_", " ")),
      h("span", { class: "value" }, [set.events && set.total ? `${set.events}/${set.total}` : set.events, set.estimate, set.interval && `(${set.interval})`].filter(Boolean).join(", "))),
    h("div", { class: "line" },
      h("div", { class: "second" }, words(["group", "group_n", "comparator", "time", "grade", "p"])),
      h("div", { class: "foot" },
        h("span", { class: "state add" }, `Added${addition.by ? ` by ${addition.by}` : ""}`),
        h("span", { class: "acts" },
          h("button", { type: "button", onclick: () => openAddition(addition.at, place) }, "Change"),
          h("button", { type: "button", onclick: () => { decideAddition(record, place, null); drawRows(); } }, "Remove")))),
    h("p", { class: "note" }, `“${quote(record, addition.at)}”${addition.note ? `: ${addition.note}` : ""}`));
}

/** Makes a row the current one, and shows its words. */
function pickRow(index, focus = false) {
  const before = currentRow;
  currentRow = index;
  for (const row of [before, index]) {
    if (row !== null && $("rows").children[row]?.querySelector("form") === null) redrawRow(row);
  }
  lightUp(index);
  const element = $("rows").children[index];
  if (focus) element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
}

function stepRow(by) {
  const last = current.count - 1;
  if (last < 0) return;
  const next = currentRow === null ? 0 : currentRow + by;
  if (next < 0 || next > last) say(by > 0 ? "This is the last finding; n goes to the next reference." : "This is the first finding; p goes to the reference before.");
  else pickRow(next, true);
}

/** Accepts or rejects, or takes that back when it is done again; a correction opens its form. */
function takeAct(name, index) {
  if (name === "correct") {
    openCorrection(index);
    return;
  }
  const old = decisionOn(current, index);
  decide(current, index, old?.verb === name ? null : { verb: name, note: old?.note ?? "" });
  const row = current.findings[index];
  say(`${nameOf(index)} ${row.name}: ${old?.verb === name ? "no decision" : VERBS[name].toLowerCase()}`);
  redrawRow(index);
}

function undo(index) {
  if (decisionOn(current, index) === null) return;
  decide(current, index, null);
  say(`${nameOf(index)}: no decision`);
  redrawRow(index);
}

function acceptRest() {
  current.findings.forEach((_, index) => isDecided(current, index) || decide(current, index, { verb: "accept" }));
  drawRows();
  say(`All findings of this reference are decided.`);
}
