import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createOperationTable, loadDocument, readSource } from '../operations/index.ts';
import { compileStateFiles } from '../state/index.ts';
import { inferState } from '../state/infer.ts';
import { inferCommand } from './infer.ts';
import type { Language } from '../operations/index.ts';

const DOCUMENT = `
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /owners/{owner}/pets:
    parameters: [{ name: owner, in: path, required: true, schema: { type: string } }]
    post:
      requestBody: { content: { application/json: { schema: { type: object, properties: { name: { type: string } } } } } }
      responses: { '201': { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
    get:
      parameters: [{ name: page, in: query, schema: { type: integer } }, { name: name, in: query, schema: { type: string } }]
      responses: { '200': { description: All, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } } }
  /owners/{owner}/pets/{petId}:
    parameters: [{ name: owner, in: path, required: true, schema: { type: string } }, { name: petId, in: path, required: true, schema: { type: string } }]
    get: { responses: { '200': { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } } }
    delete: { responses: { '204': { description: Gone } } }
components:
  schemas:
    Pet:
      type: object
      required: [id, kind, chip, born]
      properties:
        id: { type: string, examples: [pet_1a9] }
        name: { type: string }
        kind: { type: string, default: '2020-01-01: {$really} #not' }
        chip: { type: integer, format: int64, examples: [9007199254740993] }
        born: { type: string, format: date-time }
        created_at: { type: string, format: date-time }
`;

let folder = '';
let output: string[] = [];
let errors: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hufu-infer-'));
  writeFileSync(join(folder, 'pets.yaml'), DOCUMENT);
  writeFileSync(join(folder, 'bare.yaml'), DOCUMENT.replace(/paths:[^]*components:/, 'paths: {}\ncomponents:'));
  output = [];
  errors = [];
  vi.spyOn(console, 'log').mockImplementation((text) => void output.push(String(text)));
  vi.spyOn(console, 'error').mockImplementation((text) => void errors.push(String(text)));
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => output.push(String(text)) > 0);
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

/** Runs `hufu infer` with words in which `@` is the test's folder. */
async function run(words: readonly string[], language: Language = 'en'): Promise<void> {
  await inferCommand(language).parseAsync(
    words.map((word) => word.replace('@', folder)),
    { from: 'user' },
  );
}

describe('hufu infer', () => {
  test('writes beside the document what --stateful goes by, and says so', async () => {
    await run(['@/pets.yaml']);
    const path = join(folder, 'pets.state.yaml');
    const document = await loadDocument(join(folder, 'pets.yaml'));
    const table = createOperationTable([document]);
    const inferred = inferState(table, table.routes);
    const source = await readSource(path);
    expect(source.value).toEqual(inferred?.given);
    const given = source.value as Readonly<Record<string, unknown>>;
    expect(() => compileStateFiles([{ module: 'pets', source, given }], () => new Set(table.routes.map(({ id }) => id)))).not.toThrow();
    expect(output.join('\n')).toMatch(/pets:\n {2}\/owners\/\{owner\}\/pets \(key id\): create list get delete\nwrote .*pets\.state\.yaml/);
  });

  test('comments say what was understood', async () => {
    await run(['@/pets.yaml', '-o', '-']);
    const [text = ''] = output;
    expect(text).toContain('# /owners/{owner}/pets: rows with key "id", the first is pet_1a9');
    expect(text).toContain('# Rows belong to owner of the path.');
    expect(text).toContain('# The mock sets created_at.');
    expect(text).toContain('# GET /owners/{owner}/pets: lists rows');
    expect(text).toContain('# Filtered by name.');
    expect(text).toContain('# Cut into pages by page.');
    // What was understood goes beside the pipe.
    expect(errors.join('\n')).toContain('/owners/{owner}/pets (key id)');
    expect(existsSync(join(folder, 'pets.state.yaml'))).toBe(false);
  });

  test('speaks Chinese', async () => {
    await run(['@/pets.yaml', '-o', '-'], 'zh');
    expect(output.join('')).toContain('# GET /owners/{owner}/pets: 列表');
    expect(errors.join('')).toContain('键 id');
  });

  test('writes over a file only with --force', async () => {
    const path = join(folder, 'own.yaml');
    writeFileSync(path, 'mine');
    await expect(run(['@/pets.yaml', '-o', '@/own.yaml'])).rejects.toThrow(/is there already; --force/);
    expect(readFileSync(path, 'utf8')).toBe('mine');
    await run(['@/pets.yaml', '-o', '@/own.yaml', '--force']);
    expect(readFileSync(path, 'utf8')).toContain('collections:');
  });

  test('ends with 1 where there is nothing to remember', async () => {
    await run(['@/bare.yaml']);
    expect(output.join('')).toContain('bare: no path is shaped like a resource');
    expect(process.exitCode).toBe(1);
    expect(existsSync(join(folder, 'bare.state.yaml'))).toBe(false);
  });

  const refusals: readonly [name: string, words: readonly string[], want: RegExp][] = [
    ['several documents in one file', ['@/pets.yaml', '@/bare.yaml', '-o', '-'], /do not fit into one file/],
    ['a document that is not there', ['@/none.yaml'], /does not exist/],
    ['a folder that is not there', ['@/pets.yaml', '-o', '@/none/x.yaml'], /can not be written/],
  ];
  test.each(refusals)('refuses %s', async (_name, words, want) => {
    await expect(run(words)).rejects.toThrow(want);
  });
});
