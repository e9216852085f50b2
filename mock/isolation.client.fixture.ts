/**
 * A client of its own process: many sessions at once against a server, each of which must see its own rows only.
 * Run as `node isolation.client.fixture.ts URL PREFIX COUNT`; prints what it found as JSON.
 */
const [url = '', prefix = '', count = '0'] = process.argv.slice(2);

async function post(session: string, path: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json', 'x-hufu-session': session };
  const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  return await response.json();
}

/** What is wrong with one session; empty when it saw exactly what it did itself. */
async function drive(index: number): Promise<string[]> {
  const session = `${prefix}-${index}`;
  const uid = 900_000 + index;
  const tie = { uid, title: session, img: 'https://example.com/a.jpg', brief: 'b', link: 'https://example.com/t' };
  const before = await total(session, uid);
  for (let turn = 0; turn < 2; turn += 1) await post(session, '/tie/saveOrUpdate.json', tie);
  const after = await total(session, uid);
  return before === 0 && after === 2 ? [] : [`${session}: ${before} rows before, ${after} after`];
}

async function total(session: string, uid: number): Promise<number | undefined> {
  const answer = (await post(session, '/tie/list.json', { uid })) as { data?: { count?: number } };
  return answer.data?.count;
}

const wrong: string[] = [];
const indexes = Array.from({ length: Number(count) }, (_, index) => index);
await Promise.all(
  Array.from({ length: 16 }, async () => {
    for (let index = indexes.pop(); index !== undefined; index = indexes.pop()) wrong.push(...(await drive(index)));
  }),
);
console.log(JSON.stringify({ sessions: Number(count), wrong }));
