import type { ComponentChildren, JSX } from 'preact';
import type { AnswerSource, Difference, Exchange, NearRoute, Why } from '../exchange.ts';
import { t } from '../language.ts';
import { PlaceText } from './place-text.tsx';

/** The way of a request through the mock, step by step. */
export function WhyView({ why, exchange }: { readonly why: Why; readonly exchange: Exchange }): JSX.Element {
  return (
    <section class="why">
      <h2>{t('Why this answer', '为何如此应答')}</h2>
      {why.nearest === undefined ? (
        <ol>
          {stepsOf(why, exchange).map((step, index) => (
            <li key={index}>{step}</li>
          ))}
        </ol>
      ) : (
        <Nearest routes={why.nearest} />
      )}
    </section>
  );
}

function stepsOf(why: Why, { fault, session, violations }: Exchange): ComponentChildren[] {
  const { operation, security, scenario, forced, answer } = why;
  const steps: ComponentChildren[] = [];
  if (operation !== undefined)
    steps.push(
      <>
        {t('Matched', '匹配')} <code>{`${operation.method} ${operation.path}`}</code> → <strong>{operation.operationId}</strong>
        {operation.summary !== undefined && <span class="quiet"> {operation.summary}</span>} <PlaceText place={operation.place} />
      </>,
    );
  if (forced !== undefined)
    steps.push(
      t(
        `Forced in this session: ${forcedText(forced)}; what is remembered was left alone`,
        `本会话指定了应答：${forcedText(forced)}；状态未被使用`,
      ),
    );
  if (security !== undefined) steps.push(securityText(security));
  if (why.step === 'security') return [...steps, ...answered(answer, why.step)];
  const errors = violations.filter(({ side, severity }) => side === 'request' && severity === 'error').length;
  if (operation !== undefined)
    steps.push(
      errors === 0 ? t('Validation: the request is valid', '校验：请求有效') : t(`Validation: ${errors} errors`, `校验：${errors} 处错误`),
    );
  if (scenario !== undefined)
    steps.push(t(`Session ${session}, now on the scenario ${scenario}`, `会话 ${session}，当前场景「${scenario}」`));
  if (fault !== undefined) steps.push(t(`Fault: ${fault}`, `故障：${fault}`));
  return [...steps, ...answered(answer, why.step)];
}

function forcedText({ code, example }: NonNullable<Why['forced']>): string {
  return [code, example].filter((word) => word !== undefined).join(' ') || t('the first example', '首个示例');
}

function securityText({ requires, outcome, message }: NonNullable<Why['security']>): string {
  const wanted = requires.map((alternative) => alternative.join(' + ')).join(t(' or ', ' 或 '));
  if (outcome === 'open') return t('Security: none is asked for', '鉴权：无需凭据');
  if (outcome === 'passed') return t(`Security: ${wanted} passed`, `鉴权：${wanted} 通过`);
  return t(`Security: ${wanted} refused, it ${message ?? ''}`, `鉴权：${wanted} 未通过，${refusalText({ requires, message })}`);
}

/** In Chinese: the mock's own words are English. */
export function refusalText(
  security: { readonly requires: readonly (readonly string[])[]; readonly message?: string | undefined } | undefined,
): string {
  if (security?.message?.startsWith('carries') === true) return '令牌已过期或被撤销';
  return `需要凭据 ${(security?.requires ?? []).map((alternative) => alternative.join(' + ')).join(' 或 ')}`;
}

function answered(answer: AnswerSource | undefined, step: Why['step']): ComponentChildren[] {
  if (answer === undefined)
    return [t('Answered by the mock itself: the document describes nothing for it', '由 mock 自身应答：文档没有描述此情形')];
  const place = answer.place === undefined ? null : <PlaceText place={answer.place} />;
  return [
    <>
      {step !== 'answer' && answer.kind === 'state'
        ? t('Refused as the state file has it', '按状态文件定义的格式拒绝')
        : answerText(answer)}{' '}
      {place}
    </>,
  ];
}

function answerText(answer: AnswerSource): string {
  switch (answer.kind) {
    case 'override':
      return t('Answered by the override', '由覆盖代码应答');
    case 'state': {
      const row = answer.key === undefined ? '' : t(`, row ${answer.key}`, `，数据行 ${answer.key}`);
      const what = answer.verb === undefined ? '' : ` ${answer.verb}${answer.collection === undefined ? '' : ` ${answer.collection}`}`;
      return answer.inferred === true
        ? t(`Answered from inferred state of ${answer.module}`, `由推断的状态应答（${answer.module}）`)
        : t(`Answered by the state file:${what}${row}`, `由状态文件应答：${what}${row}`);
    }
    case 'example':
      return t(`Answered with the example “${answer.name}”`, `以示例「${answer.name}」应答`);
    case 'generated':
      return answer.dynamic === true
        ? t(`Generated from the schema, seed ${answer.seed}`, `按结构随机生成，种子 ${answer.seed}`)
        : t(`Generated from the schema, the plainest value, seed ${answer.seed}`, `按结构生成最简值，种子 ${answer.seed}`);
    case 'forward':
      return t(`Answered by the server at ${answer.url ?? ''}`, `由 ${answer.url ?? ''} 的服务应答`);
    case 'empty':
      return t('Answered without a body, as documented', '按文档应答，无正文');
  }
}

function Nearest({ routes }: { readonly routes: readonly NearRoute[] }): JSX.Element {
  if (routes.length === 0) return <p>{t('No documented path is like it.', '文档中没有相近的路径。')}</p>;
  return (
    <>
      <p>{t('The nearest operations, and what differs:', '最接近的接口及差异：')}</p>
      <ul class="nearest">
        {routes.map((route) => (
          <li key={`${route.document} ${route.operationId}`}>
            <code>{`${route.method} ${route.path}`}</code> <strong>{route.operationId}</strong> <PlaceText place={route.place} />
            <ul>
              {route.differs.map((one, index) => (
                <li key={index}>{differenceText(one)}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  );
}

function differenceText({ actual = '', expected = '', kind, position, segments }: Difference): string {
  switch (kind) {
    case 'method':
      return t(`method: ${actual} was sent, ${expected} is documented`, `方法：发送的是 ${actual}，文档为 ${expected}`);
    case 'base-path':
      return t(`base path: “${actual}” was sent, “${expected}” is documented`, `基础路径：发送的是「${actual}」，文档为「${expected}」`);
    case 'segment':
      return t(
        `segment ${position}: “${actual}” was sent, “${expected}” is documented`,
        `第 ${position} 段：发送的是「${actual}」，文档为「${expected}」`,
      );
    case 'missing':
      return t(`missing: ${segments}`, `缺少：${segments}`);
    case 'extra':
      return t(`too much: ${segments}`, `多出：${segments}`);
    case 'trailing-slash':
      return t('the slash at the end', '末尾的斜杠不同');
  }
}
