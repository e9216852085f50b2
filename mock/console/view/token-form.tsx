import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { giveToken, tokenWanted } from '../control.ts';
import { t } from '../language.ts';

/** Asks for the control token, which is kept for this tab only. */
export function TokenForm(): JSX.Element {
  const given = useSignal('');
  return (
    <form
      class="token-form"
      onSubmit={(event) => {
        event.preventDefault();
        giveToken(given.value.trim());
      }}
    >
      <h1>{t('Control token', '控制令牌')}</h1>
      <p>
        {t(
          'The mock was started with a control token (--control-token or HUFU_CONTROL_TOKEN). It is kept in this tab until you close it.',
          'mock 启动时设置了控制令牌（--control-token 或 HUFU_CONTROL_TOKEN）。令牌只保存在本标签页，关闭后失效。',
        )}
      </p>
      {tokenWanted.value === 'wrong' && (
        <p class="error" role="alert">
          {t('That is not the right token.', '令牌不正确。')}
        </p>
      )}
      <label>
        {t('Token', '令牌')}
        <input
          type="password"
          autocomplete="off"
          required
          value={given.value}
          onInput={(event) => (given.value = event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="primary">
        {t('Continue', '继续')}
      </button>
    </form>
  );
}
