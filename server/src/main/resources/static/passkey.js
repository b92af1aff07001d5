"use strict";

// Passkeys: signs in with one on /login, adds one on /passkeys. What goes over the wire is what
// Spring Security's WebAuthn filters read.

const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const withBytes = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", [meta("csrf-header")]: meta("csrf-token") },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) {
    throw new Error(answer.status === 403
      ? "Sign in again, with a passkey if you have one, and try once more."
      : "The server did not take the passkey.");
  }
  return answer.json();
}

async function signIn() {
  const options = await post("/webauthn/authenticate/options");
  const found = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: withBytes(options.allowCredentials),
    },
  });
  const { authenticatorData, clientDataJSON, signature, userHandle } = found.response;
  const answer = await post("/login/webauthn", {
    id: found.id,
    rawId: text(found.rawId),
    response: {
      authenticatorData: text(authenticatorData),
      clientDataJSON: text(clientDataJSON),
      signature: text(signature),
      userHandle: userHandle ? text(userHandle) : undefined,
    },
    credType: found.type,
    clientExtensionResults: found.getClientExtensionResults(),
    authenticatorAttachment: found.authenticatorAttachment,
  });
  window.location.assign(answer.redirectUrl || "/");
}

async function add() {
  const options = await post("/webauthn/register/options");
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: withBytes(options.excludeCredentials),
    },
  });
  await post("/webauthn/register", {
    publicKey: {
      credential: {
        id: made.id,
        rawId: text(made.rawId),
        response: {
          attestationObject: text(made.response.attestationObject),
          clientDataJSON: text(made.response.clientDataJSON),
          transports: made.response.getTransports ? made.response.getTransports() : [],
        },
        type: made.type,
        clientExtensionResults: made.getClientExtensionResults(),
        authenticatorAttachment: made.authenticatorAttachment,
      },
      label: document.getElementById("label").value || "My passkey",
    },
  });
  document.getElementById("passkey-done").hidden = false;
}

function onClick(id, action) {
  const button = document.getElementById(id);
  if (!button || !window.PublicKeyCredential) {
    return;
  }
  button.hidden = false;
  button.addEventListener("click", async () => {
    const error = document.getElementById("passkey-error");
    error.hidden = true;
    try {
      await action();
    } catch (e) {
      error.textContent = e.message;
      error.hidden = false;
    }
  });
}

onClick("passkey", signIn);
onClick("add", add);
