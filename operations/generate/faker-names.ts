/** Modules of faker that have another name since its eighth version. */
const MODULES: Readonly<Record<string, string>> = { name: 'person', address: 'location' };

/** Methods that have another name, or stand elsewhere, than in the versions that documents were written for. */
const METHODS: Readonly<Record<string, string>> = {
  'address.cityName': 'location.city',
  'address.stateAbbr': 'location.state',
  'address.streetName': 'location.street',
  'address.zipCodeByState': 'location.zipCode',
  'commerce.color': 'color.human',
  'company.bs': 'company.buzzPhrase',
  'company.companyName': 'company.name',
  'datatype.bigInt': 'number.bigInt',
  'datatype.datetime': 'date.anytime',
  'datatype.float': 'number.float',
  'datatype.hexadecimal': 'string.hexadecimal',
  'datatype.number': 'number.int',
  'datatype.string': 'string.sample',
  'datatype.uuid': 'string.uuid',
  'finance.account': 'finance.accountNumber',
  'image.imageUrl': 'image.url',
  'internet.avatar': 'image.avatar',
  'internet.color': 'color.rgb',
  'internet.userName': 'internet.username',
  'name.findName': 'person.fullName',
  'name.title': 'person.jobTitle',
  'phone.phoneNumber': 'phone.number',
  'random.alpha': 'string.alpha',
  'random.alphaNumeric': 'string.alphanumeric',
  'random.boolean': 'datatype.boolean',
  'random.float': 'number.float',
  'random.number': 'number.int',
  'random.numeric': 'string.numeric',
  'random.uuid': 'string.uuid',
  'random.word': 'word.sample',
  'random.words': 'word.words',
};

/** What faker calls today what an `x-faker` annotation names: documents outlive its versions. */
export function currentName(path: string): string {
  if (Object.hasOwn(METHODS, path)) return METHODS[path] ?? path;
  const dot = path.indexOf('.');
  const module = path.slice(0, dot);
  return Object.hasOwn(MODULES, module) ? `${MODULES[module] ?? module}${path.slice(dot)}` : path;
}
