import { CouldNotLook, errorFields, firstLine, networkFailure } from './could-not-look';

/** The API server that was asked, and how to be let in. */
export interface ApiServer {
  /** URL of the API server. */
  readonly url: string;
  /** CIDR blocks that may reach it from outside the VPC; none means that it is private. */
  readonly publicCidrs: readonly string[];
  /** `aws eks update-kubeconfig …`, ready to paste. */
  readonly updateKubeconfigCommand: string;
}

/** Words an error of the Kubernetes client, or of the credential helper that it starts. */
export function kubernetesProblem(error: unknown, doing: string, server: ApiServer): CouldNotLook {
  if (error instanceof CouldNotLook) {
    return error;
  }
  const { code, message } = errorFields(error);
  const told = firstLine(message);
  if (code === '401') {
    return new CouldNotLook(
      `the API server ${server.url} does not accept you (401 Unauthorized)`,
      `Use the administrator of the cluster: ${server.updateKubeconfigCommand}`,
      code,
    );
  }
  if (code === '403') {
    return new CouldNotLook(
      `you may not ${doing} on ${server.url} (403 Forbidden)`,
      `Use the administrator of the cluster: ${server.updateKubeconfigCommand}`,
      code,
    );
  }
  const failure = networkFailure(error);
  if (failure !== null) {
    return new CouldNotLook(`no route to the API server ${server.url} (${failure.why})`, routeRemedy(server));
  }
  if (code === 'ENOENT') {
    return new CouldNotLook(
      `the kubeconfig gets its credentials from a command that is not there: ${told}`,
      'Install the AWS CLI, and run the command again',
    );
  }
  if (/^\d+$/.test(code)) {
    return new CouldNotLook(`could not ${doing} on ${server.url}: HTTP ${code}`, 'Look again later', code);
  }
  return new CouldNotLook(`could not ${doing} on ${server.url}: ${told}`, 'Check with: kubectl cluster-info');
}

function routeRemedy({ publicCidrs }: ApiServer): string {
  return publicCidrs.length === 0
    ? 'It is private: run this inside the VPC, or open it to your address (write "apiAccessCidrs": "YOUR.IP/32" into the context of cdk.json, then npx cdk deploy)'
    : `It is open to ${publicCidrs.join(', ')} only: run this from there, or add your address to apiAccessCidrs in the context of cdk.json and deploy`;
}
