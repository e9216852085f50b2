import { compareNames } from './additional-properties.ts';
import { ajvCore, ajvFormats, ajvVocabularies } from './ajv.ts';
import type { Engine } from './ajv.ts';
import { addFormatsOfOpenApi, addKeywords, patternEngine } from './keywords.ts';
import { tellNoReasons } from './quick.ts';

/** `quick` says yes or no and tells no reasons. */
export type Strictness = 'quick' | 'all' | 'first' | 'exact';

/** `quickest` is `quick` for schemas that name nothing that every object inherits: whether a property is the object's own is not asked. */
export type EngineKind = Strictness | 'quickest';

/** AJV for JSON Schema 2020-12, put together from its parts. */
export function createEngine(kind: EngineKind): Engine {
  const isQuick = kind === 'quick' || kind === 'quickest';
  const isExact = kind === 'exact';
  const { default: Core } = ajvCore();
  const ajv = new Core({
    strict: false,
    meta: false,
    dynamicRef: true,
    next: true,
    unevaluated: true,
    allErrors: kind === 'all' || isExact,
    verbose: !isQuick,
    validateSchema: false,
    addUsedSchema: false,
    inlineRefs: false,
    ownProperties: kind !== 'quickest',
    logger: false,
    messages: false,
    unicodeRegExp: false,
    // Optimizing the code's text takes a third of the compiling, and the engine does as much by itself.
    code: { optimize: false, regExp: Object.assign((source: string) => patternEngine(source) as RegExp, { code: 'patternEngine' }) },
  });
  for (const vocabulary of ajvVocabularies()) ajv.addVocabulary(vocabulary);
  for (const [name, format] of Object.entries(ajvFormats().fullFormats)) ajv.addFormat(name, format);
  addKeywords(ajv, isExact);
  if (kind === 'quickest') compareNames(ajv);
  addFormatsOfOpenApi(ajv, isExact);
  if (isQuick) tellNoReasons(ajv);
  return ajv;
}
