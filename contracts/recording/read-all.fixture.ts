/** Reads a recording to its end; prints what it met and the most memory it took. For `memory.test.ts`. */
import { readRecording } from './read-recording.ts';

const counts = { exchange: 0, aside: 0, flaw: 0 };
for await (const item of readRecording(process.argv[2] ?? '')) counts[item.kind] += 1;
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(JSON.stringify({ exchanges: counts.exchange, flaws: counts.flaw, megabytes }));
