// The review page at work: some findings decided, one of them with its words lit up.
import { chromium } from "playwright-core";

const [page, picture] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const tab = await browser.newPage({ viewport: { width: 1360, height: 850 }, colorScheme: "light" });
await tab.goto(`file://${page}`);
await tab.fill("#reviewer", "R. Okafor");
await tab.check("#has-discrepancy");
await tab.locator("#list li a").last().click();
for (const key of ["j", "a", "j", "a", "j"]) await tab.keyboard.press(key);
await tab.evaluate(() => { document.getElementById("status").textContent = ""; document.getElementById("reference").scrollTop = 0; });
await tab.screenshot({ path: picture });
await browser.close();
