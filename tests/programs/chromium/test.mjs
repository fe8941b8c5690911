import { readFileSync, writeFileSync } from "node:fs";
import { check, open, same, withBrowser } from "./browser.mjs";
import { contrast } from "./contrast.mjs";

const work = process.argv[2];
const count = (page) => page.textContent("#count");
const row = (page, index) => page.locator(`[data-row="${index}"]`);
const entries = (page) => page.locator("#list li a").count();

async function filters(context) {
  const page = await open(context, `${work}/review.html`);
  same(await count(page), "12 references", "all are listed");
  await page.check("#has-discrepancy");
  const withDiscrepancy = await entries(page);
  check(withDiscrepancy > 0 && withDiscrepancy < 12, "the filter for discrepancies leaves some");
  same(await page.locator("#list .flag-bad, #list .flag-odd").count() >= withDiscrepancy, true, "each shows its flag");
  await page.click("#reset");
  await page.selectOption("#outcome", "infection");
  check(await entries(page) < 12, "the filter for outcomes leaves some");
  for (const link of await page.locator("#list li a").all()) {
    await link.click();
    check((await page.locator("#rows .name").allTextContents()).some((name) => name.includes("infection")), "each has the outcome");
  }
  await page.click("#reset");
  await page.selectOption("#design", "randomised");
  check(await entries(page) < 12 && await entries(page) > 0, "the filter for designs leaves some");
  await page.click("#reset");
  await page.fill("#search", "oral VACCINE winter");
  same(await count(page), "1 of 12 references", "the search finds the one");
  await page.fill("#search", "");
  await page.check("#has-unbound");
  check(await entries(page) < 12, "the filter for unbound numbers leaves some out");
  await page.uncheck("#has-unbound");
  same(await count(page), "12 references", "all are back");
  return page;
}

async function marks(page) {
  await page.fill("#search", "oral vaccine");
  await page.click("#list li a");
  await page.locator("mark.k-count", { hasText: "36" }).click();
  same(await row(page, 1).getAttribute("aria-current"), "true", "a mark leads to its row");
  await row(page, 0).click();
  const lit = (await page.locator("mark.on").allTextContents()).join("|");
  check(lit.includes("15%") && lit.includes("18") && !lit.includes("30%"), `a row lights up its words: ${lit}`);
  await page.keyboard.press("ArrowRight");
  same(await page.evaluate(() => document.activeElement.tagName), "MARK", "from the row to its mark by key");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  check(await page.evaluate(() => document.activeElement.matches("[data-row]")), "and back by key");
}

async function decide(page) {
  await page.fill("#reviewer", "R. Tester");
  await row(page, 0).focus();
  await page.keyboard.press("a");
  check(await row(page, 0).evaluate((one) => one.classList.contains("accept")), "a accepts");
  await page.keyboard.press("j");
  await page.keyboard.press("r");
  check(await row(page, 1).evaluate((one) => one.classList.contains("reject")), "r rejects");
  await row(page, 2).getByRole("button", { name: "Correct" }).click();
  await page.fill("[data-row='2'] [name=grade]", "severe");
  await page.keyboard.press("Enter");
  check((await page.textContent("[data-row='2'] .wrong")).includes("Grade takes"), "what is no grade is refused");
  await page.fill("[data-row='2'] [name=grade]", "");
  await page.fill("[data-row='2'] [name=estimate]", "0.55");
  await page.fill("[data-row='2'] [name=time]", "12 months");
  await page.fill("[data-row='2'] [name=note]", "as in the table");
  await page.keyboard.press("Enter");
  same(await page.locator("[data-row='2'] .edits li").count(), 2, "a correction says what it changes");
  await select(page, "120 to placebo");
  await page.click(".pick");
  await page.fill("#addition [name=outcome]", "screen failure");
  await page.fill("#addition [name=events]", "120");
  await page.keyboard.press("Enter");
  same(await page.locator("[data-added]").count(), 1, "selected words become a finding");
  check((await page.textContent("#progress-words")).startsWith("3 of "), "progress counts");
  // By keyboard alone, and taken back.
  await row(page, 2).focus();
  await page.keyboard.press("s");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Enter");
  same(await page.locator("#addition form").count(), 1, "words are selected by keyboard");
  await page.keyboard.press("Escape");
  same(await page.locator("#addition form").count(), 0, "Escape leaves the form");
}

async function select(page, words) {
  await page.evaluate((words) => {
    const range = document.createRange();
    const walker = document.createTreeWalker(document.getElementById("abstract"), NodeFilter.SHOW_TEXT);
    const whole = document.getElementById("abstract").textContent;
    let [start, end] = [whole.indexOf(words), whole.indexOf(words) + words.length];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (start >= 0 && start < node.length) range.setStart(node, start);
      if (end > 0 && end <= node.length) range.setEnd(node, end);
      start -= node.length;
      end -= node.length;
    }
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    document.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
  }, words);
  await page.waitForSelector(".pick");
}

async function reload(page) {
  await page.reload();
  await page.waitForSelector("html[data-ready]");
  same(await page.locator(".row.accept, .row.reject, .row.correct, .row.add").count(), 4, "decisions outlive a reload");
  same(await page.inputValue("#reviewer"), "R. Tester", "so does the name");
  await page.check("#not-reviewed");
  same(await count(page), "12 references", "one of four findings is open");
  await page.uncheck("#not-reviewed");
}

async function exchange(browser, page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#export")]);
  same(download.suggestedFilename(), "decisions.jsonl", "the file's name");
  await download.saveAs(`${work}/decisions.jsonl`);
  const lines = readFileSync(`${work}/decisions.jsonl`, "utf8").trim().split("\n").map((line) => JSON.parse(line));
  same(lines.map((line) => line.decision), ["accept", "reject", "correct", "add"], "what is exported");
  same(lines[2].set, { estimate: "0.55", time: "12 months" }, "only what was changed");
  same(lines.every((line) => line.reviewer === "R. Tester" && line.content_hash.length === 16), true, "who and what");

  const other = await open(await browser.newContext(), `${work}/review.html`);
  await other.setInputFiles("#import", `${work}/decisions.jsonl`);
  await other.waitForFunction(() => document.getElementById("status").textContent.startsWith("4 decisions taken"));
  await other.fill("#search", "oral vaccine");
  await other.click("#list li a");
  same(await other.locator(".row.accept, .row.reject, .row.correct, .row.add").count(), 4, "another browser takes them");

  const changed = lines.map((line, at) => JSON.stringify(at === 0 ? { ...line, content_hash: "0".repeat(16) } : at === 1 ? { ...line, decision: "accept" } : line));
  writeFileSync(`${work}/changed.jsonl`, changed.join("\n"));
  await other.setInputFiles("#import", `${work}/changed.jsonl`);
  await other.getByRole("button", { name: "Keep those made here" }).click();
  check((await other.textContent("#status")).includes("1 left as decided here, 1 not taken, because text"), "what clashes is asked, what is old is told");
  return other;
}

async function hostile(context) {
  const page = await open(context, `${work}/hostile.html`);
  check((await page.textContent("#abstract")).startsWith("<script>alert('abstract')</script></script><script src="), "markup is shown as text");
  check((await page.textContent("#title")).includes("<script>alert('title')"), "in the title too");
  same(await page.locator("#reference script, #reference img, #reference svg, #list img").count(), 0, "and nothing of it is markup");
  same(await page.locator("script").count(), 3, "the page's own scripts are all there is");
  return page;
}

async function many(context) {
  const start = performance.now();
  const page = await open(context, `${work}/many.html`);
  await page.waitForSelector("[data-row]");
  const opened = performance.now() - start;
  console.log(`2,000 references opened in ${Math.round(opened)} ms`);
  check(opened < 2000, "2,000 references open in under 2 s");
  same(await count(page), "2,000 references", "all are there");
  check(await entries(page) < 200, "only what is shown is drawn");
  const typed = performance.now();
  await page.fill("#search", "(1999)");
  same(await count(page), "1 of 2,000 references", "the last is found");
  console.log(`searched in ${Math.round(performance.now() - typed)} ms`);
  return page;
}

await withBrowser(async (browser) => {
  const context = await browser.newContext();
  const page = await filters(context);
  await marks(page);
  await decide(page);
  await reload(page);
  const pages = [page, await exchange(browser, page), await hostile(context), await many(context)];
  for (const colorScheme of ["light", "dark"]) {
    const coloured = await open(await browser.newContext({ colorScheme }), `${work}/review.html`);
    await coloured.check("#has-discrepancy");
    await coloured.click("#list li a");
    for (const key of ["j", "a", "j", "r", "j", "c"]) await coloured.keyboard.press(key);
    await contrast(coloured, colorScheme);
    pages.push(coloured);
  }
  for (const one of pages) check(!one.trouble, `no trouble: ${one.trouble}`);
});
