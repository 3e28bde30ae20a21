import { trusted, type Model } from 'mongoose';
import { toObjectId } from './ids.ts';
import { type Credentials, type DeviceRecord, toUserRecord, type UserDocument } from './user.ts';

/** The part of an account that signing in is about. */
export function createCredentials(model: Model<UserDocument>) {
  return {
    /** Of the user's password; null when there is no such user. */
    async findPasswordHash(id: string): Promise<string | null> {
      const found = await model
        .findById(toObjectId(id), { passwordHash: 1, _id: 0 })
        .lean<{ passwordHash: string }>();
      return found && found.passwordHash;
    },

    /**
     * Replaces one password hash by another, and forgets every browser but these (hashes): whoever knew the old password
     * may have signed in there. False when it was replaced meanwhile.
     */
    async replacePasswordHash(
      id: string,
      change: { from: string; to: string; keptDevices: readonly string[] },
    ): Promise<boolean> {
      const { matchedCount } = await model.updateOne(
        { _id: toObjectId(id), passwordHash: change.from },
        {
          $set: { passwordHash: change.to },
          $pull: { devices: { hash: trusted({ $nin: [...change.keptDevices] }) } },
        },
      );
      return matchedCount === 1;
    },

    /** Makes a browser the latest that an account knows, of at most `max`. */
    async keepDevice(id: string, device: DeviceRecord, max: number): Promise<void> {
      const filter = { _id: toObjectId(id) };
      await model.bulkWrite([
        { updateOne: { filter, update: { $pull: { devices: { hash: device.hash } } } } },
        {
          updateOne: {
            filter,
            update: { $push: { devices: { $each: [device], $position: 0, $slice: max } } },
          },
        },
      ]);
    },

    /** What signing in needs, by folded name or by lower-cased email address. */
    async findCredentials(by: { nameKey: string } | { email: string }): Promise<Credentials | null> {
      const filter = 'email' in by ? { email: by.email } : { nameKeys: by.nameKey, nameKey: by.nameKey };
      const found = await model.findOne(filter, { nameKeys: 0 }).lean<UserDocument>();
      return (
        found && {
          user: toUserRecord(found),
          passwordHash: found.passwordHash,
          devices: found.devices ?? [],
        }
      );
    },
  };
}
