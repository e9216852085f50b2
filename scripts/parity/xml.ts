import { XMLParser, XMLValidator } from 'fast-xml-parser';

const parser = new XMLParser({ ignoreAttributes: true, ignoreDeclaration: true, ignorePiTags: true, parseTagValue: false });

export function isXml(text: string): boolean {
  return text.startsWith('<') && XMLValidator.validate(text) === true;
}

/** What element names differ between two XML texts, at any depth; repeated elements are compared as one. */
export function xmlDifferences(wanted: string, given: string): string[] {
  if (!isXml(given)) return ['the body is not XML'];
  return differences(parser.parse(wanted), parser.parse(given), '');
}

function differences(wanted: unknown, given: unknown, at: string): string[] {
  const left = elements(wanted);
  const right = elements(given);
  const missing = Object.keys(left).filter((name) => !(name in right));
  const unexpected = Object.keys(right).filter((name) => !(name in left));
  const inner = Object.keys(left)
    .filter((name) => name in right)
    .flatMap((name) => differences(left[name], right[name], `${at}/${name}`));
  return [
    ...missing.map((name) => `XML element ${at}/${name} is missing`),
    ...unexpected.map((name) => `XML element ${at}/${name} is unexpected`),
    ...inner,
  ];
}

function elements(value: unknown): Readonly<Record<string, unknown>> {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'object' && first !== null ? (first as Record<string, unknown>) : {};
}
