import { expect, test } from 'vitest';
import { ask, mockOf } from './mock.fixture.ts';

const named = (more: Record<string, unknown>) => ({
  type: 'object',
  required: ['kind'],
  properties: { kind: { type: 'string' }, ...more },
  additionalProperties: false,
});

/** `POST /pets` takes a cat or a dog, told apart by `kind`; `POST /animals` takes what inherits an animal. */
function api(openapi: string): Record<string, unknown> {
  const post = (name: string) => ({
    post: {
      requestBody: { required: true, content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } } },
      responses: { 200: { description: 'ok' } },
    },
  });
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  return {
    openapi,
    info: { title: 't', version: '1' },
    paths: { '/pets': post('Pet'), '/mapped': post('Mapped'), '/animals': post('Animal') },
    components: {
      schemas: {
        Pet: { oneOf: [ref('Cat'), ref('Dog')], discriminator: { propertyName: 'kind', mapping: { cat: '#/components/schemas/Cat' } } },
        Mapped: {
          oneOf: [ref('Cat'), ref('Dog')],
          discriminator: { propertyName: 'kind', mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' } },
        },
        Cat: named({ lives: { type: 'integer' } }),
        Dog: named({ barks: { type: 'boolean' } }),
        Animal: { type: 'object', required: ['is'], discriminator: { propertyName: 'is' }, properties: { is: { type: 'string' } } },
        Tiger: { allOf: [ref('Animal'), { type: 'object', required: ['stripes'], properties: { stripes: { type: 'integer' } } }] },
      },
    },
  };
}

test.each<{ name: string; path: string; body: unknown; want: { status: number; hint: number } }>([
  { name: 'what it says it is', path: '/pets', body: { kind: 'cat', lives: 9 }, want: { status: 200, hint: 200 } },
  { name: 'another branch than it says', path: '/pets', body: { kind: 'cat', barks: true }, want: { status: 422, hint: 200 } },
  { name: 'no branch', path: '/pets', body: { kind: 'cat', wings: 2 }, want: { status: 422, hint: 422 } },
  { name: 'a name that nobody knows', path: '/pets', body: { kind: 'bird', barks: true }, want: { status: 200, hint: 200 } },
  { name: 'a name that the mapping lacks', path: '/mapped', body: { kind: 'string', barks: true }, want: { status: 200, hint: 200 } },
  { name: 'an heir', path: '/animals', body: { is: 'Tiger', stripes: 5 }, want: { status: 200, hint: 200 } },
  { name: 'an heir that lacks what it must have', path: '/animals', body: { is: 'Tiger' }, want: { status: 422, hint: 200 } },
])('$name', async ({ path, body, want }) => {
  for (const [version, status] of [
    ['3.0.3', want.status],
    ['3.0.4', want.hint],
  ] as const) {
    const mock = await mockOf([api(version)]);
    const answer = await ask(mock, `POST ${path}`, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    expect([version, answer.status]).toEqual([version, status]);
    // What is only a hint is told all the same.
    if (want.status !== want.hint) expect(answer.status === 200 ? answer.violations.length : 1).toBeGreaterThan(0);
  }
});
