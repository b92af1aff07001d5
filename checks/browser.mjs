// A real browser: Chromium, found at $CHROMIUM or where Debian puts it.
import puppeteer from "puppeteer-core";

export async function browser() {
  return puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
}

let failures = 0;

// Says whether something holds; the process ends with 1 if anything did not.
export function check(what, holds, detail = "") {
  console.log(`${holds ? "ok  " : "FAIL"} ${what}${holds || !detail ? "" : `: ${detail}`}`);
  if (!holds) {
    failures++;
    process.exitCode = 1;
  }
}

export const failed = () => failures;
