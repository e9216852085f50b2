import { beforeAll, describe, expect, test } from 'vitest';
import { createOperationTable, loadDocument } from '../operations/index.ts';
import type { OperationTable } from '../operations/index.ts';
import { createChecker } from './checker.ts';
import type { Exchange, Gap } from './exchange.ts';
import type { Finding } from './finding.ts';
import { loadOracle } from './oracle.ts';
import type { OracleOptions } from './oracle.ts';

let table: OperationTable;
beforeAll(async () => {
  const documents = await Promise.all(['auth', 'file', 'tie'].map((name) => loadDocument(`openapi/${name}.yaml`, {})));
  table = createOperationTable(documents, { remarks: true });
});

interface Step {
  readonly path: string;
  readonly body: unknown;
  readonly answer: unknown;
  readonly contentType?: string;
  readonly file?: string;
  readonly index?: number;
  readonly gaps?: readonly Gap[];
}

const TIE = { uid: 7, title: '健步走', img: 'https://example.com/a.jpg', brief: '走路', link: 'https://example.com/t' };
const SHOWN = {
  ...TIE,
  id: 5,
  startTime: 0,
  expireTime: 0,
  hasDetail: 0,
  html: 0,
  level: 0,
  invited: 0,
  type: 0,
  status: 0,
  readQuantity: 0,
};
const save = (fields: object = {}, more: Partial<Step> = {}): Step => ({
  path: '/tie/saveOrUpdate.json',
  body: { ...TIE, ...fields },
  answer: { success: 'true', data: { tieid: 5 } },
  ...more,
});
const find = (fields: object = {}, more: Partial<Step> = {}): Step => {
  const { link: _link, ...row } = { ...SHOWN, createTime: 1_772_413_200_000, updateTime: 0, isDeleted: 0, ...fields };
  return { path: '/tie/findById.json', body: { tieid: 5 }, answer: { success: 'true', data: row }, ...more };
};
const failedList = (filter: object): Step => ({
  path: '/tie/list.json',
  body: filter,
  answer: { error_code: '10000', error_message: '参数不正确' },
});
const upload = (content: string, fileSize: number): Step => ({
  path: '/api/v1/file',
  contentType: 'multipart/form-data; boundary=b',
  body: `--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n${content}\r\n--b\r\nContent-Disposition: form-data; name="moduleName"\r\n\r\nm\r\n--b--\r\n`,
  answer: { id: 9, fileName: 'a.txt', signature: 'hufu-masked-0123456789', fileSize, createTime: 1_772_413_200_000 },
});

function exchangeOf({ path, body, answer, contentType, file = 'a.har', index = 0, gaps = [] }: Step): Exchange {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    place: { file, index },
    origin: undefined,
    request: {
      method: 'POST',
      path,
      query: '',
      headers: { 'content-type': contentType ?? 'application/json', authorization: 'Bearer hufu-masked-aaaaaaaaaa' },
      body: bytes,
    },
    response: { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(answer)) },
    startedAt: 1_772_413_200_000 + index,
    milliseconds: undefined,
    gaps,
  };
}

/** What the oracle alone finds, in all steps. */
async function judge(steps: readonly Step[], options: OracleOptions = {}): Promise<Finding[]> {
  const checker = createChecker(table);
  const oracle = await loadOracle(table, options);
  const found: Finding[] = [];
  for (const [index, step] of steps.entries()) {
    const judged = await checker.check(exchangeOf({ index, ...step }));
    found.push(...oracle.judge(judged).findings.slice(judged.findings.length));
  }
  return found;
}

test('a contradiction is a finding that names both exchanges and the place in the state file', async () => {
  expect(await judge([save(), find({ title: '夜跑' })])).toEqual([
    {
      rule: 'update-lost',
      side: 'server',
      severity: 'error',
      message: expect.stringContaining('title'),
      exchange: { file: 'a.har', index: 1 },
      operation: { document: 'tie', id: 'findTieById', method: 'POST', path: '/tie/findById.json' },
      method: 'POST',
      path: '/tie/findById.json',
      status: 200,
      in: 'response',
      part: 'body',
      pointer: '/data/title',
      code: 'state',
      document: expect.stringMatching(/^tie\.state\.yaml#\//),
      expected: '健步走',
      actual: '夜跑',
      because: [{ file: 'a.har', index: 0 }],
    },
  ]);
});

describe('what is found', () => {
  const lost: readonly Gap[] = [{ of: 'request-body', code: 'missing', message: 'The body was not recorded.' }];
  test.each<{ name: string; given: readonly Step[]; want: readonly string[]; options?: OracleOptions }>([
    { name: 'nothing in what fits', given: [save(), find()], want: [] },
    { name: 'nothing of another recording', given: [save(), find({ title: '夜跑' }, { file: 'b.har' })], want: [] },
    { name: 'nothing where others write', given: [save(), find({ title: '夜跑' })], want: [], options: { shared: true } },
    { name: 'nothing of a masked value', given: [save({ title: 'hufu-masked-0123456789' }), find()], want: [] },
    { name: 'nothing after a request that is lost', given: [save(), save({ id: 5 }, { gaps: lost }), find({ title: '夜跑' })], want: [] },
    { name: 'a request refused without a reason', given: [failedList({ title: '走' })], want: ['valid-request-refused'] },
    {
      name: 'nothing where the real value of a masked one may be the reason',
      given: [failedList({ title: 'hufu-masked-0123456789' })],
      want: [],
    },
    { name: 'a number of bytes that is wrong', given: [upload('hello', 4)], want: ['file-bytes-changed'] },
    { name: 'the right one', given: [upload('hello', 5)], want: [] },
    { name: 'nothing of a masked file', given: [upload('hufu-masked-0123456789', 5)], want: [] },
  ])('$name', async ({ given, want, options }) => {
    expect((await judge(given, options)).map(({ rule }) => rule)).toEqual(want);
  });
});

test('exchanges are named by their numbers in the recording, whatever is left out or comes late', async () => {
  const given = [
    save({}, { index: 3 }),
    find({}, { index: 2 }),
    find({ brief: '跑' }, { index: 40 }),
    find({ title: '夜跑', brief: '跑' }, { index: 41 }),
  ];
  const found = await judge(given);
  expect(
    found.map(({ pointer, exchange, because }) => ({ pointer, at: exchange.index, because: because?.map(({ index }) => index) })),
  ).toEqual([
    { pointer: '/data/brief', at: 40, because: [3] },
    { pointer: '/data/title', at: 41, because: [40] },
  ]);
});

test('a document without a state file is not judged', async () => {
  const documents = [await loadDocument('contracts/bench/shop-3.1.yaml', {})];
  const oracle = await loadOracle(createOperationTable(documents));
  const judged = await createChecker(table).check(exchangeOf(save()));
  expect(oracle.judge(judged)).toBe(judged);
});
