import type { Faker } from '@faker-js/faker';
import type { Random } from './random.ts';

/** What the name of a property lets expect of its text. */
type TextHint = (faker: Faker, random: Random) => string;

const digits = (random: Random, count: number): string => Array.from({ length: count }, () => random.int(0, 9)).join('');
const two = (value: number): string => String(value).padStart(2, '0');
const day = (random: Random): string => `${random.int(2020, 2025)}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`;
const moment = (random: Random): string => `${day(random)} ${two(random.int(0, 23))}:${two(random.int(0, 59))}:${two(random.int(0, 59))}`;
const QUALITIES = ['全新', '精选', '热门', '限时', '专属', '智能', '优质', '春季', '夏日', '年度', '便捷', '安心', '经典', '首发', '入门'];
const THINGS = ['活动', '方案', '服务', '计划', '体验', '礼包', '课程', '产品', '专题', '项目', '会员', '套餐', '指南', '报告', '任务'];
const REMARKS = ['欢迎了解', '敬请期待', '数量有限', '即日生效', '详情请见说明', '长期有效', '请按时完成'];
const phrase: TextHint = (_, random) => random.pick(QUALITIES) + random.pick(THINGS);
const sentence: TextHint = (faker, random) => `${phrase(faker, random)}，${random.pick(REMARKS)}。`;
const token = (random: Random, length: number): string =>
  Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyz0123456789'.charAt(random.int(0, 35))).join('');
const site = (random: Random): string => `https://www.${token(random, 6)}.example.com`;

/** Tried in this order on the name in lower case without separators; the first that fits counts. */
const TEXT_HINTS: readonly (readonly [name: RegExp, hint: TextHint])[] = [
  [/e?mail(address)?$/, (_, random) => `${token(random, 7)}@example.com`],
  [/(phone|mobile|tel|telephone)(number|no)?$/, (_, random) => `1${random.pick(['3', '5', '7', '8'])}${digits(random, 9)}`],
  [
    /avatar|(image|photo|picture|img|logo|icon|cover|poster|thumbnail)(url|uri|path)?$/,
    (_, random) => `${site(random)}/images/${token(random, 8)}.jpg`,
  ],
  [/(url|uri|link|href|website|homepage)$/, (_, random) => `${site(random)}/${token(random, 5)}`],
  [
    /(user|login|account|nick)name$|^(nickname|username|login|account)$/,
    (faker, random) => `${faker.person.lastName()}${token(random, 4)}`,
  ],
  [/^(first|given)name$/, (faker) => faker.person.firstName()],
  [/^(last|sur|family)name$|^surname$/, (faker) => faker.person.lastName()],
  [/(company|organi[sz]ation|enterprise|corp|merchant|supplier)(name)?$/, (faker) => faker.company.name()],
  [/(product|goods|item|sku)(name|title)$/, (faker) => faker.commerce.productName()],
  [/(city)(name)?$/, (faker) => faker.location.city()],
  [/(province|state|region)name$|^(province|region)$/, (faker) => faker.location.state()],
  [/(country)(name)?$/, (faker) => faker.location.country()],
  [/(street|address|addr|location)(line)?\d?$/, (faker) => `${faker.location.city()}${faker.location.streetAddress()}`],
  [/(zip|postal?|post)(code)?$/, (_, random) => digits(random, 6)],
  [/(file)name$/, (_, random) => `${token(random, 8)}.pdf`],
  [/(campaign|activity|task|group|project|tag|category|channel|shop|store|role|event|template|channel|display|key|field)name$/, phrase],
  [
    /^(full|real|customer|contact|owner|author|creator|operator|receiver|sender)?name$|person$|^(author|owner|creator|operator|contact)$/,
    (faker) => faker.person.fullName(),
  ],
  [/(title|subject|headline|label|caption|slogan)$/, phrase],
  [/(desc|description|content|remark|remarks|comment|summary|note|notes|intro|message|msg|detail|text|body|reason)$/, sentence],
  [/(gender|sex)$/, (_, random) => random.pick(['男', '女'])],
  [/(color|colour)$/, (_, random) => `#${random.int(0x100000, 0xffffff).toString(16)}`],
  [/(currency)(code)?$/, (_, random) => random.pick(['CNY', 'USD', 'EUR', 'HKD', 'JPY'])],
  [/(language|lang|locale)$/, (_, random) => random.pick(['zh-CN', 'en-US', 'ja-JP'])],
  [/(time|date|datetime|timestamp|at)$/, (_, random) => moment(random)],
  [/(birthday|day)$/, (_, random) => day(random)],
  [/^ip$|ip(address|addr)$/, (_, random) => `10.${random.int(0, 255)}.${random.int(0, 255)}.${random.int(1, 254)}`],
  [/version$/, (_, random) => `${random.int(1, 9)}.${random.int(0, 20)}.${random.int(0, 9)}`],
  [/(token|secret|signature|sign|nonce|hash|ticket)$/, (_, random) => token(random, 32)],
  [/(price|amount|money|cost|fee|balance)$/, (_, random) => `${random.int(1, 999)}.${digits(random, 2)}`],
  [/(uuid|guid)$/, (_, random) => `${token(random, 8)}-${token(random, 4)}-${token(random, 4)}-${token(random, 12)}`],
  [/ids?$/, (_, random) => `${random.int(1, 9)}${digits(random, 7)}`],
  [/(no|sn|code|number|num|serial)$/, (_, random) => `${random.pick(['A', 'B', 'C', 'D'])}${digits(random, 8)}`],
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

const texts = new Map<string, TextHint | undefined>();
const numbers = new Map<string, readonly [low: number, high: number] | undefined>();
const MOST_NAMES = 10_000;

/** The hint that a property name gives for a string; `undefined` when it says nothing. */
export function textHint(name: string): TextHint | undefined {
  return remembered(texts, TEXT_HINTS, name);
}

/** The span that a property name suggests for a number; `undefined` when it says nothing. */
export function numberHint(name: string): readonly [low: number, high: number] | undefined {
  return remembered(numbers, NUMBER_HINTS, name);
}

function remembered<Hint>(
  memory: Map<string, Hint | undefined>,
  hints: readonly (readonly [RegExp, Hint])[],
  name: string,
): Hint | undefined {
  if (memory.has(name)) return memory.get(name);
  if (memory.size >= MOST_NAMES) memory.clear();
  const plain = name
    .slice(0, 100)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
  const hint = plain === '' ? undefined : hints.find(([pattern]) => pattern.test(plain))?.[1];
  memory.set(name, hint);
  return hint;
}

/** A text for a string whose name says nothing. */
export function plainText(random: Random): string {
  return `${random.pick(QUALITIES)}${random.pick(THINGS)}${random.int(10, 99)}`;
}
