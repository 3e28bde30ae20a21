import type { AnyTRPCProcedure } from '@trpc/server';
import { z } from 'zod';
import { appRouter } from '../router.ts';
import { type JsonSchema, toJsonSchema } from './json-schema.ts';
import type { Route } from './route.ts';

/** A route together with what its procedure takes, and where in a request each field of it stands. */
export interface Operation extends Route {
  readonly fields: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
  readonly pathFields: readonly string[];
  /** Of the query for what reads, of the JSON body for what changes something. */
  readonly ownFields: readonly string[];
  /** How many of its own fields a request has to give at least. */
  readonly ownFieldsMin: number;
  /** Whether it takes a client id, which the Idempotency-Key stands for. */
  readonly idempotent: boolean;
}

/** @throws Error when the procedure takes something else than named fields */
export function compileOperation(route: Route): Operation {
  const { properties = {}, required = [], minProperties = required.length } = inputSchema(route.procedure);
  const pathFields = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const elsewhere = new Set([...pathFields, 'clientId']);
  const ownFields = Object.keys(properties).filter((name) => !elsewhere.has(name));
  const ownRequired = required.filter((name) => !elsewhere.has(name));
  return {
    ...route,
    fields: properties,
    required,
    pathFields,
    ownFields,
    ownFieldsMin: ownRequired.length + minProperties - required.length,
    idempotent: 'clientId' in properties,
  };
}

function inputSchema(path: Route['procedure']): JsonSchema {
  // The router keeps its procedures by path as well as nested; its type knows the nested ones only.
  const procedures = appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure | undefined>;
  const parser = procedures[path]?._def.inputs[0];
  if (parser === undefined) return {};
  if (!(parser instanceof z.ZodObject)) throw new Error(`${path} takes no object`);
  return toJsonSchema(parser, { io: 'input' });
}
