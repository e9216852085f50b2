/** A small API with rows enough to make a list cost something: the document and its state file. */

export const ROWS = 10_000;

/** What a client sends to have a thing created. */
export const NEW_THING = { name: '天天健步走', owner: 7, price: 19.9, tags: ['a', 'b'] };

export function thingsDocument(): object {
  const thing = { $ref: '#/components/schemas/Thing' };
  const json = (schema: object): object => ({ 'application/json': { schema } });
  const answer = (schema: object): object => ({ description: 'ok', content: json(schema) });
  const list = {
    parameters: [
      { name: 'owner', in: 'query', schema: { type: 'integer' } },
      { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 } },
    ],
    responses: {
      200: answer({
        type: 'object',
        required: ['total', 'items'],
        properties: { total: { type: 'integer' }, items: { type: 'array', items: thing } },
      }),
    },
  };
  return {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: {
      '/things': {
        post: {
          operationId: 'createThing',
          requestBody: { required: true, content: json({ $ref: '#/components/schemas/NewThing' }) },
          responses: { 201: answer(thing) },
        },
      },
      '/things/{id}': {
        get: {
          operationId: 'getThing',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          responses: { 200: answer(thing), 404: answer({ type: 'object' }) },
        },
        delete: {
          operationId: 'deleteThing',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          responses: { 204: { description: 'gone' }, 404: answer({ type: 'object' }) },
        },
      },
      '/many': { get: { operationId: 'listMany', ...list } },
    },
    components: { schemas: { NewThing: schema(['name', 'owner']), Thing: schema(['id', 'name', 'owner', 'createdAt']) } },
  };
}

function schema(required: readonly string[]): object {
  return {
    type: 'object',
    required,
    properties: {
      id: { type: 'integer', format: 'int64' },
      name: { type: 'string', maxLength: 80 },
      owner: { type: 'integer' },
      price: { type: 'number', minimum: 0 },
      tags: { type: 'array', items: { type: 'string' } },
      createdAt: { type: 'string', format: 'date-time' },
    },
  };
}

/** Things that are created, and as many others that are only listed: a list must not grow while creating is measured. */
export function thingsState(rows = ROWS): object {
  const seed = [{ repeat: rows, row: { id: '$item', name: 'thing {$item}', owner: 7, price: 1.5, createdAt: '2026-01-01T00:00:00Z' } }];
  return {
    collections: { thing: { stamps: { create: { createdAt: '$now.iso' } }, seed }, many: { seed } },
    operations: {
      createThing: { do: 'create', in: 'thing', data: '$row' },
      getThing: { do: 'get', in: 'thing', key: '$request.path.id' },
      deleteThing: { do: 'delete', in: 'thing', key: '$request.path.id' },
      listMany: {
        do: 'list',
        in: 'many',
        where: { owner: '$request.query.owner' },
        page: { offset: 0, size: '$request.query.limit', out: { total: '$total', items: '$rows' } },
      },
    },
  };
}
