// Keys: single letters, which can be turned off for those who speak to their computer.

const KEYS = [
  ["j / k, ↓ / ↑", "next, previous finding"], ["n / p", "next, previous reference"], ["a", "accept"], ["r", "reject"], ["c", "correct"],
  ["u", "take the decision back"], ["m", "note"], ["s", "select words by keyboard, to add a finding"], ["+", "add a finding at the selection"],
  ["← / →", "from mark to mark, Enter to its row"], ["/", "search"], ["e", "export"], ["?", "this help"],
];

const actions = {
  j: () => stepRow(1), k: () => stepRow(-1), n: () => step(1), p: () => step(-1),
  a: () => currentRow !== null && takeAct("accept", currentRow), r: () => currentRow !== null && takeAct("reject", currentRow),
  c: () => currentRow !== null && takeAct("correct", currentRow), u: () => currentRow !== null && undo(currentRow),
  m: () => currentRow !== null && openNote(currentRow), s: startSelecting, "+": takeSelection,
  "/": () => $("search").focus(), e: exportDecisions, "?": showHelp,
};

const lettersAreOff = () => localStorage.getItem("trialtab:letters") === "off";

function showHelp() {
  const box = h("input", { type: "checkbox", onchange: () => keep("trialtab:letters", box.checked ? null : "off") });
  box.checked = !lettersAreOff();
  $("help").replaceChildren(
    h("h2", { id: "help-title" }, "Keys"),
    h("dl", {}, KEYS.flatMap(([key, words]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, words)])),
    h("p", {}, h("label", {}, box, " single-letter keys")),
    h("p", {}, "Decisions are kept in this browser, for this page only. Export them and give the file to ", h("code", {}, "trialtab extract … --decisions decisions.jsonl"), "; two reviewers' files to ", h("code", {}, "trialtab agree"), "."),
    h("p", {}, `${records.length ? `Rules ${records[0].rules}, ` : ""}${document.querySelector("meta[name=generator]").content}. The page loads nothing from any network.`),
    h("div", { class: "end" }, h("button", { type: "button", class: "main", onclick: () => $("help").close() }, "Close")));
  $("help").showModal();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const { target, key } = event;
  if (isSelecting() && selectingKey(event)) return;
  if (target.matches("input, select, textarea")) {
    if (key === "Escape") target.blur();
    return;
  }
  const mark = target.closest("mark");
  if (mark && ["ArrowLeft", "ArrowRight", "Enter"].includes(key)) {
    event.preventDefault();
    if (key === "Enter") useMark(mark);
    else stepMark(mark, key === "ArrowRight" ? 1 : -1);
    return;
  }
  const row = target.closest("[data-row]");
  if (target === row && ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"].includes(key)) {
    event.preventDefault();
    if (key === "ArrowDown" || key === "ArrowUp") stepRow(key === "ArrowDown" ? 1 : -1);
    else marksOf(Number(row.dataset.row))[0]?.focus();
    return;
  }
  if (lettersAreOff() || !(key in actions) || !$("figures").hidden) return;
  event.preventDefault();
  actions[key]();
}

function useMark(mark) {
  if (mark.classList.contains("k-loose")) openAddition(["abstract", Number(mark.dataset.start), Number(mark.dataset.end)]);
  else if (mark.dataset.f) followMark(mark);
}
