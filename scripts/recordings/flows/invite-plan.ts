import type { Flow } from '../flow.ts';

const LOGIN = {
  type: 1,
  region: '新加坡',
  refTaskId: 'task-20260312-0002',
  shopId: 'shop-1',
  content: { method: '手机号', phone: '13800000000' },
};
const INVITATION = {
  type: 2,
  region: '新加坡',
  shopId: 'shop-1',
  content: {
    name: '春季新品达人邀约',
    products: [
      { productId: '101', commissionRate: 15 },
      { productId: '102', commissionRate: 20 },
    ],
    creatorIds: ['creator-1', 'creator-2'],
    expireDateTime: '2026-04-30T15:59:59.000Z',
    sampleRule: { hasFreeSample: true, sampleQuantity: 2 },
    message: '诚邀参加春季新品推广。',
    contactInfo: { email: 'partner@example.com', phone: '13800000001' },
  },
};
const MESSAGE = {
  type: 3,
  region: '新加坡',
  refTaskId: 'spring-2',
  shopId: 'shop-1',
  content: { creatorId: 'creator-1', text: '样品已寄出，请查收。' },
};
const PARTS = ['', '/seller-login', '/creator-invitition', '/im'] as const;

/** T-INV-1 to T-INV-10: logins, invitations and messages of tasks, and how they complete as time goes by. */
export const invitePlan: Flow = {
  module: 'invite-plan',
  start: '2026-03-20T10:00:00+08:00',
  async run({ send, clock, secret }) {
    const path = (task: string, part: string): string => `/ptoss-connect/tiktop/${task}${part}`;
    const get = (task: string, part = '') => send('GET', path(task, part));
    const post = (task: string, part: (typeof PARTS)[number], json: unknown) => send('POST', path(task, part), { json });
    for (const phone of [LOGIN.content.phone, INVITATION.content.contactInfo.phone, INVITATION.content.contactInfo.email]) secret(phone);

    // What is there to begin with, in every status.
    for (const task of ['task-20260312-0001', 'task-20260312-0002', 'task-20260315-0001', 'task-20260318-0001']) {
      for (const part of PARTS) await get(task, part);
    }

    // A login; the password does not come back.
    await post('spring-1', '/seller-login', LOGIN);
    await get('spring-1', '/seller-login');
    await get('spring-1');
    await get('spring-1', '/im');
    const password = { ...LOGIN, content: { method: '用户名密码', password: secret('a made-up password') } };
    await post('spring-1', '/seller-login', password);
    await get('spring-1', '/seller-login');
    await clock.advance(4_000);
    await get('spring-1', '/seller-login');

    // An invitation is sent, completes after ten seconds, and its task after thirty.
    await post('spring-2', '/creator-invitition', INVITATION);
    await get('spring-2', '/creator-invitition');
    await clock.advance(9_000);
    await get('spring-2', '/creator-invitition');
    await clock.advance(2_000);
    await get('spring-2', '/creator-invitition');
    await clock.advance(60_000);
    await get('spring-2');
    await get('spring-2', '/creator-invitition');

    const paid = { ...INVITATION.content, sampleRule: { hasFreeSample: false, sampleQuantity: 0 } };
    await post('spring-2', '/creator-invitition', { ...INVITATION, content: paid });
    await get('spring-2', '/creator-invitition');

    // A message, replaced wholly by a second one.
    await post('spring-1', '/im', MESSAGE);
    await get('spring-1', '/im');
    await clock.advance(60_000);
    await get('spring-1', '/im');
    await post('spring-1', '/im', {
      ...MESSAGE,
      refTaskId: undefined,
      region: '泰国',
      content: { creatorId: 'creator-2', text: '请确认收货地址。' },
    });
    await get('spring-1', '/im');
    await get('spring-1');

    // Unknown tasks, and the misspelt keys of the tables.
    for (const part of PARTS) await get('nobody', part);
    const { expireDateTime, creatorIds, ...rest } = INVITATION.content;
    await post('spring-3', '/creator-invitition', {
      ...INVITATION,
      content: { ...rest, exporeDateTime: expireDateTime, creatorId: creatorIds[0] },
    });
    await post('spring-3', '/im', { ...MESSAGE, content: '样品已寄出' });
    await post('spring-3', '/seller-login', { ...LOGIN, shopId: undefined });
    for (const part of PARTS) await get('spring-3', part);
  },
};
