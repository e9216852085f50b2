import { describeRule, gap } from './rule.fixture.ts';

const api = { responses: { '200': {}, '404': {} } };
const ranges = ['3.0', '3.1'] as const;

describeRule('undocumented-status', {
  catches: [
    {
      name: 'another status',
      api,
      sent: { status: 418 },
      want: [{ side: 'server', severity: 'error', in: 'response', part: 'status', code: 'undocumented', status: 418 }],
    },
    { name: 'one of another class', api: { responses: { '2XX': {} } }, dialects: ranges, sent: { status: 302 }, want: [{ status: 302 }] },
    { name: '304 that nobody asked for', api, sent: { status: 304 }, want: [{ status: 304 }] },
    { name: '206 that nobody asked for', api, sent: { status: 206 }, want: [{ status: 206 }] },
    {
      name: 'another status though the bodies are lost',
      api,
      sent: { status: 418, gaps: [gap('response-body')] },
      want: [{ status: 418 }],
    },
  ],
  leaves: [
    { name: 'a documented one', api, sent: { status: 404 } },
    { name: 'default', api: { responses: { default: {} } }, sent: { status: 418 } },
    { name: 'its class', api: { responses: { '4XX': {} } }, dialects: ranges, sent: { status: 418 } },
    { name: '304 to a conditional request', api, sent: { status: 304, headers: { 'if-none-match': '"a"' } } },
    { name: '304 to If-Modified-Since', api, sent: { status: 304, headers: { 'if-modified-since': 'Sun, 01 Mar 2026 08:00:00 GMT' } } },
    { name: '412 to a condition', api, sent: { status: 412, headers: { 'if-match': '"a"' } } },
    { name: '206 to a range', api, sent: { status: 206, headers: { range: 'bytes=0-1' } } },
    { name: '416 to a range', api, sent: { status: 416, headers: { range: 'bytes=9-' } } },
    { name: 'a document that describes no response', api: { responses: {} }, sent: { status: 200 } },
    { name: 'HEAD that is not served where only GET is described', api, sent: { method: 'HEAD', status: 405 } },
    { name: 'no response', api, sent: { status: null } },
    { name: 'an entry that is garbled', api, sent: { status: 418, gaps: [gap('entry', 'invalid')] } },
  ],
});
