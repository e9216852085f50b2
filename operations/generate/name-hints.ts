import { fakerTexts } from './faker.ts';
import type { Random } from './random.ts';
import { clock, day, digits, token } from './small-texts.ts';

/** What the name of a property lets expect of its text. */
type TextHint = (random: Random) => string;

const QUALITIES = ['全新', '精选', '热门', '限时', '专属', '智能', '优质', '春季', '夏日', '年度', '便捷', '安心', '经典', '首发', '入门'];
const THINGS = ['活动', '方案', '服务', '计划', '体验', '礼包', '课程', '产品', '专题', '项目', '会员', '套餐', '指南', '报告', '任务'];
const REMARKS = ['欢迎了解', '敬请期待', '数量有限', '即日生效', '详情请见说明', '长期有效', '请按时完成'];
const phrase: TextHint = (random) => random.pick(QUALITIES) + random.pick(THINGS);
const sentence: TextHint = (random) => `${phrase(random)}，${random.pick(REMARKS)}。`;
const lastName = fakerTexts('last name', (faker) => faker.person.lastName());
const site = (random: Random): string => `https://www.${token(random, 6)}.example.com`;

/** Tried in this order on the name in lower case without separators; the first that fits counts. */
const TEXT_HINTS: readonly (readonly [name: RegExp, hint: TextHint])[] = [
  [/e?mail(address)?$/, (random) => `${token(random, 7)}@example.com`],
  [/(phone|mobile|tel|telephone)(number|no)?$/, (random) => `1${random.pick(['3', '5', '7', '8'])}${digits(random, 9)}`],
  [
    /avatar|(image|photo|picture|img|logo|icon|cover|poster|thumbnail)(url|uri|path)?$/,
    (random) => `${site(random)}/images/${token(random, 8)}.jpg`,
  ],
  [/(url|uri|link|href|website|homepage)$/, (random) => `${site(random)}/${token(random, 5)}`],
  [/(user|login|account|nick)name$|^(nickname|username|login|account)$/, (random) => `${lastName(random)}${token(random, 4)}`],
  [/^(first|given)name$/, fakerTexts('first name', (faker) => faker.person.firstName())],
  [/^(last|sur|family)name$|^surname$/, lastName],
  [/(company|organi[sz]ation|enterprise|corp|merchant|supplier)(name)?$/, fakerTexts('company', (faker) => faker.company.name())],
  [/(product|goods|item|sku)(name|title)$/, fakerTexts('product', (faker) => faker.commerce.productName())],
  [/(city)(name)?$/, fakerTexts('city', (faker) => faker.location.city())],
  [/(province|state|region)name$|^(province|region)$/, fakerTexts('state', (faker) => faker.location.state())],
  [/(country)(name)?$/, fakerTexts('country', (faker) => faker.location.country())],
  [
    /(street|address|addr|location)(line)?\d?$/,
    fakerTexts('address', (faker) => `${faker.location.city()}${faker.location.streetAddress()}`),
  ],
  [/(zip|postal?|post)(code)?$/, (random) => digits(random, 6)],
  [/(file)name$/, (random) => `${token(random, 8)}.pdf`],
  [/(campaign|activity|task|group|project|tag|category|channel|shop|store|role|event|template|channel|display|key|field)name$/, phrase],
  [
    /^(full|real|customer|contact|owner|author|creator|operator|receiver|sender)?name$|person$|^(author|owner|creator|operator|contact)$/,
    fakerTexts('full name', (faker) => faker.person.fullName()),
  ],
  [/(title|subject|headline|label|caption|slogan)$/, phrase],
  [/(desc|description|content|remark|remarks|comment|summary|note|notes|intro|message|msg|detail|text|body|reason)$/, sentence],
  [/(gender|sex)$/, (random) => random.pick(['男', '女'])],
  [/(color|colour)$/, (random) => `#${random.int(0x100000, 0xffffff).toString(16)}`],
  [/(currency)(code)?$/, (random) => random.pick(['CNY', 'USD', 'EUR', 'HKD', 'JPY'])],
  [/(language|lang|locale)$/, (random) => random.pick(['zh-CN', 'en-US', 'ja-JP'])],
  [/(time|date|datetime|timestamp|at)$/, (random) => `${day(random)} ${clock(random)}`],
  [/(birthday|day)$/, day],
  [/^ip$|ip(address|addr)$/, (random) => `10.${random.int(0, 255)}.${random.int(0, 255)}.${random.int(1, 254)}`],
  [/version$/, (random) => `${random.int(1, 9)}.${random.int(0, 20)}.${random.int(0, 9)}`],
  [/(token|secret|signature|sign|nonce|hash|ticket)$/, (random) => token(random, 32)],
  [/(price|amount|money|cost|fee|balance)$/, (random) => `${random.int(1, 999)}.${digits(random, 2)}`],
  [/(uuid|guid)$/, (random) => `${token(random, 8)}-${token(random, 4)}-${token(random, 4)}-${token(random, 12)}`],
  [/ids?$/, (random) => `${random.int(1, 9)}${digits(random, 7)}`],
  [/(no|sn|code|number|num|serial)$/, (random) => `${random.pick(['A', 'B', 'C', 'D'])}${digits(random, 8)}`],
];

/** What the name lets expect of a number: a span to draw from. */
const NUMBER_HINTS: readonly (readonly [name: RegExp, span: readonly [low: number, high: number]])[] = [
  [/(time|date|at|timestamp)$/, [1_577_836_800_000, 1_735_689_600_000]],
  [/^is|flag$|deleted$|enabled$/, [0, 1]],
  [/(status|type|level|state|kind|grade)$/, [0, 9]],
  [/age$/, [18, 70]],
  [/year$/, [2015, 2025]],
  [/month$/, [1, 12]],
  [/(^|[^a-z])day$/, [1, 28]],
  [/(lat|latitude)$/, [18, 53]],
  [/(lng|lon|longitude)$/, [73, 135]],
  [/(price|amount|money|cost|fee|balance)$/, [1, 2000]],
  [/(probability|ratio|rate)$/, [0, 1]],
  [/percent(age)?$/, [0, 100]],
  [/(pagenum|pageno|page|pageindex)$/, [1, 10]],
  [/(pagesize|size|limit)$/, [10, 50]],
  [/(count|total|num|quantity|stock|times)$/, [0, 500]],
  [/ids?$/, [100_000, 9_999_999]],
];

/** What a property name lets expect of its value. There is one object for all names that let expect the same. */
export interface Hint {
  /** One of the names. */
  readonly name: string;
  readonly text: TextHint | undefined;
  /** The span that a number is drawn from. */
  readonly span: readonly [low: number, high: number] | undefined;
}

const known: (Hint | undefined)[] = [];
const byName = new Map<string, Hint>();
const MOST_NAMES = 10_000;

/** The hint that the name of a property gives; for many names an empty one. */
export function hintOf(name: string): Hint {
  const remembered = byName.get(name);
  if (remembered !== undefined) return remembered;
  if (byName.size >= MOST_NAMES) byName.clear();
  const plain = name
    .slice(0, 100)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
  const hint = plain === '' ? NO_HINT : hintAt(indexOf(TEXT_HINTS, plain), indexOf(NUMBER_HINTS, plain), name);
  byName.set(name, hint);
  return hint;
}

function indexOf(hints: readonly (readonly [RegExp, unknown])[], plain: string): number {
  return hints.findIndex(([pattern]) => pattern.test(plain));
}

/** The one hint of these two places in the tables; -1 for none. */
function hintAt(text: number, number: number, name: string): Hint {
  const id = (text + 1) * (NUMBER_HINTS.length + 1) + number + 1;
  const hint = known[id] ?? { name, text: TEXT_HINTS[text]?.[1], span: NUMBER_HINTS[number]?.[1] };
  known[id] = hint;
  return hint;
}

/** Of a value that has no name. */
export const NO_HINT: Hint = hintAt(-1, -1, '');

/** A text for a string whose name says nothing. */
export function plainText(random: Random): string {
  return `${random.pick(QUALITIES)}${random.pick(THINGS)}${random.int(10, 99)}`;
}
