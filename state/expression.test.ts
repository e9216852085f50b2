import { describe, expect, test } from 'vitest';
import { compileExpression } from './expression.ts';
import { scopeWith } from './state.fixture.ts';

const scope = scopeWith({
  request: {
    method: 'PUT',
    url: '/a?b=c',
    path: { id: 7, 'a.b': 'dots' },
    query: { q: 'x', list: ['a', 'b'] },
    header: { 'X-Trace': 'abc' },
    cookie: { sid: 's' },
    body: { a: { 'b/c': [10, { '~': 'tilde' }] }, length: 3 },
  },
  now: Date.UTC(2026, 2, 1),
  row: { id: 1, name: 'row' },
  before: { name: 'before' },
  item: 'element',
  index: 2,
  total: 5,
  page: { current: 3 },
  error: { name: 'GONE', code: '1', message: 'm', status: 410 },
});

describe('expressions', () => {
  test.each([
    { given: '$request.body#/a/b~1c/0', want: 10 },
    { given: '$request.body#/a/b~1c/1/~0', want: 'tilde' },
    { given: '$request.body#/a/b~1c/length', want: undefined },
    { given: '$request.body#/length', want: 3 },
    { given: '$request.body#/none/deeper', want: undefined },
    { given: '$request.body#/constructor', want: undefined },
    { given: '$request.path.id', want: 7 },
    { given: '$request.path.a.b', want: 'dots' },
    { given: '$request.query.list#/1', want: 'b' },
    { given: '$request.query.constructor', want: undefined },
    { given: '$request.query.__proto__', want: undefined },
    { given: '$request.header.x-trace', want: 'abc' },
    { given: '$request.header.constructor', want: undefined },
    { given: '$request.cookie.sid', want: 's' },
    { given: '$request.query', want: { q: 'x', list: ['a', 'b'] } },
    { given: '$method', want: 'PUT' },
    { given: '$url', want: '/a?b=c' },
    { given: '$row', want: { id: 1, name: 'row' } },
    { given: '$row#/name', want: 'row' },
    { given: '$row.name', want: 'row' },
    { given: '$row#/__proto__', want: undefined },
    { given: '$before#/name', want: 'before' },
    { given: '$outer#/name', want: undefined },
    { given: '$item', want: 'element' },
    { given: '$index', want: 2 },
    { given: '$total', want: 5 },
    { given: '$page.current', want: 3 },
    { given: '$page#/current', want: 3 },
    { given: '$error.code', want: '1' },
    { given: '$now', want: '2026-03-01T00:00:00.000Z' },
    { given: '$now.ms', want: Date.UTC(2026, 2, 1) },
    { given: '$now.local', want: '2026-03-01 08:00:00' },
    { given: '$now.date', want: '2026-03-01' },
    { given: '$now.seconds', want: Date.UTC(2026, 2, 1) / 1000 },
    { given: '$uuid', want: '00000000-0000-4000-8000-000000000000' },
    { given: '$absent', want: undefined },
  ])('$given', ({ given, want }) => {
    const compiled = compileExpression(given);
    expect(compiled.ok && compiled.expression(scope)).toEqual(want);
  });

  test.each([
    { given: '$rwo#/id', want: /no such variable, did you mean row/ },
    { given: '$request', want: /a request has body, path/ },
    { given: '$request.bdy', want: /a request has body, path/ },
    { given: '$request.body.id', want: /write \$request\.body#\/id/ },
    { given: '$row#id', want: /JSON pointer/ },
    { given: '$now.loca', want: /forms iso, ms/ },
    { given: '$page.curent', want: /no "curent", did you mean current/ },
    { given: '$error.text', want: /no "text"; it has name, code/ },
    { given: '$total.x', want: /no "x"; it has no members/ },
    { given: '$uuid.x', want: /no members/ },
    { given: '$now#/x', want: /no members/ },
    { given: '$', want: /no such variable/ },
    { given: '$constructor', want: /no such variable/ },
  ])('$given is none', ({ given, want }) => {
    expect(compileExpression(given)).toEqual({ ok: false, reason: expect.stringMatching(want) });
  });
});
