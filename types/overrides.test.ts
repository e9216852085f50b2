/** Judged by `npm run typecheck`: a line under `@ts-expect-error` that is right, or any other that is wrong, fails it. */
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { Operations as FileOperations } from '../mock/overrides/types/file.ts';
import type { Operations as MarketingOperations } from '../mock/overrides/types/marketing-notice.ts';
import type { Operations, SaveTieRequest } from '../mock/overrides/types/tie.ts';
import type { BodyOf, OperationTypes, Overrides, RuleOf, StatusOf } from './overrides.ts';

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const reply = (status: number, body?: unknown): Reply => ({ status, body });
const defineOverrides = <O extends { readonly [Id in keyof O]: OperationTypes }>(overrides: Overrides<O, Reply>): Overrides<O, Reply> =>
  overrides;

describe('the types of an operation', () => {
  test('generated operations are operation types', () => {
    expectTypeOf<Operations[keyof Operations]>().toExtend<OperationTypes>();
    expectTypeOf<MarketingOperations[keyof MarketingOperations]>().toExtend<OperationTypes>();
  });

  test('bodies and parameters are decoded', () => {
    expectTypeOf<Operations['saveOrUpdateTie']['body']>().toEqualTypeOf<SaveTieRequest>();
    expectTypeOf<SaveTieRequest['uid']>().toEqualTypeOf<number | bigint>();
    expectTypeOf<SaveTieRequest['title']>().toEqualTypeOf<string>();
    expectTypeOf<undefined>().toExtend<Operations['listTies']['body']>();
    expectTypeOf<FileOperations['uploadFile']['body']['file']>().toEqualTypeOf<string>();
  });
});

describe('statuses', () => {
  interface Replies {
    200: 'ok';
    404: 'missing';
    '4XX': 'refused';
  }
  interface WithDefault {
    200: 'ok';
    '5XX': 'broken';
    default: 'other';
  }

  test('a status is itself before its range before default', () => {
    expectTypeOf<BodyOf<Replies, 200>>().toEqualTypeOf<'ok'>();
    expectTypeOf<BodyOf<Replies, 404>>().toEqualTypeOf<'missing'>();
    expectTypeOf<BodyOf<Replies, 422>>().toEqualTypeOf<'refused'>();
    expectTypeOf<RuleOf<Replies, 500>>().toEqualTypeOf<never>();
    expectTypeOf<BodyOf<WithDefault, 503>>().toEqualTypeOf<'broken'>();
    expectTypeOf<BodyOf<WithDefault, 404>>().toEqualTypeOf<'other'>();
    expectTypeOf<BodyOf<WithDefault, number>>().toEqualTypeOf<'other'>();
  });

  test('only documented statuses are allowed', () => {
    expectTypeOf<200 | 404 | 400 | 499>().toExtend<StatusOf<Replies>>();
    expectTypeOf<201>().not.toExtend<StatusOf<Replies>>();
    expectTypeOf<500>().not.toExtend<StatusOf<Replies>>();
    expectTypeOf<StatusOf<WithDefault>>().toEqualTypeOf<number>();
    expectTypeOf<StatusOf<{ 204: undefined }>>().toEqualTypeOf<204>();
  });
});

describe('overrides are held to the document', () => {
  test('what the document allows', async () => {
    const overrides = defineOverrides<Operations>({
      async saveOrUpdateTie({ request, reply }) {
        const { uid, title } = request.body;
        if (title === '') return reply(422, { error_code: '10000', error_message: `no title for ${uid}` });
        return reply(200, { success: 'true', data: { tieid: 1_000_001n } });
      },
      async listTies({ request, reply }) {
        if (request.body === undefined) return undefined;
        return reply(200, { error_code: '10000', error_message: 'not now' });
      },
    });
    expect(Object.keys(overrides)).toEqual(['saveOrUpdateTie', 'listTies']);
    const request = { path: {}, query: {}, header: {}, cookie: {}, body: { uid: 1, title: '', img: '', brief: '', link: '' } };
    expect(await overrides.saveOrUpdateTie?.({ request, reply })).toMatchObject({ status: 422 });
  });

  test('what it does not', () => {
    const overrides = [
      defineOverrides<Operations>({
        async saveOrUpdateTie({ request, reply }) {
          // @ts-expect-error the title is text, not a number
          const title: number = request.body.title;
          // @ts-expect-error there is no such query parameter
          const page = request.query.page;
          // @ts-expect-error the data of a saved tie needs its id
          if (title === page) return reply(200, { success: 'true', data: {} });
          // @ts-expect-error a failure needs its message
          if (title > 1) return reply(404, { error_code: '10000' });
          // @ts-expect-error success is the text 'true'
          if (title > 2) return reply(200, { success: true, data: { tieid: 1 } });
          // @ts-expect-error the document has no 201
          if (title > 3) return reply(201, { success: 'true', data: { tieid: 1 } });
          // @ts-expect-error 200 has a body
          if (title > 4) return reply(200);
          // @ts-expect-error the document has no 500
          return reply(500, { error_code: '10000', error_message: 'broken' });
        },
        async listTies({ request, reply }) {
          // @ts-expect-error the body may be left out
          const { uid } = request.body;
          return reply(200, { error_code: String(uid), error_message: '' });
        },
        // @ts-expect-error an override answers or gives back undefined
        async listTieApplies() {
          return 'done';
        },
      }),
      defineOverrides<Operations>({
        // @ts-expect-error no operation has this id
        async saveTie({ reply }) {
          return reply(200, {});
        },
      }),
    ];
    expect(overrides).toHaveLength(2);
  });
});
