// The list of references. Only a part is drawn; more of it as one scrolls to its end.

const CHUNK = 60;
let drawn = 0;
let current = null;
const watcher = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && drawMore(), { rootMargin: "600px" });

function drawList() {
  watcher.disconnect();
  $("list").replaceChildren();
  drawn = 0;
  if (shown.length === 0) $("list").append(h("li", { class: "none" }, "No reference fits these filters."));
  drawMore();
}

function drawMore() {
  watcher.disconnect();
  $("list").append(...shown.slice(drawn, drawn + CHUNK).map(listEntry));
  drawn = Math.min(drawn + CHUNK, shown.length);
  if (drawn < shown.length) watcher.observe($("list").lastElementChild);
}

function listEntry(record) {
  const left = undecided(record);
  const { inconsistent: bad, suspicious: odd } = record;
  const how = h("span", { class: "how" });
  if (record.count === 0) how.append("no findings");
  else if (left === 0) how.append(h("b", { class: "done" }, "✓ done"));
  else how.append(h("b", {}, `${record.count - left}/${record.count}`));
  if (bad) how.append(h("span", { class: "flag-bad", title: plural(bad, "inconsistent check") }, `✗ ${bad} `));
  if (odd) how.append(h("span", { class: "flag-odd", title: plural(odd, "suspicious check") }, `? ${odd}`));
  const link = h("a", { href: `#${encodeURIComponent(record.id)}`, "aria-current": record === current ? "true" : null },
    h("span", { class: "who" }, record.lead || record.id),
    h("span", { class: "what" }, record.title || "(no title)"), how);
  return h("li", { "data-record": record.index }, link);
}

const listElement = (record) => $("list").querySelector(`[data-record="${record.index}"]`);

function drawListEntry(record) {
  const old = listElement(record);
  if (!old) return;
  const hadFocus = old.contains(document.activeElement);
  const fresh = listEntry(record);
  old.replaceWith(fresh);
  if (hadFocus) fresh.firstElementChild.focus();
}

/** Shows a reference. Its place is in the address, so that going back works. */
function open(record, focus = false) {
  const before = current;
  current = record;
  if (before && before !== record) listElement(before)?.firstElementChild.removeAttribute("aria-current");
  if (!record) {
    $("reference").replaceChildren(h("p", { class: "empty" }, records.length ? "No reference is chosen." : "There is no reference on this page."));
    return;
  }
  while (drawn < shown.length && shown.indexOf(record) >= drawn) drawMore();
  const own = listElement(record);
  own?.firstElementChild.setAttribute("aria-current", "true");
  if (own && before !== record) own.scrollIntoView({ block: "nearest" });
  const address = `#${encodeURIComponent(record.id)}`;
  if (location.hash !== address) history.replaceState(null, "", address);
  drawReference();
  if (before !== record) $("reference").scrollTop = 0;
  if (!focus) return;
  $("reference").focus({ preventScroll: true });
  // On a narrow screen the list stands above.
  if (matchMedia("(max-width: 760px)").matches) $("reference").scrollIntoView();
}

function step(by) {
  const place = shown.indexOf(current);
  const next = place < 0 ? shown[0] : shown[place + by];
  if (next) open(next, true);
  else say(by > 0 ? "This is the last reference of the list." : "This is the first reference of the list.");
}
