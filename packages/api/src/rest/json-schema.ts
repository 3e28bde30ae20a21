import { z } from 'zod';

/** As far as this API's schemas go: JSON Schema 2020-12, which is OpenAPI 3.1's. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minProperties?: number;
  readonly [keyword: string]: unknown;
}

interface Conversion {
  /** What a caller gives (before transforms and defaults), or what a caller gets. */
  readonly io: 'input' | 'output';
}

/** Says what a Zod schema says, as far as JSON Schema can; refinements stay behind. Reads the schema, never changes it. */
export function toJsonSchema(schema: z.ZodType, { io }: Conversion): JsonSchema {
  return tidy(z.toJSONSchema(schema, { io, override: dropFormatPattern }));
}

/** All schemas of a registry, by id; they refer to each other. */
export function registryToJsonSchemas(
  registry: z.core.$ZodRegistry<{ id: string }>,
): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(registry, {
    io: 'output',
    uri: componentRef,
    override: dropFormatPattern,
  });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, tidy(schema)]));
}

export function componentRef(id: string): string {
  return `#/components/schemas/${id}`;
}

/** A format says it better than the regular expression behind it. */
function dropFormatPattern({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
}

/** The dialect is named once, for the whole document; a component is found by its place in it. */
function tidy({ $schema: _, $id: __, ...schema }: z.core.JSONSchema.BaseSchema): JsonSchema {
  return schema as JsonSchema;
}
