import { parseSource } from '../../operations/index.ts';
import { compileStateFiles } from '../compile-state-files.ts';
import type { StateFile } from '../model.ts';
import { objectAt } from '../shape.ts';
import type { Row } from '../world.ts';
import { createJudge } from './judge.ts';
import type { Contradiction, Judge, JudgeOptions, Observation, ObservedRequest } from './observation.ts';

/** A shop with most of what a state file can say. */
export const SHOP = `
timezone: '+08:00'
envelope: wrapped
bearer: { in: token, expires: endsAt }
envelopes:
  wrapped: { ok: { success: true, data: $data }, okNoData: { success: true }, error: { success: false, code: $error.code, message: $error.message } }
  bare: { ok: $data, error: { error: $error.code } }
errors:
  NO_ORDER: { status: 404, code: '40401', message: There is no such order }
  NOT_OPEN: { status: 409, code: '40901', message: The order is paid or cancelled }
  TAKEN: { status: 409, code: '40902', message: The code is taken }
  WRONG: { status: 401, code: wrong, message: Wrong }
  SPENT: { status: 400, code: spent, message: Spent }
pagers:
  pages: { page: $request.query.page, first: 1, size: $request.query.size, most: 50, sort: { by: $request.query.by, direction: $request.query.direction, preset: -id }, out: { list: $rows, total: $total, page: $page.current, pages: $page.pages } }
collections:
  customer: { key: { field: id }, seed: [] }
  order:
    key: { field: id, strategy: sequence, start: 1 }
    defaults: { note: null, views: 0 }
    stamps: { create: { createdAt: $now.local }, update: { changedAt: $now.local } }
    machine: { field: status, initial: OPEN, transitions: { OPEN: [PAID, CANCELLED], PAID: [SENT] } }
  line: { key: { field: id }, fields: [order, name] }
  coupon: { key: { field: code, strategy: given }, softDelete: { deleted: 1 }, unique: [[campaign, phone]] }
  parcel:
    machine:
      field: status
      initial: PACKED
      transitions: { PACKED: [MOVING], MOVING: [ARRIVED] }
      timed: [{ from: PACKED, to: MOVING, at: $row#/leavesAt, set: { leftAt: $now.local } }]
  user: { key: { field: name, strategy: given }, fields: [password] }
  token: { key: { field: value, strategy: uuid } }
  refresh: { key: { field: value, strategy: uuid }, defaults: { used: false } }
  upload: { key: { field: id }, stamps: { create: { createdAt: $now.ms } } }
operations:
  addCustomer: { do: create, in: customer, set: { name: $request.body#/name }, data: { id: $row#/id } }
  removeCustomer: { do: delete, in: customer, key: $request.path.id, otherwise: NO_ORDER }
  createOrder:
    do: create
    in: order
    checks: [{ exists: customer, key: $request.body#/customer, otherwise: NO_ORDER }, { that: $request.body#/begin, to: $request.body#/end }]
    set: { customer: $request.body#/customer, title: $request.body#/title, price: $request.body#/price }
    also: [{ create: line, each: $request.body#/lines, set: { order: $row#/id, name: $item#/name } }]
    data: { id: $row#/id, title: $row#/title, createdAt: $row#/createdAt, lines: { $count: line, where: { order: $outer#/id } } }
  listLines: { do: list, in: line, where: { order: $request.path.orderId }, page: pages, show: { id: $row#/id, name: $row#/name } }
  getOrder: { do: get, in: order, key: $request.path.orderId, otherwise: NO_ORDER }
  listOrders: { do: list, in: order, where: { status: $request.query.status, title: { contains: $request.query.word }, price: { from: $request.query.least } }, page: pages, show: { ...: $row } }
  renameOrder: { do: update, in: order, key: $request.path.orderId, set: { title: $request.body#/title, note: $request.body#/note }, otherwise: NO_ORDER, data: { was: $before#/title, is: $row#/title } }
  payOrder: { do: transition, in: order, key: $request.path.orderId, to: PAID, otherwise: NO_ORDER, illegal: NOT_OPEN, data: { was: $before#/status, is: $row#/status } }
  reviewOrder: { do: transition, in: order, key: $request.path.orderId, to: CANCELLED, otherwise: NO_ORDER, illegal: NOT_OPEN, x-assumption: true }
  deleteOrder: { do: delete, in: order, key: $request.path.orderId, otherwise: NO_ORDER }
  addCoupon: { do: create, in: coupon, conflict: TAKEN, show: $row }
  importCoupons: { do: create, in: coupon, each: $request.body, conflict: skip }
  listCoupons: { do: list, in: coupon, where: { campaign: $request.query.campaign }, envelope: bare }
  sendParcel: { do: create, in: parcel, set: { leavesAt: $request.body#/leavesAt }, data: { id: $row#/id } }
  getParcel: { do: get, in: parcel, key: $request.path.id }
  login:
    do: token
    envelope: bare
    grant: $request.body#/grant
    grants:
      password: { find: user, where: { name: $request.body#/name, password: $request.body#/password }, otherwise: WRONG }
      refresh: { spend: refresh, key: $request.body#/token, where: { used: false }, set: { used: true }, otherwise: SPENT }
    issue:
      access: { in: token, set: { endsAt: { $time: $now.ms, as: ms, plus: 3600 } } }
      refresh: { in: refresh }
    data: { access: $row#/access/value, refresh: $row#/refresh/value, expires_in: 3600 }
  putFile:
    promises: { do: create, in: upload, set: { size: $request.files.file#/size, hash: $request.files.file#/sha256, name: $request.files.file#/name }, data: { id: $row#/id, size: $row#/size, hash: $row#/hash, name: $row#/name } }
  getFile: { do: get, in: upload, key: $request.path.id, promises: { bytes: { size: $row#/size, sha256: $row#/hash }, headers: { Last-Modified: $row#/createdAt } } }
`;

/** A request and its answer as a test writes them. */
export interface Step {
  readonly do: string;
  readonly path?: Row;
  readonly query?: Row;
  readonly body?: unknown;
  readonly token?: string;
  readonly files?: ObservedRequest['files'];
  /** Default 200. */
  readonly status?: number;
  readonly answer?: unknown;
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** `[start, end]` in milliseconds; default: a second for each step. */
  readonly at?: readonly [number, number];
  readonly accepted?: boolean | undefined;
  readonly valid?: boolean;
}

export function shopFiles(text = SHOP): StateFile[] {
  const source = parseSource('shop.state.yaml', text);
  const file: StateFile = { module: 'shop', source: { ...source, path: 'shop.state.yaml' }, given: objectAt(source.value) };
  compileStateFiles([file], () => new Set(Object.keys(objectAt(file.given['operations']))));
  return [file];
}

export function judgeOf(options: JudgeOptions = {}, text = SHOP): Judge {
  return createJudge(shopFiles(text), options);
}

/** What the judge says to each step. */
export function observeSteps(steps: readonly Step[], options: JudgeOptions = {}, text = SHOP): Contradiction[][] {
  const judge = judgeOf(options, text);
  return steps.map((step, index) => judge.observe(observationOf(step, index)));
}

export function observationOf(step: Step, index: number): Observation {
  const { path = {}, query = {}, body, token, files, status = 200, answer, bytes, headers = {}, valid = true } = step;
  const accepted = Object.hasOwn(step, 'accepted') ? step.accepted : status < 400;
  const [startedAt, endedAt] = step.at ?? [index * 1000, index * 1000 + 500];
  return {
    index,
    operation: { id: step.do, method: 'POST', path: `/${step.do}`, document: { name: 'shop' }, security: [{}] },
    request: { path, query, header: {}, cookie: {}, body, token, files },
    response: { status, headers, body: answer, bytes },
    accepted,
    valid,
    startedAt,
    endedAt,
  };
}
