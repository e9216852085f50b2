import type { MockProcess } from '../mock-process.ts';

/** Asks the control API of a mock. @throws Error when it refuses. */
export async function control(server: MockProcess, method: string, path: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${server.port}/__hufu${path}`, { method, headers: { connection: 'close' } });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 200)}`);
}
