import { describe, expect, test } from 'vitest';
import type { Case } from './case.ts';
import { grade } from './grade.ts';

const DOCUMENT = `openapi: 3.0.0
paths:
  /pets/{id}:
    get:
      responses:
        200:
          content:
            application/json:
              example: {name: Rex}
              schema: {type: object, required: [name], properties: {name: {type: string}, age: {type: integer, nullable: true}}}
`;

function caseOf(expected: string, changes: Partial<Case> = {}): Case {
  const command = 'curl -i http://localhost:4010/pets/1';
  return { file: 'a.txt', title: '', document: DOCUMENT, flags: [], command, grade: 'exact', expected, ...changes };
}

function message(status: string, headers: string, body = ''): string {
  return `HTTP/1.1 ${status} X\r\n${headers}\r\n\r\n${body}`;
}

const JSON_TYPE = 'content-type: application/json';
const PROBLEM_TYPE = 'content-type: application/problem+json';
const problem = (type: string, location: readonly string[], status = 422): string =>
  JSON.stringify({ type, title: 'x', status, validation: [{ location, message: 'x' }] });
const PRISM_PROBLEM = problem('https://stoplight.io/prism/errors#UNPROCESSABLE_ENTITY', ['request', 'body']);

const passing: readonly [name: string, expected: string, output: string][] = [
  ['the same', message('200', JSON_TYPE, '{"name":"Rex"}'), message('200', JSON_TYPE, '{"name":"Rex"}')],
  [
    'keys in another order, a charset',
    message('200', JSON_TYPE, '{"a":1,"b":2}'),
    message('200', `${JSON_TYPE}; charset=utf-8`, '{"b":2,"a":1}'),
  ],
  ['another valid value', message('200', JSON_TYPE, '{"name":"x","age":1}'), message('200', JSON_TYPE, '{"name":"y","age":null}')],
  [
    'a problem in our words',
    message('422', PROBLEM_TYPE, PRISM_PROBLEM),
    message('422', PROBLEM_TYPE, problem('urn:x:unprocessable-entity', ['request', 'body'])),
  ],
  [
    'challenges with parameters',
    message('401', 'www-authenticate: Basic realm="*",Bearer'),
    message('401', 'WWW-Authenticate: Bearer error="x", Basic realm="y"'),
  ],
  ['the same XML elements', message('200', '', '<a><b>1</b></a>'), message('200', '', '<a><b>2</b></a>')],
];
test.each(passing)('passes: %s', (_name, expected, output) => {
  expect(grade(caseOf(expected), output)).toEqual([]);
});

const failing: readonly [name: string, expected: string, output: string, want: RegExp][] = [
  ['no answer', message('200', ''), '', /status \(none\)/],
  ['another status', message('200', ''), message('201', ''), /status 201, expected 200/],
  ['another media type', message('200', JSON_TYPE, '{}'), message('200', 'content-type: text/plain', '{}'), /content type text\/plain/],
  ['a header is missing', message('200', 'sl-violations: []'), message('200', ''), /header sl-violations is missing/],
  [
    'violations elsewhere',
    message('200', 'sl-violations: [{"location":["a"]}]'),
    message('200', 'sl-violations: [{"location":["b"]}]'),
    /header sl-violations/,
  ],
  [
    'a method is missing',
    message('204', 'access-control-allow-methods: GET,PUT'),
    message('204', 'access-control-allow-methods: GET'),
    /allow-methods/,
  ],
  ['another scheme', message('401', 'www-authenticate: Basic realm="*"'), message('401', 'www-authenticate: Bearer'), /www-authenticate/],
  ['another example', message('200', JSON_TYPE, '{"name":"Rex"}'), message('200', JSON_TYPE, '{"name":"Max"}'), /not the example/],
  [
    'an invalid value',
    message('200', JSON_TYPE, '{"name":"x","age":1}'),
    message('200', JSON_TYPE, '{"name":"x","age":"old"}'),
    /\/age must be integer/,
  ],
  ['a name is missing', message('200', JSON_TYPE, '{"name":"x","age":1}'), message('200', JSON_TYPE, '{"name":"x"}'), /\/age is missing/],
  ['an unexpected body', message('204', ''), message('204', '', 'x'), /a body where none/],
  ['no body', message('200', JSON_TYPE, '{"a":1}'), message('200', JSON_TYPE), /body is empty/],
  ['another text', message('200', '', 'text'), message('200', '', 'other'), /text of the body differs/],
  [
    'another XML element',
    message('200', '', '<a><b>1</b></a>'),
    message('200', '', '<a><c>1</c></a>'),
    /a\/b is missing.*a\/c is unexpected/,
  ],
  [
    'another problem',
    message('422', PROBLEM_TYPE, PRISM_PROBLEM),
    message('422', PROBLEM_TYPE, problem('x#NOT_FOUND', ['request', 'body'])),
    /problem x#NOT_FOUND/,
  ],
  [
    'other places',
    message('422', PROBLEM_TYPE, PRISM_PROBLEM),
    message('422', PROBLEM_TYPE, problem('x#UNPROCESSABLE_ENTITY', ['request'])),
    /violations at \[request\]/,
  ],
];
test.each(failing)('fails: %s', (_name, expected, output, want) => {
  expect(grade(caseOf(expected), output).join('\n').replaceAll('\n', ' ')).toMatch(want);
});

describe('what the case asks for', () => {
  test('a dynamic answer need not be the example', () => {
    const given = caseOf(message('200', JSON_TYPE, '{"name":"Rex"}'), { flags: ['-d'] });
    expect(grade(given, message('200', JSON_TYPE, '{"name":"Max"}'))).toEqual([]);
  });
  test('only headers are compared where only headers are asked for', () => {
    const given = caseOf(message('200', JSON_TYPE, '{"name":"Rex"}'), { command: 'curl --head http://localhost:4010/pets/1' });
    expect(grade(given, message('200', JSON_TYPE))).toEqual([]);
  });
  test('a loose case takes any text', () => {
    expect(grade(caseOf(message('200', '', 'text'), { grade: 'loose' }), message('200', '', 'other'))).toEqual([]);
  });
});
