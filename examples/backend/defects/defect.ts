export type ModuleName = 'auth' | 'notification-task' | 'file' | 'tie';

export type DefectKind =
  | 'schema'
  | 'status'
  | 'media-type'
  | 'header'
  | 'auth'
  | 'pagination'
  | 'filter'
  | 'sort'
  | 'transition'
  | 'envelope'
  | 'int64'
  | 'time'
  | 'encoding'
  | 'unique'
  | 'soft-delete'
  | 'update'
  | 'other-rows'
  | 'validation'
  | 'refused'
  | 'read-only'
  | 'write-only'
  | 'body';

export interface Defect<Id extends string = string> {
  readonly id: Id;
  readonly module: ModuleName;
  readonly kind: DefectKind;
  /** What the team got wrong. */
  readonly says: string;
  /** Whether the document or the state file says enough to tell that this is wrong. */
  readonly expressible: boolean;
  /** Why neither of them can. */
  readonly reason?: string;
}

/** One line of a list; with a reason the defect is not expressible. */
type Line<Id extends string> = readonly [id: Id, kind: DefectKind, says: string, reason?: string];

export function defectsOf<const Id extends string>(module: ModuleName, lines: readonly Line<Id>[]): readonly Defect<Id>[] {
  return lines.map(([id, kind, says, reason]) =>
    reason === undefined ? { id, module, kind, says, expressible: true } : { id, module, kind, says, expressible: false, reason },
  );
}
