/** Messages that the bench's cases are made of. */
import type { Dialect } from './exchange.ts';

export const V3: readonly Dialect[] = ['3.0', '3.1'];
export const ORDER = '/orders/0b9e1c6a-93f4-4c7e-9d7e-51b0a6d35c11';
export const product = (more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  id: 7,
  name: '茶杯',
  price: 12.5,
  ...more,
});
export const page = (items: readonly unknown[] = [product()]): { status: 200; headers: Record<string, string>; body: unknown } => ({
  status: 200,
  headers: { 'X-Total-Count': '1' },
  body: { items, total: 1 },
});
export const problem = (status: number): { status: number; body: unknown } => ({ status, body: { title: 'No', status } });
export const list = (query: string): { method: 'GET'; target: string } => ({ method: 'GET', target: `/products${query}` });
export const get = { method: 'GET', target: '/products/7' } as const;
export const form = (body: string): { headers: Record<string, string>; body: string } => ({
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body,
});
export const multipart = (
  parts: readonly (readonly [head: string, text: string])[],
): { headers: Record<string, string>; body: string } => ({
  headers: { 'Content-Type': 'multipart/form-data; boundary=cut' },
  body: `${parts.map(([head, text]) => `--cut\r\nContent-Disposition: form-data; ${head}\r\n\r\n${text}\r\n`).join('')}--cut--\r\n`,
});
export const created = { status: 201, headers: { Location: '/v1/products/7' }, body: product() } as const;
