import { createHarWriter, createRedactor, startProxy } from '../../contracts/index.ts';
import type { Exchange } from '../../contracts/index.ts';
import { startMock } from '../../mock/index.ts';
import type { OperationTable } from '../../operations/index.ts';
import { createSend } from './client.ts';
import type { Send } from './client.ts';
import type { Flow } from './flow.ts';
import { createSteady, HOST } from './steady.ts';

export interface Recorded {
  readonly exchanges: number;
  /** Everything that the flow sent or received as a secret. */
  readonly secrets: ReadonlySet<string>;
}

/**
 * Records one flow: a plain HTTP client, the recording proxy, the mock, as `hufu record` in front of `hufu mock`; secrets masked, what differs from run to run made steady.
 * @param table the operations of the workspace's documents.
 * @param file where the recording goes, HAR 1.2; it is made anew.
 * @throws Error when something can't be started or the flow does not find what it needs.
 */
export async function record(table: OperationTable, flow: Flow, file: string): Promise<Recorded> {
  const mock = await startMock();
  const redactor = createRedactor(table);
  const writer = await createHarWriter(file);
  const secrets = new Set<string>();
  let now = Date.parse(flow.start);
  const steady = createSteady(flow.module, () => now);
  await mock.clock.freeze(now);

  let exchanges = 0;
  let told: (exchange: Exchange) => void = () => undefined;
  const proxy = await startProxy({ target: mock.url, keepHost: true, name: file, onExchange: (exchange) => told(exchange) });
  const client = createSend(proxy.url, HOST);
  // One after the other: the clock does not move and no other request begins before an exchange is written.
  const send: Send = async (...call) => {
    const passed = new Promise<Exchange>((resolve) => (told = resolve));
    const answer = await client(...call);
    await writer.append(steady(redactor.redact(await passed)));
    exchanges += 1;
    return answer;
  };

  try {
    await flow.run({
      send,
      clock: {
        now: () => now,
        async advance(milliseconds) {
          now += milliseconds;
          await mock.clock.advance(milliseconds);
        },
      },
      secret(text) {
        secrets.add(text);
        return text;
      },
    });
    return { exchanges, secrets };
  } finally {
    client.close();
    await proxy.close();
    await writer.close();
    await mock.close();
  }
}
