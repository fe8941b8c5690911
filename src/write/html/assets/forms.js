// Forms: correct a finding, add one, note something. What is typed is looked at here as `trialtab` will look at it.

const MEASURES = {
  proportion: "proportion", count: "count", survival_probability: "survival probability", cumulative_incidence: "cumulative incidence",
  median: "median", mean: "mean", change: "change", difference: "difference", hazard_ratio: "hazard ratio", odds_ratio: "odds ratio",
  risk_ratio: "risk ratio", rate_ratio: "rate ratio", subdistribution_hazard_ratio: "subdistribution hazard ratio",
  standardised_difference: "standardised difference", rate: "rate", correlation: "correlation", other: "other",
};
const HINTS = { outcome: "complete remission", estimate: "79%", interval: "66 to 92", p: "<0.001", time: "12 months", grade: "≥3" };

const NUMBER = String.raw`(?:[<>]=?|[≤≥~=])?\s*[-−–]?\d[\d.,·]*\s*(?:%|\+|[^\d\s].*)?`;
const COUNT = String.raw`(?:[<>]=?|[≤≥~=])?\s*(?:\d{1,3}(?:,\d{3})+|\d+)`;
const LIMIT = String.raw`(?:NR|NE|not reached|[<>≤≥~]?\s*[-−–]?\d[\d.,·]*\s*\S*?)`;
const PATTERNS = {
  estimate: NUMBER, events: COUNT, total: COUNT, group_n: COUNT, p: String.raw`[pP]?\s*(?:[<>]=?|[≤≥~=])?\s*(?:0?[.·,]\d+|[01](?:[.·,]0+)?)`,
  interval: String.raw`[([]?\s*${LIMIT}\s*(?:to|–|-|,|;)\s*${LIMIT}\s*[)\]]?`,
  time: String.raw`(?:[<>]=?|[≤≥~=])?\s*\d[\d.,·]*\s*-?[a-zA-Z].*`,
  grade: String.raw`(?:[Gg]rade)?\s*(?:[<>]=?|[≤≥=])?\s*[0-5](?:\s*(?:–|-|or|to)\s*[0-5])?`,
};
const EXAMPLES = { estimate: "a number such as 79%", events: "a whole number", total: "a whole number", group_n: "a whole number", p: "a p value such as <0.001", interval: "two limits such as 66 to 92", time: "a number and a unit, such as 12 months", grade: "a grade such as ≥3 or 1-2" };

function fields(values, groups) {
  const list = (id, options) => h("datalist", { id }, options.map((value) => h("option", { value })));
  const field = (slot, more = {}) => h("label", { class: slot === "outcome" ? "wide" : null }, SLOTS[slot],
    h("input", { name: slot, value: values[slot] ?? "", placeholder: HINTS[slot] ? `e.g. ${HINTS[slot]}` : null, autocomplete: "off", spellcheck: "false", ...more }));
  const measure = h("select", { name: "measure" }, Object.entries(MEASURES).map(([value, words]) =>
    h("option", { value, selected: value === (values.measure ?? "proportion") }, words)));
  return [
    field("outcome", { list: "known-outcomes" }), h("label", {}, SLOTS.measure, measure),
    field("events"), field("total"), field("estimate"), field("interval"), field("p"),
    field("group", { list: "known-groups" }), field("group_n"), field("comparator", { list: "known-groups" }),
    field("time"), field("grade"),
    list("known-outcomes", knownOutcomes), list("known-groups", [...new Set(groups.map(([label]) => label))]),
  ];
}

/** A form of all slots; `save` gets what was typed and the note. */
function slotForm(title, values, note, groups, save, close) {
  const wrong = h("p", { class: "wrong", role: "alert" });
  const form = h("form", {
    class: "form", novalidate: true, "aria-label": title,
    onkeydown: (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
    },
    onsubmit: (event) => {
      event.preventDefault();
      const data = Object.fromEntries(new FormData(form));
      const typed = Object.fromEntries(Object.keys(SLOTS).map((slot) => [slot, (data[slot] ?? "").trim()]));
      const bad = misfit(typed, values);
      for (const input of form.elements) input.removeAttribute("aria-invalid");
      wrong.textContent = bad ? bad.words : "";
      if (!bad) {
        save(typed, data.note.trim());
        return;
      }
      form.elements[bad.slot].setAttribute("aria-invalid", "true");
      form.elements[bad.slot].focus();
    },
  },
  fields(values, groups),
  h("label", { class: "wide" }, "Note", h("input", { name: "note", value: note, autocomplete: "off" })),
  wrong,
  h("div", { class: "end" },
    h("button", { type: "button", onclick: close }, "Cancel"),
    h("button", { class: "main" }, "Save")));
  return form;
}

/** The first slot that would not be understood; what was there before is taken as it is. */
function misfit(typed, before) {
  if (!typed.outcome) return { slot: "outcome", words: "Name the outcome." };
  for (const [slot, pattern] of Object.entries(PATTERNS)) {
    const value = typed[slot];
    if (value && value !== before[slot] && !new RegExp(`^${pattern}$`, "u").test(value)) {
      return { slot, words: `${SLOTS[slot]} takes ${EXAMPLES[slot]}.` };
    }
  }
  return null;
}

function openCorrection(index) {
  if (currentRow !== index) pickRow(index);
  const element = $("rows").children[index];
  if (element.querySelector("form")) return;
  const row = current.findings[index];
  const old = decisionOn(current, index);
  const slots = current.slots(row);
  const values = { ...slots, ...(old?.set ?? {}) };
  const close = () => { redrawRow(index); $("rows").children[index].focus({ preventScroll: true }); };
  const form = slotForm(`Correct ${nameOf(index)}`, values, old?.note ?? "", current.groups, (typed, note) => {
    const set = Object.fromEntries(Object.entries(typed).filter(([slot, value]) => value !== slots[slot]));
    if (Object.keys(set).length === 0) {
      say("Nothing was changed, so that nothing is corrected.");
    } else {
      decide(current, index, { verb: "correct", set, note });
      say(`${nameOf(index)} ${row.name}: corrected`);
    }
    close();
  }, close);
  element.append(form);
  form.elements.estimate.focus();
  form.elements.estimate.select();
  form.scrollIntoView({ block: "nearest" });
}

/** The form of a finding that is added at a place of the text; `place` is that of an addition that is changed. */
function openAddition(at, place = null) {
  $("rows").querySelector("#addition")?.remove();
  const record = current;
  const old = place === null ? null : additions(record)[place];
  const words = quote(record, at);
  const values = old?.set ?? readNumbers(words);
  const close = () => { drawRows(); $("reference").focus({ preventScroll: true }); };
  const form = slotForm("Add a finding", values, old?.note ?? "", record.groups, (typed, note) => {
    const set = Object.fromEntries(Object.entries(typed).filter(([, value]) => value));
    if (!set.estimate && !set.events) {
      form.querySelector(".wrong").textContent = "Give a number: an estimate, or how many people (x).";
      form.elements.estimate.focus();
      return;
    }
    decideAddition(record, place ?? additions(record).length, { at, set, note });
    say(`Added: ${set.outcome.replaceAll("_", " ")}`);
    close();
  }, close);
  form.prepend(h("p", { class: "quote" }, `“${words}”`));
  $("rows").prepend(h("li", { id: "addition" }, form));
  form.elements.outcome.focus();
  form.scrollIntoView({ block: "nearest" });
}

/** What the selected words say of themselves: "34/43 (79%; 95% CI 66-92; P = .03)". */
function readNumbers(words) {
  const found = {};
  const take = (pattern, use) => { const match = pattern.exec(words); if (match) use(match); };
  take(/(\d[\d,]*)\s*(?:\/|of|out of)\s*(\d[\d,]*)/, ([, x, n]) => { found.events = x; found.total = n; });
  take(/(?:CI|confidence interval)\D{0,6}([-−]?[\d.·]+)\s*%?\s*(?:to|–|-|,|and)\s*([-−]?[\d.·]+)/, ([, low, high]) => { found.interval = `${low} to ${high}`; });
  take(/\bp\s*([<>=≤≥]?)\s*(0?[.·]\d+)/i, ([, sign, p]) => { found.p = (sign === "=" ? "" : sign) + p; });
  take(/(?<!\d)(?!95\s?%\s*(?:CI|confidence))(\d[\d.·]*)\s?%/, ([, percent]) => { found.estimate = `${percent}%`; });
  take(/(\d[\d.]*)[-\s](day|week|month|year)s?/, ([, number, unit]) => { found.time = `${number} ${unit}${number === "1" ? "" : "s"}`; });
  take(/grades?\s*((?:≥|>=|≤|<=)?\s*[0-5](?:\s*(?:–|-|or)\s*[0-5])?)/i, ([, grade]) => { found.grade = grade.trim(); });
  if (!found.estimate && !found.events) take(/(\d+[.·]\d+|\d+)/, ([number]) => { found.estimate = number; });
  return found;
}

function openNote(index) {
  const old = decisionOn(current, index);
  if (!old) {
    say("Decide first, then note why.");
    return;
  }
  const element = $("rows").children[index];
  if (element.querySelector("form")) return;
  const close = () => { redrawRow(index); $("rows").children[index].focus({ preventScroll: true }); };
  const input = h("input", { name: "note", value: old.note, autocomplete: "off" });
  const form = h("form", {
    class: "form", "aria-label": "Note",
    onkeydown: (event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } },
    onsubmit: (event) => { event.preventDefault(); decide(current, index, { ...old, note: input.value.trim() }); close(); },
  }, h("label", { class: "wide" }, "Note", input), h("div", { class: "end" }, h("button", { type: "button", onclick: close }, "Cancel"), h("button", { class: "main" }, "Save")));
  element.append(form);
  input.focus();
}
