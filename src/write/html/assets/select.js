// A finding is added where words of title or abstract are selected: with the mouse, or word by word with the keyboard.

let picker = null;

function dropPicker() {
  picker?.remove();
  picker = null;
}

/** Place of the selection in code points; null where it is not all in one field. */
function selectedPlace() {
  const selection = getSelection();
  if (!current || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  for (const [field, id] of [["abstract", "abstract"], ["title", "title"]]) {
    const whole = $(id);
    if (!whole?.contains(range.startContainer) || !whole.contains(range.endContainer)) continue;
    const before = document.createRange();
    before.setStart(whole, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const [lead, words] = [before.toString(), range.toString()];
    const start = Array.from(lead).length + Array.from(words).length - Array.from(words.trimStart()).length;
    const length = Array.from(words.trim()).length;
    return length ? [field, start, start + length] : null;
  }
  return null;
}

function offerPicker() {
  dropPicker();
  const at = selectedPlace();
  if (!at) return;
  const box = getSelection().getRangeAt(0).getBoundingClientRect();
  picker = h("button", { type: "button", class: "pick main", onclick: () => takeSelection() }, "Add a finding here");
  picker.style.left = `${Math.max(8, Math.min(box.left + scrollX, innerWidth - 190))}px`;
  picker.style.top = `${box.bottom + scrollY + 6}px`;
  document.body.append(picker);
}

function takeSelection() {
  const at = selectedPlace();
  stopSelecting();
  dropPicker();
  if (!at) {
    say("Select words of the abstract first.");
    return;
  }
  getSelection().removeAllRanges();
  openAddition(at);
}

/** Puts a cursor into the abstract, at the words of the current row; the arrow keys move it by words. */
function startSelecting() {
  const text = $("abstract");
  if (!text?.firstChild) return;
  const [field, start] = currentRow === null ? ["abstract", 0] : current.findings[currentRow].at;
  const begin = document.createRange();
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let left = field === "abstract" ? current.points.slice(0, start).join("").length : 0;
  let node = walker.nextNode();
  while (node && left > node.length) {
    left -= node.length;
    node = walker.nextNode();
  }
  begin.setStart(node ?? text.firstChild, node ? left : 0);
  getSelection().removeAllRanges();
  getSelection().addRange(begin);
  getSelection().modify("extend", "forward", "word");
  $("reference").classList.add("selecting");
  $("reference").focus({ preventScroll: true });
  say("Selecting: arrow keys move, with Shift they extend, Enter adds a finding, Escape stops. With the mouse, just select.");
}

function stopSelecting() {
  $("reference").classList.remove("selecting");
}

const isSelecting = () => $("reference").classList.contains("selecting");

function selectingKey(event) {
  const way = { ArrowRight: ["forward", "word"], ArrowLeft: ["backward", "word"], ArrowDown: ["forward", "line"], ArrowUp: ["backward", "line"] }[event.key];
  if (way) {
    const selection = getSelection();
    if (!event.shiftKey) {
      if (way[0] === "forward") selection.collapseToEnd();
      else selection.collapseToStart();
      if (way[1] === "line") selection.modify("move", ...way);
      else if (way[0] === "backward") selection.modify("move", "backward", "word");
      selection.modify("extend", "forward", "word");
    } else {
      selection.modify("extend", ...way);
    }
    const at = selectedPlace();
    say(at ? `“${quote(current, at)}”` : "The selection has left the abstract.");
  } else if (event.key === "Enter") takeSelection();
  else if (event.key === "Escape") { stopSelecting(); getSelection().removeAllRanges(); say(""); } else return false;
  event.preventDefault();
  return true;
}
