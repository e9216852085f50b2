import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

// Preloaded into a command (`node --import`): writes what the whole process took, all of its threads together, into the file that USAGE_FILE names. JavaScript, so that no command pays
// for what strips types (45 ms) without needing it itself.
const file = process.env['USAGE_FILE'];
if (isMainThread && file !== undefined)
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    writeFileSync(file, JSON.stringify({ cpuSeconds: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024 }));
  });
