import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a test may have the backend do, by turns. */
export interface Rotating {
  readonly url: string;
  /** Every request as it came: `METHOD target`, headers that the server made, the body. */
  readonly log: string[];
  /** Answers the next requests with these instead. */
  readonly next: ((request: IncomingMessage, response: ServerResponse) => void)[];
  /** Access tokens issued so far are refused from now on, as expired. */
  readonly expire: () => void;
  readonly close: () => Promise<void>;
}

interface Order {
  readonly id: number;
  readonly customer: string;
  readonly title: string;
  note: string;
  version: string;
  readonly items: string[];
}

const json = { type: 'object' } as const;
const content = { content: { 'application/json': { schema: json } } };
const answers = { '2XX': { description: 'ok', ...content }, 204: { description: 'gone' }, '4XX': { description: 'no', ...content } };
const orderId = { name: 'orderId', in: 'path', required: true, schema: { type: 'integer' } };
const secured = { security: [{ bearer: [] }], responses: answers };

/** Describes {@link startRotating}. */
export const ROTATING_DOCUMENT = {
  components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  paths: {
    '/login': { post: { operationId: 'login', requestBody: content, responses: answers } },
    '/token': { post: { operationId: 'renew', requestBody: content, responses: answers } },
    '/orders': {
      post: { operationId: 'createOrder', ...secured, requestBody: content },
      get: { operationId: 'listOrders', ...secured, parameters: [{ name: 'customer', in: 'query', schema: { type: 'string' } }] },
    },
    '/orders/{orderId}': {
      parameters: [orderId],
      get: { operationId: 'getOrder', ...secured },
      put: { operationId: 'putOrder', ...secured, requestBody: content },
      delete: { operationId: 'deleteOrder', ...secured },
    },
    '/orders/{orderId}/items': {
      parameters: [orderId],
      post: { operationId: 'addItem', ...secured, requestBody: { content: { 'application/x-www-form-urlencoded': { schema: json } } } },
    },
    '/items': {
      get: {
        operationId: 'getItems',
        ...secured,
        parameters: [{ name: 'itemIds', in: 'query', explode: false, schema: { type: 'array', items: { type: 'string' } } }],
      },
    },
    '/batch': { post: { operationId: 'batch', ...secured, requestBody: content } },
  },
};

export const ROTATING_STATE = {
  collections: {
    order: { key: { field: 'id', strategy: 'sequence' } },
    item: { key: { field: 'itemId', strategy: 'uuid' } },
    refresh: { key: { field: 'value', strategy: 'uuid' } },
  },
  operations: {
    login: { do: 'token', grant: 'first', grants: {}, issue: {} },
    renew: { do: 'token', grant: 'again', grants: { again: { spend: 'refresh', key: '$request.body#/refresh_token' } }, issue: {} },
    createOrder: { do: 'create', in: 'order', show: '$row' },
    getOrder: { do: 'get', in: 'order', key: '$request.path.orderId', show: '$row' },
    putOrder: { do: 'update', in: 'order', key: '$request.path.orderId', set: { note: '$request.body#/note' }, show: '$row' },
    deleteOrder: { do: 'delete', in: 'order', key: '$request.path.orderId' },
    listOrders: {
      do: 'list',
      in: 'order',
      where: { customer: '$request.query.customer' },
      page: { out: { rows: '$rows', total: '$total' } },
    },
    addItem: {
      do: 'create',
      in: 'item',
      checks: [{ exists: 'order', key: '$request.body#/order' }],
      set: { order: '$request.path.orderId' },
      show: '$row',
    },
    getItems: { do: 'list', in: 'item', where: { itemId: { in: '$request.query.itemIds' } }, page: { out: { items: '$rows' } } },
    batch: { checks: [{ exists: 'order', each: '$request.body#/orders', key: '$item' }], data: { done: 1 } },
  },
};

/** A small strict backend whose ids, tokens, cookies and entity tags are other ones at every start. */
export async function startRotating(): Promise<Rotating> {
  let nextId = 100_000 + Math.floor(Math.random() * 800_000);
  const orders = new Map<number, Order>();
  const access = new Map<string, string>();
  const refresh = new Set<string>();
  const sessions = new Set<string>();
  const expired = new Set<string>();
  const log: string[] = [];
  const next: Rotating['next'] = [];

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const special = next.shift();
      if (special !== undefined) return special(request, response);
      const text = Buffer.concat(chunks).toString();
      const made = ['authorization', 'cookie', 'if-match', 'x-cart'].map((name) => `${name}: ${String(request.headers[name] ?? '')}`);
      log.push([`${request.method} ${request.url}`, ...made, text].join('\n'));
      const { status, body, headers = {} } = answer(request, text);
      const bytes = body === undefined ? '' : JSON.stringify(body);
      response.writeHead(status, { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers });
      response.end(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  function tokens(user: string): Record<string, unknown> {
    const [one, two] = [randomUUID(), randomUUID()];
    access.set(one, user);
    refresh.add(two);
    return { access_token: one, refresh_token: two, expires_in: 3600 };
  }

  function answer(request: IncomingMessage, text: string): { status: number; body?: unknown; headers?: Record<string, string> } {
    const url = new URL(request.url ?? '/', 'http://x');
    const said = request.headers['content-type'] === 'application/json' ? (JSON.parse(text) as Record<string, unknown>) : {};
    if (url.pathname === '/login') {
      const session = randomUUID();
      sessions.add(session);
      return { status: 200, body: tokens(String(said['user'])), headers: { 'set-cookie': `session=${session}; Path=/; HttpOnly` } };
    }
    if (url.pathname === '/token')
      return refresh.delete(String(said['refresh_token']))
        ? { status: 200, body: tokens('again') }
        : { status: 400, body: { error: 'invalid_grant' } };
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (expired.has(token))
      return {
        status: 401,
        body: { error: 'expired' },
        headers: { 'www-authenticate': 'Bearer error="invalid_token", error_description="The token expired"' },
      };
    if (!access.has(token)) return { status: 401, body: { error: 'invalid_token' } };
    if (!sessions.has(/session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''))
      return { status: 403, body: { error: 'no session' } };
    return ofOrders(request, url, said, text);
  }

  function ofOrders(
    request: IncomingMessage,
    url: URL,
    said: Record<string, unknown>,
    text: string,
  ): { status: number; body?: unknown; headers?: Record<string, string> } {
    if (url.pathname === '/orders' && request.method === 'POST') {
      const order = {
        id: (nextId += 1),
        customer: String(said['customer']),
        title: String(said['title']),
        note: '',
        version: randomUUID(),
        items: [],
      };
      orders.set(order.id, order);
      return { status: 201, body: order, headers: { location: `/orders/${order.id}`, etag: `"${order.version}"`, 'x-cart': randomUUID() } };
    }
    if (url.pathname === '/orders') {
      const rows = [...orders.values()].filter(({ customer }) => customer === (url.searchParams.get('customer') ?? customer)).toReversed();
      return { status: 200, body: { rows, total: rows.length } };
    }
    if (url.pathname === '/items') {
      const known = new Set([...orders.values()].flatMap(({ items }) => items));
      const wanted = (url.searchParams.get('itemIds') ?? '').split(',');
      return wanted.every((id) => known.has(id))
        ? { status: 200, body: { items: wanted.map((itemId) => ({ itemId })) } }
        : { status: 404, body: { error: 'no such item' } };
    }
    if (url.pathname === '/batch') {
      const ids = said['orders'] as number[];
      return ids.every((id) => orders.has(id))
        ? { status: 200, body: { done: ids.length } }
        : { status: 404, body: { error: 'no such order' } };
    }
    const order = orders.get(Number(url.pathname.split('/')[2]));
    if (order === undefined) return { status: 404, body: { error: 'no such order' } };
    if (request.method === 'DELETE') return orders.delete(order.id) ? { status: 204 } : { status: 500 };
    if (request.method === 'PUT') {
      if (request.headers['if-match'] !== `"${order.version}"`) return { status: 412, body: { error: 'changed meanwhile' } };
      order.note = String(said['note']);
      order.version = randomUUID();
    }
    if (request.method === 'POST') {
      const form = new URLSearchParams(text);
      if (form.get('order') !== String(order.id)) return { status: 400, body: { error: 'of another order' } };
      const itemId = randomUUID();
      order.items.push(itemId);
      return { status: 201, body: { itemId, name: form.get('name') } };
    }
    return { status: 200, body: order, headers: { etag: `"${order.version}"` } };
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    next,
    expire: () => {
      for (const token of access.keys()) expired.add(token);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Some clients at once, each with its own orders: 100 exchanges a client. */
export async function driveRotating(url: string, clients: number): Promise<void> {
  await Promise.all(Array.from({ length: clients }, (_, index) => driveOne(url, index)));
}

async function driveOne(url: string, client: number): Promise<void> {
  let [token, cookie] = ['', ''];
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ value: Record<string, unknown>; headers: Headers }> => {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body, undefined, 1);
    const type = typeof body === 'string' ? 'application/x-www-form-urlencoded' : 'application/json';
    const sent = {
      ...(text === undefined ? {} : { 'content-type': type }),
      ...(token === '' ? {} : { authorization: `Bearer ${token}`, cookie: `theme=dark; session=${cookie}` }),
      ...headers,
    };
    const response = await fetch(url + path, { method, headers: sent, ...(text === undefined ? {} : { body: text }) });
    const raw = await response.text();
    return { value: raw === '' ? {} : (JSON.parse(raw) as Record<string, unknown>), headers: response.headers };
  };
  const login = await call('POST', '/login', { user: `user ${client}`, password: 'word' });
  let tokens = login.value;
  token = String(tokens['access_token']);
  cookie = /session=([^;]+)/.exec(login.headers.get('set-cookie') ?? '')?.[1] ?? '';
  const customer = `客户 ${client}`;
  const ids: number[] = [];
  for (let turn = 0; turn < 11; turn += 1) {
    const made = await call('POST', '/orders', {
      customer,
      title: `第 ${turn} 单`,
      amount: 9_007_199_254_740_993n.toString(),
      count: turn,
    });
    const id = Number(made.value['id']);
    ids.push(id);
    const shown = await call('GET', `/orders/${id}`);
    await call(
      'PUT',
      `/orders/${id}`,
      { note: `改 ${turn}`, count: 1 },
      { 'if-match': shown.headers.get('etag') ?? '', 'x-cart': made.headers.get('x-cart') ?? '' },
    );
    const first = await call('POST', `/orders/${id}/items`, `name=%E7%81%AF+a&order=${id}`);
    const second = await call('POST', `/orders/${id}/items`, `order=${id}&name=b`);
    await call('GET', `/items?itemIds=${String(second.value['itemId'])},${String(first.value['itemId'])}`);
    await call('POST', '/batch', { note: 'alle', orders: ids.slice(-3).toReversed() });
    await call('GET', `/orders?customer=${encodeURIComponent(customer)}`);
    if (turn === 5) {
      tokens = (await call('POST', '/token', { refresh_token: tokens['refresh_token'] })).value;
      token = String(tokens['access_token']);
    }
    if (turn % 2 === 0) await call('GET', `/orders/${id}`);
  }
  await call('DELETE', `/orders/${ids[0]}`);
  await call('GET', `/orders/${ids[0]}`);
  await call('GET', '/orders/1');
  await call('GET', `/orders/${ids[1]}`, undefined, { authorization: 'Bearer 00000000-0000-4000-8000-000000000000' });
}
