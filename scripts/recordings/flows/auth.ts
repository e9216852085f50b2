import { textAt } from '../client.ts';
import type { Flow } from '../flow.ts';
import { basic, CLIENT, logIn, OPERATOR, PARTNER, renew } from './login.ts';

const TOKEN = '/oauth/token';
const MADE_UP = '11111111-1111-4111-8111-111111111111';
const HOUR = 3_600_000;

/** T-AUTH-1 to T-AUTH-9: logging in, renewing, reuse, expiry, and every way in which they are refused. */
export const auth: Flow = {
  module: 'auth',
  start: '2026-03-02T09:00:00+08:00',
  async run(walk) {
    const { send, clock, secret } = walk;
    const authorization = basic(walk, CLIENT);
    const password = { grant_type: 'password', username: OPERATOR.username, password: OPERATOR.password };
    const listTasks = (token?: string) =>
      send('GET', '/api/v1/notification-tasks', { token, query: { taskType: 'APPOINTMENT_REMINDER', size: 1 } });

    // Without credentials, and with such as nobody has. A made-up access token is left out: only the mock takes it.
    await listTasks();
    await send('POST', TOKEN, { json: password });
    await send('POST', TOKEN, { authorization: basic(walk, { name: CLIENT.name, password: 'not-the-secret' }), json: password });
    await send('POST', TOKEN, { authorization: basic(walk, { name: 'nobody', password: 'nothing-at-all' }), json: password });
    await send('POST', TOKEN, { authorization, json: { ...password, password: secret('not-the-password') } });
    await send('POST', TOKEN, { authorization, json: { ...password, username: secret('nobody@example.com') } });

    // What is no proper request.
    await send('POST', TOKEN, { authorization, json: { ...password, password: undefined } });
    await send('POST', TOKEN, { authorization, json: { ...password, grant_type: 'client_credentials' } });
    await send('POST', TOKEN, { authorization, json: { grant_type: 'refresh_token' } });
    await send('POST', TOKEN, { authorization, text: '{"grant_type":' });

    // A chain of refresh tokens; each works once, and the access tokens of before live on.
    const first = await logIn(walk);
    await listTasks(textAt(first, 'access_token'));
    const second = await renew(walk, textAt(first, 'refresh_token'));
    await listTasks(textAt(first, 'access_token'));
    await listTasks(textAt(second, 'access_token'));
    await renew(walk, textAt(first, 'refresh_token'));
    await renew(walk, MADE_UP);
    await renew(walk, textAt(second, 'refresh_token'), PARTNER);
    const third = await renew(walk, textAt(second, 'refresh_token'));
    const partner = await logIn(walk, { username: "o'neil+store@example.com", password: '密码 with spaces:&"' });
    await listTasks(textAt(partner, 'access_token'));

    // Two hours later they have ended; a renewal opens the door again.
    await clock.advance(2 * HOUR - 1_000);
    await listTasks(textAt(third, 'access_token'));
    await clock.advance(2_000);
    await listTasks(textAt(third, 'access_token'));
    const fourth = await renew(walk, textAt(third, 'refresh_token'));
    await listTasks(textAt(fourth, 'access_token'));
  },
};
