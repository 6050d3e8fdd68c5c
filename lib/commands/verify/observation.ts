import { CouldNotLook } from './could-not-look';
import type { Observation } from './observed';

/** A part that cannot be looked at does not keep the others from being looked at. */
export async function observe<T>(read: () => Promise<T>): Promise<Observation<T>> {
  try {
    return { seen: await read() };
  } catch (error) {
    if (error instanceof CouldNotLook) {
      return { notSeen: error.message };
    }
    throw error;
  }
}
