import { describe, expect, test } from 'vitest';
import { asNode, at, isNode, readDocuments, walk } from './documents.fixture.ts';

const documents = await readDocuments();

/** What has to be marked, by module: pointers below `components`, with the marks that are wanted beside `x-sensitive`. */
const SENSITIVE: Readonly<Record<string, readonly { pointer: string; marks?: Readonly<Record<string, unknown>> }[]>> = {
  auth: [
    { pointer: 'securitySchemes/clientBasic' },
    { pointer: 'schemas/PasswordGrantRequest/properties/username', marks: { writeOnly: true } },
    { pointer: 'schemas/PasswordGrantRequest/properties/password', marks: { writeOnly: true, format: 'password' } },
    { pointer: 'schemas/RefreshTokenGrantRequest/properties/refresh_token', marks: { writeOnly: true } },
    { pointer: 'schemas/IssueTokenResponse/properties/access_token' },
    { pointer: 'schemas/IssueTokenResponse/properties/refresh_token' },
  ],
  'invite-plan': [
    { pointer: 'schemas/SellerLoginContent/properties/phone' },
    { pointer: 'schemas/SellerLoginContent/properties/password', marks: { format: 'password' } },
    { pointer: 'schemas/SellerLoginContentView/properties/phone' },
    { pointer: 'schemas/SellerLoginContentView/properties/password', marks: { format: 'password' } },
    { pointer: 'schemas/ContactInfo/properties/email' },
    { pointer: 'schemas/ContactInfo/properties/phone' },
    { pointer: 'schemas/CreatorInvitationContent/properties/creatorIds' },
    { pointer: 'schemas/ImContent/properties/creatorId' },
    { pointer: 'schemas/ImContent/properties/text' },
  ],
  'notification-task': [
    { pointer: 'securitySchemes/bearerAuth' },
    { pointer: 'schemas/NotificationContent/properties/contentValue' },
    { pointer: 'schemas/NotificationContentDetail/properties/value' },
    { pointer: 'schemas/NotificationMemberInput/properties/userId' },
    { pointer: 'schemas/NotificationMemberInput/properties/ciq' },
    { pointer: 'schemas/NotificationMemberInput/properties/nickname' },
    { pointer: 'schemas/NotificationMemberInput/properties/memberId' },
    { pointer: 'schemas/NotificationMemberInput/additionalProperties' },
    { pointer: 'schemas/NotificationMemberOutput/properties/userId' },
    { pointer: 'schemas/NotificationMemberOutput/properties/ciq' },
    { pointer: 'schemas/NotificationMemberOutput/properties/nickname' },
    { pointer: 'schemas/NotificationMemberOutput/properties/memberId' },
    { pointer: 'schemas/NotificationMemberOutput/additionalProperties' },
    { pointer: 'schemas/NotificationTaskExecution/properties/memberId' },
    { pointer: 'schemas/NotificationTaskExecution/properties/memberName' },
  ],
  file: [
    { pointer: 'securitySchemes/bearerAuth' },
    { pointer: 'schemas/UploadFileRequest/properties/file' },
    { pointer: 'schemas/DownloadFileResponse' },
  ],
  'marketing-notice': [
    { pointer: 'securitySchemes/bearerAuth' },
    { pointer: 'schemas/NoticeTaskMember' },
    { pointer: 'schemas/NoticeDataInput/properties/prompt' },
    { pointer: 'schemas/NoticeDataInput/properties/backgroundInfo' },
    { pointer: 'schemas/Notice/properties/prompt' },
    { pointer: 'schemas/Notice/properties/backgroundInfo' },
    { pointer: 'schemas/CreateNoticeSceneRequest/properties/prompt' },
    { pointer: 'schemas/CreateNoticeSceneRequest/properties/externalId' },
    { pointer: 'schemas/UpdateNoticeSceneRequest/properties/prompt' },
    { pointer: 'schemas/UpdateNoticeSceneRequest/properties/externalId' },
    { pointer: 'schemas/NoticeSceneRow/properties/prompt' },
    { pointer: 'schemas/NoticeSceneRow/properties/externalId' },
  ],
  member: [
    { pointer: 'securitySchemes/bearerAuth' },
    { pointer: 'schemas/DailyReport/properties/content' },
    { pointer: 'schemas/DailyReport/properties/moodValues' },
  ],
  tie: [
    { pointer: 'schemas/SaveTieRequest/properties/uid' },
    { pointer: 'schemas/ListTieAppliesRequest/properties/uid' },
    { pointer: 'schemas/ListTieAppliesRequest/properties/phone' },
    { pointer: 'schemas/TieApply/properties/uid' },
    { pointer: 'schemas/TieApply/properties/phone' },
    { pointer: 'schemas/TieApply/properties/code' },
    { pointer: 'schemas/TieEntity/properties/uid' },
    { pointer: 'schemas/ListTiesRequest/properties/uid' },
    { pointer: 'schemas/SaveTieInvitationRequest/properties/uid' },
    { pointer: 'schemas/SaveTieInvitationRequest/properties/code' },
    { pointer: 'schemas/TieInvitationFields/properties/uid' },
    { pointer: 'schemas/TieInvitationFields/properties/code' },
  ],
  'sop-task': [
    { pointer: 'parameters/OfficialAccountId' },
    { pointer: 'schemas/VisibleRange/properties/sender_list/properties/user_list' },
    { pointer: 'schemas/MomentAttachment/properties/image/properties/media_id' },
  ],
  distribute: [
    { pointer: 'securitySchemes/token' },
    { pointer: 'securitySchemes/openId' },
    { pointer: 'schemas/DistributionInput/properties/name' },
    { pointer: 'schemas/DistributionInput/properties/relId' },
    { pointer: 'schemas/Distribution/properties/name' },
    { pointer: 'schemas/Distribution/properties/relId' },
    { pointer: 'schemas/Distribution/properties/code' },
    { pointer: 'schemas/Distribution/properties/shareUrl' },
  ],
};

describe.each(documents.map((document) => ({ module: document.module, document })))('$module', ({ module, document }) => {
  test.each([...(SENSITIVE[module] ?? [])])('$pointer is marked sensitive', ({ pointer, marks }) => {
    expect(at(document.value, `/components/${pointer}`)).toMatchObject({ ...marks, 'x-sensitive': true });
  });

  test('what is called like a secret or a contact is marked', () => {
    const unmarked = [...walk(document.value, (pointer) => !/\/examples?$/.test(pointer))].filter(
      ({ pointer, value }) =>
        /\/properties\/(?:\w*password|\w*secret|\w*token|phone|email|openId)$/i.test(pointer) &&
        isNode(value) &&
        value['x-sensitive'] !== true,
    );
    expect(unmarked.map(({ pointer }) => pointer)).toEqual([]);
  });

  test('what is never returned is not part of an answer', () => {
    const answered = new Set<string>();
    const follow = (value: unknown): void => {
      for (const { pointer, value: found } of walk(value)) {
        if (!pointer.endsWith('/$ref') || typeof found !== 'string' || answered.has(found)) continue;
        answered.add(found);
        follow(at(document.value, found.slice(1)));
      }
    };
    for (const { pointer, value } of walk(document.value['paths'])) if (pointer.endsWith('/responses')) follow(value);
    const returned = [...answered]
      .flatMap((reference) => [...walk(at(document.value, reference.slice(1)))])
      .filter(({ value }) => asNode(value)['writeOnly'] === true);
    expect(returned).toEqual([]);
  });
});

test('every module has its table', () => {
  expect(Object.keys(SENSITIVE).toSorted()).toEqual(documents.map(({ module }) => module));
});
