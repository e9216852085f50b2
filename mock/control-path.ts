/** Everything under this path is the server's own, not the documents'. */
export const CONTROL_PATH = '/__hufu';
