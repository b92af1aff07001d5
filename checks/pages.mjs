// Looks at pages as people see them: node pages.mjs URL...
//
// Each page answers without script, in at most 60 kB with all that it loads, asks for nothing
// elsewhere, fits a small screen, and has nothing that axe-core finds, light and dark, narrow and
// wide. The control is a page that is known to be bad.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { browser, check } from "./browser.mjs";

const MOST_BYTES = 60_000;
const WIDTHS = [320, 768, 1280];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const BAD = "data:text/html,<html><body><img src='x'><input><a href='/'></a></body></html>";

const urls = process.argv.slice(2);
if (urls.length === 0) {
  console.error("usage: node pages.mjs URL...");
  process.exit(2);
}

async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document));
  return found.violations.map(
    (each) => `${each.id} (${each.impact}): ${each.nodes.map((node) => node.target).join(" ")}`);
}

const chromium = await browser();
try {
  const control = await chromium.newPage();
  await control.goto(BAD);
  check("the control: a bad page is found to be bad", (await violations(control)).length >= 3);
  await control.close();

  for (const url of urls) {
    const plain = await chromium.newPage();
    await plain.setJavaScriptEnabled(false);
    let bytes = 0;
    const elsewhere = [];
    plain.on("response", async (response) => {
      if (!response.url().startsWith("data:")) {
        bytes += Number(response.headers()["content-length"] ?? 0)
          || (await response.buffer().catch(() => Buffer.alloc(0))).length;
      }
      if (!response.url().startsWith("data:")
          && new URL(response.url()).origin !== new URL(url).origin) {
        elsewhere.push(response.url());
      }
    });
    const answer = await plain.goto(url, { waitUntil: "networkidle0" });
    const words = await plain.evaluate(() => document.body.innerText.trim().length);
    check(`${url} answers without script`, answer.status() === 200 && words > 20,
      `${answer.status()}, ${words} characters`);
    check(`${url} has at most ${MOST_BYTES} bytes`, bytes > 0 && bytes <= MOST_BYTES, `${bytes}`);
    check(`${url} asks for nothing elsewhere`, elsewhere.length === 0, elsewhere.join(" "));
    console.log(`     ${bytes} bytes, ${words} characters of text`);
    await plain.close();

    for (const width of WIDTHS) {
      for (const scheme of ["light", "dark"]) {
        const page = await chromium.newPage();
        await page.setBypassCSP(true); // for axe alone; the page itself was looked at above
        await page.setViewport({ width, height: 900 });
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        const errors = [];
        page.on("pageerror", (error) => errors.push(error.message));
        await page.goto(url, { waitUntil: "networkidle0" });
        const found = await violations(page);
        check(`${url} at ${width} ${scheme}: axe`, found.length === 0, found.join("; "));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        check(`${url} at ${width}: no scrolling sideways`, wide <= width, `${wide} px`);
        check(`${url} at ${width}: no errors`, errors.length === 0, errors.join("; "));
        await page.close();
      }
    }
  }
} finally {
  await chromium.close();
}
