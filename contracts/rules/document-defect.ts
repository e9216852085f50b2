import { NOTHING } from './rule.ts';
import type { Rule, Verdict } from './rule.ts';

/** A part of the document can't be used as it stands. Told once for each place: nobody's traffic is to blame for it. */
export const documentDefect: Rule = {
  id: 'document-defect',
  judge({ operation, request, response, defects }) {
    const fresh = defects.fresh(operation);
    if (fresh.length === 0 && request.violations.length === 0 && (response?.violations.length ?? 0) === 0) return NOTHING;
    const found = [...fresh];
    for (const { code, document: address, message } of [...request.violations, ...(response?.violations ?? [])])
      if (code === 'schema-invalid' && defects.isNew({ address, message })) found.push({ address, message });
    if (found.length === 0) return NOTHING;
    return found.map(({ address, message }): Verdict => ({
      side: 'document',
      severity: 'warning',
      message,
      code: 'document',
      document: address,
    }));
  },
};
