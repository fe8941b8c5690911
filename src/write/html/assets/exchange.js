// Decisions as a file: one JSON object a line, the form that `trialtab extract --decisions` and `trialtab agree` read.

const FORM = "trialtab-decision/1";

function decisionLines() {
  const reviewer = $("reviewer").value.trim();
  const all = [];
  for (const index of [...book.keys()].sort((a, b) => a - b)) {
    const record = records[index];
    const base = ([field, start, end]) => ({
      schema: FORM, record: record.id, content_hash: record.hash, at: { field, start, end }, quote: quote(record, [field, start, end]),
    });
    const told = (decision) => ({
      decision: decision.verb, reviewer: decision.by || reviewer, ...(decision.note && { note: decision.note }), ...(decision.set && { set: decision.set }),
    });
    record.findings.forEach((row, index) => {
      const decision = decisionOn(record, index);
      if (decision) all.push({ ...base(row.at), saw: row.saw, ...told(decision) });
    });
    for (const addition of additions(record)) all.push({ ...base(addition.at), ...told(addition) });
  }
  return all;
}

function exportDecisions() {
  const all = decisionLines();
  if (all.length === 0) {
    say("Nothing is decided yet.");
    return;
  }
  if (all.some((decision) => !decision.reviewer)) {
    document.querySelector(".reviewer").classList.add("wanted");
    $("reviewer").focus();
    say("Say who decided: fill in the reviewer's name.", true);
    return;
  }
  const text = all.map((decision) => JSON.stringify(decision) + "\n").join("");
  const address = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
  h("a", { href: address, download: "decisions.jsonl" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  say(`${plural(all.length, "decision")} exported to decisions.jsonl.`);
}

/** Reads a file of decisions: those that fit this page are taken, and where they differ from those made here one is asked. */
async function importDecisions(file) {
  const account = { taken: 0, known: 0, changed: 0, strange: 0 };
  const clashes = [];
  const byId = new Map(records.map((record) => [record.id, record]));
  let number = 0;
  for (const line of (await file.text()).replace(/^\ufeff/, "").split("\n")) {
    number += 1;
    if (!line.trim()) continue;
    let told;
    try {
      told = JSON.parse(line);
      if (told.schema !== FORM || !(told.decision in VERBS) || !told.at) throw new Error("no decision");
    } catch {
      say(`${file.name}, line ${number} is no decision: nothing was taken from there on.`, true);
      break;
    }
    const record = byId.get(told.record);
    if (!record) account.strange += 1;
    else if (record.hash !== told.content_hash) account.changed += 1;
    else takeTold(record, told, account, clashes);
  }
  if (current) drawRows();
  if (clashes.length) askAbout(clashes, account);
  else sayTaken(account);
}

function takeTold(record, told, account, clashes) {
  const at = [told.at.field, told.at.start, told.at.end];
  const decision = { verb: told.decision, by: told.reviewer ?? "", note: told.note ?? "", ...(told.set && { set: told.set }) };
  const same = (a, b) => JSON.stringify(a.set ?? {}) === JSON.stringify(b.set ?? {}) && a.verb === b.verb;
  if (told.decision === "add") {
    const known = additions(record).some((one) => String(one.at) === String(at) && same(one, decision));
    if (known) account.known += 1;
    else {
      decideAddition(record, additions(record).length, { ...decision, at });
      account.taken += 1;
    }
    return;
  }
  const row = record.findings.findIndex((one) => String(one.at) === String(at) && one.saw === told.saw);
  if (row < 0) {
    account.changed += 1;
    return;
  }
  const own = decisionOn(record, row);
  if (own && same(own, decision) && own.note === decision.note) account.known += 1;
  else if (own) clashes.push({ record, row, decision });
  else {
    decide(record, row, decision);
    account.taken += 1;
  }
}

function askAbout(clashes, account) {
  const end = (take) => () => {
    if (take) for (const { record, row, decision } of clashes) decide(record, row, decision);
    if (take) account.taken += clashes.length;
    $("clash").close();
    if (current) drawRows();
    sayTaken(account, take ? 0 : clashes.length);
  };
  $("clash").replaceChildren(
    h("h2", { id: "clash-title" }, `${plural(clashes.length, "decision")} of the file ${clashes.length === 1 ? "differs" : "differ"} from yours`),
    h("p", {}, "Which are to stand? To see where two reviewers differ, export both files and run trialtab agree."),
    h("div", { class: "end" },
      h("button", { type: "button", onclick: end(false) }, "Keep those made here"),
      h("button", { type: "button", onclick: end(true) }, "Take those of the file")));
  $("clash").showModal();
}

function sayTaken(account, keptOwn = 0) {
  const parts = [`${plural(account.taken, "decision")} taken from the file`];
  if (account.known) parts.push(`${account.known} known already`);
  if (keptOwn) parts.push(`${keptOwn} left as decided here`);
  if (account.changed) parts.push(`${account.changed} not taken, because text or reading has changed`);
  if (account.strange) parts.push(`${account.strange} not taken, because the reference is not on this page`);
  say(`${parts.join(", ")}.`, account.changed + account.strange > 0);
}
