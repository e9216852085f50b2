import { idAt } from '../client.ts';
import type { Answer, FilePart, Form } from '../client.ts';
import type { Flow, Walk } from '../flow.ts';
import { accessToken } from './login.ts';

const FILES = '/api/v1/file';
const OLDER = '/api/file';
/** Five bytes that are no text in any encoding. */
const BYTES = Uint8Array.of(0x00, 0xff, 0x0d, 0x0a, 0x80);

/** An upload as a form of two parts. */
export function upload(
  walk: Walk,
  token: string | undefined,
  fileName: string,
  content: FilePart['content'],
  path = FILES,
): Promise<Answer> {
  return send(
    walk,
    token,
    [
      { name: 'file', fileName, content },
      { name: 'moduleName', value: 'notification' },
    ],
    path,
  );
}

function send(walk: Walk, token: string | undefined, form: Form, path = FILES): Promise<Answer> {
  return walk.send('POST', path, { token, form });
}

/** T-FILE-1 to T-FILE-8: uploads, downloads, and every way in which both are refused. */
export const file: Flow = {
  module: 'file',
  start: '2026-03-02T09:00:00.123+08:00',
  async run(walk) {
    const token = await accessToken(walk);
    const download = (id: number | bigint | string, path = FILES) => walk.send('GET', `${path}/${id}`);

    const uploads = [
      await upload(walk, token, 'sample.bin', BYTES),
      await upload(walk, token, 'second.bin', BYTES),
      await upload(walk, token, 'report.pdf', BYTES, OLDER),
      await upload(walk, token, '会员名单-2026年3月.xlsx', 'stand-in for a workbook'),
      await upload(walk, token, '报表 (终稿)*.txt', '姓名,城市\n小林,上海\n'),
      await upload(walk, token, '海报🐯.png', BYTES),
    ];
    await walk.clock.advance(1_500);
    for (const answer of uploads) {
      await download(idAt(answer, 'id'));
      await download(idAt(answer, 'id'), OLDER);
    }
    const [first] = uploads;
    if (first !== undefined) await walk.send('HEAD', `${FILES}/${idAt(first, 'id')}`);

    for (const id of ['999999', '0', '-1', 'abc']) await download(id);

    await upload(walk, undefined, 'sample.bin', BYTES);
    await upload(walk, token, 'empty.txt', '');
    const part = { name: 'file', fileName: 'sample.bin', content: BYTES };
    for (const moduleName of ['m'.repeat(50), 'notification-2026', '通知', 'm'.repeat(51), '']) {
      await send(walk, token, [part, { name: 'moduleName', value: moduleName }]);
    }
    await send(walk, token, [part]);
    await send(walk, token, [{ name: 'moduleName', value: 'notification' }]);
  },
};
