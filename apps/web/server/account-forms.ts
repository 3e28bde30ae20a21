import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Backend, toRefusal } from '@confab/api';
import { ConfabError, errorTable, limits } from '@confab/contract';
import type { Log } from '@confab/log';
import { encodeRefusedForm, refusedFormHeader } from '../src/lib/refused-form.ts';
import { returnPath } from '../src/lib/return-path.ts';
import { openContext } from './open-context.ts';
import { readBody } from './read-body.ts';
import { requireSameSite } from './require-same-site.ts';

export interface AccountFormsOptions {
  readonly backend: Pick<Backend, 'caller' | 'createContext' | 'refuseCrossSite' | 'noteRefusal'>;
  readonly log: Log;
}

type Caller = ReturnType<Backend['caller']>;
type Read = (field: string) => string;

/** The pages that hold a form, and the procedure behind it: the same one, with the same limits, as that of the page's scripts. */
const forms: Readonly<Record<string, { submit: (api: Caller, read: Read) => Promise<unknown> }>> = {
  '/sign-in': {
    submit: ({ auth }, read) => auth.signIn({ login: read('login').trim(), password: read('password') }),
  },
  '/register': {
    submit: ({ auth }, read) =>
      auth.register({ name: read('name'), email: read('email'), password: read('password') }),
  },
};
/** What is given back to be put right; a password is not. */
const kept = ['login', 'name', 'email'];

/**
 * Takes the forms that people sign in and register by, as a browser sends them without the page's scripts: because it runs
 * none, or because somebody was faster than they were. Success is answered with the cookie and the way on. A refusal is
 * shown by the page itself, to which the request is then passed on: in the answer, so that nothing stands in an address.
 */
export function createAccountForms({ backend, log }: AccountFormsOptions) {
  async function submit(request: IncomingMessage, response: ServerResponse, fields: URLSearchParams) {
    requireSameSite(backend, request);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://web.invalid');
    await readFields(request, fields);
    const api = backend.caller(await openContext(backend, request, response));
    await forms[pathname]?.submit(api, (field) => fields.get(field) ?? '');
    return returnPath(searchParams.get('next'));
  }

  return {
    takes: (method: string | undefined, path: string) => method === 'POST' && Object.hasOwn(forms, path),

    /** Resolves to whether it is answered; else the request asks for the page by now, and says what was refused. */
    async handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
      response.setHeader('cache-control', 'no-store');
      const fields = new URLSearchParams();
      try {
        const location = await submit(request, response, fields);
        response.writeHead(303, { location }).end();
        return true;
      } catch (error) {
        // Nobody waits for an answer: the client went, or was ended for being slow.
        if (request.destroyed && !request.complete) return true;
        const { details, message } = toRefusal(error, log);
        response.statusCode = errorTable[details.code].http;
        if (details.retryAfterMs !== undefined)
          response.setHeader('retry-after', Math.ceil(details.retryAfterMs / 1_000));
        // What is left of a refused body is not read: the connection ends with the answer.
        if (!request.complete) response.setHeader('connection', 'close');
        const values = Object.fromEntries(
          kept.map((field) => [field, fields.get(field)?.slice(0, limits.emailLengthMax) ?? '']),
        );
        request.method = 'GET';
        request.headers[refusedFormHeader] = encodeRefusedForm({ values, details, message });
        return false;
      }
    },
  };
}

/** @throws ConfabError BAD_INPUT, TOO_LARGE */
async function readFields(request: IncomingMessage, fields: URLSearchParams): Promise<void> {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';', 1);
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded') throw new ConfabError('BAD_INPUT');
  for (const [name, value] of new URLSearchParams(await readBody(request, limits.formBytesMax)))
    fields.append(name, value);
}
