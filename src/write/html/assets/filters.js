// Which references are shown.

let shown = [];

function fillFilters() {
  const count = (values) => {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return counts;
  };
  const options = (counts, words) =>
    [...counts].sort(([a], [b]) => (words(a) < words(b) ? -1 : 1))
      .map(([value, number]) => h("option", { value }, `${words(value)} (${number})`));
  const outcomes = records.flatMap((record) => record.outcomes);
  const spaced = (id) => id.replaceAll("_", " ");
  $("outcome").append(...options(count(outcomes), spaced));
  $("design").append(...options(count(records.map((record) => record.kind)), (id) => (id === "unknown" ? "not said" : spaced(id))));
  return [...new Set(outcomes)].sort();
}

const haystack = (record) =>
  (record.haystack ??= [record.id, record.lead, record.title, record.journal, record.doi, record.pmid, record.abstract]
    .filter(Boolean).join("\n").toLowerCase());

function applyFilters() {
  const words = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const [outcome, design] = [$("outcome").value, $("design").value];
  const [discrepancy, unbound, open] = ["has-discrepancy", "has-unbound", "not-reviewed"].map((id) => $(id).checked);
  shown = records.filter((record) =>
    (!outcome || record.outcomes.includes(outcome)) &&
    (!design || record.kind === design) &&
    (!discrepancy || record.inconsistent + record.suspicious > 0) &&
    (!unbound || record.unbound) &&
    (!open || undecided(record) > 0) &&
    words.every((word) => haystack(record).includes(word)));
  $("count").textContent = shown.length === records.length
    ? plural(records.length, "reference") : `${shown.length.toLocaleString("en")} of ${plural(records.length, "reference")}`;
  drawList();
}
