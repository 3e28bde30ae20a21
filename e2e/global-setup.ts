import { setSharedProduct } from './env.ts';
import { startOwnProduct } from './product.ts';

export default async function globalSetup(): Promise<() => Promise<void>> {
  const product = await startOwnProduct();
  setSharedProduct(product);
  return async () => {
    await product[Symbol.asyncDispose]();
  };
}
