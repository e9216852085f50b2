import { at, listAt } from '../client.ts';
import type { Flow } from '../flow.ts';

const CREDENTIALS = { token: 'token-zhangsan', openId: 'openid-zhangsan' };
const CREATION = 36001;
const member = (relId: string, name: string) => ({ name, creationId: CREATION, relType: 2, relId });
const channel = (name: string) => ({ relType: 1, relId: '', name, creationId: CREATION });

const WANG = member('00000000000040008000000000000003', '王五');
const ZHAO = member('00000000000040008000000000000004', '赵六');
const SUN = member('00000000000040008000000000000005', '孙七');
const MENU = { id: '36001_channel-menu', relType: 1, name: '公众号菜单', creationId: CREATION };
const POSTER = channel('门店海报');

/** T-DST-1 to T-DST-12: members and channels of a creation, saved in batches, without duplicates, renamed and deleted. */
export const distribute: Flow = {
  module: 'distribute',
  start: '2026-03-02T09:00:00+08:00',
  async run({ send, secret }) {
    for (const text of [...Object.values(CREDENTIALS), 'openid-lisi']) secret(text);
    const call = (path: string, json: unknown, query: Readonly<Record<string, string>> = CREDENTIALS) =>
      send('POST', `/api/v1/editor/creation/distribute/${path}`, { json, query });
    const list = (creationId: number | bigint = CREATION, relType?: number) => call('list', { creationId, relType });

    for (const relType of [1, 2]) await list(25485, relType);
    await list(25485);
    await list(35638);
    await list(9007199254740993n);
    await list();

    // Two members and two channels; the same again adds nothing, nor do duplicates inside of a batch.
    await call(`save/${CREATION}`, [WANG, ZHAO, MENU, POSTER]);
    await list();
    await call(`save/${CREATION}`, [WANG, ZHAO, MENU, POSTER]);
    await list();
    await call(`save/${CREATION}`, [SUN, SUN, channel('线下地推'), channel('线下地推')]);
    await list(CREATION, 1);
    await list(CREATION, 2);
    // An id that is taken skips the item, in another creation too.
    await call('save/35638', [{ ...MENU, name: '别的渠道', creationId: 35638 }]);
    await list(35638);

    await call('third-channel', { creationId: CREATION, thirdChannels: [{ relId: 'third-1', name: '抖音投放' }, { name: '小程序首页' }] });
    await list(CREATION, 1);
    await call('third-channel', { creationId: CREATION, thirdChannels: [{ relId: 'third-1', name: '抖音投放' }] });
    await call('third-channel', { creationId: String(CREATION), thirdChannels: [{ name: '小程序首页' }] });
    const channels = listAt(await list(CREATION, 1), 'list');

    // A channel is renamed and keeps its id; a member is not.
    await call('update', { id: MENU.id, relType: 1, name: '公众号菜单（新）' });
    await list(CREATION, 1);
    const members = listAt(await list(CREATION, 2), 'list');
    await call('update', { id: at(members.at(-1), 'id'), relType: 1, name: '孙八' });
    await call('update', { id: at(members.at(-1), 'id'), relType: 2, name: '孙八' });
    await call('update', { id: 'nobody', relType: 1, name: '无' });

    // What is deleted is gone, and its name is free again; an unknown id is passed over.
    await call('delete', [at(channels.at(-1), 'id'), 'nobody']);
    await list(CREATION, 1);
    await call(`save/${CREATION}`, [{ ...channel(String(at(channels.at(-1), 'name'))) }]);
    await list(CREATION, 1);
    await call('delete', [MENU.id]);
    await list();

    // One invalid item refuses the whole batch.
    const wrong = [
      { ...POSTER, name: '名'.repeat(257) },
      { ...POSTER, creationId: 35638 },
      { ...POSTER, relId: WANG.relId },
      { ...WANG, relId: '' },
      { ...POSTER, relType: 3 },
      member('nobody', '无名'),
    ];
    for (const item of wrong) await call(`save/${CREATION}`, [channel('不会保存'), item]);
    await list();
    await call('save/1', [{ ...POSTER, creationId: 1 }]);
    await call('list', { creationId: 1 });
    await call('list', { creationId: CREATION, relType: 3 });
    await call('delete', { id: MENU.id });
    await call('third-channel', { creationId: CREATION, thirdChannels: [{ name: '新' }, { relId: 'third-2' }] });
    await call('third-channel', { creationId: 1, thirdChannels: [{ name: '新' }] });

    // Without token and openId nothing is done.
    const { token, openId } = CREDENTIALS;
    for (const query of [{}, { openId }, { token }, { token, openId: 'openid-lisi' }]) {
      await call(`save/${CREATION}`, [channel('不会保存')], query);
      await call('list', { creationId: CREATION }, query);
      await call('update', { id: MENU.id, relType: 1, name: '新名' }, query);
      await call('delete', [MENU.id], query);
      await call('third-channel', { creationId: CREATION, thirdChannels: [{ name: '新' }] }, query);
    }
  },
};
