/**
 * Names that say that their value is a secret, where no document says so: header fields, cookies, parameters, properties, elements.
 * Whole words (`otp`, `sid`) or parts of words (`accessToken`, `x-api-key`, `登录密码`).
 */
const SECRET_PART =
  /token|secret|passw|passphrase|passcode|pwd|api[-_]?key|access[-_]?key|private[-_]?key|credential|signature|session|authorization|密码|口令|密钥|令牌|验证码|凭证/i;
const SECRET_WORDS = new Set('jwt otp totp pin sid sig auth cvv cvc csrf xsrf assertion verifier bearer'.split(' '));

/** Words that make a name mean something about the secret, not the secret: `token_type`, `passwordChangedAt`, `maxTokens`, `tokenExpiresIn`. */
const ABOUT = new Set(
  (
    'type types name names count length size limit max min total used usage remaining expires expire expiry expiration expired in at time ' +
    'date ttl lifetime policy rule rules endpoint url uri hint has is can need enable enabled required valid invalid strength version ' +
    'algorithm method methods status state level format'
  ).split(' '),
);
/** The name of a session is what people chose; it opens nothing. */
const SESSION_NAME = 'x-hufu-session';

const known = new Map<string, boolean>();
const CACHE_SIZE = 5_000;
/** Longer names are texts, not names. */
const MAX_NAME = 100;

/** @param name as it is written, in any case. */
export function isSecretName(name: string): boolean {
  if (name.length > MAX_NAME) return false;
  const cached = known.get(name);
  if (cached !== undefined) return cached;
  const judged = judge(name);
  if (known.size >= CACHE_SIZE) known.clear();
  known.set(name, judged);
  return judged;
}

function judge(name: string): boolean {
  if (name.toLowerCase() === SESSION_NAME) return false;
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  if (!SECRET_PART.test(name) && !words.some((word) => SECRET_WORDS.has(word))) return false;
  return !words.some((word) => ABOUT.has(word));
}

/** The header field or cookie that names a session of the mock. */
export function isSessionName(name: string): boolean {
  return name.toLowerCase() === SESSION_NAME;
}
