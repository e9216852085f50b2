import { expect, test } from 'vitest';
import { createOperationTable } from '../../operations/index.ts';
import { api, documentOf } from './document.fixture.ts';
import { behaviourOf } from './state-rules.ts';
import { envelopesOf, loadStates, machinesOf, pagersOf } from './state-view.ts';

const STATE = `
envelope: wrapped
envelopes:
  wrapped: { ok: { success: true, data: $data }, error: { code: $error.code }, errorStatus: 200 }
errors:
  NO_ORDER: { code: '1', message: 订单不存在 · No such order }
pagers:
  pages: { page: $request.query.page, first: 1, size: $request.query.size, most: 100, sort: -id, out: { list: $rows, total: $total } }
collections:
  order:
    stamps: { create: { createdAt: $now.local } }
    machine:
      field: status
      initial: OPEN
      transitions: { OPEN: [PAID, CANCELLED], PAID: [SENT] }
      timed: [{ from: OPEN, to: CANCELLED, at: $row#/dueAt }]
    fields: [dueAt, title]
operations:
  createOrder: { do: create, in: order, set: { title: $request.body#/title } }
  listOrders: { do: list, in: order, page: pages, where: { title: { contains: $request.query.word }, status: $request.query.status } }
  payOrder: { do: transition, in: order, key: $request.path.id, to: PAID, otherwise: NO_ORDER }
`;
const responses = { '200': { description: 'ok' } };

async function state() {
  const paths = {
    '/orders': { post: { operationId: 'createOrder', responses }, get: { operationId: 'listOrders', responses } },
    '/orders/{id}/pay': {
      post: { operationId: 'payOrder', parameters: [{ name: 'id', in: 'path', required: true, schema: {} }], responses },
    },
  };
  const status = {
    type: 'string',
    description:
      '状态：OPEN 待支付，PAID 已支付，CANCELLED 已取消，SENT 已发货 · Status: OPEN open, PAID paid, CANCELLED cancelled, SENT sent',
    enum: ['OPEN', 'PAID', 'CANCELLED', 'SENT'],
  };
  const document = await documentOf(api(paths, { Status: status }), { 'api.state.yaml': STATE });
  const [found] = await loadStates(createOperationTable([document]));
  if (found === undefined) throw new Error('no state file was read');
  return found;
}

test('each verb is said in words', async () => {
  const found = await state();
  const rules = (id: string) => behaviourOf(found, id)?.rules.map(({ en }) => en);
  expect(rules('createOrder')).toEqual(['Adds one record.', '`createdAt` is set by the server.', 'A new record has `status` `"OPEN"`.']);
  expect(rules('listOrders')).toEqual([
    'Filters (what is not given is not asked for): `title` contains `word`; `status` equals `status`.',
    'Pages `page` are counted from 1.',
    '20 records per page, or as `size` says, at most 100.',
    'Sorted by `id`, greatest or newest first, unless asked otherwise.',
  ]);
  expect(rules('payOrder')).toEqual(['Moves `status` to `PAID`; before, it has to be `OPEN`.']);
  expect(rules('unknown')).toBeUndefined();
});

test('refusals come with the status of the envelope', async () => {
  expect(behaviourOf(await state(), 'payOrder')?.refusals).toEqual([
    { name: 'NO_ORDER', status: 200, code: '1', message: { zh: '订单不存在', en: 'No such order' } },
    { name: 'ILLEGAL_STATE', status: 200, code: 'ILLEGAL_STATE', message: expect.anything() },
  ]);
});

test('machines know their labels, what time does and which operation moves', async () => {
  const [machine] = machinesOf(await state());
  expect(new Map(machine?.states.map(({ name, label }) => [name, `${label.zh} ${label.en}`]))).toEqual(
    new Map([
      ['OPEN', '待支付 open'],
      ['PAID', '已支付 paid'],
      ['CANCELLED', '已取消 cancelled'],
      ['SENT', '已发货 sent'],
    ]),
  );
  expect(machine?.moves).toEqual([
    { from: 'OPEN', to: 'PAID', timed: undefined, operations: ['payOrder'] },
    { from: 'OPEN', to: 'CANCELLED', timed: 'dueAt', operations: [] },
    { from: 'PAID', to: 'SENT', timed: undefined, operations: [] },
  ]);
});

test('envelopes and pagers are shapes with placeholders', async () => {
  const found = await state();
  expect(envelopesOf(found)).toEqual([
    {
      name: 'wrapped',
      ok: '{\n  "success": true,\n  "data": <data>\n}',
      okNoData: undefined,
      error: '{\n  "code": <error.code>\n}',
      errorStatus: 200,
    },
  ]);
  expect(pagersOf(found)[0]).toMatchObject({ by: 'page', start: 'page', first: 1, size: 'size', most: 100, sort: '-id' });
});
