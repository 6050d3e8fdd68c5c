/** Custom resources whose controllers make pods, from the documentation of their projects. */

/** By API group: kinds, and what their controllers make of them. */
const makers: readonly (readonly [string, string, string])[] = [
  ['acid.zalan.do', 'postgresql', 'a StatefulSet'],
  ['actions.github.com', 'AutoscalingRunnerSet', 'pods'],
  ['actions.summerwind.dev', 'RunnerDeployment RunnerSet', 'pods'],
  ['agent.k8s.elastic.co', 'Agent', 'a Deployment, a StatefulSet or a DaemonSet'],
  ['apm.k8s.elastic.co', 'ApmServer', 'a Deployment'],
  ['argoproj.io', 'ArgoCD', 'Deployments and a StatefulSet'],
  ['argoproj.io', 'EventBus', 'a StatefulSet'],
  ['argoproj.io', 'EventSource Sensor', 'a Deployment'],
  ['argoproj.io', 'Workflow CronWorkflow', 'pods'],
  ['batch.volcano.sh', 'Job', 'pods'],
  ['beat.k8s.elastic.co', 'Beat', 'a Deployment or a DaemonSet'],
  ['cassandra.datastax.com', 'CassandraDatacenter', 'StatefulSets'],
  ['ceph.rook.io', 'CephCluster', 'Deployments and DaemonSets'],
  ['ceph.rook.io', 'CephFilesystem CephObjectStore', 'Deployments'],
  ['clickhouse.altinity.com', 'ClickHouseInstallation', 'StatefulSets'],
  ['elasticsearch.k8s.elastic.co', 'Elasticsearch', 'StatefulSets'],
  ['enterprisesearch.k8s.elastic.co', 'EnterpriseSearch', 'a Deployment'],
  ['flink.apache.org', 'FlinkDeployment', 'Deployments'],
  ['grafana.integreatly.org', 'Grafana', 'a Deployment'],
  ['jaegertracing.io', 'Jaeger', 'Deployments'],
  ['jobset.x-k8s.io', 'JobSet', 'Jobs'],
  ['k8s.keycloak.org', 'Keycloak', 'a StatefulSet'],
  ['k8s.mariadb.com', 'MariaDB', 'a StatefulSet'],
  ['k8ssandra.io', 'K8ssandraCluster', 'StatefulSets'],
  ['kafka.strimzi.io', 'Kafka KafkaBridge KafkaConnect KafkaMirrorMaker2 KafkaNodePool', 'pods'],
  ['keda.sh', 'ScaledJob', 'Jobs'],
  ['kibana.k8s.elastic.co', 'Kibana', 'a Deployment'],
  ['kubeflow.org', 'MPIJob PyTorchJob TFJob', 'pods'],
  ['kubeflow.org', 'Notebook', 'a StatefulSet'],
  ['kubevirt.io', 'VirtualMachine VirtualMachineInstance', 'a pod'],
  ['leaderworkerset.x-k8s.io', 'LeaderWorkerSet', 'StatefulSets'],
  ['logstash.k8s.elastic.co', 'Logstash', 'a StatefulSet'],
  ['loki.grafana.com', 'LokiStack', 'Deployments and StatefulSets'],
  ['maps.k8s.elastic.co', 'ElasticMapsServer', 'a Deployment'],
  ['minio.min.io', 'Tenant', 'StatefulSets'],
  ['mongodbcommunity.mongodb.com', 'MongoDBCommunity', 'a StatefulSet'],
  ['monitoring.coreos.com', 'Alertmanager Prometheus ThanosRuler', 'a StatefulSet'],
  ['monitoring.coreos.com', 'PrometheusAgent', 'a StatefulSet or a DaemonSet'],
  ['mysql.oracle.com', 'InnoDBCluster', 'a StatefulSet'],
  ['opentelemetry.io', 'OpenTelemetryCollector', 'a Deployment, a StatefulSet, a DaemonSet or sidecars'],
  ['operator.victoriametrics.com', 'VMAgent VMAlert VMSingle', 'a Deployment'],
  ['operator.victoriametrics.com', 'VMAlertmanager', 'a StatefulSet'],
  ['operator.victoriametrics.com', 'VMCluster', 'Deployments and StatefulSets'],
  ['pgv2.percona.com', 'PerconaPGCluster', 'StatefulSets'],
  ['pkg.crossplane.io', 'Function Provider', 'a Deployment'],
  ['postgres-operator.crunchydata.com', 'PostgresCluster', 'StatefulSets'],
  ['postgresql.cnpg.io', 'Cluster', 'pods'],
  ['postgresql.cnpg.io', 'Pooler', 'a Deployment'],
  ['psmdb.percona.com', 'PerconaServerMongoDB', 'StatefulSets'],
  ['pxc.percona.com', 'PerconaXtraDBCluster', 'StatefulSets'],
  ['rabbitmq.com', 'RabbitmqCluster', 'a StatefulSet'],
  ['ray.io', 'RayCluster RayJob RayService', 'pods'],
  ['serving.kserve.io', 'InferenceService', 'Deployments'],
  ['solr.apache.org', 'SolrCloud', 'a StatefulSet'],
  ['sparkoperator.k8s.io', 'ScheduledSparkApplication SparkApplication', 'pods'],
  ['tekton.dev', 'PipelineRun TaskRun', 'pods'],
  ['tempo.grafana.com', 'TempoStack', 'Deployments and StatefulSets'],
  ['triggers.tekton.dev', 'EventListener', 'a Deployment'],
];

const madeByKind: ReadonlyMap<string, string> = new Map(
  makers.flatMap(([group, kinds, made]) =>
    kinds.split(' ').map((kind) => [`${group} ${kind}`, made] as const),
  ),
);

/** What the controller of a kind makes, as `a StatefulSet`; undefined for a kind that is not known to make pods. */
export function madeBy(group: string, kind: string): string | undefined {
  return madeByKind.get(`${group} ${kind}`);
}
