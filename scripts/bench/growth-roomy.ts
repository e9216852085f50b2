/** `hufu mock --quiet` with room for 20,000 sessions. Run as `node scripts/bench/growth-roomy.ts DOCUMENT PORT`. */
import { createJournal, createMock, loadBehaviour, loadDocuments, startServer } from '../../mock/index.ts';
import { createOperationTable } from '../../operations/index.ts';

const [file = '', port = '0'] = process.argv.slice(2);
const table = createOperationTable(await loadDocuments([file], {}));
const behaviour = await loadBehaviour(table, { sessions: { maxSessions: 20_000 } });
const mock = createMock(table, { dynamic: false, seed: '1', errors: false, cors: true, ignoreExamples: false }, behaviour);
await startServer({ mock: () => mock, port: Number(port), journal: createJournal(), control: {} });
