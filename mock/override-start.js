// JavaScript, so that the thread need not load what strips types: the cache of the main thread holds the code without them. See cli/main.js.
import { enableCompileCache, flushCompileCache } from 'node:module';
import { workerData } from 'node:worker_threads';

if (typeof workerData.codeCache === 'string') enableCompileCache(workerData.codeCache);
await import('./override-thread.ts');
setTimeout(flushCompileCache, 1_000).unref();
