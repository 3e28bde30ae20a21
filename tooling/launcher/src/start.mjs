// @ts-check
import { runProduct } from './run-product.mjs';
import { command } from './say.mjs';

await command(() => runProduct({ mode: 'production' }));
