/** What a rule is: data, and a pure function that says what is wrong with one thing. */
import type { Severity } from '../finding';
import type { Field } from '../manifest/field';
import type { KubeObject, NotAnObject, Subject } from '../manifest/kube-object';
import type { Container, Pod } from '../manifest/pod';
import type { PodAsk } from '../sizing/pod-request';
import type { PodSize } from '../sizing/pod-size';
import type { FargateProfile } from '../sizing/profile';

/** What a rule may know, apart from the thing it judges. */
export interface Facts {
  readonly profiles: readonly FargateProfile[];
  /** Minor version of Kubernetes 1: 36 for 1.36. */
  readonly kubernetesMinor: number;
  /** Whether the objects end in a CloudFormation template. */
  readonly inTemplate: boolean;
  /** Whether pods have a way to the internet. */
  readonly internet: boolean;
  /** Whether Argo CD applies the object at a position, from a git repository. */
  readonly appliedFromGit: (index: number) => boolean;
  readonly defaultNamespace: string;
  /** The API groups of metrics that are served, or all that there are. */
  readonly metricsSource: ReadonlySet<string> | 'all';
  /** Where the object at a position comes from, for a message that names two. */
  readonly origin: (index: number) => string;
  /** Everything that is applied together. */
  readonly objects: readonly KubeObject[];
  /** What was applied with them and is no object. */
  readonly rejected: readonly NotAnObject[];
  /** All pods among them that are meant for Fargate: not those of DaemonSets, nor those kept off it. */
  readonly pods: readonly CheckedPod[];
  /** The pods that an annotation keeps off Fargate. */
  readonly podsOffFargate: readonly CheckedPod[];
}

/** A pod with what the engine found out about it. */
export interface CheckedPod extends Pod {
  readonly ask: PodAsk;
  /** Undefined when it lands on none. */
  readonly profile: FargateProfile | undefined;
  /** By its requests, wherever it lands. Undefined when Fargate has none that large, or they cannot be read. */
  readonly size: PodSize | undefined;
}

/**
 * One thing wrong. The engine puts the object in front, and the containers: those with the same text are named
 * together, and all that one rule has against one object is one finding.
 */
export interface Problem {
  readonly container?: Container;
  /** What was received, and what Fargate makes of it; a clause, without a full stop. */
  readonly text: string;
  /** What to write instead, the cheapest thing first; a sentence. */
  readonly fix: string;
}

/** What is to be said of a rule, whatever it judges. */
export interface RuleData {
  /** Kebab case, stable: people acknowledge findings by it. */
  readonly id: string;
  /** `error`: Fargate or Kubernetes refuses it, or it never works; `warning`: it runs but will hurt. */
  readonly severity: Severity;
  /** Why the rule exists, for somebody who does not know Fargate. */
  readonly why: string;
  /** The page that states it. */
  readonly source: string;
  /**
   * Set where the rule is about what a stack applies, and not about manifests on their way to any cluster.
   * @default asked of both
   */
  readonly onlyInTemplate?: true;
}

/** Judges one pod. Not asked about the pods of DaemonSets: there are none on Fargate. */
export interface PodRule extends RuleData {
  readonly judges: 'pod';
  readonly check: (pod: CheckedPod, facts: Facts) => readonly Problem[];
}

/** Judges one object of any kind. */
export interface ObjectRule extends RuleData {
  readonly judges: 'object';
  readonly check: (object: KubeObject, facts: Facts) => readonly Problem[];
}

/** Says the same of all objects of a kind that have a problem: one finding for the whole run. */
export interface KindRule extends RuleData {
  readonly judges: 'kind';
  readonly group: string;
  readonly kind: string;
  readonly check: (object: KubeObject, facts: Facts) => readonly Problem[];
}

/** Judges the objects together, in one pass: a rule that compared each with each would not be linear. */
export interface TogetherRule extends RuleData {
  readonly judges: 'together';
  readonly check: (facts: Facts) => readonly (Problem & { readonly object: Subject })[];
}

export type Rule = PodRule | ObjectRule | KindRule | TogetherRule;

/** The path of a field inside its container, as one would write it there: `ports[0].hostPort`. */
export function inContainer(container: Container, field: Field): string {
  return field.path.slice(container.field.path.length + 1);
}

/** Whether the object is of a built-in kind: `isKind(object, 'apps', 'DaemonSet')`. */
export function isKind(object: KubeObject, group: string, kind: string): boolean {
  return object.kind === kind && object.group === group;
}

/** One problem for all that was found; none where nothing was. */
export function ifAny<T>(found: readonly T[], word: (found: readonly T[]) => Problem): readonly Problem[] {
  return found.length === 0 ? [] : [word(found)];
}
