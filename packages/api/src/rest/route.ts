import type { ErrorCode } from '@confab/contract';
import type { z } from 'zod';
import type { InputOf, OutputOf, ProcedurePath, TypeOf } from './procedures.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof methods)[number];

export function isMethod(method: string): method is Method {
  return (methods as readonly string[]).includes(method);
}

/** One row of the table: which procedure answers where. What it takes is the procedure's own schema. */
export interface Route {
  readonly method: Method;
  /** A name in braces is a field of the procedure's input. */
  readonly path: `/api/${string}`;
  readonly procedure: ProcedurePath;
  readonly summary: string;
  /** What the summary leaves out. */
  readonly note?: string;
  /** Open to those who are not signed in. */
  readonly open?: true;
  /** Describes what the procedure returns; null: nothing, as 204. */
  readonly answer: z.ZodType | null;
  readonly created?: true;
  /** What it refuses with, beyond what any operation may. */
  readonly errors?: readonly ErrorCode[];
  readonly example: { readonly input?: object; readonly answer: unknown };
}

type Params<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Params<Rest>
  : never;

/** The client id is not asked for: it comes from the Idempotency-Key. */
type ExampleOf<P extends ProcedurePath> =
  InputOf<P> extends object
    ? { readonly input: Omit<InputOf<P>, 'clientId'>; readonly answer: OutputOf<P> }
    : { readonly answer: OutputOf<P> };

interface RouteOf<P extends ProcedurePath, Path extends `/api/${string}`> extends Route {
  readonly method: TypeOf<P> extends 'query' ? 'GET' : Exclude<Method, 'GET'>;
  readonly path: Params<Path> extends keyof InputOf<P> ? Path : never;
  readonly procedure: P;
  readonly answer: OutputOf<P> extends null ? null : z.ZodType<OutputOf<P>>;
  readonly example: ExampleOf<P>;
}

/** Holds a row against the router: the method, the names in the path, the description of the answer, the examples. */
export function route<P extends ProcedurePath, const Path extends `/api/${string}`>(
  row: RouteOf<P, Path>,
): Route {
  return row;
}
