import * as cxapi from 'aws-cdk-lib/cx-api';
import { readCdkContext } from '../../lib/config/context-files';
import { root } from './pages';

/**
 * The feature flags of cdk.json, with which templates are synthesized. Tests read nothing else there: a permissions
 * boundary, for example, changes no test.
 */
export const featureFlags = Object.fromEntries(
  Object.entries(readCdkContext(root)).filter(([key]) => Object.hasOwn(cxapi.FLAGS, key)),
);
