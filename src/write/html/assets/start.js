// Puts all of it together.

const dark = matchMedia("(prefers-color-scheme: dark)");
const THEMES = { auto: ["◐", "as the system has them"], light: ["☀", "light"], dark: ["☾", "dark"] };
let theme = "auto";

function useTheme(name) {
  theme = name in THEMES ? name : "auto";
  document.documentElement.dataset.theme = theme === "auto" ? (dark.matches ? "dark" : "light") : theme;
  $("theme").textContent = THEMES[theme][0];
  $("theme").setAttribute("aria-label", `Colours: ${THEMES[theme][1]}`);
}

function openFromAddress() {
  let id = "";
  try { id = decodeURIComponent(location.hash.slice(1)); } catch { /* an address by hand */ }
  const record = records.find((one) => one.id === id);
  if (record && record !== current) open(record, true);
  return Boolean(record);
}

loadShelf();
try { useTheme(localStorage.getItem("trialtab:theme") ?? "auto"); } catch { useTheme("auto"); }
const knownOutcomes = fillFilters();
applyFilters();
drawProgress();
if (!openFromAddress()) open(shown[0] ?? null);
fillFigures();

dark.addEventListener("change", () => useTheme(theme));
$("theme").addEventListener("click", () => {
  const names = Object.keys(THEMES);
  useTheme(names[(names.indexOf(theme) + 1) % names.length]);
  keep("trialtab:theme", theme === "auto" ? null : theme);
});
$("filters").addEventListener("submit", (event) => event.preventDefault());
$("filters").addEventListener("input", applyFilters);
$("filters").addEventListener("reset", () => setTimeout(applyFilters));
$("reviewer").addEventListener("input", () => {
  document.querySelector(".reviewer").classList.remove("wanted");
  keep("trialtab:reviewer", $("reviewer").value.trim() || null);
});
$("export").addEventListener("click", exportDecisions);
$("import").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  event.target.value = "";
  if (file) await importDecisions(file);
});
$("help-open").addEventListener("click", showHelp);
$("view-references").addEventListener("click", () => showView(false));
$("view-figures").addEventListener("click", () => showView(true));
$("reference").addEventListener("click", (event) => {
  const mark = event.target.closest("mark");
  if (mark && getSelection().isCollapsed) useMark(mark);
});
document.addEventListener("mouseup", () => setTimeout(offerPicker));
document.addEventListener("mousedown", (event) => event.target === picker || dropPicker());
document.addEventListener("keydown", onKey);
addEventListener("hashchange", openFromAddress);
document.documentElement.dataset.ready = "true";
