import type { Gap } from '../exchange.ts';
import { describeRule, gap } from './rule.fixture.ts';

const described = {
  method: 'post',
  body: { schema: { type: 'object', required: ['a'] } },
  responses: { '200': { schema: { type: 'object' }, headers: { 'X-Id': { type: 'string' } }, required: ['X-Id'] } },
};
const perhaps: Gap = { ...gap('response-body'), perhaps: true };

describeRule('recording-gap', {
  catches: [
    {
      name: 'a lost body that the document describes',
      api: described,
      sent: { body: { a: 1 }, gaps: [gap('response-body')] },
      want: [{ side: 'recording', severity: 'warning', code: 'response-body missing', message: 'The response-body was not recorded.' }],
    },
    {
      name: 'a lost body that the document does not describe: nothing to judge was lost',
      api: {},
      sent: { gaps: [gap('response-body'), gap('request-body')] },
      want: [{ severity: 'notice' }, { severity: 'notice' }],
    },
    {
      name: 'header fields that nothing was said of',
      api: { method: 'post', responses: { '200': { schema: { type: 'object' } } } },
      sent: { reply: {}, gaps: [gap('response-headers'), gap('request-headers')] },
      want: [{ severity: 'notice' }, { severity: 'notice' }],
    },
    {
      name: 'header fields of which one is required',
      api: described,
      dialects: ['3.0', '3.1'],
      sent: { body: { a: 1 }, reply: {}, gaps: [gap('response-headers')] },
      want: [{ severity: 'warning', code: 'response-headers missing' }],
    },
    {
      name: 'header fields that may have held credentials',
      api: { secured: true },
      sent: { gaps: [gap('request-headers')] },
      want: [{ severity: 'warning' }],
    },
    {
      name: 'a body in part that breaks its schema',
      api: described,
      sent: { body: {}, reply: {}, replyHeaders: { 'x-id': '1' }, gaps: [gap('request-body', 'missing')] },
      want: [{ severity: 'warning' }],
    },
    {
      name: 'a body of which only a file is missing',
      api: described,
      sent: { body: { a: 1 }, reply: {}, replyHeaders: { 'x-id': '1' }, gaps: [gap('request-body', 'missing')] },
      want: [{ severity: 'notice' }],
    },
    {
      name: 'a body that may have been there, and is described',
      api: described,
      sent: { body: { a: 1 }, replyHeaders: { 'x-id': '1' }, gaps: [perhaps] },
      want: [{ severity: 'warning' }],
    },
    {
      name: 'what was left out on purpose',
      api: {},
      sent: { gaps: [gap('credentials', 'stripped')] },
      want: [{ side: 'recording', severity: 'notice' }],
    },
    {
      name: 'each of two',
      api: {},
      sent: { gaps: [gap('request-headers'), gap('response-headers', 'invalid')] },
      want: [{ code: 'request-headers missing' }, { code: 'response-headers invalid' }],
    },
    { name: 'no response', api: {}, sent: { status: null }, want: [{ side: 'recording', severity: 'notice', code: 'response missing' }] },
    {
      name: 'no response, told once where a gap says why',
      api: {},
      sent: { status: null, gaps: [gap('entry', 'invalid')] },
      want: [{ code: 'entry invalid' }],
    },
  ],
  leaves: [
    { name: 'a whole exchange', api: {}, sent: {} },
    { name: 'a body that may have been there, where none is described', api: {}, sent: { gaps: [perhaps] } },
    { name: 'header fields of parts that nothing was said of', api: {}, sent: { gaps: [{ ...gap('part-headers'), perhaps: true }] } },
  ],
});
