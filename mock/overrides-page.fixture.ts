import { defineOverrides } from './override.ts';
import type { Operations } from './overrides/types/tie.ts';

export default defineOverrides<Operations>({
  /** Every look counts, and what is not public is not told. The answer itself is the state file's. */
  async findTieById({ request, state, refuse }) {
    const { tieid } = request.body;
    const tie = await state('tie').get(tieid);
    if (tie?.['level'] === 9) return refuse('NO_TIE', '活动未公开 · Not public');
    if (tie !== undefined) await state('tie').update(tieid, { readQuantity: Number(tie['readQuantity']) + 1 });
    return undefined;
  },

  /** At night nobody wins. */
  findTieInvitationByTidAndProbability({ reply, clock, now }) {
    if (clock.write(now, 'time') < '22:00') return undefined;
    return reply(200, { success: 'true', data: { invitiation: null } });
  },
});
