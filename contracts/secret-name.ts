const SECRET_NAME =
  /token|secret|passw|passphrase|pwd|api[-_]?key|access[-_]?key|private[-_]?key|credential|signature|session|jwt|^sig$|^auth$|^authorization$|^sid$|^otp$|^pin$|密码|口令|密钥|令牌/i;
/** Called alike, but no secrets: the kind and the lifetime of a token, counts, and the name of a mock's session. */
const HARMLESS_NAME = /token[-_]?type|expires|tokens$|token[-_]?count|^x-hufu-session$/i;

/** Whether a header, parameter or property is called like a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !HARMLESS_NAME.test(name);
}
