import type { Finding } from '../finding.ts';

/** An English sentence of the kit, and the same in Chinese: `$1` is what the first bracket caught. Values, names and other parties' reasons stay as they are. */
type Sentence = readonly [english: RegExp, chinese: string];

const PLACES: readonly Sentence[] = [
  [/^is required in the path$/, '缺少必填的路径参数'],
  [/^is required in the query$/, '缺少必填的查询参数'],
  [/^is required in the header$/, '缺少必填的请求头'],
  [/^is required in the cookie$/, '缺少必填的 Cookie'],
  [/^is required in the response headers$/, '缺少文档要求的响应头'],
  [/^must have a request body$/, '缺少请求体'],
  [/^must have a body$/, '缺少响应体'],
  [/^must have the root element "(.*)"$/, '根元素应为 "$1"'],
  [/^must be empty: a response to (\w+) has no body$/, '应为空：对 $1 的响应没有响应体'],
  [/^must be empty: a (\d+) has no body$/, '应为空：$1 响应没有响应体'],
  [/^has a body, but the document describes none$/, '文档未声明任何内容，实际却带有内容'],
];

const FORMS: readonly Sentence[] = [
  [/^media type (.+) is not documented; (?:supported|documented): (.*)$/s, '媒体类型 $1 未在文档中声明；已声明：$2'],
  [/^has the media type (.+), which is not among the documented ones: (.*)$/s, '媒体类型为 $1，不在文档声明之列：$2'],
  [/^must be JSON, but is nested too deeply to be read$/, '应为 JSON，但嵌套过深，无法读取'],
  [/^must be (JSON|XML|multipart\/form-data): (.+)$/s, '应为 $1：$2'],
  [/^must be JSON$/, '应为 JSON'],
  [/^must be XML with one root element$/, '应为只有一个根元素的 XML'],
  [/^must be text in a known charset, but "(.*)" is none$/s, '字符集“$1”未知'],
  [/^must be valid (\S+) text$/, '应为有效的 $1 文本'],
  [/^must be percent-encoded UTF-8: .*$/s, '应为百分号编码的 UTF-8：“%”之后必须是两个十六进制数字'],
  [/^must be given once, as (.+)$/s, '只能出现一次，且应为 $1'],
  [/^must be given once, .*\(style (.+)\)$/s, '只能出现一次，各值写在同一段分隔文本中（style $1）'],
  [/^must start with "(.)" \(style (\w+)\)$/, '应以“$1”开头（style $2）'],
  [/^must be written "(.+)" \(style (\w+)\)$/s, '应写作“$1”（style $2）'],
  [/^must not be nested deeper than (\d+) levels$/, '嵌套不得超过 $1 层'],
  [/^must not give both a value and members under one name$/, '同一名称下不能既有值又有成员'],
  [/^must have at most (\d+) bytes$/, '不得超过 $1 字节'],
  [/^must have at most (\d+) bytes of headers in part (\d+)$/, '第 $2 部分的头不得超过 $1 字节'],
  [/^must have at most (\d+) parts$/, '不得超过 $1 个部分'],
  [/^must have an empty line after the headers of part (\d+)$/, '第 $1 部分的头之后应有空行'],
  [/^must be complete: the closing boundary is missing$/, '内容不完整：缺少结尾的分隔符'],
  [/^must be multipart\/form-data with a boundary in its Content-Type.*$/s, '应为 multipart/form-data，且 Content-Type 中应给出 boundary'],
  [
    /^must be multipart\/form-data with a boundary of at most 70 .*$/s,
    '应为 multipart/form-data，boundary 最多 70 个普通字符（RFC 2046 第 5.1.1 节）',
  ],
  [/^must be multipart\/form-data, but its boundary does not occur in it$/, '应为 multipart/form-data，但其中没有出现 boundary'],
  [
    /^must give every part a "Content-Disposition: form-data" header with a name$/,
    '每个部分都应有带名称的“Content-Disposition: form-data”头',
  ],
];

const RULES: readonly Sentence[] = [
  [/^the request .+, was sent without, and refused with 403 instead of 401$/s, '请求未携带凭证，却以 403 而不是 401 拒绝'],
  [
    /^the request breaks the document and ended in an internal error instead of being refused$/,
    '请求不符合文档，却引发内部错误，而不是被拒绝',
  ],
  [/^(\w+) is documented, but was refused with (\d+)$/, '文档声明了 $1 方法，却被以 $2 拒绝'],
  [/^the media type (.+) is documented, but was refused with 415$/s, '媒体类型 $1 已在文档中声明，却被以 415 拒绝'],
  [/^a documented media type was asked for, but refused with 406$/, '请求的媒体类型已在文档中声明，却被以 406 拒绝'],
  [/^at least (\d+) more propert(?:y is|ies are) not described$/, '另有至少 $1 个属性未在文档中声明'],
  [
    /^the property "(.+)" is not described, and repeats what the request marks as secret$/s,
    '属性 $1 未在文档中声明，并且重复了请求中标为敏感的内容',
  ],
];

const GAPS: readonly Sentence[] = [
  [/^The header fields of the request were not recorded\.$/, '未录制请求头'],
  [/^The header fields of the response were not recorded\.$/, '未录制响应头'],
  [/^The recording holds header fields of the request that are none\.$/, '录制中含有无效的请求头'],
  [/^The recording holds header fields of the response that are none\.$/, '录制中含有无效的响应头'],
  [/^The header fields of the parts of the form were not recorded\.$/, '未录制表单各部分的头'],
  [/^The body of the request was not recorded(?:: it had (\d+) bytes)?\.$/, '未录制请求体'],
  [/^The body of the response was not recorded\.$/, '未录制响应体'],
  [/^The body of the request is recorded in part: (.+) bytes\.$/, '请求体只录制了一部分：$1 字节'],
  [/^The body of the response is recorded in part: (.+) bytes\.$/, '响应体只录制了一部分：$1 字节'],
  [/^The body of the request was recorded without the content of (.+)\.$/s, '请求体的录制缺少 $1 的内容'],
  [/^The body of the request is nested too deep\.$/, '请求体嵌套过深'],
  [/^The body of the response is nested too deep\.$/, '响应体嵌套过深'],
  [/^The body of the request was made text by the recorder .*$/s, '录制工具把请求体转成文本时丢失了字节：其中有替换字符（U+FFFD）'],
  [/^The body of the response was made text by the recorder .*$/s, '录制工具把响应体转成文本时丢失了字节：其中有替换字符（U+FFFD）'],
  [/^The body of the response did not come to its end: (.+)\.$/s, '响应体没有传完：$1'],
  [/^The body is larger than (\d+) bytes and was not kept\.$/, '内容超过 $1 字节，没有保存'],
  [/^The body is no (.+) data\.$/s, '内容不是 $1 数据'],
  [/^The recorded response has no status that HTTP knows: (.*)\.$/s, '录制的响应没有有效的 HTTP 状态码：$1'],
  [
    /^The journal shows (\d+) of (\d+) bytes of the (?:request|response)'s body; .*$/s,
    '请求记录只保留了内容的 $1 / $2 字节；完整内容见其 HAR（GET /__hufu/journal.har）',
  ],
  [
    /^Chrome leaves cookies and Authorization out of its exports; .*$/s,
    'Chrome 导出时会去掉 Cookie 与 Authorization；在其设置中允许“包含敏感数据的 HAR”即可保留',
  ],
  [/^has no response: the request was aborted, or nobody answered$/, '没有响应：请求被中止，或无人应答'],
  [/^The response was broken off\.$/, '响应被中断'],
  [/^The backend did not read the body of the request to its end\.$/, '后端没有读完请求体'],
  [/^A parser has read the body of the request before the guard could see it\.$/, '请求体在检查之前已被其他解析器读走'],
  [/^line (\d+): Entry (\d+) has no http\(s\) URL: (.*)\.$/s, '第 $1 行：条目 $2 没有 http(s) 地址：$3'],
  [/^line (\d+): Entry (\d+) has no "request\.url"\.$/, '第 $1 行：条目 $2 没有“request.url”'],
  [/^line (\d+): Entry (\d+) is cut: the file ends in the middle of it\.$/, '第 $1 行：条目 $2 不完整，文件在其中间结束'],
  [/^line (\d+): Entry (\d+) is larger than (.+)\.$/, '第 $1 行：条目 $2 超过 $3'],
];

const SENTENCES: readonly Sentence[] = [...PLACES, ...FORMS, ...RULES];

/** The Chinese of a sentence that the kit itself wrote in English, by how it reads; `undefined` for one that is not known here. */
export function chineseSentence(finding: Finding, english: string): string | undefined {
  const known = finding.rule === 'recording-gap' ? GAPS : SENTENCES;
  const found = known.find(([pattern]) => pattern.test(english));
  return found === undefined ? undefined : english.replace(found[0], found[1]);
}
