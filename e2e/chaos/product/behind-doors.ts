import { join } from 'node:path';
import { freePort } from '@confab/launcher';
import { FaultProxy } from './fault-proxy.ts';
import { Product } from './product.ts';

interface Options {
  /** Holds the product's data and its log. */
  readonly dir: string;
  /** Devices without a network, now. */
  readonly cutOff: ReadonlySet<number>;
  readonly failPoints?: boolean;
  /** Added to the environment of web, ws and the store. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The product with two processes of web and of ws, each kind behind a door that breaks connections on order. */
export interface ProductBehindDoors {
  readonly product: Product;
  readonly doors: Readonly<Record<'web' | 'ws', FaultProxy>>;
  /** Of the web's door: what people type in. */
  readonly origin: string;
}

/** @throws Error when the product does not start */
export async function startBehindDoors(options: Options): Promise<ProductBehindDoors> {
  const { dir, cutOff, failPoints = false, env = {} } = options;
  const web = [await freePort(), await freePort()] as const;
  const ws = [await freePort(), await freePort()] as const;
  const doors = { web: await FaultProxy.open(web, cutOff), ws: await FaultProxy.open(ws, cutOff) };
  const origin = `http://127.0.0.1:${doors.web.port}`;
  const product = await Product.start({
    dataDir: join(dir, 'data'),
    logFile: join(dir, 'product.log'),
    ports: { web: web[0], ws: ws[0] },
    more: { web: [web[1]], ws: [ws[1]] },
    failPoints,
    env: {
      ...env,
      PUBLIC_ORIGIN: origin,
      WEB_HOST: '127.0.0.1',
      WS_INTERNAL_URL: `http://127.0.0.1:${doors.ws.port}`,
      // The users' addresses are in X-Forwarded-For.
      TRUSTED_PROXIES: '127.0.0.1',
    },
  });
  return { product, doors, origin };
}
