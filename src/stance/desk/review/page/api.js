// Requests to the server. A decision is sent until it is answered: the server may be gone a while.

import { alertLine, closeAlert } from "./dom.js";

let token = "";
const RETRY = 1000;

export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function answer(response) {
  const body = await response.json();
  if (!response.ok) throw new Refusal(response.status, body.message);
  return body;
}

async function get(path) {
  return answer(await fetch(path, { cache: "no-store" }));
}

export async function session() {
  const found = await get("/api/session");
  token = found.token;
  return found;
}

export const documentOf = (key) => get(`/api/documents/${key}`);
export const agreements = () => get("/api/agreement");

const pause = (time) => new Promise((done) => setTimeout(done, time));

let waiting = 0;
addEventListener("beforeunload", (event) => {
  if (waiting) event.preventDefault();
});

/** Send a decision; the same command sent twice counts once. */
export async function send(key, revision, decision) {
  const command = crypto.randomUUID();
  const body = JSON.stringify({ command, revision, decision });
  let renewed = false;
  waiting += 1;
  try {
    for (;;) {
      try {
        const response = await fetch(`/api/documents/${key}/decisions`, {
          method: "POST",
          headers: { "content-type": "application/json", "x-token": token },
          body,
        });
        const found = await answer(response);
        closeAlert("offline");
        return found;
      } catch (error) {
        if (error instanceof Refusal && error.status === 403 && !renewed) {
          renewed = true; // the server was started anew
          await session().catch(() => {});
          continue;
        }
        if (error instanceof Refusal) {
          closeAlert("offline");
          throw error;
        }
        alertLine(
          "offline",
          "stance review does not answer. Your last change is kept here, and is sent as soon as it "
            + "runs again: leave this page open, and start it with the same command.",
          "offline",
        );
        renewed = false;
        await pause(RETRY);
      }
    }
  } finally {
    waiting -= 1;
  }
}
