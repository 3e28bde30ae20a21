import type { Device } from '../clients/device.ts';
import type { FaultProxy } from '../product/fault-proxy.ts';
import type { Product, ServiceName } from '../product/product.ts';

/** What faults act on. */
export interface Stage {
  readonly product: Product;
  readonly doors: Readonly<Record<'web' | 'ws', FaultProxy>>;
  readonly devices: readonly Device[];
  /** Numbers of the devices without a network, shared with the doors. */
  readonly cutOff: Set<number>;
  /** The end of the disturbed part of the run. */
  readonly signal: AbortSignal;
}

export const components = ['web', 'ws', 'redis', 'store'] as const;
export type Component = (typeof components)[number];

/** The processes of each component. */
export const processesOf: Readonly<Record<Component, readonly ServiceName[]>> = {
  web: ['web', 'web-2'],
  ws: ['ws', 'ws-2'],
  redis: ['redis'],
  store: ['store'],
};

/** Where one of several processes of web or ws listens. */
export function portOf({ doors }: Stage, component: 'web' | 'ws', name: ServiceName): number {
  const port = doors[component].processPorts[processesOf[component].indexOf(name)];
  if (port === undefined) throw new RangeError(`${name} has no port`);
  return port;
}
