import { addressOf, signInAgain } from '@confab/e2e/chaos/clients/population';
import type { User } from '@confab/e2e/chaos/clients/user';
import type { Random } from '@confab/e2e/chaos/random';
import { Device } from './device.ts';

interface PersonOptions {
  readonly number: number;
  readonly user: User;
  readonly url: string;
  readonly origin: string;
  readonly random: Random;
}

/** Somebody with one device, who now and then signs out and in again. */
export class Person {
  readonly device: Device;
  readonly random: Random;
  readonly #number: number;
  readonly #origin: string;
  #user: User;
  #isSignedIn = true;

  constructor({ number, user, url, origin, random }: PersonOptions) {
    this.device = new Device({ number, url, origin, random });
    this.random = random;
    this.#number = number;
    this.#origin = origin;
    this.#user = user;
  }

  get user(): User {
    return this.#user;
  }

  get isSignedIn(): boolean {
    return this.#isSignedIn;
  }

  start(): void {
    if (this.#isSignedIn) this.device.start(this.#user);
  }

  async signOut(): Promise<void> {
    this.#isSignedIn = false;
    this.device.stop();
    await this.#user.api.auth.signOut.mutate();
  }

  async signIn(): Promise<void> {
    this.#user = await signInAgain(this.#origin, this.#user, addressOf(this.#number));
    this.#isSignedIn = true;
    this.device.start(this.#user);
  }
}
