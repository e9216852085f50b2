import { ajvCore, ajvFormats, ajvVocabularies } from './ajv.ts';
import type { Engine } from './ajv.ts';
import { addFormatsOfOpenApi, addKeywords, patternEngine } from './keywords.ts';
import { tellNoReasons } from './quick.ts';

/** `quick` says yes or no and tells no reasons. */
export type Strictness = 'quick' | 'all' | 'first' | 'exact';

/** AJV for JSON Schema 2020-12, put together from its parts. */
export function createEngine(strictness: Strictness): Engine {
  const { default: Core } = ajvCore();
  const ajv = new Core({
    strict: false,
    meta: false,
    dynamicRef: true,
    next: true,
    unevaluated: true,
    allErrors: strictness === 'all' || strictness === 'exact',
    verbose: strictness !== 'quick',
    validateSchema: false,
    addUsedSchema: false,
    inlineRefs: false,
    ownProperties: true,
    logger: false,
    messages: false,
    unicodeRegExp: false,
    // Optimizing the code's text takes a third of the compiling, and the engine does as much by itself.
    code: { optimize: false, regExp: Object.assign((source: string) => patternEngine(source) as RegExp, { code: 'patternEngine' }) },
  });
  for (const vocabulary of ajvVocabularies()) ajv.addVocabulary(vocabulary);
  for (const [name, format] of Object.entries(ajvFormats().fullFormats)) ajv.addFormat(name, format);
  addKeywords(ajv, strictness === 'exact');
  addFormatsOfOpenApi(ajv, strictness === 'exact');
  if (strictness === 'quick') tellNoReasons(ajv);
  return ajv;
}
