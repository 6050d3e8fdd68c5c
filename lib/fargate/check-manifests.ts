/** Runs the rules over plain manifests, and words the findings. */
import { isUnresolved, printable } from './manifest/field';
import type { Finding } from './finding';
import { readObjects, type Subject } from './manifest/kube-object';
import { Autoscalers } from './manifest/autoscaler';
import { isDaemonSet, readPod, type Container } from './manifest/pod';
import { planPod, type PodPlan } from './pod-plan';
import { podRequest, readPodAsk } from './sizing/pod-request';
import { podSize } from './sizing/pod-size';
import { findProfile, type FargateProfile } from './sizing/profile';
import { rules } from './rules/index';
import type { CheckedPod, Facts, Problem, Rule } from './rules/rule';

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
   * Says where the object at a position of the list comes from, for messages that name two objects.
   * @default its position: `object 5`
   */
  readonly origin?: (index: number) => string;
}

export interface CheckResult {
  /** In the order of the checked list. */
  readonly pods: readonly PodPlan[];
  /** In the order of the checked list. */
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
    origin = (index: number) => `object ${index + 1}`,
  } = options;
  const { objects: kubeObjects, rejected } = readObjects(objects, defaultNamespace, origin);
  const autoscalers = new Autoscalers(kubeObjects);
  const found = kubeObjects
    .map((object) => readPod(object, defaultNamespace, autoscalers))
    .filter((pod) => pod !== undefined)
    .map((pod): CheckedPod => {
      const ask = readPodAsk(pod);
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
    defaultNamespace,
    origin,
    objects: kubeObjects,
    rejected,
    pods: found.filter(({ object }) => !isDaemonSet(object)),
  };
  return {
    pods: found.map((pod) => planPod(pod, profiles)),
    findings: rules.flatMap((rule) => runRule(rule, facts)).toSorted((a, b) => a.index - b.index),
  };
}

function minorVersion(version: string): number {
  const match = /^1\.(\d+)$/u.exec(version);
  if (match === null) {
    throw new RangeError(`kubernetesVersion ${JSON.stringify(version)} is not of the form 1.36`);
  }
  return Number(match[1]);
}

/** What a rule finds. A rule that throws is itself a finding: nobody may take its silence for a pass. */
export function runRule(rule: Rule, facts: Facts): readonly Finding[] {
  const judge = (object: Subject, check: () => readonly Problem[]): readonly Finding[] => {
    try {
      return check().map((problem) => word(rule, object, problem));
    } catch (error) {
      return [crashed(rule, object, error)];
    }
  };
  switch (rule.judges) {
    case 'pod':
      return facts.pods.flatMap((pod) => judge(pod.object, () => rule.check(pod, facts)));
    case 'object':
      return facts.objects.flatMap((object) => judge(object, () => rule.check(object, facts)));
    case 'together':
      try {
        return rule.check(facts).map((problem) => word(rule, problem.object, problem));
      } catch (error) {
        return [crashed(rule, { label: 'all objects', index: 0 }, error)];
      }
  }
}

function word(rule: Rule, object: Subject, { container, text }: Problem): Finding {
  const where = container === undefined ? object.label : `${object.label}, ${nameContainer(container)}`;
  return {
    rule: rule.id,
    severity: rule.severity,
    object: object.label,
    message: printable(`${where}: ${text}`),
    source: rule.source,
    index: object.index,
  };
}

function nameContainer({ role, name }: Container): string {
  const shown = isUnresolved(name) ? '(known at deploy time)' : JSON.stringify(name);
  return role === 'init' ? `init container ${shown}` : `container ${shown}`;
}

function crashed(rule: Rule, { label, index }: Subject, error: unknown): Finding {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    rule: rule.id,
    severity: 'error',
    object: label,
    message: `${label}: rule ${rule.id} failed (${reason}), so the object counts as refused. This is a defect of the rule: please report it.`,
    source: rule.source,
    index,
  };
}
