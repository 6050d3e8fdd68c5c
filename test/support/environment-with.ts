import type { Environment } from '../../lib/config/environments';
import { readEnvironment } from '../../lib/config/settings';
import { defaultEnvironment, environments } from './environments';

/** The environment of the tests with some settings given as on the command line. */
export function environmentWith(settings: Readonly<Record<string, unknown>> = {}): Environment {
  return readEnvironment({ environment: defaultEnvironment, ...settings }, environments).values;
}
