import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { NextFunction, Request, Response } from 'express';
import { authRouter } from './auth/routes.ts';
import type { Context } from './context.ts';
import { DEMO } from './credentials.ts';
import type { Credentials } from './credentials.ts';
import { openDatabase } from './database.ts';
import type { DefectId } from './defects.ts';
import { fileRouter } from './file/routes.ts';
import { notificationTaskRouter } from './notification-task/routes.ts';
import { refusalOf, sendJson } from './reply.ts';
import { seedDatabase } from './seed.ts';
import { tieRouter } from './tie/routes.ts';

export interface BackendOptions {
  /** What this backend gets wrong; default: nothing. */
  readonly defects?: readonly DefectId[];
  /** The clock, milliseconds since 1970-01-01 UTC; default: the machine's. */
  readonly now?: () => number;
  /** Varies the ids and names of the rows to begin with; a whole number, default 1. */
  readonly seed?: number;
  /** How long an access token lives; default 7200. */
  readonly tokenSeconds?: number;
  /** Who may log in beside the partner client and its user; default: the demo client and its user. */
  readonly credentials?: Credentials;
  /** A file for the database; default: in memory. */
  readonly file?: string;
}

export interface Backend {
  /**
   * Listens on the loopback address.
   * @param port 0 takes a free one.
   */
  readonly listen: (port: number) => Promise<RunningBackend>;
}

export interface RunningBackend {
  /** Without a slash at the end. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** The four modules in one server, each under its published paths. */
export function createBackend(options: BackendOptions = {}): Backend {
  const { defects = [], now = Date.now, seed = 1, tokenSeconds = 7200, credentials = DEMO, file } = options;
  const database = openDatabase(file);
  seedDatabase(database, now(), seed, credentials);
  const present = new Set(defects);
  const context: Context = { database, now, tokenSeconds, defect: (id) => present.has(id) };

  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use('/oauth', authRouter(context));
  app.use('/api/v1/notification-tasks', notificationTaskRouter(context));
  app.use(['/api/v1/file', '/api/file'], fileRouter(context));
  app.use('/tie', tieRouter(context));
  app.use((_request: Request, response: Response) => sendJson(response, 404, { error: 'Not Found', message: '资源不存在' }));
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const { status, error: name, message } = refusalOf(error);
    sendJson(response, status, { error: name, message });
  });

  const server = createServer(app);
  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          const address = server.address() as AddressInfo;
          resolve({ url: `http://127.0.0.1:${address.port}`, close });
        });
      }),
  };

  function close(): Promise<void> {
    return new Promise((resolve) => {
      server.close(() => {
        database.close();
        resolve();
      });
      server.closeAllConnections();
    });
  }
}
