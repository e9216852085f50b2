/** So few texts are compared each with each: a Set takes memory, and a hash of the whole of each text. */
const FEW = 16;

/** Whether no text of a list occurs twice. */
export function areUniqueTexts(texts: readonly string[]): boolean {
  if (texts.length > FEW) return new Set(texts).size === texts.length;
  for (let index = 1; index < texts.length; index += 1) {
    const text = texts[index];
    for (let other = 0; other < index; other += 1) if (texts[other] === text) return false;
  }
  return true;
}
