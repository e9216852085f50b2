const HEAD_END = Buffer.from('\r\n\r\n');
const CHUNKS_END = Buffer.from('0\r\n\r\n');

/**
 * Counts the HTTP/1.1 responses on one connection: just enough of RFC 9112 to know where each one ends (`Content-Length`, chunked, none).
 * @param finish is told the status of each response that is complete.
 * @returns a function that takes the next bytes and says how many responses they completed.
 */
export function createResponseCounter(finish: (status: string) => void): (chunk: Buffer) => number {
  let pending: Buffer = Buffer.alloc(0);
  return (chunk) => {
    let bytes = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    let finished = 0;
    for (let end = responseEnd(bytes); end > 0; end = responseEnd(bytes)) {
      finish(bytes.toString('latin1', 9, 12));
      finished += 1;
      bytes = bytes.subarray(end);
    }
    pending = bytes;
    return finished;
  };
}

/** The offset behind the first response; 0 while it is not complete. */
function responseEnd(bytes: Buffer): number {
  const head = bytes.indexOf(HEAD_END);
  if (head < 0) return 0;
  const body = head + HEAD_END.length;
  const headers = bytes.toString('latin1', 0, head);
  const length = /\r\ncontent-length: *(\d+)/i.exec(headers)?.[1];
  if (length !== undefined) return body + Number(length) <= bytes.length ? body + Number(length) : 0;
  if (!/\r\ntransfer-encoding: *chunked/i.test(headers)) return body;
  const last = bytes.indexOf(CHUNKS_END, body);
  return last < 0 ? 0 : last + CHUNKS_END.length;
}
