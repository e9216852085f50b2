import { raw, Router } from 'express';
import type { NextFunction, Request, Response } from 'express';
import type { Context } from '../context.ts';
import { membersOf } from '../json.ts';
import { jsonBody, refusalOf, sendHtml } from '../reply.ts';
import { approveApply, listApplies, setApplyTid } from './applies.ts';
import { Failure } from './check.ts';
import type { Body } from './check.ts';
import { sendFailure, sendSuccess } from './envelope.ts';
import { deleteInvitation, drawInvitation, listInvitations, saveInvitation } from './invitations.ts';
import { findTie, listTies, saveTie } from './ties.ts';

type Action = (context: Context, body: Body) => object | undefined;

/** The ten calls under `/tie`, all of them POST with JSON; the spelling `invitiation` is the published one. */
const ACTIONS: Readonly<Record<string, Action>> = {
  '/saveOrUpdate.json': saveTie,
  '/findById.json': findTie,
  '/list.json': listTies,
  '/apply/list.json': listApplies,
  '/apply/approve.json': approveApply,
  '/apply/settid.json': setApplyTid,
  '/invitiation/saveOrUpdate.json': saveInvitation,
  '/invitiation/delete.json': deleteInvitation,
  '/invitiation/findByTid.json': listInvitations,
  '/invitiation/findByTidAndProbability.json': drawInvitation,
};
/** Calls whose parameters are all optional, and so their body too. */
const BODY_OPTIONAL = new Set(['/list.json', '/apply/list.json']);

export function tieRouter(context: Context): Router {
  const { defect } = context;
  const router = Router();
  router.use(raw({ type: () => true, limit: '1mb' }));

  for (const [path, action] of Object.entries(ACTIONS)) {
    router.post(path, (request, response) => {
      const optional = BODY_OPTIONAL.has(path) && !defect('tie-body-required');
      const body = jsonBody(request);
      const parameters = body === undefined && optional ? {} : membersOf(body);
      if (parameters === undefined) throw new Failure('请求体必须是 JSON 对象');
      sendSuccess(context, response, action(context, parameters));
    });
  }

  router.use((_request: Request, response: Response) => {
    sendFailure(context, response, '接口不存在', 404);
  });
  router.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    if (error instanceof Failure) return sendFailure(context, response, error.message);
    const { status, message } = refusalOf(error);
    if (status === 500 && defect('tie-missing-field-500')) return sendHtml(response, 500, 'Whitelabel Error Page');
    sendFailure(context, response, message);
  });
  return router;
}
