#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// Compiled code is kept between runs in the system's folder for temporary files: every start but the first takes little more than half the time.
enableCompileCache();
await import('./program.ts');
