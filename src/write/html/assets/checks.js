// What was recomputed, in plain sentences.

/** The discrepancies of a row, in the row. */
function messages(record, index) {
  const said = record.checks.filter((check) => check.findings.includes(index) && VERDICTS[check.verdict].rank >= 2);
  return said.length ? h("ul", { class: "said" }, said.map((check) => {
    const verdict = VERDICTS[check.verdict];
    // A sentence about several rows stands whole in the first of them.
    const [first] = check.findings;
    const words = first === index ? check.message : `as said at ${nameOf(first)}`;
    return h("li", { class: verdict.tone }, `${verdict.sign} ${words}`);
  })) : null;
}

/** All checks of the reference, gravest first; with a button that copies what to ask the authors. */
function drawChecks() {
  const checks = [...current.checks].sort((a, b) => VERDICTS[b.verdict].rank - VERDICTS[a.verdict].rank);
  if (checks.length === 0) {
    $("checks").replaceChildren();
    return;
  }
  const graves = checks.filter((check) => VERDICTS[check.verdict].rank >= 2);
  const summary = [plural(checks.length, "check"), graves.length ? `, ${plural(graves.length, "discrepancy", "discrepancies")}` : ", no discrepancy"].join("");
  $("checks").replaceChildren(h("details", { class: "all-checks" },
    h("summary", {}, summary),
    h("ul", {}, checks.map(checkElement)),
    graves.length > 0 && h("button", { type: "button", onclick: () => copyQuery(graves) }, "Copy the discrepancies as a query")));
}

function checkElement(check) {
  const verdict = VERDICTS[check.verdict];
  const rows = check.findings.map((index) =>
    h("button", { type: "button", class: "quiet", onclick: () => pickRow(index, true) }, nameOf(index)));
  return h("li", {},
    h("span", { class: `chip ${verdict.tone}` }, `${verdict.sign} ${verdict.word}`), " ", ...rows, " ", check.message, " ",
    h("small", {}, check.id + (check.item ? ` · INSPECT-SR ${check.item}` : "")));
}

async function copyQuery(checks) {
  const text = [current.title, ...checks.map((check) => `- ${check.message}`)].join("\n");
  try {
    await navigator.clipboard.writeText(text);
    say("The discrepancies are on the clipboard.");
  } catch {
    say("This browser does not let the page use the clipboard.", true);
  }
}
