/** From now on nothing ends the process but a signal: not a reader of its output that went away, not a defect somewhere in a library. */
export function keepRunning(): void {
  const ignore = (): void => undefined;
  process.stdout.on('error', ignore);
  process.stderr.on('error', ignore);
  process.on('uncaughtException', (error) => console.error(error));
}
