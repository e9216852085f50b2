import { essence, isJson, isXml } from '../operations/index.ts';
import type { Content, Operation, OperationParameter } from '../operations/index.ts';
import { oneLine } from './comment.ts';
import { literalType } from './literal.ts';
import type { SchemaTypes } from './schema-types.ts';
import { ANY_OBJECT, union, UNDEFINED, UNKNOWN, word } from './type.ts';
import type { ObjectType, Property, Type } from './type.ts';

/** One operation as an override sees it: decoded parameters by place, the body, the replies by status. */
export function operationProperty(operation: Operation, schemas: SchemaTypes): Property {
  const places = ['path', 'query', 'header', 'cookie'] as const;
  const properties = [
    ...places.map((place) => property(place, parametersType(operation, place, schemas))),
    property('body', bodyType(operation, schemas)),
    property('replies', repliesType(operation, schemas)),
  ];
  return { ...property(operation.id, object(properties)), comment: commentOf(operation) };
}

function commentOf({ method, path, route, deprecated }: Operation): string {
  const given = route.node.value;
  const summary = typeof given === 'object' && given !== null && 'summary' in given ? given.summary : undefined;
  const text = typeof summary === 'string' && summary.trim() !== '' ? `${method} ${path}: ${summary}` : `${method} ${path}`;
  return oneLine(deprecated ? `${text} @deprecated` : text);
}

function parametersType(operation: Operation, place: OperationParameter['in'], schemas: SchemaTypes): Type {
  const properties = operation.parameters
    .filter((parameter) => parameter.in === place)
    .map(({ name, required, schema, allowEmptyValue, deprecated }) => {
      const type = schemas.typeOf(schema, 'request');
      const whole = allowEmptyValue ? union([type, literalType('')]) : type;
      return { name, type: whole, optional: !required, comment: deprecated ? '@deprecated' : '' };
    });
  return object(properties);
}

function bodyType({ requestBody }: Operation, schemas: SchemaTypes): Type {
  if (requestBody === undefined || requestBody.contents.length === 0) return UNDEFINED;
  const types = requestBody.contents.map((content) => receivedType(content, schemas));
  return union(requestBody.required ? types : [...types, UNDEFINED]);
}

/** What a body of this media type is read as: bytes that are neither text nor a structure are not read at all. */
function receivedType({ range, validator, sequence }: Content, schemas: SchemaTypes): Type {
  const type = schemas.typeOf(validator?.schema, 'request');
  if (isJson(range) || isXml(range) || sequence !== undefined) return type;
  if (essence(range) === 'application/x-www-form-urlencoded' || essence(range) === 'multipart/form-data')
    return validator === undefined ? ANY_OBJECT : type;
  if (range.type === 'text' && !range.subtype.includes('*')) return validator === undefined ? word('string') : type;
  const isRange = range.type === '*' || range.subtype.includes('*');
  return isRange ? union([type, UNDEFINED]) : UNDEFINED;
}

function repliesType({ responses }: Operation, schemas: SchemaTypes): Type {
  const byStatus = new Map<string, Property>();
  for (const { status, contents } of responses) {
    if (byStatus.has(status)) continue;
    const types = contents.map((content) =>
      content.validator === undefined ? UNKNOWN : schemas.typeOf(content.validator.schema, 'response'),
    );
    const isNumber = /^[1-9]\d{2}$/.test(status);
    byStatus.set(status, property(isNumber ? Number(status) : status, types.length === 0 ? UNDEFINED : union(types)));
  }
  return object([...byStatus.values()]);
}

function property(name: string | number, type: Type): Property {
  return { name, type, optional: false, comment: '' };
}

function object(properties: readonly Property[]): ObjectType {
  return { kind: 'object', properties, index: undefined };
}
