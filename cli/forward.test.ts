import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { symlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { folderOf, run, startMock } from './run.fixture.ts';

const DOCUMENT = `openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
paths:
  /things/{id}:
    get:
      operationId: getThing
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        '200': { description: A thing, content: { application/json: { schema: { type: object, required: [name], properties: { name: { type: string } } }, example: { name: mocked } } } }
  /others:
    get:
      operationId: listOthers
      responses:
        '200': { description: Others, content: { application/json: { schema: { type: array }, example: [] } } }
`;

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function backend(answer: (request: IncomingMessage) => { status: number; body: string }): Promise<string> {
  const server = createServer((request, response) => {
    const { status, body } = answer(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function mock(...flags: string[]): Promise<{ url: string; output: () => string; folder: string }> {
  const folder = folderOf({ 'shop.yaml': DOCUMENT });
  const { url, out, error } = await startMock(['shop.yaml', '--no-watch', ...flags], { cwd: folder });
  return { url, output: () => out() + error(), folder };
}

describe('hufu mock --forward', () => {
  it('sends an operation to the backend, and mocks the rest', async () => {
    const real = await backend(({ url }) => ({ status: 200, body: JSON.stringify({ name: `real ${url}` }) }));
    const { url } = await mock('--forward', `shop.getThing=${real}`);
    expect(await (await fetch(`${url}/things/7?x=1`)).json()).toEqual({ name: 'real /things/7?x=1' });
    expect(await (await fetch(`${url}/others`)).json()).toEqual([]);
  });

  it('checks live what the backend answers, and shows it in the journal', async () => {
    const real = await backend(() => ({ status: 200, body: '{"title":"no name"}' }));
    const { url, output } = await mock('--forward', `shop=${real}`);
    expect((await fetch(`${url}/things/7`)).status).toBe(200);
    const entries = (await (await fetch(`${url}/__hufu/journal`)).json()) as { violations: { side: string; code: string }[] }[];
    expect(entries.at(-1)?.violations).toMatchObject([{ side: 'response', code: 'required' }]);
    await expect.poll(output).toMatch(/name/);
  });

  it('says which backend is down, or answers for it', async () => {
    const gone = 'http://127.0.0.1:9';
    const strict = await mock('--forward', `shop=${gone}`);
    const refused = await fetch(`${strict.url}/things/7`);
    expect(refused.status).toBe(502);
    expect(await refused.json()).toMatchObject({ type: 'urn:hufu:error:FORWARD_FAILED', detail: expect.stringContaining(gone) as string });
    const lenient = await mock('--forward', `shop=${gone}`, '--forward-fallback');
    expect(await (await fetch(`${lenient.url}/things/7`)).json()).toEqual({ name: 'mocked' });
  });

  it.each([
    { rule: 'shpo=http://127.0.0.1:9', told: 'no document is called so; there are shop' },
    { rule: 'shop.getThings=http://127.0.0.1:9', told: 'shop has no operation called getThings' },
  ])('refuses $rule, which names nothing', async ({ rule, told }) => {
    const folder = folderOf({ 'shop.yaml': DOCUMENT });
    const { code, error } = await run(['mock', 'shop.yaml', '-p', '0', '--forward', rule], { cwd: folder });
    expect([code, error]).toEqual([2, expect.stringContaining(told) as string]);
  });

  it('records what it forwards', async () => {
    const real = await backend(() => ({ status: 200, body: '{"name":"a"}' }));
    const { url, folder } = await mock('--forward', `shop=${real}`, '--forward-record', 'real.har');
    await fetch(`${url}/things/7`, { headers: { authorization: 'Bearer topsecret-topsecret' } });
    const har = await readFile(join(folder, 'real.har'), 'utf8');
    expect(JSON.parse(har)).toMatchObject({ log: { entries: [{ request: { method: 'GET' }, response: { status: 200 } }] } });
    expect(har).not.toContain('topsecret');
  });

  it('answers although it can not record, and says so', async () => {
    const real = await backend(() => ({ status: 200, body: '{"name":"a"}' }));
    const folder = folderOf({ 'shop.yaml': DOCUMENT });
    symlinkSync('/dev/full', join(folder, 'full.ndjson'));
    const flags = ['shop.yaml', '--no-watch', '--forward', `shop=${real}`, '--forward-record', 'full.ndjson'];
    const { url, says } = await startMock(flags, { cwd: folder });
    expect(await (await fetch(`${url}/things/7`)).json()).toEqual({ name: 'a' });
    await says(/! an exchange was not recorded: full\.ndjson: can't be written: ENOSPC/);
  });

  it('tells what is documented nowhere, without secrets', async () => {
    const real = await backend(() => ({ status: 200, body: '{}' }));
    const folder = folderOf({ 'shop.yaml': DOCUMENT });
    const flags = ['shop.yaml', '--no-watch', '-q', '--forward', `*=${real}`];
    const { url, says, error } = await startMock(flags, { cwd: folder });
    const token = `eyJhbGciOiJub25lIn0.eyJzdWIiOiJzb21lYm9keSJ9.${'a'.repeat(20)}`;
    await fetch(`${url}/nowhere/${token}`);
    await says(/nowhere\/hufu-masked-.* undocumented-operation/);
    expect(error()).not.toContain(token);
  });
});
