import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOperationTable, lintDocument, loadDocument, validateRequest } from './index.ts';
import type { Document } from './index.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hufu-load-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function write(files: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

/** A document whose `POST /it` takes a body of the referenced schema, and whose `GET /fine` needs nothing. */
function api(reference: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const post = {
    requestBody: { content: { 'application/json': { schema: { $ref: reference } } } },
    responses: { 200: { description: '' } },
  };
  return { openapi: '3.0.3', paths: { '/it': { post }, '/fine': { get: { responses: { 200: { description: '' } } } } }, ...more };
}

async function judge(document: Document, body: unknown): Promise<string[]> {
  const found = createOperationTable([document]).find('POST', '/it');
  if (found.kind !== 'operation') throw new Error(found.kind);
  const request = {
    method: 'POST',
    path: '/it',
    query: '',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)),
  };
  const { violations } = await validateRequest(found.operation, request, found.values);
  return violations.map((violation) => `${violation.document} ${violation.pointer} ${violation.message}`);
}

const NUMBER = { type: 'integer' };

describe('references between files', () => {
  test.each<{ name: string; reference: string; files: Record<string, unknown>; want: string }>([
    {
      name: 'a file, from JSON to YAML',
      reference: 'pet.yaml#/Pet',
      files: { 'pet.yaml': 'Pet:\n  type: integer\n' },
      want: 'pet.yaml#/Pet/type  must be integer',
    },
    { name: 'a whole file', reference: './pet.json', files: { 'pet.json': NUMBER }, want: 'pet.json#/type  must be integer' },
    {
      name: 'a name without a slash',
      reference: 'pet.yaml#Pet',
      files: { 'pet.yaml': 'Pet:\n  type: integer\n' },
      want: 'pet.yaml#/Pet/type  must be integer',
    },
    {
      name: 'folders, up and down again',
      reference: 'schemas/a.json',
      files: { 'schemas/a.json': { $ref: '../other/b.yaml#/B' }, 'other/b.yaml': 'B: {$ref: ../schemas/c.json}', 'schemas/c.json': NUMBER },
      want: 'schemas/c.json#/type  must be integer',
    },
    {
      name: 'back into the root file',
      reference: 'a.json',
      files: { 'a.json': { $ref: 'api.json#/components/schemas/Back' } },
      want: 'api.json#/components/schemas/Back/type  must be integer',
    },
    {
      name: 'spaces and Chinese in a name, plain and encoded',
      reference: '%E5%AE%A0%E7%89%A9%20a.json',
      files: { '宠物 a.json': { $ref: '宠物 b.json#/x' }, '宠物 b.json': { x: NUMBER } },
      want: '宠物 b.json#/x/type  must be integer',
    },
    { name: 'slashes escaped by JSON', reference: '', files: { 'a/b.json': NUMBER }, want: 'a/b.json#/type  must be integer' },
  ])('$name', async ({ reference, files, want }) => {
    const root = JSON.stringify(api(reference, { components: { schemas: { Back: NUMBER } } }));
    await write({ ...files, 'api.json': root.replace('"$ref":""', String.raw`"$ref":"a\/b.json"`) });
    const document = await loadDocument(join(folder, 'api.json'));
    expect(await judge(document, 'text')).toEqual([want]);
    expect(await judge(document, 1)).toEqual([]);
  });

  test.each<[name: string, reference: string]>([
    ['without quotes', '$ref: pet.yaml'],
    ['in single quotes', "'$ref': 'pet.yaml'"],
    ['in the line below a comment', '$ref: # the pet\n  pet.yaml'],
    ['folded', '$ref: >-\n  pet.yaml'],
    ['with an escape in its name', '"\\x24ref": pet.yaml'],
    ['with an escaped line break in its name', '? "$re\\\n  f"\n: pet.yaml'],
    ['behind a question mark', '? $ref\n: pet.yaml'],
    ['by an alias', '$ref: *pet'],
    ['with an alias for its name', '*reference : pet.yaml'],
    ['with a tag', '$ref: !!str pet.yaml'],
    ['as $dynamicRef', '$dynamicRef: "pet.yaml"'],
  ])('a reference is seen however YAML writes it: %s', async (_name, reference) => {
    const indented = reference.replaceAll('\n', '\n    ');
    await write({
      'api.yaml': `openapi: 3.1.0\nx-file: &pet pet.yaml\nx-name: &reference $ref\npaths: {}\nx-other: { $ref: "#/paths" }\nx-here:\n    ${indented}\n`,
      'pet.yaml': 'type: integer\n',
    });
    expect([...(await loadDocument(join(folder, 'api.yaml'))).sources.keys()]).toContain(join(folder, 'pet.yaml'));
  });

  test('files that refer to each other in a circle', async () => {
    await write({
      'api.json': api('a.json'),
      'a.json': { type: 'object', properties: { b: { $ref: 'b.json' } } },
      'b.json': { type: 'object', required: ['a'], properties: { a: { $ref: 'a.json' } } },
    });
    const document = await loadDocument(join(folder, 'api.json'));
    expect(await judge(document, { b: { a: { b: { a: {} } } } })).toEqual([]);
    expect(await judge(document, { b: { a: { b: {} } } })).toEqual(["b.json#/required /b/a/b must have required property 'a'"]);
  });

  test('a path item and a discriminator in other files', async () => {
    const branch = {
      oneOf: [{ $ref: 'cat.json' }, { $ref: 'dog.json' }],
      discriminator: { propertyName: 'k', mapping: { c: 'cat.json', d: './dog.json' } },
    };
    await write({
      'api.json': { openapi: '3.0.3', paths: { '/it': { $ref: 'paths/it.yaml' } } },
      'paths/it.yaml': 'post:\n  requestBody: {content: {application/json: {schema: {$ref: ../pet.json}}}}\n  responses: {}\n',
      'pet.json': branch,
      'cat.json': { type: 'object', required: ['k', 'miaow'] },
      'dog.json': { type: 'object', required: ['k', 'bark'] },
    });
    const document = await loadDocument(join(folder, 'api.json'));
    expect(await judge(document, { k: 'd' })).toEqual(["dog.json#/required  must have required property 'bark'"]);
    expect(await judge(document, { k: 'x' })).toEqual(['pet.json#/discriminator  property \'k\' must name one of: "c", "d"']);
  });
});

describe('references that are refused', () => {
  test.each([
    { name: 'a file of the system', reference: '/etc/hostname', want: 'is outside of' },
    { name: 'a file of the system as a URL', reference: 'file:///etc/hostname', want: 'is outside of' },
    { name: 'a file above the folder', reference: '../outside.json', want: 'is outside of' },
    { name: 'a link that leads out', reference: 'link.json', want: 'is outside of' },
    { name: 'a remote address', reference: 'http://127.0.0.1:9/x.json', want: 'it is a remote address; allow it with --allow-remote-refs' },
    { name: 'another kind of address', reference: 'ftp://host/x.json', want: 'only files and http(s) addresses' },
    { name: 'a missing file', reference: 'missing.json', want: 'does not exist' },
    { name: 'a file that can not be parsed', reference: 'broken.json', want: 'is not valid' },
    { name: 'a folder', reference: 'sub', want: 'is a folder' },
    { name: 'a missing place in a file', reference: 'fine.json#/nowhere', want: 'there is nothing at /nowhere' },
    { name: 'a missing name in a file', reference: 'fine.json#Nowhere', want: 'no $anchor and no member is named Nowhere' },
    { name: 'a missing place', reference: '#/components/schemas/Nowhere', want: 'there is nothing at /components/schemas/Nowhere' },
  ])('$name, and the rest works', async ({ reference, want }) => {
    await write({
      'in/api.json': api(reference),
      'outside.json': NUMBER,
      'in/broken.json': '{"a": [}',
      'in/fine.json': {},
      'in/sub/x.json': {},
    });
    await symlink(join(folder, 'outside.json'), join(folder, 'in/link.json'));
    const document = await loadDocument(join(folder, 'in/api.json'));
    expect(createOperationTable([document]).find('GET', '/fine').kind).toBe('operation');
    expect((await judge(document, 1)).length).toBe(0);
    const told = lintDocument(document).map((item) => item.message);
    expect(told.some((message) => message.includes(`"${reference}"`) && message.includes(want))).toBe(true);
  });

  test('a wider root allows what is inside it', async () => {
    await write({ 'in/api.json': api('../outside.json'), 'outside.json': NUMBER });
    const document = await loadDocument(join(folder, 'in/api.json'), { root: folder });
    expect(await judge(document, 'x')).toEqual(['../outside.json#/type  must be integer']);
  });

  test('a root that does not exist is an error that says so', async () => {
    await write({ 'api.json': api('#') });
    await expect(loadDocument(join(folder, 'api.json'), { root: join(folder, 'none') })).rejects.toThrow('--ref-root');
  });

  test('a remote address is fetched only when allowed', async () => {
    const server = createServer((request, response) =>
      response.end(request.url === '/n.json' ? '{"$ref":"/m.json"}' : '{"type":"integer"}'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await write({ 'api.json': api(`http://127.0.0.1:${port}/n.json`) });
    const document = await loadDocument(join(folder, 'api.json'), { allowRemote: true });
    expect(await judge(document, 'x')).toEqual(['m.json#/type  must be integer']);
    server.close();
  });
});

describe('a document from the network', () => {
  /** Serves a document and what it refers to; everything else is 404. */
  async function served(work: (origin: string) => Promise<void>): Promise<void> {
    const texts = new Map<string, string>([
      ['/v1/api.yaml', JSON.stringify(api('./parts/n.json'))],
      ['/v1/parts/n.json', '{"type":"integer"}'],
      ['/outside.json', JSON.stringify(api('http://127.0.0.1:9/x.json'))],
      ['/file.json', JSON.stringify(api(`file://${folder}/api.json`))],
      ['/page', '<html>no: such: page</html>'],
      ['/', JSON.stringify(api('#/x'))],
    ]);
    const server = createServer((request, response) => {
      const text = texts.get(String(request.url).replace(/\?.*/, ''));
      response.writeHead(text === undefined ? 404 : 200).end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await work(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
    server.close();
  }

  test('is read with what it refers to at the same address', async () =>
    served(async (origin) => {
      const document = await loadDocument(`${origin}/v1/api.yaml?version=2`);
      expect([document.name, document.path]).toEqual(['api', `${origin}/v1/api.yaml?version=2`]);
      expect(await judge(document, 'x')).toEqual(['n.json#/type  must be integer']);
      expect((await loadDocument(origin)).name).toBe('127.0.0.1');
    }));

  test('leads to no other host and to no file', async () => {
    await write({ 'api.json': NUMBER });
    await served(async (origin) => {
      const reasons = [];
      for (const path of ['/outside.json', '/file.json']) reasons.push(...(await loadDocument(origin + path)).refused.values());
      expect(reasons).toEqual([
        'it is a remote address; allow it with --allow-remote-refs',
        'a document from the network can not refer to files',
      ]);
    });
  });

  test('that can not be had says why', async () =>
    served(async (origin) => {
      await expect(loadDocument(`${origin}/none`)).rejects.toThrow(`${origin}/none: answered 404`);
      await expect(loadDocument(`${origin}/page`)).rejects.toThrow(`${origin}/page`);
      await expect(loadDocument('http://127.0.0.1:9/x')).rejects.toThrow('can not be fetched');
      await expect(loadDocument('https://')).rejects.toThrow('is no address');
    }));
});

test('values of examples in files beside the document are read, those elsewhere are nobody’s business', async () => {
  const examples = {
    near: { externalValue: './near.json' },
    far: { externalValue: 'https://a.example/far.json' },
    text: { externalValue: 'a.csv' },
  };
  await write({ 'api.json': api('#/x', { components: { examples } }), 'near.json': { id: 1 } });
  const document = await loadDocument(join(folder, 'api.json'));
  expect([...document.sources.keys()]).toEqual([join(folder, 'api.json'), join(folder, 'near.json')]);
  expect([...document.refused]).toEqual([]);
});

describe('what only looks like a reference', () => {
  test('a $ref in example data, in a description and as a property name', async () => {
    const schema = { type: 'object', properties: { $ref: { type: 'string' } }, example: { $ref: 'no-such-file.json' } };
    await write({
      'api.json': {
        ...api('#/components/schemas/It'),
        info: { title: 't', description: '$ref: x.yaml' },
        components: { schemas: { It: schema } },
      },
    });
    const document = await loadDocument(join(folder, 'api.json'));
    expect([...document.refused.keys()]).toEqual([join(folder, 'no-such-file.json')]);
    expect(await judge(document, { $ref: 'x' })).toEqual([]);
    expect(await judge(document, { $ref: 1 })).toEqual(['api.json#/components/schemas/It/properties/$ref/type /$ref must be string']);
  });
});

describe('dialects', () => {
  test.each([
    { given: 'swagger: "2.0"', want: '2.0' },
    { given: 'swagger: 2.0', want: '2.0' },
    { given: 'openapi: 3.0.4', want: '3.0' },
    { given: 'openapi: 3.1', want: '3.1' },
    { given: 'openapi: 3.2.0', want: '3.1' },
  ])('$given', async ({ given, want }) => {
    await write({ 'api.yaml': `${given}\npaths: {}\n` });
    expect((await loadDocument(join(folder, 'api.yaml'))).dialect).toBe(want);
  });

  test.each([
    { given: 'a: 1', want: 'neither "openapi" nor "swagger"' },
    { given: '', want: 'the input is empty' },
    { given: '[]', want: 'neither "openapi" nor "swagger"' },
    { given: 'a: 1\nopenapi: 4.0.0', want: /api\.yaml:2:1: OpenAPI version "4.0.0" is not known/ },
    { given: 'openapi: {a: 1}', want: /version "\{"a":1\}" is not known/ },
  ])('refused: $given', async ({ given, want }) => {
    await write({ 'api.yaml': given });
    await expect(loadDocument(join(folder, 'api.yaml'))).rejects.toThrow(want);
  });
});
