// Forest plots, drawn when the page was written. They are our own SVG; text in them was escaped when it was drawn.

function fillFigures() {
  if (plots.length === 0) return;
  $("view-figures").hidden = false;
  $("view-figures").textContent = `Forest plots (${plots.length})`;
  const choose = h("select", { id: "figure", onchange: drawFigure }, plots.map((plot, index) => h("option", { value: index }, `${plot.title} (${plural(plot.rows, "row")})`)));
  $("figures").replaceChildren(
    h("div", { class: "choose" }, h("label", {}, "Outcome ", choose), h("button", { type: "button", onclick: saveFigure }, "Save as SVG")),
    h("p", {}, "Drawn from the findings as they were when this page was written; decisions made here enter the plots once they are given to trialtab with --decisions."),
    h("div", { class: "paper", id: "paper" }));
}

function drawFigure() {
  const { svg } = plots[$("figure").value];
  const drawing = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  $("paper").replaceChildren(document.importNode(drawing, true));
}

function saveFigure() {
  const plot = plots[$("figure").value];
  const address = URL.createObjectURL(new Blob([plot.svg], { type: "image/svg+xml" }));
  h("a", { href: address, download: `forest-${plot.name}.svg` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function showView(figures) {
  $("figures").hidden = !figures;
  $("frame").hidden = figures;
  $("view-figures").setAttribute("aria-pressed", String(figures));
  $("view-references").setAttribute("aria-pressed", String(!figures));
  if (figures) drawFigure();
}
