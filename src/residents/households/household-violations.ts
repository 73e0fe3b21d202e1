import { UnknownAreaError } from '../../places/index.js';
import { violatedConstraint } from '../../platform/index.js';
import { DoorTakenError } from '../residents.errors.js';

/** Gives the constraints that a request can run into their names; any other violation is a bug and stays one. */
export async function refusingViolations<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    switch (violatedConstraint(error)) {
      case 'uq_household_door':
        throw new DoorTakenError({}, { cause: error });
      case 'fk_household_area':
        throw new UnknownAreaError({}, { cause: error });
      default:
        throw error;
    }
  }
}
