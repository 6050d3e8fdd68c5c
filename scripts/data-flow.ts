/**
 * The one-way flow of data, as a Mermaid flow chart. A box that begins with a path stands for those modules;
 * test/repository/docs/data-flow.test.ts holds the arrows against the imports.
 */
export const dataFlowDiagram = `flowchart LR
config["lib/config/settings.ts<br>what a fork edits"] --> stack["lib/stack/checkout-stack.ts<br>table of contents"]
stack --> constructs["lib/constructs/workload/fargate-workload.ts<br>and the other constructs"]
stack --> charts["charts/<br>what runs, as cdk8s charts"]
charts --> constructs
constructs -->|"plain manifests"| checks["lib/fargate/<br>rules, sizes, prices"]
constructs -->|"checked"| manifest["KubernetesManifest"]
checks --> preflight["lib/commands/preflight/<br>before the deploy"]
checks --> verify["lib/commands/verify/<br>after the deploy"]`;
