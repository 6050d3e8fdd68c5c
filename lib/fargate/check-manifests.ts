/** Runs the rules over plain manifests. */
import { readAnnotations } from './acknowledge';
import type { Finding } from './finding';
import { Autoscalers } from './manifest/autoscaler';
import { readObjects } from './manifest/kube-object';
import { isDaemonSet, readPod } from './manifest/pod';
import { planPod, type PodPlan } from './pod-plan';
import { servedMetrics } from './rules/autoscaling';
import { rules } from './rules/index';
import type { CheckedPod, Facts } from './rules/rule';
import { runRule } from './run-rule';
import { LimitRanges } from './sizing/limit-range';
import { podRequest, readPodAsk } from './sizing/pod-request';
import { podSize } from './sizing/pod-size';
import { findProfile, type FargateProfile } from './sizing/profile';
import { wordFindings } from './word-findings';

export interface CheckOptions {
  /** The Fargate profiles of the cluster. With none, pods are sized but not matched. */
  readonly profiles: readonly FargateProfile[];
  /** Version of the cluster: `1.36`. */
  readonly kubernetesVersion: string;
  /**
   * Namespace of objects that name none.
   * @default 'default'
   */
  readonly defaultNamespace?: string;
  /**
   * Where the objects go: into a CloudFormation template, where a Secret is readable, for kubectl to apply, and
   * to a cluster with no other nodes; or straight to any cluster.
   * @default 'template'
   */
  readonly target?: 'template' | 'cluster';
  /**
   * Whether pods have a way to the internet, through which images of public registries come.
   * @default true
   */
  readonly internet?: boolean;
  /**
   * Whether the cluster has a source of the metrics that autoscalers ask for, apart from what is among the objects:
   * metrics-server, KEDA or another adapter.
   * @default false
   */
  readonly metricsSource?: boolean;
  /**
   * Whether Argo CD applies the object at a position of the list, from a git repository.
   * @default none of them
   */
  readonly appliedFromGit?: (index: number) => boolean;
  /**
   * Says where the object at a position of the list comes from, for messages that name two objects.
   * @default its position: `object 5`
   */
  readonly origin?: (index: number) => string;
}

export interface CheckResult {
  /** In the order of the checked list. */
  readonly pods: readonly PodPlan[];
  /** In the order of the checked list: at most one for each rule and object. */
  readonly findings: readonly Finding[];
}

/**
 * Says of every pod in the objects which profile it lands on and what size Fargate gives it, and of everything
 * that Fargate would refuse or that will hurt there.
 *
 * @param objects Kubernetes objects as plain data, of any shape; a `List` counts as its members. All that one
 *   cluster gets should come in one call, so that duplicates and budgets are seen.
 */
export function checkManifests(objects: readonly unknown[], options: CheckOptions): CheckResult {
  const {
    profiles,
    kubernetesVersion,
    defaultNamespace = 'default',
    target = 'template',
    internet = true,
    metricsSource = false,
    appliedFromGit = () => false,
    origin = (index: number) => `object ${index + 1}`,
  } = options;
  const { objects: kubeObjects, rejected } = readObjects(objects, defaultNamespace, origin);
  const autoscalers = new Autoscalers(kubeObjects);
  const limitRanges = new LimitRanges(kubeObjects);
  const found = kubeObjects
    .map((object) => readPod(object, defaultNamespace, autoscalers))
    .filter((pod) => pod !== undefined)
    .map((pod): CheckedPod => {
      const ask = readPodAsk(pod, limitRanges.defaultsFor(pod.namespace));
      const readable = ask.bad.length === 0 && ask.unresolved.length === 0;
      return {
        ...pod,
        ask,
        profile: findProfile(profiles, pod),
        size: readable ? podSize(podRequest(ask)) : undefined,
      };
    });
  const facts: Facts = {
    profiles,
    kubernetesMinor: minorVersion(kubernetesVersion),
    inTemplate: target === 'template',
    internet,
    appliedFromGit,
    defaultNamespace,
    metricsSource: metricsSource ? 'all' : servedMetrics(kubeObjects, found),
    origin,
    objects: kubeObjects,
    rejected,
    pods: found.filter(({ object, offFargate }) => !isDaemonSet(object) && !offFargate),
    podsOffFargate: found.filter(({ object, offFargate }) => !isDaemonSet(object) && offFargate),
  };
  const asked = rules.filter(({ onlyInTemplate }) => facts.inTemplate || onlyInTemplate === undefined);
  const notAsked = rules.filter((rule) => !asked.includes(rule)).map(({ id }) => id);
  return {
    pods: found.map((pod) => planPod(pod, profiles)),
    findings: wordFindings(
      asked.flatMap((rule) => runRule(rule, facts)),
      readAnnotations(kubeObjects, notAsked),
    ).toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0)),
  };
}

function minorVersion(version: string): number {
  const match = /^1\.(\d+)$/u.exec(version);
  if (match === null) {
    throw new RangeError(`kubernetesVersion ${JSON.stringify(version)} is not of the form 1.36`);
  }
  return Number(match[1]);
}
