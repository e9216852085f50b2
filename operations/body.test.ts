import { describe, expect, it } from 'vitest';
import { operationOf } from './document.fixture.ts';
import { judgeResponse } from './validate-response.ts';

/** What is wrong with a text as a body, of a media type as documented and as sent. */
async function codesOf(schema: unknown, text: string, documented: string, sent = documented): Promise<string[]> {
  const operation = operationOf({ responses: { 200: { description: '', content: { [documented]: { schema } } } } });
  const response = { status: 200, headers: { 'content-type': sent }, body: Buffer.from(text) };
  return (await judgeResponse(operation, response, 'POST')).violations.map(({ code, pointer }) => `${code} ${pointer}`.trim());
}

const object = { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } };

describe('bodies of plain text', () => {
  it.each<{ name: string; schema: unknown; text: string; documented?: string; sent?: string; want: string[] }>([
    { name: 'digits where a string is asked for', schema: { type: 'string' }, text: '5', want: [] },
    { name: 'a number', schema: { type: 'integer' }, text: '5', want: [] },
    { name: 'a number with its line end', schema: { type: 'integer' }, text: '5\n', want: [] },
    { name: 'true with its line end', schema: { type: 'boolean' }, text: 'true\r\n', want: [] },
    { name: 'no number', schema: { type: 'integer' }, text: 'five', want: ['type'] },
    { name: 'a number of the wrong size', schema: { type: 'integer', maximum: 3 }, text: '5\n', want: ['maximum'] },
    { name: 'the length of a string with its line end', schema: { type: 'string', maxLength: 1 }, text: '5\n', want: ['maxLength'] },
    { name: 'an object as JSON', schema: object, text: '{"a":1}', want: [] },
    { name: 'an object as JSON, wrong inside', schema: object, text: '{"a":"x"}', want: ['type /a'] },
    { name: 'a list as JSON', schema: { type: 'array', items: { type: 'integer' } }, text: ' [1,2]\n', want: [] },
    { name: 'JSON where a string is asked for', schema: { type: 'string' }, text: '{"a":1}', want: [] },
    { name: 'prose where an object is asked for', schema: object, text: 'hello', want: ['type'] },
    { name: 'a page where an object is asked for', schema: object, text: '<p>', documented: 'text/html', want: ['type'] },
    {
      name: 'prose where the document takes any media type',
      schema: object,
      text: 'hello',
      documented: '*/*',
      sent: 'text/plain',
      want: ['type'],
    },
    // How such text is an object or a list the specification does not say (OpenAPI 3.1.1 section 4.8.14).
    { name: 'a table', schema: { type: 'array', items: object }, text: 'a\n1', documented: 'text/csv', want: [] },
    { name: 'events', schema: object, text: 'data: {"a":1}\n\n', documented: 'text/event-stream', want: [] },
    { name: 'YAML', schema: object, text: 'a: 1', documented: 'text/yaml', want: [] },
    { name: 'a table as a string', schema: { type: 'string', maxLength: 1 }, text: 'a\n1', documented: 'text/csv', want: ['maxLength'] },
  ])('$name', async ({ schema, text, documented = 'text/plain', sent, want }) => {
    expect(await codesOf(schema, text, documented, sent)).toEqual(want);
  });
});
