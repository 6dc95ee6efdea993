// A connector in another language: logs in, walks three pages, and asks for something that was not recorded.
const base = process.argv[2];
const login = await fetch(`${base}/authenticate`, {
  method: 'POST',
  body: new URLSearchParams({ email: 'any@program.test', password: 'any' }),
});
const { token } = await login.json();
const headers = { Authorization: `Bearer ${token}`, Secretkey: 'any', Version: '3.0' };

let url = `${base}/hjdw/SBOX02/appointment`;
let rows = 0;
let pages = 0;
for (; pages < 3; pages += 1) {
  const page = await (await fetch(url, { headers })).json();
  rows += page.data.length;
  url = page.next_page_url;
}
const miss = await fetch(`${base}/hjdw/SBOX02/appointment`, { headers: { ...headers, Version: '4' } });
const { differs } = await miss.json();
console.log(JSON.stringify({ rows, pages, miss: miss.status, differs: differs.join() }));
