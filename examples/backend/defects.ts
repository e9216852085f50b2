import { AUTH_DEFECTS } from './defects/auth.ts';
import { FILE_DEFECTS } from './defects/file.ts';
import { TASK_DEFECTS } from './defects/notification-task.ts';
import { TIE_DEFECTS } from './defects/tie.ts';

export type { Defect, DefectKind, ModuleName } from './defects/defect.ts';

/** Every defect that can be switched on, module by module. */
export const DEFECTS = [...AUTH_DEFECTS, ...TASK_DEFECTS, ...FILE_DEFECTS, ...TIE_DEFECTS];

export type DefectId = (typeof DEFECTS)[number]['id'];

const IDS: ReadonlySet<string> = new Set(DEFECTS.map((defect) => defect.id));

/** Whether a text names a defect. */
export function isDefectId(text: string): text is DefectId {
  return IDS.has(text);
}
