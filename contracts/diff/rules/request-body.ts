import { record } from '../../../operations/index.ts';
import type { Operation } from '../../../operations/index.ts';
import type { OperationRule } from '../operation-pair.ts';
import { compareContents } from './contents.ts';

/** The request body (OpenAPI 3.1 section 4.8.13; Swagger 2.0 `body` and `formData`). */
export const compareRequestBody: OperationRule = (pair, teller) => {
  const { old, next } = pair;
  const [before, after] = [old.requestBody, next.requestBody];
  const at = { side: 'request', pointer: 'request body', old: before?.address, new: after?.address } as const;
  if (before === undefined && after !== undefined) {
    teller.tell({
      rule: 'request-body-added',
      level: after.required ? 'breaking' : 'compatible',
      ...at,
      text: after.required
        ? { en: 'a required request body is new', zh: '新增必填的请求体' }
        : { en: 'an optional request body is new', zh: '新增可选的请求体' },
    });
    return;
  }
  if (before !== undefined && after === undefined) {
    teller.tell({
      rule: 'request-body-removed',
      level: 'warning',
      ...at,
      text: { en: 'the request body is gone: it is not read any more', zh: '删除请求体，服务端不再读取' },
    });
    return;
  }
  if (before === undefined || after === undefined) return;
  if (before.required !== after.required)
    teller.tell(
      after.required
        ? {
            rule: 'request-body-required',
            level: 'breaking',
            ...at,
            text: { en: 'the request body is required now', zh: '请求体变为必填' },
          }
        : {
            rule: 'request-body-optional',
            level: 'compatible',
            ...at,
            text: { en: 'the request body is optional now', zh: '请求体变为可选' },
          },
    );
  compareContents(
    pair,
    'request',
    'request',
    { contents: before.contents, address: before.address, open: isOpen(old) },
    { contents: after.contents, address: after.address, open: isOpen(next) },
    teller,
  );
};

/** Swagger 2.0 without `consumes`: any media type may be meant. */
function isOpen({ document, route }: Operation): boolean {
  if (document.dialect !== '2.0') return false;
  const consumes = record(route.node.value)['consumes'] ?? record(document.root.value)['consumes'];
  return !Array.isArray(consumes) || consumes.length === 0;
}
