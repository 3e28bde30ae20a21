import { password, type User } from '../../chaos/clients/user.ts';
import { type Attack, atMost, type Check, equal } from '../attack.ts';
import type { Stage } from '../stage/stage.ts';
import { countStatuses } from '../wire/http-call.ts';
import { inParallel, times } from '../wire/in-parallel.ts';

/** ASVS 4.0, 2.2.1: of one account, in an hour. */
const guessesMax = 100;
const addressMax = 35;

function signIn(stage: Stage, login: string, word: string, headers: Readonly<Record<string, string>>) {
  return stage.mutate('auth.signIn', { login, password: word }, headers);
}

function spelled({ name }: User, number: number): string {
  const wide = name.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
  const forms = [
    wide,
    name,
    name.toUpperCase(),
    `${name}@example.org`,
    `${name.toUpperCase()}@EXAMPLE.ORG`,
    ` ${name}@example.org`,
  ];
  return forms[number % forms.length] ?? name;
}

/** Guesses of one stranger: the owner comes in from elsewhere all the same. */
async function byOneStranger(stage: Stage): Promise<Check[]> {
  const [owner, other] = await stage.joinAll('owner', 2);
  if (!owner || !other) return [];
  const stranger = stage.from(stage.address());
  const answers = await inParallel(times(40), 4, (i) =>
    signIn(stage, spelled(owner, i), `guess ${i}`, stranger),
  );
  stage.note(`one stranger: ${countStatuses(answers)}`);
  const known = await signIn(stage, owner.name, password, owner.headers);
  const elsewhere = await signIn(stage, owner.name, password, stage.from(stage.address()));
  return [
    equal('after one stranger, the owner comes in on a known device', known.status, 200),
    equal('after one stranger, the owner comes in from a new address', elsewhere.status, 200),
  ];
}

/** Guesses of a crowd: few are checked, and the owner's devices do not feel them. */
async function byManyStrangers(stage: Stage): Promise<Check[]> {
  const owner = await stage.join('owner');
  const answers = await inParallel(times(stage.pick(160, 1_000)), 8, (i) =>
    signIn(stage, spelled(owner, i), `guess ${i}`, {
      ...stage.from(stage.address()),
      ...(i % 3 === 0 && { cookie: `confab_device=${'0'.repeat(64)}` }),
    }),
  );
  stage.note(`many strangers: ${countStatuses(answers)}`);
  const known = await signIn(stage, owner.name, password, owner.headers);
  return [
    atMost(
      'guesses at one account that are checked',
      answers.filter(({ status }) => status === 401 || status === 200).length,
      guessesMax,
    ),
    equal('after many strangers, the owner comes in on a known device', known.status, 200),
  ];
}

/** Two addresses of one network are one guesser. */
async function byOneNetwork(stage: Stage): Promise<Check[]> {
  const victims = await stage.joinAll('victim', 4);
  const answers = await inParallel(times(80), 4, (i) =>
    signIn(
      stage,
      `${victims[i % 4]?.name ?? ''}${i < 40 ? '' : i}`,
      `guess ${i}`,
      stage.from(i % 2 === 0 ? `2001:db8:9:9::${i.toString(16)}` : `2001:0DB8:9:09:ff:0:0:${i.toString(16)}`),
    ),
  );
  stage.note(`one /64: ${countStatuses(answers)}`);
  return [
    atMost(
      'guesses from one IPv6 /64 that are checked',
      answers.filter(({ status }) => status === 401).length,
      addressMax,
    ),
  ];
}

/** A failure counts against whoever guessed, and never locks the owner out. */
export const lockOut: Attack = {
  name: 'lock-out',
  sends:
    'wrong passwords for one account from one address, many addresses and one IPv6 /64; then the owner signs in',
  async run(stage) {
    return [
      ...(await byOneStranger(stage)),
      ...(await byManyStrangers(stage)),
      ...(await byOneNetwork(stage)),
    ];
  },
};
