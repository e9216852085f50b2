import { json, openapi } from './mock.fixture.ts';

const string = { type: 'string' };
const array = { type: 'array', items: { type: 'integer' } };
const object = {
  type: 'object',
  properties: { r: { type: 'integer' }, g: string, b: { type: 'boolean' } },
  additionalProperties: { type: 'integer' },
};
const deep = { type: 'object', properties: { list: array, inner: { type: 'object', properties: { x: { type: 'number' } } } } };

const styles: Readonly<Record<string, readonly string[]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form'],
};

/** Every place, style, `explode` and kind of value on a path of its own; bodies of every media type that is read. */
export const parameterStyles = openapi(
  {
    ...Object.fromEntries(
      Object.entries(styles).flatMap(([place, names]) =>
        names.flatMap((style) =>
          [true, false].flatMap((explode) =>
            Object.entries({ string, array, object, deep, content: undefined }).map(([kind, schema]) => {
              const parameter = { name: 'value', in: place, required: place === 'path' };
              const rule = schema === undefined ? { content: { 'application/json': { schema: object } } } : { style, explode, schema };
              const path = `/${place}/${style}/${String(explode)}/${kind}${place === 'path' ? '/{value}' : ''}`;
              return [path, { get: { parameters: [{ ...parameter, ...rule }], responses: { 200: json(object), 400: json(deep) } } }];
            }),
          ),
        ),
      ),
    ),
    '/mixed/{a}.{b}:{c}': { get: { responses: { 200: json(deep), default: json(object) } } },
    '/{any}': {
      get: { responses: { 200: { description: 'text', content: { 'text/*': { schema: { type: 'string', pattern: '^[a-z]{1,9}$' } } } } } },
    },
    '/body': {
      post: {
        parameters: [{ name: '名', in: 'query', schema: { type: 'string', maxLength: 3 } }],
        requestBody: {
          content: Object.fromEntries(
            [
              'application/json',
              'application/xml',
              'application/x-www-form-urlencoded',
              'multipart/form-data',
              'text/plain',
              'image/*',
            ].map((type) => [type, { schema: type.includes('/*') || type.startsWith('text') ? string : deep }]),
          ),
        },
        responses: { 200: json(deep), 422: json({ type: 'string' }) },
      },
    },
    '/recursive': {
      post: {
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Tree' } } } },
        responses: { 200: json({ $ref: '#/components/schemas/Tree' }) },
      },
    },
  },
  {
    components: {
      schemas: {
        Tree: {
          type: 'object',
          required: ['id'],
          properties: { id: { type: 'integer' }, children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
        },
      },
    },
  },
);
