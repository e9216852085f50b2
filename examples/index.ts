/** Backends to try the checker on. */
export { createBackend } from './backend/app.ts';
export { DEFECTS, isDefectId } from './backend/defects.ts';
export type { Defect, DefectId } from './backend/defects.ts';
export { drive } from './backend/drive.ts';
