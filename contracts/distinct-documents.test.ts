import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { loadDocument } from '../operations/index.ts';
import { checkRecordings } from './check-recordings.ts';
import { distinctDocuments } from './distinct-documents.ts';
import { stateFilePath } from '../state/load-state-file.ts';
import { documentPlace } from './report/document-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'hufu-distinct-'));

function write(file: string, text: string): string {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** One operation; its schema stands at the given place, some lines down. */
function api(file: string, operation: string, reference: string, above = ''): string {
  return write(
    file,
    `${above}openapi: 3.0.3
info: { title: One, version: '1' }
paths:
  /${operation}:
    get:
      responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '${reference}' } } } } }
components:
  schemas:
    It: { type: integer }
`,
  );
}

it('documents and files of one name in different folders are told apart', async () => {
  const files = [
    api('v1/api.yaml', 'a', '#/components/schemas/It'),
    api('v2/api.yaml', 'b', '#/components/schemas/It', '# second\n\n'),
    api('split/root.yaml', 'c', 'schemas/it.yaml'),
    api('split/other.yaml', 'd', 'deep/schemas/it.yaml'),
  ];
  write('split/schemas/it.yaml', 'type: integer\n');
  write('split/deep/schemas/it.yaml', '# deep\ntype: integer\n');
  const traffic = ['a', 'b', 'c', 'd'].map((path) => ({
    method: 'GET',
    url: `/${path}`,
    status: 200,
    response: { headers: {}, body: 'x' },
  }));
  const recording = write(
    'traffic.ndjson',
    traffic
      .map((line) => JSON.stringify({ ...line, response: { headers: { 'content-type': 'application/json' }, body: '"x"' } }))
      .join('\n'),
  );
  const documents = await Promise.all(files.map((file) => loadDocument(file)));
  const { result, places } = await checkRecordings(documents, [recording]);

  const told = result.groups
    .filter(({ severity }) => severity === 'error')
    .map((group) => {
      const { document = '', operations } = group;
      const [operation] = operations;
      const place = places.placeOf(document, operation?.document);
      const shown = documentPlace(group, { ...result, documents: result.documents.map((one) => ({ ...one, file: relativeTo(one.file) })) });
      return [operation?.document ?? '', document.replace(/#.*/, ''), shown?.file, place?.line];
    })
    .sort(([a], [b]) => String(a).localeCompare(String(b)));
  expect(told).toEqual([
    ['other', 'deep/schemas/it.yaml', 'split/deep/schemas/it.yaml', 2],
    ['root', 'schemas/it.yaml', 'split/schemas/it.yaml', 1],
    ['v1/api', 'v1/api.yaml', 'v1/api.yaml', 9],
    ['v2/api', 'v2/api.yaml', 'v2/api.yaml', 11],
  ]);
});

/** The fixture's folder is not the working directory. */
function relativeTo(file: string): string {
  return file.slice(file.lastIndexOf('hufu-distinct-')).replace(/^[^/]*\//, '');
}

it('the state file stands beside the document, whatever that is called', async () => {
  const rivals = await Promise.all(['x', 'y'].map((name) => loadDocument(api(`${name}/state.yaml`, 'a', '#/components/schemas/It'))));
  const [one] = distinctDocuments(rivals);
  expect(one?.name).toBe('x/state');
  expect(one === undefined ? '' : stateFilePath(one)).toBe(join(folder, 'x/state.state.yaml'));
});

it('names stay as they are where they differ, and where a document is given twice', async () => {
  const one = await loadDocument(api('only/one.yaml', 'a', '#/components/schemas/It'));
  const two = await loadDocument(api('only/two.yaml', 'a', '#/components/schemas/It'));
  expect(distinctDocuments([one, two, one])).toEqual([one, two, one]);
});
