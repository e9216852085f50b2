import type { Response } from 'express';
import type { Context } from '../context.ts';
import { writeJson } from '../json.ts';

/** `{"success":"true"}`, with `data` where there is something to return. */
export function sendSuccess(context: Context, response: Response, data: object | undefined): void {
  const { defect } = context;
  const success = defect('tie-success-boolean') ? true : 'true';
  const nothing = defect('tie-ack-data-null') ? { data: null } : {};
  send(context, response, 200, data === undefined ? { success, ...nothing } : { success, data });
}

/** A failure: a code, always "10000", and a message. Its status is 200 like that of a success, unless the call itself is unknown. */
export function sendFailure(context: Context, response: Response, message: string, status = 200): void {
  const { defect } = context;
  send(context, response, defect('tie-error-500') ? 500 : status, {
    ...(defect('tie-error-with-success') ? { success: 'false' } : {}),
    ...(defect('tie-error-without-code') ? {} : { error_code: defect('tie-error-code-number') ? 10000 : '10000' }),
    error_message: message,
  });
}

function send({ defect }: Context, response: Response, status: number, value: object): void {
  const json = writeJson(value);
  const text = defect('tie-json-twice') ? JSON.stringify(json) : json;
  if (defect('tie-charset-lost')) {
    // What Latin-1 does not have becomes a question mark, as in most encoders.
    const latin1 = Buffer.from(text.replaceAll(/[^\0-\u{ff}]/gu, '?'), 'latin1');
    response.status(status).set('content-type', 'application/json; charset=iso-8859-1').end(latin1);
    return;
  }
  const mediaType = defect('tie-text-html') ? 'text/html' : 'application/json';
  response.status(status).set('content-type', `${mediaType}; charset=utf-8`).end(text);
}
