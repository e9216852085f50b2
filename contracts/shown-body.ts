import { essence, isXml } from '../operations/index.ts';
import type { MediaType } from '../operations/index.ts';
import { jsonTokens, keyName, looksLikeJson } from './json-text.ts';
import { isSecretName } from './redact/secret-names.ts';
import type { Field } from './sensitive-field.ts';

/** What stands in the place of a secret. */
export const MASK = '***';

/** JSON Web Tokens (RFC 7519), whole or cut, are secrets wherever they stand. */
const JWT = /\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g;

/**
 * A body's text without its secrets: JSON by its structure, forms and multipart by their names, XML by the names of its elements; everything by
 * the look of a token. The rest of the text stays as it was sent.
 */
export function maskBody(text: string, mediaType: MediaType | undefined, field: Field | undefined): string {
  if (field?.sensitive === true) return MASK;
  return maskStructure(text, mediaType, field).replace(JWT, MASK);
}

function maskStructure(text: string, mediaType: MediaType | undefined, field: Field | undefined): string {
  const isHidden = (name: string): boolean => isSecretName(name) || field?.property(name).sensitive === true;
  if (mediaType !== undefined && essence(mediaType) === 'application/x-www-form-urlencoded') return maskForm(text, isHidden);
  if (mediaType?.type === 'multipart') return maskMultipart(text, mediaType.parameters.get('boundary'), isHidden);
  if (looksLikeJson(text)) return maskJson(text, field);
  if (mediaType !== undefined && isXml(mediaType)) return maskXml(text, field?.sensitiveNames() ?? new Set());
  return text;
}

interface Level {
  readonly isArray: boolean;
  readonly field: Field | undefined;
  /** It stands under a name of a secret: so does every scalar in it. */
  readonly isSecret: boolean;
  index: number;
  name: string;
}

/** Masked values become the string `"***"`; white space between values goes, nothing else changes. */
function maskJson(text: string, root: Field | undefined): string {
  const levels: Level[] = [];
  let masked = '';
  let hiddenBelow = Number.POSITIVE_INFINITY;
  const fieldHere = (): Field | undefined => {
    const level = levels.at(-1);
    if (level === undefined) return root;
    return level.isArray ? level.field?.item(level.index) : level.field?.property(level.name);
  };
  const isSecretHere = (): boolean => {
    const level = levels.at(-1);
    return level !== undefined && (level.isSecret || (!level.isArray && isSecretName(level.name)));
  };
  const isHidden = (field: Field | undefined, value: string): boolean => {
    return field?.sensitive === true || (!/^(?:true|false|null|[[{])/.test(value) && isSecretHere());
  };
  for (const token of jsonTokens(text)) {
    const level = levels.at(-1);
    const isShown = levels.length < hiddenBelow;
    if (token.kind === 'comma' && level !== undefined) level.index += 1;
    if (token.kind === 'key' && level !== undefined) level.name = keyName(token.text);
    if (token.kind === 'open') {
      const field = isShown ? fieldHere() : undefined;
      const hides = isShown && isHidden(field, token.text);
      if (isShown) masked += hides ? JSON.stringify(MASK) : token.text;
      levels.push({ isArray: token.text === '[', field, isSecret: isSecretHere(), index: 0, name: '' });
      if (hides) hiddenBelow = levels.length;
      continue;
    }
    if (token.kind === 'close') {
      levels.pop();
      if (levels.length >= hiddenBelow) continue;
      if (isShown) masked += token.text;
      else hiddenBelow = Number.POSITIVE_INFINITY;
      continue;
    }
    if (!isShown) continue;
    if (token.kind === 'value') masked += isHidden(fieldHere(), token.text) ? JSON.stringify(MASK) : token.text;
    else if (token.kind === 'key') masked += `${token.text}:`;
    // What can't be followed any more is shown only where nothing is marked that could stand in it.
    else if (token.kind === 'rest') masked += /["'\w]/.test(token.text) ? maskLoose(token.text, root) : token.text;
    else masked += token.text;
  }
  return masked;
}

/** Text that stopped being JSON: `"name": value` by its looks. */
function maskLoose(text: string, root: Field | undefined): string {
  const names = root?.sensitiveNames() ?? new Set();
  return text.replace(
    /("?)([^\s"':=,{}[\]]+)\1(\s*[:=]\s*)("(?:[^"\\]|\\.)*"?|[^\s,}\]]+)/g,
    (all, quote: string, name: string, between: string) =>
      names.has(name) || isSecretName(name) ? `${quote}${name}${quote}${between}${MASK}` : all,
  );
}

function maskForm(text: string, isHidden: (name: string) => boolean): string {
  return text
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 0) return pair;
      const [name = ''] = [...new URLSearchParams(pair).keys()];
      return isHidden(name) || isHidden(name.replace(/\[.*$/s, '')) ? `${pair.slice(0, equals)}=${MASK}` : pair;
    })
    .join('&');
}

/** RFC 7578: the content of a part that is a secret by its name. */
function maskMultipart(text: string, boundary: string | undefined, isHidden: (name: string) => boolean): string {
  if (boundary === undefined || boundary === '') return MASK;
  return text
    .split(`--${boundary}`)
    .map((part) => {
      const end = /\r?\n\r?\n/.exec(part);
      if (end === null) return part;
      const name = /\bname="([^"]*)"/i.exec(part.slice(0, end.index))?.[1] ?? /\bname=([^\s;]+)/i.exec(part.slice(0, end.index))?.[1] ?? '';
      return isHidden(name) ? `${part.slice(0, end.index)}${end[0]}${MASK}\r\n` : part;
    })
    .join(`--${boundary}`);
}

function maskXml(text: string, names: ReadonlySet<string>): string {
  const isHidden = (name: string): boolean => names.has(name.replace(/^.*:/, '')) || isSecretName(name);
  return text
    .replace(/([\w:.-]+)(\s*=\s*)("[^"]*"?|'[^']*'?)/g, (all, name: string, between: string) =>
      isHidden(name) ? `${name}${between}"${MASK}"` : all,
    )
    .replace(/<([\w:.-]+)((?:\s[^<>]*)?)>([^<]*)/g, (all, name: string, rest: string) =>
      isHidden(name) && !rest.endsWith('/') ? `<${name}${rest}>${MASK}` : all,
    );
}
