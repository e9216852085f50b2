import { FURTHER_FINDINGS } from '../group.ts';
import { rule } from './rule-text.ts';
import type { RuleText } from './rule-text.ts';
import { SEQUENCE_RULES } from './sequence-texts.ts';

export type { RuleText } from './rule-text.ts';

const RULES: Readonly<Record<string, RuleText>> = {
  'undocumented-operation': rule(
    'Undocumented operation',
    '文档未收录的接口',
    'No document describes this path. Describe the operation, or stop calling it; if it belongs to another system, leave its host out of the recording.',
    '没有任何文档描述这个路径。请补充文档，或停止调用；若属于其他系统，请在录制时排除该主机。',
  ),
  'undocumented-method': rule(
    'Undocumented method',
    '文档未收录的请求方法',
    'The path is documented, this method is not. Describe it, or correct the method in the client.',
    '路径已收录，但没有这个请求方法。请补充文档，或在调用方改用正确的方法。',
  ),
  'undocumented-status': rule(
    'Undocumented status',
    '文档未声明的状态码',
    'The response came with a status that the operation does not list. Clients can not prepare for it: add the response to the document, or change the status on the server.',
    '响应的状态码不在该接口声明的范围内，调用方无法预先处理。请在文档中补充该响应，或修正服务端的状态码。',
  ),
  'undocumented-media-type': rule(
    'Undocumented media type',
    '文档未声明的媒体类型',
    'The response has a Content-Type that the document does not list for this status. Often an HTML error page of a proxy stands where JSON was promised.',
    '响应的 Content-Type 不在文档为该状态码声明的范围内。常见原因是代理返回了 HTML 错误页。',
  ),
  'missing-media-type': rule(
    'Missing media type',
    '缺少媒体类型',
    'A message with a body has no Content-Type (RFC 9110 section 8.3). Send the header; without it every reader has to guess.',
    '消息带有内容却没有 Content-Type（RFC 9110 第 8.3 节）。请补上该请求头或响应头，否则接收方只能猜测。',
  ),
  'undocumented-query-parameter': rule(
    'Undocumented query parameter',
    '文档未声明的查询参数',
    'The request carries a query parameter that the operation does not list; servers usually ignore it. Look for a misspelt name, or add it to the document.',
    '请求带有接口未声明的查询参数，服务端通常会忽略它。请检查是否拼写有误，或补充文档。',
  ),
  'undocumented-property': rule(
    'Undocumented property',
    '文档未声明的属性',
    'A body holds a property that its schema does not name. In a closed schema this breaks the contract; in an open one it is worth documenting before somebody relies on it.',
    '消息内容中出现了结构未声明的属性。封闭结构下属于违约；开放结构下建议在被依赖之前补充文档。',
  ),
  'undocumented-request-body': rule(
    'Undocumented request body',
    '文档未声明的请求体',
    'The request has a body though the operation describes none. Remove it in the client, or describe it.',
    '接口没有声明请求体，请求却带有内容。请在调用方去掉，或补充文档。',
  ),
  'request-parameter': rule(
    'Parameter breaks the document',
    '参数不符合文档',
    'A path or query parameter is missing, can not be read, or breaks its schema. Correct the value in the client, or the schema if the server takes such values on purpose.',
    '路径或查询参数缺失、无法解析或不符合结构。请修正调用方的取值；若服务端有意接受，请修正文档。',
  ),
  'request-header': rule(
    'Request header breaks the document',
    '请求头不符合文档',
    'A documented request header is missing, can not be read, or breaks its schema.',
    '文档声明的请求头缺失、无法解析或不符合结构。',
  ),
  'request-cookie': rule(
    'Cookie breaks the document',
    'Cookie 不符合文档',
    'A documented cookie is missing, can not be read, or breaks its schema.',
    '文档声明的 Cookie 缺失、无法解析或不符合结构。',
  ),
  'request-body': rule(
    'Request body breaks the document',
    '请求体不符合文档',
    'The request body is missing, can not be read, or breaks its schema. Correct the client; if the server has always taken such bodies, correct the document.',
    '请求体缺失、无法解析或不符合结构。请修正调用方；若服务端一直接受这样的内容，请修正文档。',
  ),
  'request-media-type': rule(
    'Request media type not documented',
    '请求的媒体类型未声明',
    'The request body has a Content-Type that the operation does not list. Send one of the documented ones.',
    '请求体的 Content-Type 不在接口声明的范围内。请改用文档声明的类型。',
  ),
  'response-header': rule(
    'Response header breaks the document',
    '响应头不符合文档',
    'A documented response header is missing, can not be read, or breaks its schema.',
    '文档声明的响应头缺失、无法解析或不符合结构。',
  ),
  'response-body': rule(
    'Response body breaks the document',
    '响应体不符合文档',
    'The response body is missing, can not be read, or breaks its schema. Either the server deviates or the document is outdated: decide which one is right and correct the other.',
    '响应体缺失、无法解析或不符合结构。要么服务端有偏差，要么文档已过时：请先确认以哪一方为准，再修正另一方。',
  ),
  'unexpected-body': rule(
    'Body where none may be',
    '不应有内容的响应带有内容',
    'Responses with 204, 205 or 304 and responses to HEAD have no body (RFC 9110 section 15). Drop the body, or answer with 200.',
    '204、205、304 以及对 HEAD 的响应不得带有内容（RFC 9110 第 15 节）。请去掉内容，或改为返回 200。',
  ),
  'read-only-sent': rule(
    'Read-only property sent',
    '请求中发送了只读属性',
    'The request carries a property marked readOnly; the server should ignore it. Leave it out in the client.',
    '请求带有标记为 readOnly 的属性，服务端应当忽略它。请在调用方去掉。',
  ),
  'write-only-returned': rule(
    'Write-only property returned',
    '响应中返回了只写属性',
    'The response holds a property marked writeOnly, such as a password. Remove it from the response: it may leak what must stay on the server.',
    '响应中出现了标记为 writeOnly 的属性（例如密码）。请从响应中移除，以免泄露不应外传的内容。',
  ),
  'missing-credentials': rule(
    'Credentials missing',
    '缺少凭证',
    'The request carries none of the documented credentials. If the recording was cleaned of them, record again with pseudonyms in their place.',
    '请求没有携带文档要求的任何凭证。若录制时被清除，请改用保留化名的方式重新录制。',
  ),
  'missing-credentials-accepted': rule(
    'Accepted without credentials',
    '无凭证请求被接受',
    'The document asks for credentials, the request had none, and the server did what it was asked. Protect the operation, or document that it is public.',
    '文档要求凭证，请求没有携带，服务端却照常处理。请为接口加上鉴权；若本应公开，请修正文档。',
  ),
  'invalid-request-accepted': rule(
    'Invalid request accepted',
    '无效请求被接受',
    'The request breaks the document and the server took it all the same. Validate on the server, or relax the document.',
    '请求不符合文档，服务端却接受了。请在服务端加上校验，或放宽文档。',
  ),
  'valid-request-refused': rule(
    'Valid request refused',
    '有效请求被拒绝',
    'The request keeps every rule of the document and was refused as malformed. The server asks for more than the document says: write the rule down, or relax the server.',
    '请求符合文档的全部规则，却被当作无效请求拒绝。说明服务端有文档之外的要求：请写入文档，或放宽服务端。',
  ),
  'wrong-refusal': rule(
    'Refused for another reason',
    '拒绝原因有误',
    'The request was rightly refused, but with the status of another reason. Clients act on the status: 401 makes them log in again, 404 makes them forget what they asked for. Send the documented one.',
    '请求确实应当拒绝，但返回的是另一种原因的状态码。调用方依据状态码行事：401 会重新登录，404 会认为对象不存在。请返回文档约定的状态码。',
  ),
  'server-error': rule(
    'Internal error for an invalid request',
    '无效请求引发内部错误',
    'The request breaks the document, and the server failed over it instead of refusing it. Validate before use, and answer with the documented 4xx status.',
    '请求不符合文档，服务端没有拒绝，而是发生了内部错误。请先校验再使用，并返回文档约定的 4xx 状态码。',
  ),
  'envelope-mismatch': rule(
    'Status and body disagree',
    '状态码与响应体矛盾',
    'The status says that the request failed, the body says that it went well. Clients that look at one of them are misled: let both say the same.',
    '状态码表示失败，响应体却表示成功，只看其中之一的调用方会被误导。请让两者一致。',
  ),
  'deprecated-used': rule(
    'Deprecated part in use',
    '仍在使用已弃用的内容',
    'The client uses something that the document marks as deprecated. Plan to move before it is removed.',
    '调用方使用了文档标记为弃用的内容。请在其被移除之前完成迁移。',
  ),
  'document-defect': rule(
    'Defect of the document',
    '文档自身的缺陷',
    'A part of the document can not be used as it stands, so what it describes was not checked. Correct the document first.',
    '文档的某一部分无法使用，它所描述的内容因此没有得到检查。请先修正文档。',
  ),
  'recording-gap': rule(
    'Gap in the recording',
    '录制有缺失',
    'The recording does not hold the message as it was on the wire; what is missing was not judged. Record again with bodies.',
    '录制没有保留传输时的完整消息，缺失的部分未作判断。请在保留消息内容的情况下重新录制。',
  ),
  ...SEQUENCE_RULES,
  [FURTHER_FINDINGS]: rule(
    'Further findings',
    '其余问题',
    'More different causes were met than a report holds; these are only counted. Correct the frequent ones first and run the check again.',
    '不同原因的数量超出报告的上限，这些问题只计数、不逐一列出。请先修正高频问题，再重新检查。',
  ),
};

/** The text of a rule. One that is not in the catalogue, such as a rule of a state model, is named by its id. */
export function ruleText(id: string): RuleText {
  const known = Object.hasOwn(RULES, id) ? RULES[id] : undefined;
  if (known !== undefined) return known;
  const words = id.replaceAll(/[-_]+/g, ' ').trim() || 'finding';
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  return rule(
    title,
    title,
    'What was seen contradicts the documents or what earlier exchanges have shown. Compare the exchanges named with the finding.',
    '观察到的行为与文档或此前的请求与响应不一致。请对照问题中给出的请求与响应。',
  );
}

/** Ids of all rules in the catalogue. */
export const RULE_IDS: readonly string[] = Object.keys(RULES);
