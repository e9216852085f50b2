import { describe, expect, test } from 'vitest';
import { api, documentOf, json } from './document.fixture.ts';
import { publishDocument } from './publish-document.ts';

const ok = { '200': { description: 'ok' } };

describe('what partners get', () => {
  test("the kit's own extensions are gone, everybody else's stay, and names are no keywords", async () => {
    const document = await documentOf(
      api(
        {
          '/a': {
            'x-path-aliases': ['/b'],
            get: {
              'x-discrepancy': ['D1'],
              'x-hufu-note': 1,
              'x-codeSamples': [],
              responses: { '200': { description: 'ok', headers: { 'x-rules': { schema: {} } } } },
            },
          },
        },
        { A: { properties: { 'x-sensitive': { type: 'string' }, b: { 'x-assumption': ['q'], 'x-tolerated': ['z'] } } } },
      ),
    );
    expect(publishDocument(document)).toMatchObject({
      paths: { '/a': { get: { 'x-codeSamples': [], responses: { '200': { headers: { 'x-rules': { schema: {} } } } } } } },
      components: { schemas: { A: { properties: { 'x-sensitive': { type: 'string' }, b: {} } } } },
    });
    expect(JSON.stringify(publishDocument(document))).not.toMatch(/x-path-aliases|x-discrepancy|x-hufu|x-assumption|x-tolerated/);
  });

  test('internal operations go with the components that only they used', async () => {
    const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
    const document = await documentOf(
      api(
        {
          '/secret': { get: { 'x-internal': true, responses: { '200': { description: 'ok', content: json(ref('Secret')) } } } },
          '/open': {
            get: { responses: { '200': { description: 'ok', content: json(ref('Open')) } } },
            post: { 'x-internal': true, responses: ok },
          },
        },
        {
          Secret: { properties: { deep: ref('Deep') } },
          Deep: {},
          Open: { required: ['a', 'b'], properties: { a: {}, b: { 'x-internal': true } } },
          Unused: {},
        },
      ),
    );
    const published = publishDocument(document);
    expect(Object.keys(published['paths'] as object)).toEqual(['/open']);
    expect(published).toMatchObject({ paths: { '/open': { get: {} } } });
    expect(published['components']).toEqual({ schemas: { Open: { required: ['a'], properties: { a: {} } }, Unused: {} } });
  });

  test('sensitive values are masked wherever an example stands', async () => {
    const person = {
      type: 'object',
      properties: {
        phone: { type: 'string', 'x-sensitive': true, examples: ['13812345678'] },
        id: { type: 'integer', format: 'int64' },
        name: { type: 'string', format: 'password', default: 'hunter2' },
      },
    };
    const value = { phone: '13812345678', id: 7, name: 'hunter2' };
    const document = await documentOf(
      api(
        {
          '/a': {
            post: {
              requestBody: { content: json({ $ref: '#/components/schemas/P' }, { example: value }) },
              responses: {
                '200': {
                  description: 'ok',
                  content: json(
                    { type: 'array', items: { $ref: '#/components/schemas/P' } },
                    { examples: { a: { value: [value] }, b: { $ref: '#/components/examples/B' } } },
                  ),
                },
              },
            },
          },
        },
        { P: person },
        { components: { schemas: { P: person }, examples: { B: { value: [value] } } } },
      ),
    );
    const text = JSON.stringify(publishDocument(document));
    expect(text).not.toMatch(/13812345678|hunter2/);
    expect(text).toContain('10000000000');
    expect(text.match(/"id":7/g)).toHaveLength(3);
  });

  test('sensitive values of OpenAPI 3.2 examples, as data and as text', async () => {
    const person = { type: 'object', properties: { phone: { type: 'string', 'x-sensitive': true }, id: { type: 'integer' } } };
    const [secret, open] = [{ phone: '13812345678', id: 7 }, { id: 7 }];
    const examples = {
      data: { dataValue: secret, serializedValue: JSON.stringify(secret) },
      text: { serializedValue: JSON.stringify(secret) },
      open: { dataValue: open, serializedValue: '{ "id": 7 }' },
    };
    const lines = {
      data: { dataValue: [secret] },
      text: { serializedValue: `${JSON.stringify(secret)}\n` },
      open: { serializedValue: '{"id":7}\n' },
    };
    const content = {
      'application/json': { schema: person, examples },
      'application/jsonl': { itemSchema: person, examples: lines },
    };
    const paths = { '/a': { query: { responses: { '200': { description: 'ok', content } } } } };
    const text = JSON.stringify(publishDocument(await documentOf({ ...api(paths), openapi: '3.2.0' })));
    expect(text).not.toContain('13812345678');
    expect(text.match(/"phone":"10000000000"/g)).toHaveLength(2);
    expect(text.match(/serializedValue/g)).toHaveLength(2);
  });

  test('what is internal of OpenAPI 3.2 stays inside', async () => {
    const hidden = { 'x-internal': true, responses: {} };
    const paths = {
      '/a': { query: hidden, additionalOperations: { LINK: hidden } },
      '/b': { query: hidden, additionalOperations: { LINK: { responses: {} } } },
    };
    const published = publishDocument(await documentOf({ ...api(paths), openapi: '3.2.0' }));
    expect(published['paths']).toEqual({ '/b': { additionalOperations: { LINK: { responses: {} } } } });
  });

  test('references into other files become references inside of the one', async () => {
    const document = await documentOf(
      api({ '/a': { get: { responses: { '200': { description: 'ok', content: json({ $ref: 'parts/b.json#/B' }) } } } } }),
      {
        'parts/b.json': {
          B: { properties: { c: { $ref: '#/C' }, root: { $ref: '../api.json#/info' } } },
          C: { type: 'string', 'x-faker': 'x' },
        },
      },
    );
    const published = publishDocument(document);
    expect(published).toMatchObject({
      paths: {
        '/a': { get: { responses: { '200': { content: { 'application/json': { schema: { $ref: '#/x-files/parts~1b.json/B' } } } } } } },
      },
      'x-files': {
        'parts/b.json': {
          B: { properties: { c: { $ref: '#/x-files/parts~1b.json/C' }, root: { $ref: '#/info' } } },
          C: { type: 'string' },
        },
      },
    });
  });
});
