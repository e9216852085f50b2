import type { FILE_DEFECTS } from '../defects/file.ts';
import { idAt } from '../drive/client.ts';
import type { Answer } from '../drive/client.ts';
import { upload } from '../drive/file.ts';
import type { Ride } from '../drive/ride.ts';
import { told } from './probe.fixture.ts';
import type { Probe } from './probe.fixture.ts';

type LoggedIn = Parameters<Probe>[0];

const TEXT = { fileName: '名单.txt', content: '姓名\n小林\n' };

async function uploaded(ride: LoggedIn): Promise<Answer> {
  return await upload(ride, 'upload', ride.token, TEXT);
}

async function downloaded(ride: LoggedIn, path = '/api/v1/file'): Promise<Answer> {
  const id = idAt(await uploaded(ride), 'id');
  await ride.clock.elapse(5000);
  return await ride.send('download', 'GET', `${path}/${id}`);
}

async function downloadOf({ send }: Ride, id: string): Promise<Answer> {
  return await send('download', 'GET', `/api/v1/file/${id}`);
}

const answerToUpload: Probe = async (ride) => told(await uploaded(ride));
const answerToDownload: Probe = async (ride) => told(await downloaded(ride));
const header =
  (name: string): Probe =>
  async (ride) =>
    (await downloaded(ride)).headers.get(name);

export const FILE_PROBES: Readonly<Record<(typeof FILE_DEFECTS)[number]['id'], Probe>> = {
  'file-signature-md5': answerToUpload,
  'file-size-text': answerToUpload,
  'file-id-text': answerToUpload,
  'file-create-time-text': answerToUpload,
  'file-snake-case': answerToUpload,
  'file-upload-201': answerToUpload,
  'file-upload-no-content-type': answerToUpload,
  'file-id-rounded': answerToUpload,
  'file-create-time-seconds': answerToUpload,
  'file-signature-of-name': answerToUpload,
  'file-size-in-characters': answerToUpload,
  'file-name-mojibake': answerToUpload,
  'file-same-content-same-id': async (ride) => {
    const ids = [await uploaded(ride), await upload(ride, 'again', ride.token, { ...TEXT, fileName: '副本.txt' })].map((file) =>
      idAt(file, 'id'),
    );
    return new Set(ids).size;
  },
  'file-no-part-500': async (ride) => (await upload(ride, 'nothing', ride.token, undefined)).status,
  'file-empty-accepted': async (ride) => (await upload(ride, 'empty', ride.token, { ...TEXT, content: '' })).status,
  'file-module-name-unchecked': async (ride) => (await upload(ride, 'hyphen', ride.token, TEXT, 'a-b')).status,
  'file-module-name-too-long': async (ride) => (await upload(ride, 'long', ride.token, TEXT, 'm'.repeat(51))).status,
  'file-upload-token-unchecked': async (ride) => (await upload(ride, 'no token', undefined, TEXT)).status,
  'file-bad-id-500': async (ride) => (await downloadOf(ride, 'abc')).status,
  'file-unknown-200': async (ride) => (await downloadOf(ride, '999999')).status,
  'file-error-html': async (ride) => (await downloadOf(ride, '999999')).headers.get('content-type'),
  'file-download-needs-token': answerToDownload,
  'file-attachment': header('content-disposition'),
  'file-disposition-without-name': header('content-disposition'),
  'file-cache-control-missing': header('cache-control'),
  'file-last-modified-iso': header('last-modified'),
  'file-last-modified-now': header('last-modified'),
  'file-length-missing': header('content-length'),
  'file-octet-stream': header('content-type'),
  'file-truncated': answerToDownload,
  'file-old-path-lost': async (ride) => (await downloaded(ride, '/api/file')).status,
};
