import type { Operation } from '../../operations/index.ts';
import type { Judged } from '../judged.ts';
import { isPseudonym } from '../redact/pseudonym.ts';
import { isSecretName } from '../redact/secret-names.ts';
import type { ContractMarks } from './contract-marks.ts';
import { describeUse, environmentNames, filePlace, nameOf, secretFor } from './credentials.ts';
import type { CredentialUse, Secrets } from './credentials.ts';
import type { MissingCredential } from './planned.ts';
import { requestSites } from './request-sites.ts';
import type { Site } from './site.ts';

/** Hexadecimal digits at the end of a pseudonym. */
const DIGITS = 10;
/** Texts of a form that are told apart by a pseudonym in them. */
const OF_FORMAT: Readonly<Record<string, (pseudonym: string) => string>> = {
  email: (pseudonym) => `${pseudonym}@example.com`,
  uri: (pseudonym) => `https://example.com/${pseudonym}`,
  uuid: (pseudonym) => `00000000-0000-4000-8000-00${pseudonym.slice(-DIGITS)}`,
};
/** Fewer of them would not tell values apart. */
const SHORTEST = 6;

/** A masked value that no answer of the recording gives. */
export interface MaskedUse {
  readonly judged: Judged;
  readonly site: Site;
}

export interface Credentials {
  /** The secret that stands behind a pseudonym of a file; `undefined`: it is sent as it is. */
  readonly textOf: (file: string, pseudonym: string) => string | undefined;
  readonly missing: readonly MissingCredential[];
  readonly given: number;
}

/**
 * Finds the secrets that masked values stand for. A credential must be given; one that was refused whenever it was used was wrong, and its pseudonym is just
 * as wrong. Other data, such as names of people, its pseudonym can stand for, unless the document asks for another form of it.
 */
export function resolveCredentials(uses: readonly MaskedUse[], marks: ContractMarks, secrets: Secrets): Credentials {
  const found = new Map<string, string>();
  const missing: MissingCredential[] = [];
  for (const [file, list] of byFile(uses)) {
    const ranks = new Map<string, string[]>();
    const pseudonyms = new Map<string, CredentialUse[]>();
    const needed = new Set<string>();
    for (const { judged, site } of list) {
      if (judged.outcome === 'refused') continue;
      const name = `${site.spelling.startsWith('basic') ? 'basic ' : ''}${nameOf({ site })}`;
      const ranked = ranks.get(name) ?? [];
      if (!ranked.includes(site.text)) ranked.push(site.text);
      ranks.set(name, ranked);
      const use = { pseudonym: site.text, operation: judged.operation, site, rank: ranked.indexOf(site.text) };
      pseudonyms.set(site.text, [...(pseudonyms.get(site.text) ?? []), use].slice(0, 20));
      if (isCredential(judged, site, marks) || wantedForm(judged, site) === 'other') needed.add(site.text);
    }
    for (const [pseudonym, all] of pseudonyms) {
      const text = all.map((use) => secretFor(use, secrets)).find((secret) => secret !== undefined);
      if (text !== undefined) {
        found.set(`${file}\n${pseudonym}`, text);
        continue;
      }
      const [use] = all;
      if (use === undefined || !needed.has(pseudonym)) continue;
      const places = list.filter(({ site }) => site.text === pseudonym).map(({ judged }) => judged.exchange.place);
      missing.push({ pseudonym, what: describeUse(use), environment: environmentNames(use), file: filePlace(use), places });
    }
  }
  return { textOf: (file, pseudonym) => found.get(`${file}\n${pseudonym}`), missing, given: found.size };
}

/** What opens something, rather than what somebody is called. */
function isCredential({ exchange, operation }: Judged, site: Site, marks: ContractMarks): boolean {
  if (isSecretName(site.name) || site.name === 'authorization') return true;
  const isNamed = operation?.security
    .flat()
    .some(({ in: part, parameter }) => part === site.in && parameter.toLowerCase() === site.name.toLowerCase());
  if (isNamed === true) return true;
  if (operation !== undefined && marks.verbOf(operation) === 'token') return true;
  // Who gives a name together with a password logs in.
  return (
    site.in === 'body' &&
    requestSites(exchange.request, operation).some((other) => other.in === 'body' && isMaskedSite(other) && isSecretName(other.name))
  );
}

/** What the document asks for where a pseudonym stands: any text, one of so many characters at most, a number, or something that a pseudonym is not. */
function wantedForm(
  { request, exchange }: Judged,
  { in: part, name, pointer }: Site,
): 'text' | 'number' | 'other' | { readonly most: number } | { readonly format: string } {
  const violations =
    request?.violations.filter(
      (one) => one.part === part && (part === 'body' ? one.pointer === (pointer ?? `/${name}`) : one.name === name),
    ) ?? [];
  const [violation] = violations;
  if (violation === undefined) return 'text';
  const types = [violation.expected].flat();
  if (violation.code === 'type' && types.some((type) => type === 'integer' || type === 'number')) return 'number';
  const most = violation.expected;
  // What was refused for its form stays as wrong as it was.
  const isMalformed = exchange.response?.status === 400 || exchange.response?.status === 422;
  if (violation.code === 'format' && typeof most === 'string' && Object.hasOwn(OF_FORMAT, most) && !isMalformed) return { format: most };
  return violations.length === 1 && violation.code === 'maxLength' && typeof most === 'number' && most >= SHORTEST ? { most } : 'other';
}

/** A place as the document has it: a number that was masked is written as a number again. */
export function typedSite(judged: Judged, site: Site): Site {
  return site.spelling === 'json-string' && isMaskedSite(site) && wantedForm(judged, site) === 'number'
    ? { ...site, spelling: 'json-number' }
    : site;
}

/** The text that stands for masked data nobody gave: the pseudonym, its end, or for a number its digits as one. Equal values stay equal. */
export function standIn(judged: Judged, site: Site): string {
  const form = wantedForm(judged, site);
  if (form === 'number') return String(Number.parseInt(site.text.slice(-DIGITS), 16));
  if (typeof form === 'string') return site.text;
  return 'format' in form ? (OF_FORMAT[form.format]?.(site.text) ?? site.text) : site.text.slice(-Math.min(DIGITS, form.most));
}

export function isMaskedSite({ text }: Site): boolean {
  return isPseudonym(text);
}

function byFile(uses: readonly MaskedUse[]): Map<string, MaskedUse[]> {
  const files = new Map<string, MaskedUse[]>();
  for (const use of uses) {
    const { file } = use.judged.exchange.place;
    const list = files.get(file);
    if (list === undefined) files.set(file, [use]);
    else list.push(use);
  }
  return files;
}

/**
 * Header fields for credentials that a browser left out when it exported the recording.
 * @returns the fields, the name of the scheme that nobody gave a secret for, or nothing where none is needed.
 */
export function strippedCredentials(
  { exchange, operation, outcome }: Judged,
  secrets: Secrets,
): { headers: Record<string, string> } | { missing: string } | undefined {
  const isStripped = exchange.gaps.some(({ of, code }) => of === 'credentials' && code === 'stripped');
  if (!isStripped || operation === undefined || outcome === 'refused' || exchange.request.headers['authorization'] !== undefined)
    return undefined;
  const alternatives = operation.security.filter((alternative) => alternative.length > 0);
  if (alternatives.length === 0 || alternatives.length < operation.security.length) return undefined;
  for (const alternative of alternatives) {
    const headers: Record<string, string> = {};
    const isWhole = alternative.every((scheme) => addCredential(headers, scheme, secrets));
    if (isWhole) return { headers };
  }
  return { missing: alternatives[0]?.[0]?.name ?? '' };
}

function addCredential(headers: Record<string, string>, scheme: Operation['security'][number][number], secrets: Secrets): boolean {
  const given =
    secrets.schemes[scheme.name] ??
    secrets.environment[
      `HUFU_SECRET_${scheme.name
        .replace(/([a-z\d])([A-Z])/g, '$1_$2')
        .replace(/\W+/g, '_')
        .toUpperCase()}`
    ];
  if (scheme.kind === 'basic' && typeof given === 'object' && given !== null && 'username' in given && 'password' in given) {
    headers['authorization'] = `Basic ${Buffer.from(`${String(given.username)}:${String(given.password)}`).toString('base64')}`;
    return true;
  }
  if (typeof given !== 'string') return false;
  if (scheme.kind === 'apiKey') {
    if (scheme.in === 'header') headers[scheme.parameter.toLowerCase()] = given;
    else if (scheme.in === 'cookie') headers['cookie'] = `${scheme.parameter}=${given}`;
    return scheme.in === 'header' || scheme.in === 'cookie';
  }
  headers['authorization'] = scheme.kind === 'basic' ? `Basic ${Buffer.from(given).toString('base64')}` : `Bearer ${given}`;
  return true;
}
