/**
 * Survive expiry and outages with Node
 *
 * One function around fetch: after a 401 it logs in again, once; what may pass is asked for again, a little later each
 * time or when Retry-After says so; an answer that was cut short counts as one that did not come. The mock is told to
 * fail, and its clock is moved, so that each of these happens.
 */

const URL_ = (process.env.HEALTHJUMP_URL ?? "http://127.0.0.1:8420").replace(/\/+$/, "");
const EMAIL = process.env.HEALTHJUMP_EMAIL ?? "developer@healthjump-kit.test"; // these three: the mock's fake login
const PASSWORD = process.env.HEALTHJUMP_PASSWORD ?? "fake-password-for-tests-only";
const SECRET_KEY = process.env.HEALTHJUMP_SECRET_KEY ?? "fake0secret0key0of0healthjump0kit0000000";
const PRACTICE = process.env.HEALTHJUMP_PRACTICE ?? "SBOX02";
const ATTEMPTS = 4;
const FIRST_WAIT = 50; // milliseconds; begin with 1000 against the API

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
let token = "";

async function login() {
  const body = new URLSearchParams({ email: EMAIL, password: PASSWORD });
  const signal = AbortSignal.timeout(30_000);
  const answer = await fetch(`${URL_}/authenticate`, { method: "POST", body, redirect: "error", signal });
  if (!answer.ok) throw new Error(`the login was refused: status ${answer.status}`);
  token = (await answer.json()).token;
  console.log("    logged in");
}

/**
 * One page of an element. Throws for a refusal that will not pass, and after the last attempt.
 * @param {string} element
 * @returns {Promise<any>}
 */
async function page(element) {
  const url = `${URL_}/hjdw/${PRACTICE}/${element}`;
  let renewed = false;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (!token) await login();
    const headers = { Authorization: `Bearer ${token}`, Secretkey: SECRET_KEY, Version: "3.0" };
    let wait = FIRST_WAIT * 2 ** attempt;
    try {
      const answer = await fetch(url, { headers, redirect: "error", signal: AbortSignal.timeout(30_000) });
      if (answer.ok) return await answer.json();
      console.log(`    status ${answer.status}`);
      if (answer.status === 401 && !renewed) {
        renewed = true;
        token = "";
        continue;
      }
      if (answer.status !== 429 && answer.status < 500) throw new RangeError(`refused: status ${answer.status}`);
      const asked = Number.parseInt(answer.headers.get("Retry-After") ?? "", 10);
      if (asked >= 0) wait = Math.min(asked, 300) * 1000;
    } catch (error) {
      if (error instanceof RangeError) throw error;
      console.log("    the answer did not come whole");
    }
    await sleep(wait);
  }
  throw new Error(`failed ${ATTEMPTS} times`);
}

/** Steer the mock; the API has nothing of the kind. */
async function mock(path, body) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(`${URL_}/__admin/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`the mock refused ${path}: status ${answer.status}`);
}

const trials = [
  ["nothing goes wrong", null, null],
  ["the token has expired", "clock", { advance: "PT61M" }],
  ["two outages", "fail", { times: 2, status: 503, path: "provider" }],
  ["too many requests", "fail", { times: 1, status: 429, retry_after: 0, path: "provider" }],
  ["an answer cut short", "fail", { times: 1, cut: 300, path: "provider" }],
  ["a refusal", "fail", { times: 1, status: 403, path: "provider" }],
];
for (const [name, path, body] of trials) {
  console.log(name);
  if (path) await mock(path, body);
  try {
    const { data, total } = await page("provider");
    console.log(`  ${data.length} of ${total} rows`);
  } catch (error) {
    console.log(`  ${error.message}`);
  }
}
