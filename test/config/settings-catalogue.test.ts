import { allBlocks } from '../support/blocks';
import { environmentWith } from '../support/environment-with';
import { UserError } from '../../lib/user-error';

const registry = '111122223333.dkr.ecr.us-west-2.amazonaws.com';
const certificate = 'arn:aws:acm:us-west-2:111122223333:certificate/12345678-1234-1234-1234-123456789012';

/** Settings that people get wrong, and the one line that each is answered with. */
test.each<[given: Record<string, unknown>, message: string]>([
  [
    { kubernetesVersion: '1.99' },
    'unknown kubernetesVersion "1.99": choose 1.28, 1.29, 1.35, 1.36 or 1.37; other versions need a kubectl layer in lib/config/kubernetes-releases.ts',
  ],
  [{ kubernetesVersion: 'v1.35' }, 'unknown kubernetesVersion "v1.35": did you mean "1.35"?'],
  [{ vpcCidr: '10.0.0.0' }, 'vpcCidr "10.0.0.0" has no prefix length: did you mean "10.0.0.0/16"?'],
  [{ vpcCidr: '10.0.0.0/8' }, 'vpcCidr "10.0.0.0/8" is a /8: choose a range from /16 to /24'],
  [
    { vpcCidr: '10.0.0.1/16' },
    'vpcCidr "10.0.0.1/16" does not begin at its first address: did you mean "10.0.0.0/16"?',
  ],
  [{ vpcCidr: '10.0.0.0/33' }, 'vpcCidr "10.0.0.0/33" has the prefix length "33": choose 0 to 32'],
  [{ vpcCidr: 'fd00::/8' }, 'vpcCidr "fd00::/8" is not an IPv4 range: write one as 10.0.0.0/16'],
  [
    { availabilityZones: 0 },
    'availabilityZones "0": EKS needs at least 2 zones, and no region has more than 6; choose a count from 2 to 6 (cdk deploy -c availabilityZones=3)',
  ],
  [
    { availabilityZones: 'us-east-1a' },
    'availabilityZones "us-east-1a" is neither a count nor at least 2 zones, all by name or all by ID: write 3, or us-east-1a,us-east-1b,us-east-1c, or use1-az1,use1-az2,use1-az4',
  ],
  [
    { availabilityZones: 'us-east-1a,use1-az2' },
    'availabilityZones "us-east-1a,use1-az2" is neither a count nor at least 2 zones, all by name or all by ID: write 3, or us-east-1a,us-east-1b,us-east-1c, or use1-az1,use1-az2,use1-az4',
  ],
  [
    { availabilityZones: 'use1-az1,use1-az3' },
    'availabilityZones "use1-az1,use1-az3" names use1-az3, where EKS creates no control plane: name other zones of the region',
  ],
  [
    { availabilityZones: 'use1-az1,usw2-az1' },
    'availabilityZones "use1-az1,usw2-az1" are of 2 regions (use1, usw2): a VPC has one, name zones of that',
  ],
  [
    { region: 'us-west-2', availabilityZones: 'us-east-1a,us-east-1b' },
    'availabilityZones "us-east-1a,us-east-1b" are of us-east-1, but region is "us-west-2": name zones of that',
  ],
  [
    { availabilityZones: 'us-east-1a,us-east-1a' },
    'availabilityZones "us-east-1a,us-east-1a" names a zone twice: name each zone once',
  ],
  [
    { availabilityZones: 'us-east-1a,us-west-2b' },
    'availabilityZones "us-east-1a,us-west-2b" are of 2 regions (us-east-1, us-west-2): a VPC has one, name zones of that',
  ],
  [
    { availabilityZones: ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((letter) => `us-east-1${letter}`) },
    'availabilityZones "us-east-1a,us-east-1b,us-east-1c,us-east-1d,us-east-1e,us-east-1f,us-east-1g" names 7 zones, and no region has more than 6: name 2 to 6',
  ],
  [
    { natGateways: -1 },
    'natGateways "-1": choose 1 or more, up to one for each zone (cdk deploy -c natGateways=1), or 0 for a network without a way to the internet',
  ],
  [
    { natGateways: 3, availabilityZones: 'us-east-1a,us-east-1b' },
    'natGateways "3": there are 2 zones, choose 0 to 2 (cdk deploy -c natGateways=2)',
  ],
  [{ natGateways: 5 }, 'natGateways "5": there are 3 zones, choose 0 to 3 (cdk deploy -c natGateways=3)'],
  [
    { ingress: 'external' },
    'ingress "external": choose internal or public (cdk deploy -c ingress=internal), or nothing for no load balancer (-c ingress=)',
  ],
  [
    { ingress: 'internal', ingressCidrs: '10.0.0.0' },
    'ingressCidrs "10.0.0.0" has no prefix length: did you mean "10.0.0.0/32"?',
  ],
  [
    { ingress: 'internal', ingressCidrs: ',' },
    'ingressCidrs "," has no range: write one as 52.94.76.1/32, or leave it out',
  ],
  [
    { ingress: 'internal', ingressCertificateArn: 'shop.example' },
    'ingressCertificateArn "shop.example" is not the ARN of a certificate: write one as arn:aws:acm:us-west-2:111122223333:certificate/12345678-1234-1234-1234-123456789012 (aws acm list-certificates)',
  ],
  [
    { ingressCidrs: '10.0.0.0/8' },
    'ingressCidrs "10.0.0.0/8" means nothing without a load balancer: set ingress to internal or public, or remove ingressCidrs',
  ],
  [
    { ingress: 'public' },
    'ingress "public" has no ingressCidrs: name the ranges that may use it, such as your own address as a /32 (curl -s https://checkip.amazonaws.com prints it), or 0.0.0.0/0 for everybody',
  ],
  [
    { ingress: 'public', ingressCidrs: '52.94.76.1/32,0.0.0.0/0' },
    'ingressCidrs "0.0.0.0/0" opens the load balancer to much of the internet, without HTTPS: set ingressCertificateArn, or name ranges of /8 or narrower',
  ],
  [
    { ingress: 'public', ingressCidrs: '52.0.0.0/8,2.0.0.0/7' },
    'ingressCidrs "2.0.0.0/7" opens the load balancer to much of the internet, without HTTPS: set ingressCertificateArn, or name ranges of /8 or narrower',
  ],
  [
    { ingress: 'internal', region: 'eu-west-1', ingressCertificateArn: certificate },
    `ingressCertificateArn "${certificate}" is of us-west-2, but region is "eu-west-1": name a certificate of that region`,
  ],
  [
    { natGateways: 0, externalSecrets: true },
    'externalSecrets "true" installs a Helm chart and an image from the internet, to which natGateways "0" leaves no way: set registry to your own in Amazon ECR, such as 111122223333.dkr.ecr.us-west-2.amazonaws.com, with copies of both (docs/registry.md), or natGateways to 1 or more',
  ],
  [
    { natGateways: 0, ingress: 'internal' },
    'ingress "internal" installs a Helm chart and an image from the internet, to which natGateways "0" leaves no way: set registry to your own in Amazon ECR, such as 111122223333.dkr.ecr.us-west-2.amazonaws.com, with copies of both (docs/registry.md), or natGateways to 1 or more',
  ],
  [
    { natGateways: 0, ingress: 'public', ingressCidrs: '52.94.76.1/32', registry },
    'ingress "public" requires public subnets, and natGateways "0" makes none: set ingress to internal, or natGateways to 1 or more',
  ],
  [
    { natGateways: 0, region: 'eu-west-1', registry },
    'registry "111122223333.dkr.ecr.us-west-2.amazonaws.com" is in us-west-2, and natGateways "0" leaves a way to the registries of eu-west-1 only: name one there (ECR can replicate repositories)',
  ],
  [
    { registry: `https://${registry}/` },
    'registry "https://111122223333.dkr.ecr.us-west-2.amazonaws.com/" is not a private registry of Amazon ECR: did you mean "111122223333.dkr.ecr.us-west-2.amazonaws.com"?',
  ],
  [
    { registry: 'public.ecr.aws' },
    'registry "public.ecr.aws" is not a private registry of Amazon ECR: write its host as 111122223333.dkr.ecr.us-west-2.amazonaws.com',
  ],
  [
    { alarmEmail: 'ops@example.com,dev@example.com' },
    'alarmEmail "ops@example.com,dev@example.com" is not one address: write it as ops@example.com; for several people use a mailing list, or subscribe them to the topic (docs/alarms.md)',
  ],
  [{ gitOps: 'yes' }, 'gitOps "yes": choose true or false'],
  [
    { gitOps: true, argoCd: 'ssoins-1234567890abcdef' },
    'argoCd "ssoins-1234567890abcdef" is not an object with identityCenterArn, identityCenterRegion, adminGroupId: write it as {"identityCenterArn":"arn:aws:sso:::instance/ssoins-1234567890abcdef","identityCenterRegion":"eu-west-1","adminGroupId":"12345678-1234-1234-1234-123456789012"}',
  ],
  [
    { gitOps: true, argoCd: 'null' },
    'argoCd "null" is not an object with identityCenterArn, identityCenterRegion, adminGroupId: write it as {"identityCenterArn":"arn:aws:sso:::instance/ssoins-1234567890abcdef","identityCenterRegion":"eu-west-1","adminGroupId":"12345678-1234-1234-1234-123456789012"}',
  ],
  [
    { gitOps: true, argoCd: { ...allBlocks.argoCd, group: 'Admins' } },
    'argoCd has no field "group": its fields are identityCenterArn, identityCenterRegion, adminGroupId',
  ],
  [
    { gitOps: true, argoCd: { ...allBlocks.argoCd, adminGroupId: 'Admins' } },
    'argoCd: adminGroupId "Admins" is not the ID of a group: write it as 12345678-1234-1234-1234-123456789012 (aws identitystore list-groups --identity-store-id ID)',
  ],
  [
    { gitOps: true, argoCd: { identityCenterArn: allBlocks.argoCd.identityCenterArn } },
    'argoCd: identityCenterRegion is missing: write it as eu-west-1 (aws sso-admin list-instances --region REGION finds it there)',
  ],
  [
    { argoCd: allBlocks.argoCd },
    'argoCd without gitOps: the stack and Argo CD would both apply the charts of workloads, and undo what the other did. Set gitOps to true, or remove argoCd',
  ],
  [{ podSecurityGroups: 'yes' }, 'podSecurityGroups "yes": choose true or false'],
  [{ podZones: 'yes' }, 'podZones "yes": choose true or false'],
  [{ externalSecrets: 'yes' }, 'externalSecrets "yes": choose true or false'],
  [{ autoscaling: 'yes' }, 'autoscaling "yes": choose true or false'],
  [{ vpcId: 'vpc-123' }, 'vpcId "vpc-123" is not a VPC ID: write one as vpc-0123456789abcdef0'],
  [
    { vpcId: 'vpc-0123456789abcdef0', natGateways: 1 },
    'natGateways "1" shapes a new VPC, but vpcId "vpc-0123456789abcdef0" names an existing one: remove one of the two',
  ],
  [
    { vpcId: 'vpc-0123456789abcdef0', natGateways: 0, externalSecrets: true },
    'externalSecrets "true" installs a Helm chart and an image from the internet, to which natGateways "0" leaves no way: set registry to your own in Amazon ECR, such as 111122223333.dkr.ecr.us-west-2.amazonaws.com, with copies of both (docs/registry.md), or leave natGateways out if vpcId "vpc-0123456789abcdef0" has a way there',
  ],
  [
    { httpsProxy: 'proxy.example.com:3128' },
    'httpsProxy "proxy.example.com:3128" does not begin with http://: did you mean "http://proxy.example.com:3128"?',
  ],
  [
    { httpsProxy: 'http://proxy.example.com' },
    'httpsProxy "http://proxy.example.com" has no port: write it, as in http://proxy.example.com:3128',
  ],
  [
    { httpsProxy: 'https://proxy.example.com:8443/' },
    'httpsProxy "https://proxy.example.com:8443/" has the scheme https, which is TLS to the proxy itself, and few programs and proxies know it: write http://proxy.example.com:8443, through which HTTPS goes as well',
  ],
  [
    { httpsProxy: 'http://me:secret@proxy.example.com:3128' },
    'httpsProxy "http://…@proxy.example.com:3128" has a name or password, which anybody could read in the template and in the pods: let the proxy know its clients by their addresses, and write http://proxy.example.com:3128',
  ],
  [
    { httpsProxy: 'the proxy' },
    'httpsProxy "the proxy" is not the URL of a proxy: write one as http://proxy.example.com:3128',
  ],
  [
    { apiAccessCidrs: '0.0.0.0/0' },
    'apiAccessCidrs "0.0.0.0/0" opens the API server to the whole internet: give your own address as a /32 (curl -s https://checkip.amazonaws.com prints it)',
  ],
  [
    { apiAccessCidrs: '0.0.0.0/1,128.0.0.0/1' },
    'apiAccessCidrs "0.0.0.0/1" is a /1: choose ranges of /8 or narrower, or give your own address as a /32 (curl -s https://checkip.amazonaws.com prints it)',
  ],
  [
    { apiAccessCidrs: '192.0.0.0/16' },
    'apiAccessCidrs "192.0.0.0/16" holds addresses that are not public, and EKS refuses it: give your own address as a /32 (curl -s https://checkip.amazonaws.com prints it)',
  ],
  [
    { apiAccessCidrs: '52.94.76.1' },
    'apiAccessCidrs "52.94.76.1" has no prefix length: did you mean "52.94.76.1/32"?',
  ],
  [
    { apiAccessCidrs: '10.1.2.3/32' },
    'apiAccessCidrs "10.1.2.3/32" holds addresses that are not public, and EKS refuses it: give your own address as a /32 (curl -s https://checkip.amazonaws.com prints it)',
  ],
  [
    { apiAccessCidrs: '52.94.76.1/24' },
    'apiAccessCidrs "52.94.76.1/24" does not begin at its first address: did you mean "52.94.76.0/24"?',
  ],
  [
    { apiAccessCidrs: '52.94.76.1/32,everyone' },
    'apiAccessCidrs "everyone" is not an IPv4 range: write one as 52.94.76.1/32',
  ],
  [
    { clusterAdminArns: 'Admin' },
    'clusterAdminArns "Admin" is not the ARN of an IAM role or user: write one as arn:aws:iam::111122223333:role/Admin',
  ],
  [
    { clusterAdminArns: 'arn:aws:iam::111122223333:role/Admin,arn:aws:iam::111122223333:root' },
    'clusterAdminArns "arn:aws:iam::111122223333:root" is not the ARN of an IAM role or user: write one as arn:aws:iam::111122223333:role/Admin',
  ],
  [
    { clusterAdminArns: 'arn:aws:sts::111122223333:assumed-role/Admin/alice' },
    'clusterAdminArns "arn:aws:sts::111122223333:assumed-role/Admin/alice" is a session of a role: name the role itself, with its path if it has one, as arn:aws:iam::111122223333:role/Admin (aws iam get-role --role-name Admin --query Role.Arn)',
  ],
  [
    { clusterAdminArns: ['arn:aws:iam::111122223333:role/Admin', 'arn:aws:iam::111122223333:role/Admin'] },
    'clusterAdminArns names "arn:aws:iam::111122223333:role/Admin" twice: name it once',
  ],
  [{ deletionProtection: 'yes' }, 'deletionProtection "yes": choose true or false'],
  [
    { logRetentionDays: 8 },
    'logRetentionDays "8": CloudWatch Logs takes 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653',
  ],
  [{ logRetentionDay: 30 }, 'unknown context key "logRetentionDay": did you mean "logRetentionDays"?'],
])('%j', (given, message) => {
  expect(() => environmentWith(given)).toThrow(new UserError([message]));
});
