import { pause } from '../../chaos/pause.ts';
import { password, type User } from '../../chaos/clients/user.ts';
import { type Attack, atMost, type Check, every } from '../attack.ts';
import type { Stage } from '../stage/stage.ts';
import { type Answer, countStatuses, retryAfter } from '../wire/http-call.ts';
import { inParallel, times } from '../wire/in-parallel.ts';

/**
 * Of the attackers' passwords, so many may be hashed while somebody waits to come in: on a device that the account knows,
 * and on another one. A crowd that comes from as many addresses fills the queue, and nobody can tell who is honest in it:
 * somebody may be refused now and then, and comes in when they return as they were told.
 */
const overtakenMax = { known: 80, elsewhere: 100, inCrowd: 150 };
const triesMax = 5;

interface Rush {
  readonly name: string;
  readonly count: number;
  readonly parallel: number;
  /** It signs in, from many addresses. */
  readonly isCrowd?: boolean;
  readonly send: (number: number) => Promise<Answer>;
}

/** A password was hashed or checked for this answer. */
const isHashed = ({ status }: Answer) => status === 200 || status === 401 || status === 403 || status === 409;
const isRefused = ({ status }: Answer) => status === 429 || status === 503;

interface Entrance {
  readonly tries: readonly Answer[];
  /** Hashed between the last try and its answer. */
  readonly overtaken: number;
}

/** Tries until they are in, and does as they are told meanwhile. */
async function comeIn(
  stage: Stage,
  { name }: User,
  headers: Readonly<Record<string, string>>,
  hashed: () => number,
): Promise<Entrance> {
  const tries: Answer[] = [];
  for (;;) {
    const before = hashed();
    const answer = await stage.mutate('auth.signIn', { login: name, password }, headers);
    tries.push(answer);
    if (answer.status === 200 || tries.length === triesMax) return { tries, overtaken: hashed() - before };
    await pause((retryAfter(answer) ?? 1) * 1_000);
  }
}

/** Two who know their passwords come in while the rush goes on. */
async function rush(
  stage: Stage,
  honest: readonly User[],
  { name, isCrowd = false, ...rest }: Rush,
): Promise<Check[]> {
  let hashed = 0;
  const answers: Answer[] = [];
  const rushing = inParallel(times(rest.count), rest.parallel, async (number) => {
    const answer = await rest.send(number);
    answers.push(answer);
    if (isHashed(answer)) hashed += 1;
  });
  await pause(100);
  const entering = honest.map((user, i) =>
    comeIn(stage, user, i === 0 ? user.headers : stage.from(stage.address()), () => hashed),
  );
  const entered = await Promise.all(entering);
  await rushing;
  const [known, elsewhere] = entered;
  const said = entered.map(({ tries, overtaken }) => `${countStatuses(tries)} behind ${overtaken}`);
  stage.note(`${name}: ${countStatuses(answers)}; the honest: ${said.join(', ')} of ${hashed} hashed`);
  return [
    every(
      `${name}: somebody else comes in`,
      entered,
      ({ tries }) => tries.at(-1)?.status === 200,
      ({ tries }) => countStatuses(tries),
    ),
    atMost(`${name}: hashed before who is known`, known?.overtaken ?? Infinity, overtakenMax.known),
    atMost(
      `${name}: hashed before who is not`,
      elsewhere?.overtaken ?? Infinity,
      isCrowd ? overtakenMax.inCrowd : overtakenMax.elsewhere,
    ),
    ...refusals(name, answers.filter(isRefused)),
  ];
}

function refusals(name: string, refused: readonly Answer[]): Check[] {
  if (refused.length === 0) return [];
  const isTold = (answer: Answer) => (retryAfter(answer) ?? 0) > 0;
  return [
    every(`${name}: who is refused learns when to come back`, refused, isTold, ({ status }) =>
      String(status),
    ),
  ];
}

async function rushes(stage: Stage): Promise<Rush[]> {
  const changers = await stage.joinAll('changer', 20);
  const [victim] = changers;
  const count = stage.pick(160, 1_500);
  const one = stage.address();
  const signIn = (login: string, word: string, address: string) =>
    stage.mutate('auth.signIn', { login, password: word }, stage.from(address));
  const user = (number: number) => changers[number % changers.length] as User;
  return [
    {
      name: 'changes of 20 accounts',
      count,
      parallel: 100,
      send: (number) =>
        stage.mutate(
          'auth.changePassword',
          { current: number % 2 === 0 ? password : 'not the password', next: password },
          user(number).headers,
        ),
    },
    {
      name: 'guesses at one account from many addresses',
      count,
      parallel: 100,
      isCrowd: true,
      send: (number) => signIn(victim?.name ?? '', `guess ${number}`, stage.address()),
    },
    {
      name: 'guesses at many accounts from many addresses',
      count,
      parallel: 100,
      isCrowd: true,
      send: (number) => signIn(`nobody-${number}`, `guess ${number}`, stage.address()),
    },
    {
      name: 'right passwords from one address',
      count,
      parallel: 100,
      send: (number) => signIn(user(number).name, password, one),
    },
    {
      name: 'right passwords from many addresses',
      count,
      parallel: 100,
      isCrowd: true,
      send: (number) => signIn(user(number).name, password, stage.address()),
    },
    {
      name: 'tokens from one address',
      count,
      parallel: 100,
      send: (number) =>
        stage.mutate('auth.issueToken', { login: user(number).name, password }, stage.from(one)),
    },
    {
      name: 'registrations from many addresses',
      count,
      parallel: 100,
      send: (number) =>
        stage.mutate(
          'auth.register',
          { name: `rush-${number}`, email: `rush-${number}@example.org`, password },
          stage.from(stage.address()),
        ),
    },
  ];
}

/** Hashing is a queue of all; nobody may hold the door shut by it. */
export const passwordQueue: Attack = {
  name: 'password-queue',
  sends:
    'changes, guesses, right passwords, tokens and registrations, a hundred at once, while somebody signs in',
  async run(stage) {
    const honest = await stage.joinAll('honest', 2);
    const checks: Check[] = [];
    for (const each of await rushes(stage)) checks.push(...(await rush(stage, honest, each)));
    return checks;
  },
};
