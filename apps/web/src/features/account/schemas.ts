/** What the register form is held against in the browser; the library behind it is half as big as the page. */
export { registerInput, userNameSchema } from '@confab/contract';
