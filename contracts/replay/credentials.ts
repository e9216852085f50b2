import { readFileSync } from 'node:fs';
import { parseSource, record } from '../../operations/index.ts';
import type { Operation } from '../../operations/index.ts';
import type { Site } from './site.ts';

/** Secrets that the user gives, by what they are for. Never written anywhere. */
export interface Secrets {
  /** By pseudonym, by security scheme, by parameter or field, by `operationId` and field. A list: the first, second, ... value of that name in a recording. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly schemes: Readonly<Record<string, unknown>>;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly operations: Readonly<Record<string, unknown>>;
  readonly environment: NodeJS.ProcessEnv;
}

/** A secrets file that can't be used: what is wrong with it and what it has to look like. */
export class SecretsError extends Error {
  override readonly name = 'SecretsError';
}

const SECTIONS = ['values', 'schemes', 'fields', 'operations'] as const;
const PREFIX = 'HUFU_SECRET_';

/**
 * Reads secrets from the environment and from a file.
 *
 * ```yaml
 * fields: { username: ann, password: [first, second] }
 * schemes: { partner: { username: app, password: word }, key: k-123 }
 * operations: { issueToken: { password: word } }
 * values: { hufu-masked-0123456789: word }
 * ```
 * @param file YAML or JSON; `undefined`: the environment alone.
 * @throws SecretsError when the file can't be read or has other members.
 */
export function readSecrets(file: string | undefined, environment: NodeJS.ProcessEnv): Secrets {
  if (file === undefined) return { values: {}, schemes: {}, fields: {}, operations: {}, environment };
  const given = parsed(file);
  const unknown = Object.keys(given).filter((name) => !(SECTIONS as readonly string[]).includes(name));
  if (unknown.length > 0) throw new SecretsError(`${file}: there is no section "${unknown[0]}"; there are ${SECTIONS.join(', ')}`);
  const [values, schemes, fields, operations] = SECTIONS.map((name) => record(given[name]));
  return { values: values ?? {}, schemes: schemes ?? {}, fields: fields ?? {}, operations: operations ?? {}, environment };
}

function parsed(file: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = parseSource(file, readFileSync(file, 'utf8')).value;
  } catch (error) {
    // The message of a parser may quote the file.
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new SecretsError(`${file} can't be read as YAML or JSON${code}; it holds sections such as fields: { password: ... }`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SecretsError(`${file} holds no sections; write fields: { password: ... }`);
  return record(value);
}

/** What a masked value is for. */
export interface CredentialUse {
  readonly pseudonym: string;
  readonly operation: Operation | undefined;
  readonly site: Site;
  /** Which masked value of this name it is in its recording, from 0. */
  readonly rank: number;
}

/** The secret that a masked value stands for; `undefined`: nobody gave it. The more exactly it is named the earlier it is taken. */
export function secretFor(use: CredentialUse, secrets: Secrets): string | undefined {
  const { operation, site, rank, pseudonym } = use;
  const half = halfOf(site);
  const inOperation = operation === undefined ? undefined : record(secrets.operations[operation.id]);
  const candidates = [
    secrets.values[pseudonym],
    inOperation?.[nameOf(use)],
    ...schemesOf(use).flatMap((scheme) => {
      const given = secrets.schemes[scheme];
      return half === undefined ? [given] : [record(given)[half]];
    }),
    secrets.fields[nameOf(use)],
    ...environmentNames(use).map((name) => secrets.environment[name]),
  ];
  for (const candidate of candidates) {
    const text = Array.isArray(candidate) ? candidate[rank] : rank === 0 || candidate === secrets.values[pseudonym] ? candidate : undefined;
    if (typeof text === 'string' || typeof text === 'number' || typeof text === 'bigint') return String(text);
  }
  return undefined;
}

/** Names in the environment, the most exact first. */
export function environmentNames(use: CredentialUse): string[] {
  const names = [
    use.pseudonym.replace(/^hufu-masked-/, ''),
    ...(use.operation === undefined ? [] : [`${use.operation.id}_${nameOf(use)}`]),
    ...schemesOf(use).map((scheme) => [scheme, halfOf(use.site)].filter((part) => part !== undefined).join('_')),
    nameOf(use),
  ];
  const suffix = use.rank === 0 ? '' : `_${use.rank + 1}`;
  return [...new Set(names)].map((name, index) => `${PREFIX}${upperSnake(name)}${index === 0 ? '' : suffix}`);
}

/** `password of issueToken`, `Basic user of issueToken`. */
export function describeUse(use: CredentialUse): string {
  const half = halfOf(use.site);
  const what = half === undefined ? nameOf(use) : `Basic ${half}`;
  const which = use.rank === 0 ? '' : `, number ${use.rank + 1}`;
  return `${what} of ${use.operation?.id ?? 'an undocumented operation'}${which}`;
}

/** Where to write it in a secrets file. */
export function filePlace(use: CredentialUse): string {
  const half = halfOf(use.site);
  const scheme = schemesOf(use)[0];
  const list = use.rank === 0 ? '' : `[${use.rank}]`;
  if (scheme !== undefined) return `schemes.${scheme}${half === undefined ? '' : `.${half}`}${list}`;
  return `fields.${nameOf(use)}${list}`;
}

/** What a secret is called: the parameter or field; `basicUsername` and `basicPassword` in Basic credentials. */
export function nameOf({ site }: Pick<CredentialUse, 'site'>): string {
  const half = halfOf(site);
  return half === undefined ? site.name : half === 'username' ? 'basicUsername' : 'basicPassword';
}

function halfOf({ spelling }: Site): 'username' | 'password' | undefined {
  return spelling === 'basic-user' ? 'username' : spelling === 'basic-password' ? 'password' : undefined;
}

function schemesOf({ operation, site }: CredentialUse): string[] {
  const schemes = operation?.security.flat() ?? [];
  return schemes.flatMap(({ name, kind, parameter, in: part }) => {
    if (kind === 'apiKey') return part === site.in && parameter.toLowerCase() === site.name.toLowerCase() ? [name] : [];
    return site.in === 'header' && site.name === 'authorization' && (kind === 'basic') === site.spelling.startsWith('basic') ? [name] : [];
  });
}

function upperSnake(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .toUpperCase();
}
