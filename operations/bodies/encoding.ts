import { isSchemaObject } from '../schema/schema.ts';
import type { ParameterStyle } from '../parameters/index.ts';

/** What an Encoding Object says about one property (OpenAPI 3.1 section 4.8.15). */
export interface Encoding {
  /** Lower-cased media types, parameters cut off; empty where the document names none. */
  readonly contentTypes: readonly string[];
  readonly style: ParameterStyle;
  readonly explode: boolean;
  /** `style`, `explode` or `allowReserved` is given: then `contentType` does not count in a urlencoded form. */
  readonly styled: boolean;
}

const STYLES: ReadonlySet<unknown> = new Set<ParameterStyle>(['form', 'spaceDelimited', 'pipeDelimited', 'tabDelimited', 'deepObject']);

/**
 * Reads the Encoding Object of a property, with its defaults.
 * @param encoding Encoding Objects by property name, as the document gives them; anything broken in them counts as absent.
 */
export function encodingOf(encoding: Readonly<Record<string, unknown>>, name: string): Encoding {
  const found = Object.hasOwn(encoding, name) ? encoding[name] : undefined;
  const given = isSchemaObject(found) ? found : {};
  const style = isStyle(given['style']) ? given['style'] : 'form';
  return {
    contentTypes: typeof given['contentType'] === 'string' ? given['contentType'].split(',').map(essenceOf) : [],
    style,
    explode: typeof given['explode'] === 'boolean' ? given['explode'] : style === 'form',
    styled: ['style', 'explode', 'allowReserved'].some((keyword) => given[keyword] !== undefined),
  };
}

function isStyle(style: unknown): style is ParameterStyle {
  return STYLES.has(style);
}

/** `type/subtype` in lower case, without parameters. */
function essenceOf(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase();
}
