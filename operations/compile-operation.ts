import type { Builder } from './builder.ts';
import { compileBody20, compileBody30 } from './compile-body.ts';
import { compileParameter, declaredParameters } from './compile-parameter.ts';
import { compileResponses } from './compile-response.ts';
import { addressOf, child, record } from './document.ts';
import type { Operation } from './operation.ts';
import { hasOtherBody } from './other-version.ts';
import { readingsOf } from './parameter-reading.ts';
import type { Route } from './route.ts';
import type { Problem } from './schema/schemas.ts';
import type { Validators } from './schema/validator.ts';
import { securityOf } from './security.ts';
import type { Security } from './security.ts';

/**
 * Compiles one operation (OpenAPI 3.1 section 4.8.10). Schemas are still compiled only when a value is first checked.
 * Never throws: what can't be used is in `problems`.
 */
export function compileOperation(route: Route, validators: Validators): Operation {
  const { document, node } = route;
  const problems: Problem[] = [];
  const builder: Builder = { document, validators, problems };
  const declared = declaredParameters(builder, route);
  const queryNames = declared
    .filter((parameter) => record(parameter.value)['in'] === 'query')
    .map((parameter) => String(record(parameter.value)['name']));
  const security = securityOf(document, node);
  reportUndefinedSchemes(security, builder, addressOf(node));
  const requestBody = document.dialect === '2.0' ? compileBody20(builder, route, declared) : compileBody30(builder, node);
  const isOther = hasOtherBody(builder, node, declared);
  const isUnread = requestBody === undefined && (isOther || child(node, 'requestBody') !== undefined);
  const parameters = declared.flatMap((parameter) => compileParameter(builder, route, parameter, queryNames));
  return {
    readings: readingsOf(parameters, validators.lookup),
    security,
    requestBody,
    document,
    validators,
    id: route.id,
    method: route.method,
    path: route.path,
    route,
    address: addressOf(node),
    deprecated: record(node.value)['deprecated'] === true,
    parameters,
    ...(isUnread ? { hasUnreadBody: true } : {}),
    responses: compileResponses(builder, node),
    problems,
  };
}

function reportUndefinedSchemes(security: Security, { problems }: Builder, address: string): void {
  for (const { kind, name } of security.flat()) {
    const message = `the security scheme "${name}" is not defined, or is of no known type; it is not checked`;
    if (kind === 'unknown' && !problems.some((problem) => problem.message === message)) problems.push({ address, message });
  }
}
