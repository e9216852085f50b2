/** Whether a text can be a control token: a header has to hold it, and an empty one, such as that of an empty variable, would let everybody in. */
export function isControlToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
