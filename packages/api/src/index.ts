export {
  type Backend,
  type BackendOptions,
  type Health,
  type IncomingContext,
  openBackend,
} from './backend.ts';
export type { Connection, Context } from './context.ts';
export { createRestApi, type RestAnswer, type RestApi } from './rest/create-rest-api.ts';
export { problemHeaders, type Refusal, toProblem } from './rest/problem.ts';
export type { AppRouter } from './router.ts';
export { clientAddressReader } from './client-address.ts';
export { commaSeparated, type EnvSource, parseEnv, portNumber, serviceEnv } from './service-env.ts';
export { runService } from './run-service.ts';
