import type { TIE_DEFECTS } from '../defects/tie.ts';
import { at, idAt, listAt } from '../drive/client.ts';
import type { Answer } from '../drive/client.ts';
import type { Ride } from '../drive/ride.ts';
import { told } from './probe.fixture.ts';
import type { Probe } from './probe.fixture.ts';

type Fields = Readonly<Record<string, unknown>>;

const TIE = { uid: 42, title: '天天健步走', img: 'https://example.com/a.jpg', brief: '走路', link: 'https://example.com/t' };
const INVITATION = { uid: 43, link: 'https://example.com/i', probabilityMin: 0, probabilityMax: 49 };

async function call({ send }: Ride, path: string, json: unknown): Promise<Answer> {
  return await send(path, 'POST', `/tie/${path}.json`, { json });
}

async function save(ride: Ride, fields: Fields = {}): Promise<Answer> {
  return await call(ride, 'saveOrUpdate', { ...TIE, ...fields });
}

async function savedTie(ride: Ride, fields: Fields = {}): Promise<number | bigint> {
  return idAt(await save(ride, fields), 'data', 'tieid');
}

const saving =
  (fields: Fields = {}): Probe =>
  async (ride) =>
    told(await save(ride, fields));

const list =
  (filter: Fields, path = 'list'): Probe =>
  async (ride) =>
    told(await call(ride, path, filter));

/** The tie as it is found after saving. */
const found =
  (fields: Fields = {}): Probe =>
  async (ride) =>
    told(await call(ride, 'findById', { tieid: await savedTie(ride, fields) }));

/** The tie as it is found after a change a second later, and the answer to the change. */
const changed: Probe = async (ride) => {
  const id = await savedTie(ride);
  await ride.clock.elapse(1000);
  const answer = await save(ride, { id, title: '夜跑' });
  return [told(answer), told(await call(ride, 'findById', { tieid: id }))];
};

/** Applications in review. */
async function waiting(ride: Ride): Promise<readonly unknown[]> {
  return listAt(await call(ride, 'apply/list', { status: 0 }), 'data', 'list').map((row) => at(row, 'id'));
}

/** What reviews of one application answer, and the applications afterwards. */
const reviewed =
  (...reviews: readonly Fields[]): Probe =>
  async (ride) => {
    const [applyid] = await waiting(ride);
    const answers: object[] = [];
    for (const review of reviews) answers.push(told(await call(ride, 'apply/approve', { applyid, ...review })));
    return [...answers, told(await call(ride, 'apply/list', {}))];
  };

const linked =
  (tieid?: number): Probe =>
  async (ride) => {
    const [applyid] = await waiting(ride);
    const answer = await call(ride, 'apply/settid', { applyid, tieid: tieid ?? (await savedTie(ride)) });
    return [told(answer), told(await call(ride, 'apply/list', {}))];
  };

/** What saving an invitation of a new tie answers. */
const inviting =
  (fields: Fields): Probe =>
  async (ride) =>
    told(await call(ride, 'invitiation/saveOrUpdate', { ...INVITATION, tid: await savedTie(ride), ...fields }));

/** A tie with two invitations that overlap; the first one is deleted as often as asked. */
const invitations =
  (deletions: number): Probe =>
  async (ride) => {
    const tid = await savedTie(ride);
    const first = idAt(await call(ride, 'invitiation/saveOrUpdate', { ...INVITATION, tid }), 'data', 'inviteid');
    await call(ride, 'invitiation/saveOrUpdate', { ...INVITATION, tid, probabilityMin: 30 });
    const answers: Answer[] = [];
    for (let count = 0; count < deletions; count += 1) answers.push(await call(ride, 'invitiation/delete', { invite_id: first }));
    answers.push(await call(ride, 'invitiation/findByTid', { tid }));
    for (const probability of [10, 40, 49, 60]) {
      answers.push(await call(ride, 'invitiation/findByTidAndProbability', { tid, probability }));
    }
    return answers.map(told);
  };

const unknownTie = list({ tieid: 5 }, 'findById');

export const TIE_PROBES: Readonly<Record<(typeof TIE_DEFECTS)[number]['id'], Probe>> = {
  'tie-success-boolean': saving(),
  'tie-error-with-success': unknownTie,
  'tie-error-without-code': unknownTie,
  'tie-error-code-number': unknownTie,
  'tie-error-500': unknownTie,
  'tie-ack-data-null': reviewed({ status: '2' }),
  'tie-settid-unknown-success': linked(5),
  'tie-missing-field-500': saving({ uid: undefined }),
  'tie-text-html': saving(),
  'tie-json-twice': saving(),
  'tie-charset-lost': found(),
  'tie-read-quantity-missing': found(),
  'tie-id-text': list({}),
  'tie-invited-boolean': found(),
  'tie-update-time-null': found(),
  'tie-draw-nothing-absent': invitations(0),
  'tie-draw-snake-case': invitations(0),
  'tie-invitations-null': async (ride) => told(await call(ride, 'invitiation/findByTid', { tid: await savedTie(ride) })),
  'tie-apply-status-text': list({}, 'apply/list'),
  'tie-apply-camel-case': list({}, 'apply/list'),
  'tie-id-rounded': saving(),
  'tie-tid-rounded': linked(),
  'tie-time-seconds': found(),
  'tie-page-21': list({}),
  'tie-start-is-page': list({ start: 1 }),
  'tie-count-of-page': list({}),
  'tie-last-page-repeated': list({ start: 100 }),
  'tie-title-filter-exact': list({ title: '门店' }),
  'tie-status-zero-ignored': list({ status: 0 }),
  'tie-apply-phone-prefix': list({ phone: '13911110001' }, 'apply/list'),
  'tie-uid-filter-ignored': list({ uid: 1 }),
  'tie-invitations-of-all': invitations(0),
  'tie-update-lost': changed,
  'tie-update-creates': changed,
  'tie-update-resets': changed,
  'tie-settid-lost': linked(),
  'tie-server-fields-taken': found({ readQuantity: 5 }),
  'tie-unknown-id-accepted': saving({ id: 5 }),
  'tie-title-too-long': saving({ title: '贴'.repeat(101) }),
  'tie-html-unchecked': saving({ hasDetail: 1 }),
  'tie-status-unchecked': saving({ status: 3 }),
  'tie-range-inverted': inviting({ probabilityMin: 50 }),
  'tie-range-100': inviting({ probabilityMax: 100 }),
  'tie-no-address': inviting({ link: undefined }),
  'tie-approve-number': reviewed({ status: 2 }),
  'tie-reason-too-long': reviewed({ status: '1', reason: '实'.repeat(51) }),
  'tie-zero-refused': inviting({}),
  'tie-body-required': async ({ send }) => told(await send('list', 'POST', '/tie/list.json')),
  'tie-approve-twice': reviewed({ status: '2' }, { status: '1' }),
  'tie-approve-swapped': reviewed({ status: '2' }),
  'tie-approve-no-effect': reviewed({ status: '2' }),
  'tie-deleted-listed': invitations(1),
  'tie-deleted-drawn': invitations(1),
  'tie-delete-twice': invitations(2),
  'tie-delete-no-effect': invitations(1),
  'tie-delete-all': invitations(1),
  'tie-draw-end-excluded': invitations(0),
  'tie-draw-last': invitations(0),
};
