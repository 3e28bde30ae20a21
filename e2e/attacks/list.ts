import type { Attack } from './attack.ts';
import { amplifiedEvents } from './attacks/amplified-events.ts';
import { connectChurn } from './attacks/connect-churn.ts';
import { slowAnswers } from './attacks/slow-answers.ts';
import { crowd } from './attacks/crowd.ts';
import { badFrames } from './attacks/bad-frames.ts';
import { badRequests } from './attacks/bad-requests.ts';
import { anonymousCalls, callsOverHttp } from './attacks/calls-over-http.ts';
import { cheapFrames } from './attacks/cheap-frames.ts';
import { localUsers } from './attacks/local-users.ts';
import { lockOut } from './attacks/lock-out.ts';
import { manyConnections } from './attacks/many-connections.ts';
import { passwordQueue } from './attacks/password-queue.ts';
import { pipelinedCalls } from './attacks/pipelined-calls.ts';
import { slowConnections } from './attacks/slow-connections.ts';
import { stalledReaders } from './attacks/stalled-readers.ts';
import { transportTricks } from './attacks/transport-tricks.ts';
import { unreadHttp, unreadSocket } from './attacks/unread-answers.ts';
import { upgradeHeads } from './attacks/upgrade-heads.ts';
import { worstInputs } from './attacks/worst-inputs.ts';

/** Every attack, the lightest first: what it leaves behind is the next one's too. */
export const attacks: readonly Attack[] = [
  localUsers,
  transportTricks,
  badRequests,
  badFrames,
  lockOut,
  upgradeHeads,
  worstInputs,
  manyConnections,
  slowConnections,
  cheapFrames,
  passwordQueue,
  anonymousCalls,
  callsOverHttp,
  unreadHttp,
  unreadSocket,
  pipelinedCalls,
  stalledReaders,
  amplifiedEvents,
  connectChurn,
  slowAnswers,
  crowd,
];
