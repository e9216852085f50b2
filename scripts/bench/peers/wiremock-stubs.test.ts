import { expect, it } from 'vitest';
import { stubs } from './wiremock-stubs.ts';

it('an operation with an example becomes a stub, one without is left out', () => {
  const answer = (content: object): object => ({ description: '', content: { 'application/json': content } });
  const document = {
    openapi: '3.1.0',
    paths: {
      '/things': {
        post: { responses: { 400: answer({ example: 'no' }), 201: answer({ example: { id: 1 } }) } },
        get: { responses: { 200: answer({ schema: { type: 'array' } }) } },
      },
      '/things/{id}': { delete: { responses: { 204: { description: '' } } } },
    },
  };
  expect(stubs(document)).toEqual([
    {
      request: { method: 'POST', urlPathTemplate: '/things' },
      response: { status: 201, jsonBody: { id: 1 }, headers: { 'Content-Type': 'application/json' } },
    },
  ]);
});
