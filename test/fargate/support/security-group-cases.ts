import { deployment, object } from './manifests';
import type { RuleCase } from './rule-cases';

/** A policy for the pods of the namespace, unless other selectors are given. */
const policy = (groupIds: readonly string[], name = 'cart', selectors: object = { podSelector: {} }) =>
  object(
    'vpcresources.k8s.aws/v1beta1',
    'SecurityGroupPolicy',
    { spec: { ...selectors, securityGroups: { groupIds } } },
    name,
  );

const [three, fourMore] = [
  ['sg-1', 'sg-2', 'sg-3'],
  ['sg-3', 'sg-4', 'sg-5', 'sg-6'],
];
const six = [...three, 'sg-4', 'sg-5', 'sg-6'];

/** Pods that act as a labelled ServiceAccount. */
const account = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'cart', namespace: 'shop', labels: { team: 'shop' } },
};
const podsOfAccount = deployment({ serviceAccountName: 'cart' });
const forTeam = (team: string) => ({ serviceAccountSelector: { matchLabels: { team } } });
const forApp = (app: string) => ({ podSelector: { matchLabels: { app } } });

export const securityGroupCases: readonly RuleCase[] = [
  {
    rule: 'security-group-count',
    fails: [policy(six), policy(three, 'less'), deployment()],
    says: [
      'SecurityGroupPolicy shop/cart: has 6 security groups, and a network interface is in at most 5 by default. Join some of them, or have the quota raised, to 16 at most.',
    ],
    passes: {
      'five groups': [policy(['sg-1', 'sg-2', 'sg-3', 'sg-4', 'sg-5']), deployment()],
      'a group that several policies name': [policy(three), policy([...three, 'sg-4'], 'all'), deployment()],
      'policies of which one selects other pods': [
        policy(three),
        policy(fourMore, 'ui', forApp('ui')),
        deployment(),
      ],
      'policies of which one selects another ServiceAccount': [
        policy(three),
        policy(fourMore, 'ui', forTeam('ui')),
        account,
        podsOfAccount,
      ],
      'policies of which one selects what is no ServiceAccount': [
        policy(three),
        policy(fourMore, 'ui', forTeam('shop')),
        { ...account, kind: 'ConfigMap' },
        podsOfAccount,
      ],
      'a policy without a selector, which selects nothing': [
        policy(three),
        policy(fourMore, 'none', {}),
        deployment(),
      ],
      'policies of another namespace': [
        policy(three),
        { ...policy(fourMore), metadata: { name: 'cart', namespace: 'bank' } },
        deployment(),
      ],
      'a kind of another group': [{ ...policy(six), apiVersion: 'example.com/v1' }, deployment()],
    },
  },
  {
    rule: 'security-group-count',
    fails: [
      policy(three, 'team', forTeam('shop')),
      policy(fourMore, 'cart', { ...forApp('cart'), ...forTeam('shop') }),
      account,
      podsOfAccount,
    ],
    says: [
      'Deployment shop/cart: 2 SecurityGroupPolicies (team, cart) give its pods 6 security groups, and a network interface is in at most 5 by default. Join some of them, or have the quota raised, to 16 at most.',
    ],
    passes: {},
  },
  {
    rule: 'security-group-count',
    fails: [
      policy(three),
      policy(fourMore, 'team', forTeam('shop')),
      { ...account, metadata: { ...account.metadata, name: 'default' } },
      deployment(),
    ],
    says: [
      'Deployment shop/cart: 2 SecurityGroupPolicies (cart, team) give its pods 6 security groups, and a network interface is in at most 5 by default. Join some of them, or have the quota raised, to 16 at most.',
    ],
    passes: {},
  },
  {
    rule: 'security-group-of-cluster',
    fails: [policy(['sg-1']), policy(['sg-2'], 'ui')],
    says: [
      'SecurityGroupPolicy shop/cart, shop/ui: pods stay Pending where the cluster security group is not among the groupIds. Add it, or rules equal to its own.',
    ],
    passes: { 'a group known at deploy time': [policy(['sg-1', '${Token[TOKEN.1]}'])] },
  },
];
