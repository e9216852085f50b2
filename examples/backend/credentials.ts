/** Who logs in: a client and a user of it. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly username: string;
  readonly password: string;
}

/** Made up; they open nothing but a backend that was started with them. */
export const DEMO: Credentials = {
  clientId: 'demo-client',
  clientSecret: 'demo-client-secret',
  username: 'operator@example.com',
  password: 'demo-password',
};

/** Another client and another user, always there beside the ones that were given. */
export const PARTNER: Credentials = {
  clientId: 'partner-client',
  clientSecret: 'partner-client-secret',
  username: "o'neil+store@example.com",
  password: '密码 with spaces:&"',
};
