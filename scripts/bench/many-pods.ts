/**
 * Writes the manifests of many Deployments, to measure preflight with:
 * `npx jiti scripts/bench/many-pods.ts 5000 | npm run --silent preflight -- -f - --profile 'all:*'`
 */
const count = Number(process.argv[2] ?? 5000);

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

process.stdout.write(Array.from({ length: count }, (_, index) => deployment(index)).join(''));
