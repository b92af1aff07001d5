// Adds a passkey, signs in with it and confirms with it, in a real browser with a virtual
// authenticator (Chrome DevTools Protocol, domain WebAuthn):
//
//     node passkeys.mjs http://localhost:8080 ada@solar.example PASSWORD
//
// The person must have no passkey yet.
import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { browser, check } from "./browser.mjs";

const [base, email, password] = process.argv.slice(2);
if (!password) {
  console.error("usage: node passkeys.mjs BASE EMAIL PASSWORD");
  process.exit(2);
}
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const redirect = `${base}/signed-in`;
const chromium = await browser();

async function authenticator(page, verified = true) {
  const cdp = await page.createCDPSession();
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: verified,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
}

async function byPassword(page) {
  await page.waitForSelector("#email");
  await page.type("#email", email);
  await page.type("#password", password);
  await Promise.all([page.waitForNavigation(), page.click("form button")]);
}

const visible = (page, id) =>
  page.waitForFunction((it) => !document.getElementById(it).hidden, { timeout: 10_000 }, id)
    .then(() => true, () => false);

// A code, as RFC 6749 (4.1) and RFC 7636 have it; `sign` does what the page asks for.
async function token(page, more, sign) {
  const verifier = randomBytes(32).toString("base64url");
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const url = `${base}/oauth2/authorize?response_type=code&client_id=wattmark&state=s`
    + `&redirect_uri=${encodeURIComponent(redirect)}&scope=openid%20read%20write`
    + `&code_challenge_method=S256&code_challenge=${challenge}${more}`;
  await page.goto(url, { waitUntil: "networkidle0" });
  if (new URL(page.url()).pathname === "/login") {
    await sign(page);
  }
  const code = new URL(page.url()).searchParams.get("code");
  if (!code) {
    throw new Error(`no code at ${page.url()}`);
  }
  const answer = await fetch(`${base}/oauth2/token`, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      grant_type: "authorization_code", code, client_id: "wattmark",
      redirect_uri: redirect, code_verifier: verifier,
    }),
  });
  return (await answer.json()).access_token;
}

const claims = (jwt) => JSON.parse(Buffer.from(jwt.split(".")[1], "base64url"));

const ask = (path, jwt, method = "GET", body = undefined) => fetch(base + path, {
  method,
  headers: { Authorization: `Bearer ${jwt}`, "Content-Type": "application/json" },
  body,
});

async function byPasskey(page) {
  check("the button for passkeys is there", await visible(page, "passkey"));
  await Promise.all([page.waitForNavigation({ timeout: 15_000 }), page.click("#passkey")]);
}

try {
  const page = await chromium.newPage();
  const { cdp, authenticatorId } = await authenticator(page);
  const credentials = async () =>
    (await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials;

  await page.goto(`${base}/passkeys`);
  await byPassword(page);
  await page.goto(`${base}/passkeys`, { waitUntil: "networkidle0" });
  check("the button for adding is there", await visible(page, "add"));
  await page.setBypassCSP(true);
  await page.reload({ waitUntil: "networkidle0" });
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document));
  check("/passkeys: axe", found.violations.length === 0,
    found.violations.map((each) => each.id).join(" "));
  await page.click("#add");
  check("a passkey is added", await visible(page, "passkey-done"),
    await page.$eval("#passkey-error", (it) => it.textContent));
  check("the authenticator has it", (await credentials()).length === 1);

  const weak = await token(page, "", byPassword);
  check("a password alone is told as one", !claims(weak).amr.includes("pop"),
    String(claims(weak).amr));
  const refused = await ask("/api/v1/me/recovery-codes", weak, "POST", "{}");
  check("it does not confirm any more", refused.status === 401
    && (refused.headers.get("www-authenticate") ?? "").includes("acr_values=\"phr\""),
    `${refused.status} ${refused.headers.get("www-authenticate")}`);

  const strong = await token(page, "&acr_values=phr&max_age=300", byPasskey);
  check("a passkey is told as one", claims(strong).amr.includes("pop"),
    String(claims(strong).amr));
  const confirmed = await ask("/api/v1/me/recovery-codes", strong, "POST",
    JSON.stringify({ id: crypto.randomUUID() }));
  check("it confirms", confirmed.status === 201 || confirmed.status === 200,
    `${confirmed.status} ${await confirmed.text()}`);

  await cdp.send("Network.clearBrowserCookies");
  await page.goto(`${base}/login`, { waitUntil: "networkidle0" });
  await byPasskey(page);
  const signedIn = await token(page, "", () => {
    throw new Error("signed in, and asked again");
  });
  check("a new browser signs in by the passkey", claims(signedIn).amr.includes("pop"));
  const me = await ask("/api/v1/me", signedIn);
  check("and is known", me.status === 200);

  await cdp.send("Network.clearBrowserCookies");
  await cdp.send("WebAuthn.clearCredentials", { authenticatorId });
  await page.goto(`${base}/login`, { waitUntil: "networkidle0" });
  await visible(page, "passkey");
  await page.click("#passkey");
  check("without a passkey the page says so", await visible(page, "passkey-error"));
} finally {
  await chromium.close();
}
