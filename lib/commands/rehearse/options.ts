import type { OptionTable } from '../option-table';
import { settingsOptions } from '../settings-options';

export const rehearseOptions = {
  ...settingsOptions,
  context: {
    type: 'string',
    value: 'NAME',
    help: 'context of the kubeconfig with a throw-away cluster, Kubernetes 1.36 or newer; without it, a control plane of its own',
  },
  variant: {
    type: 'string',
    value: 'NAME',
    multiple: true,
    help: 'a variant to walk through, in the given order; without it all of them and one step back',
  },
  keep: {
    type: 'boolean',
    help: 'stay at the last step, to look around with kubectl, until Ctrl-C',
  },
  'throw-away': {
    type: 'string',
    value: 'NAME',
    help: 'rehearse on this context although it looks like a real cluster',
  },
} as const satisfies OptionTable;
