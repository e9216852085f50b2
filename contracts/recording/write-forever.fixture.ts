/** Appends exchanges until it is killed; prints how many were written. For `writer.test.ts`. */
import { createHarWriter, createNdjsonWriter } from './writer.ts';

const [form, path = '', size] = process.argv.slice(2);
const writer = await (form === 'har' ? createHarWriter : createNdjsonWriter)(path);
const body = Buffer.from(JSON.stringify({ text: 'x'.repeat(Number(size)) }));
for (let index = 0; ; index += 1) {
  await writer.append({
    place: { file: path, index },
    origin: 'http://localhost',
    request: { method: 'POST', path: '/', query: '', headers: {}, body },
    response: { status: 200, headers: {}, body },
    startedAt: index,
    milliseconds: 1,
    gaps: [],
  });
  process.stdout.write(`${index + 1}\n`);
}
