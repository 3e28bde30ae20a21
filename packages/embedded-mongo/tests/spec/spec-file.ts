/** A document of a specification file, parsed from Extended JSON with its BSON types kept. */
export type Fields = Record<string, unknown>;

/** When a file or a test is meant for a server: any one entry that holds entirely. */
export interface Requirement {
  minServerVersion?: string;
  maxServerVersion?: string;
  topologies?: string[];
  auth?: boolean;
  authMechanism?: string;
  csfle?: unknown;
  serverless?: 'require' | 'forbid' | 'allow';
  serverParameters?: Fields;
}

/** `isError` and the rest of an operation's expected failure, as the unified test format names them. */
export interface ExpectedError {
  isError?: true;
  isClientError?: boolean;
  errorContains?: string;
  errorCode?: unknown;
  errorCodeName?: string;
  errorLabelsContain?: string[];
  errorLabelsOmit?: string[];
  errorResponse?: Fields;
  expectResult?: unknown;
}

export interface Operation {
  name: string;
  object: string;
  arguments?: Fields;
  expectError?: ExpectedError;
  expectResult?: unknown;
  saveResultAsEntity?: string;
  ignoreResultAndError?: boolean;
}

export interface CollectionData {
  databaseName: string;
  collectionName: string;
  documents: Fields[];
}

export interface ExpectedEvents {
  client: string;
  eventType?: string;
  ignoreExtraEvents?: boolean;
  events: Record<string, Fields>[];
}

export interface SpecTest {
  description: string;
  skipReason?: string;
  runOnRequirements?: Requirement[];
  operations: Operation[];
  outcome?: CollectionData[];
  expectEvents?: ExpectedEvents[];
}

/**
 * One file of the unified test format, schema 1.x
 * (mongodb/specifications, source/unified-test-format/unified-test-format.md).
 */
export interface SpecFile {
  description: string;
  schemaVersion: string;
  runOnRequirements?: Requirement[];
  createEntities?: Record<string, Fields>[];
  initialData?: CollectionData[];
  tests: SpecTest[];
}
