/** What Argo CD applies has to stand in a git repository as it is. */
import { knownAtDeploy } from '../manifest/known-at-deploy';
import type { Rule } from './rule';
import { tokensPage } from './sources';

export const unknownInGitRule: Rule = {
  id: 'unknown-in-git',
  severity: 'error',
  why: 'With the setting gitOps, Argo CD applies the charts of workloads from a git repository. A value that only a deploy knows, such as the generated name of a table, cannot be written there: the object would be missing, and Argo CD deletes what is missing.',
  source: tokensPage,
  judges: 'object',
  check: ({ index, root }, { appliedFromGit }) => {
    const path = appliedFromGit(index) ? knownAtDeploy(root.value) : undefined;
    return path === undefined
      ? []
      : [
          {
            text: `${path} is known at deploy time only, and git cannot hold it (setting gitOps)`,
            fix: 'Set a name for the resource that it refers to, and write that name.',
          },
        ];
  },
};
