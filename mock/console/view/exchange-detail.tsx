import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ask, ControlError } from '../control.ts';
import { targetOf } from '../exchange.ts';
import type { Body, Exchange, Headers, Violation } from '../exchange.ts';
import { decoded } from '../filter.ts';
import { t } from '../language.ts';
import { detailOpen, headingWanted } from '../route.ts';
import { BodyView } from './body-view.tsx';
import { ExchangeActions } from './exchange-actions.tsx';
import { shownMilliseconds, timeOfDay } from './time.ts';
import { Verdict } from './verdict.tsx';
import { WhyView } from './why-view.tsx';

/** One exchange in full: the verdict first, then why, then what went over the wire. */
export function ExchangeDetail({ id }: { readonly id: number }): JSX.Element {
  const exchange = useSignal<Exchange | undefined>(undefined);
  const failure = useSignal('');
  useEffect(() => {
    const abort = new AbortController();
    ask<Exchange>(`journal/${id}`, { signal: abort.signal }).then(
      (read) => {
        exchange.value = read;
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        failure.value = error instanceof ControlError ? error.message : t('The mock can not be reached.', '无法连接 mock。');
      },
    );
    return () => abort.abort();
  }, [id]);

  if (failure.value !== '')
    return (
      <p class="empty" role="alert">
        {failure.value}
      </p>
    );
  if (exchange.value === undefined) return <p class="empty">{t('Loading…', '加载中…')}</p>;
  return <Read exchange={exchange.value} />;
}

function Read({ exchange }: { readonly exchange: Exchange }): JSX.Element {
  const { request, response, violations, why } = exchange;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!headingWanted.peek()) return;
    headingWanted.value = false;
    heading.current?.focus();
  }, []);
  // What the mock sends instead of an answer that breaks the document is not what the pointers lead into.
  const isOwn = String(response.headers['content-type'] ?? '').startsWith('application/problem+json');
  const flaws = isOwn ? [] : violations.filter(({ side }) => side === 'response');
  return (
    <article class="detail">
      <header>
        <button type="button" class="back" onClick={() => (detailOpen.value = false)}>
          ← {t('Back', '返回')}
        </button>
        <h1 ref={heading} tabIndex={-1}>
          <span class={`method ${request.method.toLowerCase()}`}>{request.method}</span>{' '}
          <span class="target">{decoded(targetOf(request))}</span>{' '}
          <span class={`status s${String(response.status).charAt(0)}`}>
            {response.status === 0 ? t('connection reset', '连接被重置') : response.status}
          </span>
        </h1>
        <p class="facts">
          {timeOfDay(exchange.at)} · {shownMilliseconds(exchange.milliseconds)} ms · {t('session', '会话')} {exchange.session}
        </p>
        <ExchangeActions exchange={exchange} />
      </header>
      <Verdict exchange={exchange} />
      <WhyView why={why} exchange={exchange} />
      <Message
        title={t('Request', '请求')}
        headers={request.headers}
        body={request.body}
        violations={violations.filter(({ side }) => side === 'request')}
      />
      <Message title={t('Response', '应答')} headers={response.headers} body={response.body} violations={flaws} />
    </article>
  );
}

interface MessageProps {
  readonly title: string;
  readonly headers: Headers;
  readonly body: Body | undefined;
  readonly violations: readonly Violation[];
}

function Message({ title, headers, body, violations }: MessageProps): JSX.Element {
  const pairs = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const));
  const wrong = new Set(violations.flatMap(({ part, name }) => (part === 'header' && name !== undefined ? [name.toLowerCase()] : [])));
  return (
    <section class="message">
      <h2>{title}</h2>
      <details open={wrong.size > 0}>
        <summary>{t(`Headers (${pairs.length})`, `头部（${pairs.length}）`)}</summary>
        <table class="headers">
          <tbody>
            {pairs.map(([name, value], index) => (
              <tr key={`${name}-${index}`} class={wrong.has(name) ? 'bad' : ''}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      {body === undefined ? (
        <p class="quiet">{t('No body.', '无正文。')}</p>
      ) : (
        <BodyView label={title} body={body} contentType={String(headers['content-type'] ?? '')} violations={violations} />
      )}
    </section>
  );
}
