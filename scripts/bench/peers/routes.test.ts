import { expect, it } from 'vitest';
import { casesDocument } from '../cases.ts';
import { routesOf } from './routes.ts';

it('every operation has a route', () => {
  const routes = routesOf(casesDocument());
  expect(routes).toHaveLength(46);
  expect(routes).toContainEqual({ method: 'put', path: '/api/v1/notice4/:id' });
});
