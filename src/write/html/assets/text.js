// Title and abstract with their numbers marked, each mark linked with the rows that use it.

function drawReference() {
  const record = current;
  const link = (address, words) => h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, words);
  const facts = [
    record.lead, record.journal, record.design, ...record.registry,
    record.doi && link(`https://doi.org/${encodeURI(record.doi)}`, `doi:${record.doi}`),
    record.pmid && link(`https://pubmed.ncbi.nlm.nih.gov/${encodeURIComponent(record.pmid)}/`, `PubMed ${record.pmid}`),
    record.place, record.duplicate_of && `repeats ${record.duplicate_of}`,
  ].filter(Boolean);
  const place = shown.indexOf(record);
  $("reference").replaceChildren(
    h("header", {},
      h("div", { class: "steps" },
        h("button", { type: "button", onclick: () => step(-1), disabled: place === 0, title: "Previous reference (p)" }, "← Previous"),
        h("button", { type: "button", onclick: () => step(1), disabled: place === shown.length - 1, title: "Next reference (n)" }, "Next →")),
      h("h2", { id: "title" }, ...marked(record, "title", Array.from(record.title || "(no title)"))),
      h("p", { class: "facts" }, facts.map((fact) => h("span", {}, fact)))),
    h("div", { class: "halves" },
      h("section", { class: "half", "aria-labelledby": "words-title" },
        h("h3", { id: "words-title" }, "Abstract",
          h("button", { type: "button", class: "quiet", id: "select", onclick: startSelecting, title: "Select words by keyboard (s)" }, "Add a finding")),
        h("div", { class: "words" },
          h("div", { class: "abstract", id: "abstract", role: "group", "aria-label": "Abstract with marked numbers" }, ...marked(record, "abstract", record.points)),
          legend(record))),
      h("section", { class: "half", "aria-labelledby": "rows-title" },
        h("h3", { id: "rows-title" }, h("span", { id: "rows-count" })),
        h("ol", { class: "rows", id: "rows", "aria-labelledby": "rows-title" }),
        h("div", { id: "checks" }))));
  currentRow = null;
  drawRows();
  drawChecks();
}

/** Text in pieces between the ends of marks; a piece is what its shortest mark is. */
function marked(record, field, points) {
  const marks = record.marks.filter((mark) => mark[1] === field).map(([kind, , start, end, users]) => ({ kind, start, end, users }));
  if (field === "abstract") for (const [start, end] of record.loose) marks.push({ kind: "loose", start, end, users: [] });
  const cuts = [...new Set([0, points.length, ...marks.flatMap((mark) => [mark.start, mark.end])])]
    .filter((cut) => cut <= points.length).sort((a, b) => a - b);
  const pieces = [];
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const [start, end] = [cuts[i], cuts[i + 1]];
    const text = points.slice(start, end).join("");
    const over = marks.filter((mark) => mark.start <= start && mark.end >= end)
      .sort((a, b) => (a.end - a.start) - (b.end - b.start));
    pieces.push(...(over.length ? [piece(record, text, over, start, end)] : plain(text, start)));
  }
  return pieces;
}

/** Text between marks; the labels of a structured abstract begin a line, which changes none of its characters. */
function plain(text, start) {
  const parts = text.split(/((?:^|(?<=[.?!)\]]\s+|\n))[A-Z][A-Z ,/&]{3,40}:)/u);
  return parts.filter(Boolean).map((part) =>
    /^[A-Z][A-Z ,/&]{3,40}:$/u.test(part) ? h("b", { class: start === 0 && part === parts.find(Boolean) ? "label" : "label next" }, part) : part);
}

function piece(record, text, over, start, end) {
  const { kind } = over[0];
  const users = [...new Set(over.flatMap((mark) => mark.users))];
  const mark = h("mark", { class: `k-${kind}`, "data-start": start, "data-end": end }, text);
  if (kind === "loose") {
    mark.title = "No finding took this number: click to add one";
    mark.tabIndex = -1;
    return mark;
  }
  const ids = users.map(nameOf).join(", ");
  mark.title = ids ? `${KINDS[kind]} of ${ids}` : `${KINDS[kind]}, used by no finding`;
  if (users.length) {
    mark.dataset.f = users.join(" ");
    mark.tabIndex = -1;
  }
  return mark;
}

function legend(record) {
  const kinds = new Set(record.marks.filter((mark) => mark[1] === "abstract").map((mark) => mark[0]));
  const samples = Object.entries(KINDS).filter(([kind]) => kinds.has(kind))
    .map(([kind, words]) => h("span", {}, h("mark", { class: `k-${kind}` }, words)));
  if (record.loose.length) samples.push(h("span", {}, h("mark", { class: "k-loose" }, "not taken by any finding")));
  return samples.length ? h("div", { class: "legend", "aria-label": "What the marks mean" }, samples) : null;
}

const marksOf = (row) =>
  [...$("reference").querySelectorAll("mark[data-f]")].filter((mark) => mark.dataset.f.split(" ").includes(String(row)));

/** Shows which words a row came from. */
function lightUp(row) {
  $("reference").querySelectorAll("mark.on").forEach((mark) => mark.classList.remove("on"));
  if (row === null) return;
  const marks = marksOf(row);
  marks.forEach((mark) => mark.classList.add("on"));
  const [, start] = current.findings[row].at;
  const first = marks.find((mark) => Number(mark.dataset.start) >= start) ?? marks[0];
  first?.scrollIntoView({ block: "nearest" });
}

/** From a mark to a row that uses it; once more, to the next such row. */
function followMark(mark) {
  const users = mark.dataset.f.split(" ").map(Number);
  const place = users.indexOf(currentRow);
  pickRow(users[(place + 1) % users.length], true);
}

/** Left and right go from mark to mark. */
function stepMark(mark, by) {
  const marks = [...$("reference").querySelectorAll("mark[tabindex]")];
  marks[marks.indexOf(mark) + by]?.focus();
}
