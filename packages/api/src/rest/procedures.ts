import type { AppRouter } from '../router.ts';

type Procedures = AppRouter['_def']['record'];

/** `messages.send` and every other procedure that answers once. */
export type ProcedurePath = {
  [Noun in keyof Procedures]: {
    [Verb in keyof Procedures[Noun]]: Procedures[Noun][Verb] extends { _def: { type: 'query' | 'mutation' } }
      ? `${Noun}.${Verb & string}`
      : never;
  }[keyof Procedures[Noun]];
}[keyof Procedures];

type At<Path> = Path extends `${infer Noun}.${infer Verb}`
  ? Noun extends keyof Procedures
    ? Verb extends keyof Procedures[Noun]
      ? Procedures[Noun][Verb]
      : never
    : never
  : never;

/** What a caller gives; `void` where nothing is taken. */
export type InputOf<Path extends ProcedurePath> =
  At<Path> extends { _def: { $types: { input: infer Input } } } ? Input : never;
/** What is returned, before JSON: nothing in it that JSON would change. */
export type OutputOf<Path extends ProcedurePath> =
  At<Path> extends { _def: { $types: { output: infer Output } } } ? Output : never;
export type TypeOf<Path extends ProcedurePath> =
  At<Path> extends { _def: { type: infer Type } } ? Type : never;
