// @ts-check
import { runProduct } from './run-product.mjs';
import { command, Refusal } from './say.mjs';

const usage = 'Usage: npm run dev [-- --seed]';

await command(() => {
  const args = process.argv.slice(2).filter((arg) => arg !== '--');
  if (args.some((arg) => arg !== '--seed')) throw new Refusal(usage);
  return runProduct({ mode: 'development', seed: args.includes('--seed') });
});
