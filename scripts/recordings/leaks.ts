/**
 * Which of the secrets a recording holds, in any spelling: as they are, in JSON, in a URL, in base64 wherever it begins.
 * @param text the recording; bodies that are no text stand in it as base64.
 */
export function leaksOf(text: string, secrets: Iterable<string>): string[] {
  const bodies = [...text.matchAll(/"text":"([A-Za-z0-9+/]+=*)","encoding":"base64"/g)].map(([, body]) =>
    Buffer.from(body ?? '', 'base64').toString(),
  );
  const places = [text, ...bodies];
  return [...secrets].filter(
    (secret) => secret !== '' && spellings(secret).some((spelling) => places.some((place) => place.includes(spelling))),
  );
}

function spellings(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(secret),
    new URLSearchParams([['', secret]]).toString().slice(1),
    ...base64(secret),
  ];
}

/** The characters of a text's base64 that do not depend on what stands before and behind it. */
function base64(secret: string): string[] {
  const bytes = Buffer.from(secret);
  // Fewer characters would be found by chance.
  if (bytes.length < 8) return [];
  return [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return whole.slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6));
  });
}
