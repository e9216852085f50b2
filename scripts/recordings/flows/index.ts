import type { Flow } from '../flow.ts';
import { auth } from './auth.ts';
import { distribute } from './distribute.ts';
import { file } from './file.ts';
import { invitePlan } from './invite-plan.ts';
import { marketingNotice } from './marketing-notice.ts';
import { member } from './member.ts';
import { notificationTask } from './notification-task.ts';
import { sopTask } from './sop-task.ts';
import { tie } from './tie.ts';

/** One flow for each module of the workspace. */
export const FLOWS: readonly Flow[] = [auth, distribute, file, invitePlan, marketingNotice, member, notificationTask, sopTask, tie];
