import { isError, mentions } from '../operations/index.ts';
import type { JudgedRequest, Operation, Violation } from '../operations/index.ts';

/**
 * A request with what is wrong with its body by the schemas that it names itself: JSON Schema knows no discriminator, and a choice is content with any branch. Where the document's version of
 * the specification takes a discriminator for a hint, it is a warning; so it is where the value names none of the schemas, since then there is nothing that it fails to be.
 * @returns the request itself when there is nothing to add.
 */
export function judgeSubtypes({ document }: Operation, judged: JudgedRequest): JudgedRequest {
  const { content, body, violations } = judged;
  if (content?.validator === undefined || typeof body !== 'object' || body === null || !mentions(document, 'discriminator')) return judged;
  // What is refused anyway needs no second look.
  if (violations.some(isError)) return judged;
  const issues = content.validator.subtypes(body);
  if (issues.length === 0) return judged;
  const further = issues.map((issue): Violation => ({
    ...issue,
    side: 'request',
    part: 'body',
    severity: issue.isHint === true || issue.code === 'discriminator' ? 'warning' : issue.severity,
  }));
  return { ...judged, violations: [...violations, ...further] };
}
