import { idAt } from './client.ts';
import type { Answer } from './client.ts';
import { CITIES } from './ride.ts';
import type { Ride } from './ride.ts';

const FILE = '/api/v1/file';

/** Five bytes that are no text in any encoding. */
const BYTES = Uint8Array.of(0x00, 0xff, 0x0d, 0x0a, 0x80);

export async function upload(
  { send }: Ride,
  name: string,
  token: string | undefined,
  part: { readonly fileName: string; readonly content: string | Uint8Array<ArrayBuffer> } | undefined,
  moduleName: string | undefined = 'notification',
  path = FILE,
): Promise<Answer> {
  const form = new FormData();
  if (part !== undefined) form.set('file', new File([part.content], part.fileName));
  if (moduleName !== undefined) form.set('moduleName', moduleName);
  return await send(name, 'POST', path, { token, form });
}

/** Uploads, downloads, and every way in which both are refused. */
export async function driveFiles(ride: Ride, token: string): Promise<void> {
  const { send, pick, number, clock } = ride;
  const city = pick(CITIES);
  const text = { fileName: `${city}会员名单-${number(900) + 100}.txt`, content: `姓名,城市\n小林,${city}\n编号,${number(100_000)}\n` };

  const uploads = [
    await upload(ride, 'file: upload a text', token, text),
    await upload(ride, 'file: upload the same under another name', token, { ...text, fileName: `${city}副本 (终稿)*.txt` }),
    await upload(ride, 'file: upload bytes', token, { fileName: 'sample.bin', content: BYTES }, 'notification_2026'),
    await upload(ride, 'file: upload an image', token, { fileName: `海报🐯-${city}.png`, content: BYTES }, 'm'.repeat(50)),
    await upload(ride, 'file: upload to the older address', token, { fileName: 'report.pdf', content: BYTES }, 'marketing', '/api/file'),
  ];
  await clock.elapse(1100);
  for (const answer of uploads) {
    const id = idAt(answer, 'id');
    await send('file: download', 'GET', `${FILE}/${id}`);
    await send('file: download from the older address', 'GET', `/api/file/${id}`);
  }
  await send('file: download with a token', 'GET', `${FILE}/${idAt(uploads[0] ?? EMPTY, 'id')}`, { token });
  await send('file: headers of a download', 'HEAD', `${FILE}/${idAt(uploads[0] ?? EMPTY, 'id')}`);

  await send('file: download an unknown file', 'GET', `${FILE}/${999_999_000_000 + number(1000)}`);
  for (const id of ['0', '-1', 'abc', '1.5', '99999999999999999999']) await send(`file: download ${id}`, 'GET', `${FILE}/${id}`);

  await upload(ride, 'file: upload without a token', undefined, text);
  await upload(ride, 'file: upload with a made-up token', '11111111-1111-4111-8111-111111111111', text);
  await upload(ride, 'file: upload nothing', token, undefined);
  await upload(ride, 'file: upload an empty file', token, { fileName: 'empty.txt', content: '' });
  for (const moduleName of ['', 'notification-2026', '通知', 'm'.repeat(51)]) {
    await upload(ride, `file: upload for the module ${moduleName}`, token, text, moduleName);
  }
  const noModule = new FormData();
  noModule.set('file', new File([text.content], text.fileName));
  await send('file: upload without a module', 'POST', FILE, { token, form: noModule });
  await send('file: upload JSON', 'POST', FILE, { token, json: { file: 'hello', moduleName: 'notification' } });
}

const EMPTY: Answer = { status: 0, headers: new Headers(), bytes: Buffer.alloc(0), value: undefined };
