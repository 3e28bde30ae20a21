// One register for the app's parts and the ones that components of packages/ui bring later: they are fetched together.
export { lazy, loadLazy } from '@confab/ui/lazy';
