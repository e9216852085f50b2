/** A request as it goes over the wire. @param body sent as JSON */
export function requestText(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): string {
  const text = body === undefined ? '' : JSON.stringify(body);
  const typed = body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) };
  const lines = Object.entries({ Host: '127.0.0.1', Accept: 'application/json', ...typed, ...headers });
  return `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`;
}

/** Several requests as one text: `load.ts` sends them in turn. */
export function inTurn(requests: readonly string[]): string {
  return requests.join('\0');
}
