import { consoleScreenshots } from './console.ts';
import { docsScreenshots } from './docs.ts';
import { reportScreenshots } from './report.ts';

/** Writes every picture of docs/screenshots anew. Chinese needs a font of the system, such as Noto Sans CJK. */
for (const make of [consoleScreenshots, docsScreenshots, reportScreenshots]) for (const file of await make()) console.log(file);
