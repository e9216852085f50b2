import { render } from 'preact';
import { tokenWanted } from './control.ts';
import { follow } from './journal.ts';
import { applyChoices } from './language.ts';
import { readServing, readSession } from './session.ts';
import { App } from './view/app.tsx';

/** How often what others may change is read again while somebody looks. */
const READ_AGAIN_MS = 4_000;

const root = document.getElementById('app');
if (root !== null) {
  applyChoices();
  render(<App />, root);
  void follow();
  // At once, and again when a token is given.
  tokenWanted.subscribe((wanted) => {
    if (wanted === 'no') void readServing().then(readSession);
  });
  setInterval(() => {
    if (!document.hidden) void readSession();
  }, READ_AGAIN_MS);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void readSession();
  });
}
