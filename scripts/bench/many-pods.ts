/**
 * The manifests of many Deployments.
 *
 * @param first number of the first; each has names of its own.
 */
export function manyPods(count: number, first = 0): string {
  return Array.from({ length: count }, (_, index) => deployment(first + index)).join('');
}

const deployment = (index: number): string => `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: service-${index}
  namespace: shop-${index % 50}
  labels:
    app.kubernetes.io/name: service-${index}
    app.kubernetes.io/instance: service-${index}
spec:
  replicas: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: service-${index}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: service-${index}
        fargate: "yes"
    spec:
      serviceAccountName: service-${index}
      containers:
        - name: service
          image: registry.example/service:${index}
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: MODE
              value: "production"
          resources:
            requests: {cpu: 250m, memory: 512Mi}
            limits: {memory: 512Mi}
          securityContext:
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          volumeMounts:
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: tmp
          emptyDir:
            medium: Memory
`;
