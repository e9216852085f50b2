import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Schema, SchemaLookup } from '../schema/schema.ts';
import { decodeXml } from './read-xml.ts';
import { writeXml } from './write-xml.ts';

const none: SchemaLookup = () => undefined;
const text: Schema = { type: 'string' };
const object = (properties: Record<string, Schema>, more = {}): Schema => ({ type: 'object', properties, ...more });
const animals = (array: object, item: object): Schema => object({ animals: { type: 'array', items: { ...text, ...item }, ...array } });
const ANIMALS = { animals: ['cat', 'dog'] };

describe('written and read (examples of OpenAPI 3.1 section 4.8.26.3 and what they leave open)', () => {
  test.each<[string, Schema, unknown, string]>([
    ['no xml keyword', object({ id: { type: 'integer' }, name: text }), { id: 1, name: 'Rex' }, '<xml><id>1</id><name>Rex</name></xml>'],
    ['names', object({ name: { ...text, xml: { name: 'n' } } }, { xml: { name: 'pet' } }), { name: 'Rex' }, '<pet><n>Rex</n></pet>'],
    [
      'attribute',
      object({ id: { type: 'integer', xml: { attribute: true } }, name: text }),
      { id: 1, name: 'Rex' },
      '<xml id="1"><name>Rex</name></xml>',
    ],
    ['named attribute', object({ id: { type: 'integer', xml: { attribute: true, name: 'key' } } }), { id: 1 }, '<xml key="1"/>'],
    [
      'node types (OpenAPI 3.2): an attribute and text',
      object({ id: { type: 'integer', xml: { nodeType: 'attribute' } }, note: { ...text, xml: { nodeType: 'text' } } }),
      { id: 1, note: 'a < b' },
      '<xml id="1">a &lt; b</xml>',
    ],
    ['node types: text alone', object({ n: { type: 'integer', xml: { nodeType: 'text' } } }), { n: 5 }, '<xml>5</xml>'],
    [
      'node types: CDATA that holds its own end',
      object({ note: { ...text, xml: { nodeType: 'cdata' } } }),
      { note: '<a>]]></a>' },
      '<xml><![CDATA[<a>]]]]><![CDATA[></a>]]></xml>',
    ],
    [
      'node types: an array that is an element',
      animals({ xml: { nodeType: 'element', name: 'zoo' } }, { xml: { name: 'animal' } }),
      ANIMALS,
      '<xml><zoo><animal>cat</animal><animal>dog</animal></zoo></xml>',
    ],
    [
      'node types: an array that is none',
      animals({ xml: { nodeType: 'none' } }, {}),
      ANIMALS,
      '<xml><animals>cat</animals><animals>dog</animals></xml>',
    ],
    [
      'namespace and prefix',
      object({ name: { ...text, xml: { prefix: 's', namespace: 'http://x/?a&b' } } }),
      { name: 'R' },
      '<xml><s:name xmlns:s="http://x/?a&amp;b">R</s:name></xml>',
    ],
    ['namespace alone', object({ name: { ...text, xml: { namespace: 'u:x' } } }), { name: 'R' }, '<xml><name xmlns="u:x">R</name></xml>'],
    [
      'attribute with a prefix',
      object({ id: { ...text, xml: { attribute: true, prefix: 's', namespace: 'u:x' } } }),
      { id: 'R' },
      '<xml xmlns:s="u:x" s:id="R"/>',
    ],
    ['array', animals({}, {}), ANIMALS, '<xml><animals>cat</animals><animals>dog</animals></xml>'],
    ['array, item name', animals({}, { xml: { name: 'animal' } }), ANIMALS, '<xml><animal>cat</animal><animal>dog</animal></xml>'],
    [
      'array, outer name has no effect',
      animals({ xml: { name: 'aliens' } }, { xml: { name: 'animal' } }),
      ANIMALS,
      '<xml><animal>cat</animal><animal>dog</animal></xml>',
    ],
    [
      'wrapped',
      animals({ xml: { wrapped: true } }, {}),
      ANIMALS,
      '<xml><animals><animals>cat</animals><animals>dog</animals></animals></xml>',
    ],
    [
      'wrapped, item name',
      animals({ xml: { wrapped: true } }, { xml: { name: 'animal' } }),
      ANIMALS,
      '<xml><animals><animal>cat</animal><animal>dog</animal></animals></xml>',
    ],
    [
      'wrapped, both names',
      animals({ xml: { name: 'aliens', wrapped: true } }, { xml: { name: 'animal' } }),
      ANIMALS,
      '<xml><aliens><animal>cat</animal><animal>dog</animal></aliens></xml>',
    ],
    [
      'wrapped, outer name',
      animals({ xml: { name: 'aliens', wrapped: true } }, {}),
      ANIMALS,
      '<xml><aliens><aliens>cat</aliens><aliens>dog</aliens></aliens></xml>',
    ],
    ['wrapped and empty', animals({ xml: { wrapped: true } }, {}), { animals: [] }, '<xml><animals/></xml>'],
    ['one item', animals({}, {}), { animals: ['cat'] }, '<xml><animals>cat</animals></xml>'],
    [
      'array at the root',
      { type: 'array', items: { type: 'integer', xml: { name: 'id' } }, xml: { name: 'ids', wrapped: true } },
      [1, 2],
      '<ids><id>1</id><id>2</id></ids>',
    ],
    ['array at the root without names', { type: 'array', items: { type: 'integer' } }, [1, 2], '<xml><item>1</item><item>2</item></xml>'],
    ['empty array at the root', { type: 'array', items: text }, [], '<xml/>'],
    ['scalar at the root', { type: 'boolean' }, true, '<xml>true</xml>'],
    [
      'objects in an array',
      object({ rows: { type: 'array', items: object({ a: { type: 'number' } }) } }),
      { rows: [{ a: 1.5 }, {}] },
      '<xml><rows><a>1.5</a></rows><rows/></xml>',
    ],
    ['null', object({ a: { type: ['integer', 'null'] } }), { a: null }, '<xml><a/></xml>'],
    ['int64', object({ a: { type: 'integer' } }), { a: 9007199254740993n }, '<xml><a>9007199254740993</a></xml>'],
    [
      'escapes',
      object({ a: text, b: { ...text, xml: { attribute: true } } }),
      { a: '<&>"\r\n', b: '<&>"\'\r\n\t' },
      '<xml b="&lt;&amp;&gt;&quot;\'&#13;&#10;&#9;"><a>&lt;&amp;&gt;"&#13;\n</a></xml>',
    ],
    ['Chinese', object({ 名: text }), { 名: '值😀' }, '<xml><名>值😀</名></xml>'],
    [
      'names of every object',
      true,
      JSON.parse('{"__proto__":"1","constructor":"2","toString":"3","hasOwnProperty":"4"}'),
      '<xml><__proto__>1</__proto__><constructor>2</constructor><toString>3</toString><hasOwnProperty>4</hasOwnProperty></xml>',
    ],
  ])('%s', (_name, schema, value, xml) => {
    expect(writeXml(value, schema, none)).toBe(xml);
    const decoded = decodeXml(xml, schema, none);
    expect(decoded.kind === 'value' ? decoded.candidates : decoded).toContainEqual(value);
  });

  test('what XML cannot hold is replaced, never written', () => {
    const value = { 'a b': '\0\u0001\ud800x\uffff', '1': 'x', '': 'y', '<>': 'z' };
    expect(writeXml(value, true, none)).toBe('<xml><_1>x</_1><a_b>\ufffd\ufffd\ufffdx\ufffd</a_b><_>y</_><__>z</__></xml>');
  });

  test('a root name of the caller, and a value without end', () => {
    expect(writeXml({}, true, none, 'pet')).toBe('<pet/>');
    const endless: Record<string, unknown> = {};
    endless['a'] = endless;
    expect(writeXml(endless, true, none).length).toBeLessThan(10_000);
  });
});

describe('read', () => {
  const pet = object({
    id: { type: 'integer' },
    tag: { type: 'array', items: text },
    note: { type: ['string', 'null'] },
    inner: object({ a: text }),
  });
  test.each<[string, string, readonly unknown[]]>([
    [
      'declaration, comments, processing instructions',
      '<?xml version="1.0"?>\n<!-- c --><?p x?><pet><!-- c --><id>1</id></pet>',
      [{ id: 1 }],
    ],
    ['prefixes', '<n:pet xmlns:n="u"><n:id>1</n:id></n:pet>', [{ id: 1 }]],
    ['white space around a number', '<pet>\n  <id>\n 1 </id>\n</pet>', [{ id: 1 }]],
    ['text of the wrong type stays', '<pet><id>x</id></pet>', [{ id: 'x' }]],
    [
      'CDATA is text, entities are decoded',
      '<pet><note>a<![CDATA[<&amp;>]]>&lt;&#65;&#x4e2d;&apos;</note></pet>',
      [{ note: "a<&amp;><A中'" }],
    ],
    ['nil', '<pet xmlns:xsi="x"><note xsi:nil="true"/></pet>', [{ note: null }]],
    ['empty', '<pet><note/></pet>', [{ note: '' }, { note: null }]],
    ['repeated though no array', '<pet><id>1</id><id>2</id></pet>', [{ id: [1, 2] }]],
    [
      'undeclared elements and attributes',
      '<pet a="1" x:b="2" xmlns:x="u"><c>3</c><c>4</c><d><e>5</e></d></pet>',
      [{ c: ['3', '4'], d: { e: '5' }, a: '1' }],
    ],
    ['an empty object', '<pet><inner/></pet>', [{ inner: {} }]],
    ['text where an object is wanted', '<pet>x</pet>', ['x']],
    ['an empty root', '<pet/>', [{}]],
  ])('%s', (_name, xml, want) => {
    expect(decodeXml(xml, pet, none)).toStrictEqual({ kind: 'value', candidates: want });
  });

  test('items of another name are not items of a wrapped array', () => {
    const schema = animals({ xml: { wrapped: true } }, { xml: { name: 'animal' } });
    expect(decodeXml('<x><animals><pet>cat</pet></animals></x>', schema, none)).toStrictEqual({
      kind: 'value',
      candidates: [{ animals: { pet: 'cat' } }],
    });
  });

  test.each<[string, string, RegExp]>([
    ['nothing', '', /must be XML/],
    ['text', 'hello', /must be XML/],
    ['not closed', '<a><b></a>', /must be XML: .*line 1/],
    ['cut', '<a><b>', /must be XML/],
    ['cut in a tag', '<a', /must be XML/],
    ['two roots', '<a/><b/>', /one root element/],
    ['attribute without quotes', '<a b=1/>', /must be XML/],
    ['attribute twice', '<a b="1" b="2"/>', /must be XML/],
    ['document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', /without a document type/],
    ['document type that declares, elsewhere', '<!DOCTYPE a SYSTEM "a.dtd" [<!ENTITY x "y">]><a>&x;</a>', /without a document type/],
    ['document type within', '<a><!DOCTYPE b></a>', /without a document type/],
    ['two document types', '<!DOCTYPE a><!DOCTYPE a><a/>', /without a document type/],
    ['document type behind a comment that is not closed', `${'<!--'.repeat(50_000)}<!DOCTYPE a><a/>`, /must be XML/],
    ['unknown entity', '<a>&nbsp;</a>', /&nbsp;/],
    ['too deep', '<a>'.repeat(200) + '</a>'.repeat(200), /must be XML: Maximum nested/],
  ])('malformed: %s', (_name, xml, want) => {
    expect(decodeXml(xml, pet, none)).toStrictEqual({ kind: 'malformed', message: expect.stringMatching(want) });
  });

  test.each([
    ['a document type that declares nothing', '<!DOCTYPE a><a><id>1</id></a>'],
    ['of a system', '<?xml version="1.0"?>\n<!-- <!DOCTYPE b> -->\n<!DOCTYPE a SYSTEM "a.dtd">\n<a><id>1</id></a>'],
    ['known to the public', '\ufeff<!DOCTYPE a PUBLIC \'-//A//DTD A 1.0//EN\' "https://example.com/a.dtd" ><a><id>1</id></a>'],
    ['a page in a text', '<a><id>1</id><!-- <!DOCTYPE b []> --></a>'],
  ])('%s', (_name, xml) => {
    expect(decodeXml(xml, object({ id: { type: 'integer' } }), none)).toStrictEqual({ kind: 'value', candidates: [{ id: 1 }] });
  });

  test('a page in a text', () => {
    const decoded = decodeXml('<a><t><![CDATA[<!DOCTYPE html><p>]]></t></a>', object({ t: text }), none);
    expect(decoded).toStrictEqual({ kind: 'value', candidates: [{ t: '<!DOCTYPE html><p>' }] });
  });

  test('a recursive schema', () => {
    const node: Schema = object({ id: { type: 'integer' }, child: { type: 'array', items: { $ref: 'node' } } });
    const decoded = decodeXml('<n><id>1</id><child><id>2</id><child/></child></n>', node, (key) => (key === 'node' ? node : undefined));
    expect(decoded).toStrictEqual({ kind: 'value', candidates: [{ id: 1, child: [{ id: 2, child: [{}] }] }] });
  });
});

test('strings come back as they were, but for what XML cannot hold', () => {
  const schema = object({ a: text, b: { ...text, xml: { attribute: true } }, c: { type: 'array', items: text } });
  const printable = fc.string({ unit: 'grapheme' });
  const value = fc.record({ a: printable, b: printable, c: fc.array(printable, { minLength: 1, maxLength: 3 }) });
  fc.assert(
    fc.property(value, (given) => {
      const decoded = decodeXml(writeXml(given, schema, none), schema, none);
      expect(decoded.kind === 'value' ? decoded.candidates : decoded).toContainEqual(given);
    }),
    { numRuns: 500 },
  );
});

test('whatever is written can be read, and no text throws', () => {
  const anything = fc.jsonValue();
  fc.assert(
    fc.property(anything, (value) => {
      expect(decodeXml(writeXml(value, true, none), true, none).kind).toBe('value');
    }),
  );
  const pieces = fc.array(
    fc.constantFrom('<a', '>', '</a>', '/>', ' b="', '"', '&', ';', '<![CDATA[', ']]>', '<!--', '-->', '<?', '?>', 'x', '__proto__', ' '),
  );
  fc.assert(
    fc.property(pieces, (given) => {
      expect(['value', 'malformed']).toContain(decodeXml(given.join(''), true, none).kind);
    }),
    { numRuns: 2000 },
  );
});
