/**
 * Walk all pages with Node
 *
 * An async generator over next_page_url, with the fetch that Node 18 and newer bring along. Every request has a time
 * limit, which fetch does not set by itself, and a status of 400 and more is an error, which it is not for fetch.
 */

const URL_ = (process.env.HEALTHJUMP_URL ?? "http://127.0.0.1:8420").replace(/\/+$/, "");
const EMAIL = process.env.HEALTHJUMP_EMAIL ?? "developer@healthjump-kit.test"; // these three: the mock's fake login
const PASSWORD = process.env.HEALTHJUMP_PASSWORD ?? "fake-password-for-tests-only";
const SECRET_KEY = process.env.HEALTHJUMP_SECRET_KEY ?? "fake0secret0key0of0healthjump0kit0000000";
const PRACTICE = process.env.HEALTHJUMP_PRACTICE ?? "CLNC04";

/**
 * The JSON of an answer.
 * @param {string} url
 * @param {RequestInit} options
 * @returns {Promise<any>}
 */
async function json(url, options = {}) {
  // A redirect could carry our headers to another server, so it is an error.
  const answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(60_000), ...options });
  if (!answer.ok) throw new Error(`status ${answer.status} from ${new URL(url).pathname}`);
  return answer.json();
}

/** @returns {Promise<Record<string, string>>} the three headers of every data request */
async function login() {
  const body = new URLSearchParams({ email: EMAIL, password: PASSWORD });
  const { token } = await json(`${URL_}/authenticate`, { method: "POST", body });
  return { Authorization: `Bearer ${token}`, Secretkey: SECRET_KEY, Version: "3.0" };
}

/**
 * Every row of an element; throws if some may be missing.
 * @param {Record<string, string>} headers
 * @param {string} element
 * @param {Record<string, string>} filters
 */
async function* rows(headers, element, filters = {}) {
  const query = new URLSearchParams(filters).toString();
  let url = `${URL_}/hjdw/${PRACTICE}/${element}${query && `?${query}`}`;
  let came = 0;
  const totals = new Set();
  while (url) {
    if (!url.startsWith(`${URL_}/`)) throw new Error("the next page is on another server");
    const page = await json(url, { headers });
    yield* page.data;
    came += page.data.length;
    totals.add(page.total);
    url = page.next_page_url;
  }
  if (totals.size !== 1 || !totals.has(came)) {
    throw new Error(`${element}: ${came} rows came, the API speaks of ${[...totals].join(" and ")}: walk again`);
  }
}

const headers = await login();
const perMonth = new Map();
let deleted = 0;
for await (const row of rows(headers, "appointment", { date: "btwn~20220501~20221231" })) {
  if (row.delete_ind === "Y") {
    deleted += 1;
    continue;
  }
  const month = `${row.date.slice(0, 4)}-${row.date.slice(4, 6)}`;
  perMonth.set(month, (perMonth.get(month) ?? 0) + 1);
}
for (const month of [...perMonth.keys()].sort()) console.log(`${month}: ${perMonth.get(month)} appointments`);
console.log(`left out because they are deleted: ${deleted}`);
