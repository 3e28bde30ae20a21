export { config as default } from '@confab/eslint';
