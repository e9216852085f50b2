import { isAbsolute } from 'node:path';
import { record } from './document.ts';
import { absoluteTarget } from './reference.ts';
import type { Source } from './source.ts';
import { is32 } from './version.ts';

/** A file with the base of the references in it: its `$self`, itself a reference seen from where the file was read (OpenAPI 3.2, Establishing the Base URI). */
export function withBase(source: Source): Source {
  const { $self: self } = record(source.value);
  if (!is32(source.value) || typeof self !== 'string') return source;
  const base = absoluteTarget(self.replace(/#.*$/s, ''), source.path);
  return base === source.path ? source : { ...source, base };
}

/**
 * What a reference names, and where that may be read. The `$self` of a document says where it is published; the files beside it are most often read from where it was read itself, and nothing is fetched for what lies
 * there.
 * @param target the file part of a reference.
 */
export function placesOf(target: string, { base, path }: Source): { readonly address: string; readonly places: readonly string[] } {
  const near = absoluteTarget(target, path);
  if (base === undefined) return { address: near, places: [near] };
  const address = absoluteTarget(target, base);
  if (address === near) return { address, places: [near] };
  return { address, places: isAbsolute(path) && !isAbsolute(address) ? [near, address] : [address, near] };
}
