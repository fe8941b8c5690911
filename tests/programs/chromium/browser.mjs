// A browser that fails the test on any error, dialog or request of the page.
import { chromium } from "playwright-core";

export async function withBrowser(work) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    await work(browser);
  } finally {
    await browser.close();
  }
}

export async function open(context, file) {
  const page = await context.newPage();
  const fail = (what) => { page.trouble = what; };
  page.on("pageerror", (error) => fail(error.message));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && fail(message.text()));
  page.on("dialog", (dialog) => { fail(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => /^(file|blob|data):/.test(request.url()) || fail(`request: ${request.url()}`));
  await page.goto(`file://${file}`);
  await page.waitForSelector("html[data-ready]");
  return page;
}

export function check(truth, words) {
  if (!truth) throw new Error(`not so: ${words}`);
}

export function same(seen, expected, words) {
  const [a, b] = [JSON.stringify(seen), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${words}: ${a}, expected ${b}`);
}
