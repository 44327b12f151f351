/**
 * The messages of Kubernetes' protobuf that clients send here, by their published field numbers: `name type`, and after the type
 *
 * - `[]` for a list, `{}` for a map of texts to it,
 * - `?` where zero and false say something (a pointer in Go); elsewhere they are written also when nothing was said.
 *
 * The name `...` takes the fields of the inner message as its own. `ignored` is what a client does not decide.
 *
 * @see https://github.com/kubernetes/api, generated.proto of each group
 */
export type Message = Record<number, string>;

const metadata: Record<string, Message> = {
  ObjectMeta: {
    1: 'name string',
    2: 'generateName string',
    3: 'namespace string',
    5: 'uid string',
    6: 'resourceVersion string',
    8: 'creationTimestamp ignored',
    11: 'labels string{}',
    12: 'annotations string{}',
    13: 'ownerReferences OwnerReference[]',
    14: 'finalizers string[]',
  },
  OwnerReference: {
    1: 'kind string',
    3: 'name string',
    4: 'uid string',
    5: 'apiVersion string',
    6: 'controller bool?',
    7: 'blockOwnerDeletion bool?',
  },
  LabelSelector: {
    1: 'matchLabels string{}',
    2: 'matchExpressions LabelSelectorRequirement[]',
  },
  LabelSelectorRequirement: {
    1: 'key string',
    2: 'operator string',
    3: 'values string[]',
  },
};

const options: Record<string, Message> = {
  DeleteOptions: {
    1: 'gracePeriodSeconds int?',
    2: 'preconditions Preconditions',
    3: 'orphanDependents bool?',
    4: 'propagationPolicy string',
    5: 'dryRun string[]',
  },
  Preconditions: { 1: 'uid string', 2: 'resourceVersion string' },
};

const pods: Record<string, Message> = {
  Pod: { 1: 'metadata ObjectMeta', 2: 'spec PodSpec', 3: 'status ignored' },
  PodTemplateSpec: { 1: 'metadata ObjectMeta', 2: 'spec PodSpec' },
  PodSpec: {
    2: 'containers Container[]',
    3: 'restartPolicy string',
    4: 'terminationGracePeriodSeconds int?',
    6: 'dnsPolicy string',
    7: 'nodeSelector string{}',
    8: 'serviceAccountName string',
    9: 'serviceAccount string',
    10: 'nodeName string',
    15: 'imagePullSecrets LocalObjectReference[]',
    19: 'schedulerName string',
    21: 'automountServiceAccountToken bool?',
    30: 'enableServiceLinks bool?',
  },
  Container: {
    1: 'name string',
    2: 'image string',
    3: 'command string[]',
    4: 'args string[]',
    5: 'workingDir string',
    6: 'ports ContainerPort[]',
    7: 'env EnvVar[]',
    8: 'resources ResourceRequirements',
    10: 'livenessProbe Probe',
    11: 'readinessProbe Probe',
    13: 'terminationMessagePath string',
    14: 'imagePullPolicy string',
    19: 'envFrom EnvFromSource[]',
    20: 'terminationMessagePolicy string',
    22: 'startupProbe Probe',
  },
  ContainerPort: {
    1: 'name string',
    2: 'hostPort int',
    3: 'containerPort int',
    4: 'protocol string',
    5: 'hostIP string',
  },
  EnvVar: { 1: 'name string', 2: 'value string', 3: 'valueFrom EnvVarSource' },
  EnvVarSource: {
    1: 'fieldRef ObjectFieldSelector',
    3: 'configMapKeyRef KeySelector',
    4: 'secretKeyRef KeySelector',
  },
  ObjectFieldSelector: { 1: 'apiVersion string', 2: 'fieldPath string' },
  KeySelector: {
    1: '... LocalObjectReference',
    2: 'key string',
    3: 'optional bool?',
  },
  EnvFromSource: {
    1: 'prefix string',
    2: 'configMapRef EnvSource',
    3: 'secretRef EnvSource',
  },
  EnvSource: { 1: '... LocalObjectReference', 2: 'optional bool?' },
  LocalObjectReference: { 1: 'name string' },
  ResourceRequirements: { 1: 'limits Quantity{}', 2: 'requests Quantity{}' },
  Probe: {
    1: '... ProbeHandler',
    2: 'initialDelaySeconds int',
    3: 'timeoutSeconds int',
    4: 'periodSeconds int',
    5: 'successThreshold int',
    6: 'failureThreshold int',
  },
  ProbeHandler: {
    1: 'exec ExecAction',
    2: 'httpGet HTTPGetAction',
    3: 'tcpSocket TCPSocketAction',
  },
  ExecAction: { 1: 'command string[]' },
  HTTPGetAction: {
    1: 'path string',
    2: 'port IntOrString',
    3: 'host string',
    4: 'scheme string',
    5: 'httpHeaders HTTPHeader[]',
  },
  HTTPHeader: { 1: 'name string', 2: 'value string' },
  TCPSocketAction: { 1: 'port IntOrString', 2: 'host string' },
};

const core: Record<string, Message> = {
  ConfigMap: {
    1: 'metadata ObjectMeta',
    2: 'data string{}',
    3: 'binaryData bytes{}',
    4: 'immutable bool?',
  },
  Secret: {
    1: 'metadata ObjectMeta',
    2: 'data bytes{}',
    3: 'type string',
    4: 'stringData string{}',
    5: 'immutable bool?',
  },
  Namespace: {
    1: 'metadata ObjectMeta',
    2: 'spec NamespaceSpec',
    3: 'status ignored',
  },
  NamespaceSpec: { 1: 'finalizers string[]' },
  Service: {
    1: 'metadata ObjectMeta',
    2: 'spec ServiceSpec',
    3: 'status ignored',
  },
  ServiceSpec: {
    1: 'ports ServicePort[]',
    2: 'selector string{}',
    3: 'clusterIP string',
    4: 'type string',
    5: 'externalIPs string[]',
    7: 'sessionAffinity string',
    10: 'externalName string',
    17: 'ipFamilyPolicy string',
    18: 'clusterIPs string[]',
    19: 'ipFamilies string[]',
    22: 'internalTrafficPolicy string',
    23: 'trafficDistribution string',
  },
  ServicePort: {
    1: 'name string',
    2: 'protocol string',
    3: 'port int',
    4: 'targetPort IntOrString',
    5: 'nodePort int',
    6: 'appProtocol string',
  },
};

const apps: Record<string, Message> = {
  Deployment: {
    1: 'metadata ObjectMeta',
    2: 'spec DeploymentSpec',
    3: 'status ignored',
  },
  DeploymentSpec: {
    1: 'replicas int?',
    2: 'selector LabelSelector',
    3: 'template PodTemplateSpec',
    4: 'strategy DeploymentStrategy',
    5: 'minReadySeconds int',
    6: 'revisionHistoryLimit int?',
    7: 'paused bool',
    9: 'progressDeadlineSeconds int?',
  },
  DeploymentStrategy: {
    1: 'type string',
    2: 'rollingUpdate RollingUpdateDeployment',
  },
  RollingUpdateDeployment: {
    1: 'maxUnavailable IntOrString',
    2: 'maxSurge IntOrString',
  },
};

/** What they ask does not change the answer. */
const review: Message = {
  1: 'metadata ObjectMeta',
  2: 'spec ignored',
  3: 'status ignored',
};

const reviews: Record<string, Message> = {
  SelfSubjectAccessReview: review,
  SelfSubjectRulesReview: review,
  SelfSubjectReview: { 1: 'metadata ObjectMeta', 2: 'status ignored' },
};

export const messages: Record<string, Message> = {
  ...metadata,
  ...options,
  ...pods,
  ...core,
  ...apps,
  ...reviews,
};

/** The messages that are whole bodies. */
export const bodyMessages = [
  ...Object.keys(messages).filter(
    name =>
      messages[name][1] === 'metadata ObjectMeta' && name !== 'PodTemplateSpec',
  ),
  'DeleteOptions',
];
