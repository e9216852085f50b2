/** `inline` with the name in ASCII, and in UTF-8 where that says more (RFC 6266 section 4.3, RFC 8187 section 3.2). */
export function inline(fileName: string): string {
  const ascii = fileName.replaceAll(/[^\x20-\x7e]/gu, '_').replaceAll(/["\\]/g, '\\$&');
  if (/^[\x20-\x7e]*$/.test(fileName)) return `inline; filename="${ascii}"`;
  const encoded = encodeURIComponent(fileName.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `inline; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
