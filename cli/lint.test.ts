import { describe, expect, test } from 'vitest';
import { folderOf, run, WORKSPACE } from './run.fixture.ts';

const HEAD = `openapi: 3.0.3
info: { title: t, version: '1' }
`;
const valid = `${HEAD}paths:
  /a:
    get: { responses: { '200': { description: ok } } }
`;

const folder = folderOf({
  'valid.yaml': valid,
  'same.yaml': valid,
  'title.yaml': valid.replace("title: t, version: '1'", "version: '1'"),
  'title-31.yaml': valid.replace('3.0.3', '3.1.0').replace("title: t, version: '1'", "version: '1'"),
  'unknown-field.yaml': valid.replace("'200': { description: ok }", "'200': { description: ok, descriptoin: typo }"),
  'no-description.yaml': valid.replace("'200': { description: ok }", "'200': {}"),
  'style.yaml': `${HEAD}paths:
  /a:
    get:
      parameters:
        - { name: q, in: query, explode: often, schema: { type: string } }
      responses: { '200': { description: ok } }
`,
  'bearer.yaml': `${valid.replace('3.0.3', '3.1.0')}components: { securitySchemes: { b: { type: http, scheme: Bearer, bearerFormat: JWT } } }
`,
  'dangling.yaml': `${HEAD}paths:
  /a:
    get:
      responses:
        '200':
          description: ok
          content: { application/json: { schema: { $ref: '#/components/schemas/Nope' } } }
`,
  'example.yaml': `${HEAD}paths:
  /a:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { type: integer }
              example: text
`,
  'twice.yaml': `${HEAD}paths:
  /a:
    get: { operationId: same, responses: { '200': { description: ok } } }
  /b:
    get: { operationId: same, responses: { '200': { description: ok } } }
`,
  'swagger.yaml': `swagger: '2.0'
info: { title: t, version: '1' }
paths:
  /a:
    get:
      produces: application/json
      responses: { 200: { description: ok } }
`,
  'split.yaml': `${HEAD}paths:
  /a: { $ref: parts/a.yaml }
  /b: { $ref: parts/b.yaml }
`,
  'parts/a.yaml': `get:
  responses: { '200': { description: ok } }
`,
  'parts/b.yaml': `get:
  summary: no responses
  responses: { '200': { $ref: 'c.yaml#/Ok' } }
  unknownField: 1
`,
  'parts/c.yaml': `Ok: { description: ok }
`,
  'example-reference.yaml': valid.replace(
    'description: ok }',
    "description: ok, content: { application/json: { schema: {}, example: { $ref: 'https://far.test/x' } } } }",
  ),
  'remembers.yaml': valid.replace('get: {', 'get: { operationId: listA,'),
  'remembers.state.yaml': 'module: remembers\ncollections: { a: { key: { field: id } } }\noperations: { listB: { do: list, in: a } }\n',
  'unreadable.yaml': valid,
  'unreadable.state.yaml': 'module: unreadable\ncollections: [\n',
  'newer.yaml': valid.replace('3.0.3', '3.2.0').replace('get: {', 'query: {'),
  'newer-field.yaml': valid.replace('3.0.3', '3.2.0').replace('get: {', 'query: { odd: 1,'),
  'newest.yaml': valid.replace('3.0.3', '3.3.0'),
  'anchors.yaml': `${HEAD}paths: {}\nx-loop: &loop { self: *loop }\n`,
  'broken.yaml': 'openapi: 3.0.0\npaths: [\n',
});
const lint = (...files: string[]) => run(['lint', ...files], { cwd: folder });
const lines = (out: string): string[] => out.trimEnd().split('\n').slice(0, -1);

describe.concurrent('defects are found where they are, once', () => {
  const cases: readonly { file: string; says: RegExp; count?: number }[] = [
    { file: 'title.yaml', says: /^title\.yaml:2:1 error structure: \/info must have required property 'title'$/m },
    { file: 'title-31.yaml', says: /^title-31\.yaml:2:1 error structure: \/info must have required property 'title'$/m },
    {
      file: 'unknown-field.yaml',
      says: /^unknown-field\.yaml:5:\d+ error structure: \/paths\/~1a\/get\/responses\/200 must not have "descriptoin"$/m,
    },
    { file: 'no-description.yaml', says: /^no-description\.yaml:5:\d+ error structure: .* must have required property 'description'$/m },
    { file: 'style.yaml', says: /^style\.yaml:7:\d+ error structure: \/paths\/~1a\/get\/parameters\/0\/explode must be boolean$/m },
    { file: 'dangling.yaml', says: /^dangling\.yaml:9:\d+ error .*Nope/m },
    { file: 'twice.yaml', says: /^twice\.yaml:7:\d+ error operationId "same" is used twice/m },
    { file: 'swagger.yaml', says: /^swagger\.yaml:6:\d+ error structure: \/paths\/~1a\/get\/produces must be array$/m },
    { file: 'newer-field.yaml', says: /^newer-field\.yaml:\d+:\d+ error structure: \/paths\/~1a\/query must not have "odd"$/m },
    { file: 'newest.yaml', says: /^newest\.yaml:1:1 error OpenAPI version "3\.3\.0" is not known; 2\.0, 3\.0, 3\.1 and 3\.2 are$/m },
    { file: 'split.yaml', says: /^parts\/b\.yaml:4:\d+ error structure: \/paths\/~1b\/get must not have "unknownField"$/m },
    { file: 'broken.yaml', says: /^broken\.yaml:3:\d+ error is not valid YAML/m },
    { file: 'remembers.yaml', says: /^remembers\.state\.yaml:3:\d+ error .*listB/m },
    { file: 'unreadable.yaml', says: /^unreadable\.state\.yaml:3:\d+ error is not valid YAML/m },
  ];
  test.each(cases)('$file', async ({ file, says }) => {
    const { code, out, error } = await lint(file);
    expect(out).toMatch(says);
    expect([code, error]).toEqual([1, '']);
    expect(lines(out)).toHaveLength(1);
    expect(out).toContain('1 document, 1 error, 0 warnings');
  });
});

describe.concurrent('what is no error', () => {
  test.each([
    { file: 'valid.yaml', says: /^1 document, 0 errors, 0 warnings$/m },
    { file: 'example.yaml', says: /^example\.yaml:12:\d+ warning example "default" must be integer$/m },
    { file: 'newer.yaml', says: /^1 document, 0 errors, 0 warnings$/m },
    { file: 'example-reference.yaml', says: /0 errors/ },
    { file: 'bearer.yaml', says: /^1 document, 0 errors, 0 warnings$/m },
  ])('$file', async ({ file, says }) => {
    const { code, out } = await lint(file);
    expect(out).toMatch(says);
    expect(code).toBe(0);
  });

  test('two documents with a path in common', async () => {
    const { code, out } = await lint('valid.yaml', 'same.yaml');
    expect(out).toMatch(/same\.yaml:5:5 warning GET \/a is also described by valid/);
    expect(code).toBe(0);
  });

  test('the documents of this workspace', async () => {
    const { code, out } = await run(['lint'], { cwd: WORKSPACE });
    expect(out).toMatch(/^9 documents, 0 errors, \d+ warnings$/m);
    expect(code).toBe(0);
  });
});

test('YAML anchors that make a circle end in a finding, not in a crash', async () => {
  const { code, error } = await lint('anchors.yaml');
  expect(code).toBe(1);
  expect(error).toBe('');
});

test('--json is for machines', async () => {
  const { code, out } = await run(['lint', '--json', 'title.yaml'], { cwd: folder });
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject([{ file: 'title.yaml', severity: 'error', line: 2, column: 1, address: 'title.yaml#/info' }]);
});

test('in Chinese', async () => {
  const { out } = await run(['lint', 'title.yaml'], { cwd: folder, environment: { HUFU_LANG: 'zh' } });
  expect(out).toMatch(/^title\.yaml:2:1 错误 [^]*^1 份文档，1 个错误，0 个警告$/m);
});
