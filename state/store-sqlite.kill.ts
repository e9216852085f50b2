/**
 * A process that is made to be killed (see store-sqlite.test.ts): adds three rows in each transaction, for ever, and says on stdout how many
 * transactions were acknowledged. Usage: node store-sqlite.kill.ts FILE
 */
import { argv, stdout } from 'node:process';
import { createSessions } from './sessions.ts';
import { createSqliteStore } from './store-sqlite.ts';

const session = createSessions({ bases: new Map(), store: createSqliteStore(argv[2] ?? '') }).get('killed');
for (;;) {
  const count = await session.transact((world) => {
    const next = world.next('count', 1);
    for (const part of ['a', 'b', 'c']) world.put('rows', `${next}${part}`, { next, text: 'x'.repeat(next % 5000) });
    world.put('count', 'last', { next });
    return next;
  });
  await new Promise((resolve) => {
    stdout.write(`${count}\n`, resolve);
  });
}
