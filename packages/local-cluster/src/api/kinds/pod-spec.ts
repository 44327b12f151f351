import { dnsLabel, portName } from '../schema/rules.ts';
import {
  allRefused,
  anything,
  boolean,
  integer,
  list,
  map,
  named,
  struct,
  quantity,
  refused,
  text,
  type Schema,
} from '../schema/schema.ts';
import { labelSelector } from './metadata.ts';
import { environment, environmentSources, probe } from './probe.ts';

const NOT_ISOLATED =
  'kept but not enforced: a pod here is a process of the user who runs the cluster';

const NO_VOLUMES =
  'pods have no volumes; use environment variables, ConfigMaps by envFrom, or a database';

const securityContext = (): Schema => ({
  ...struct({
    runAsNonRoot: boolean(),
    runAsUser: integer(),
    runAsGroup: integer(),
    fsGroup: integer(),
    fsGroupChangePolicy: text(),
    supplementalGroups: list(integer()),
    supplementalGroupsPolicy: text(),
    seccompProfile: anything(),
    appArmorProfile: anything(),
    seLinuxOptions: anything(),
    readOnlyRootFilesystem: boolean(),
    allowPrivilegeEscalation: boolean(),
    procMount: text({ oneOf: ['Default'] }),
    capabilities: struct({
      drop: list(text()),
      add: refused('a pod has the rights of the user who runs the cluster'),
    }),
    privileged: refused(
      'a pod has the rights of the user who runs the cluster',
    ),
    sysctls: refused('the kernel is that of this machine'),
    windowsOptions: refused('this is not Windows'),
    seLinuxChangePolicy: text(),
  }),
  warning: NOT_ISOLATED,
});

const limits = map(quantity(), {
  warnings: {
    cpu: 'kept but not enforced: processor time is not throttled here',
  },
});

const port = named(
  'ContainerPort',
  struct(
    {
      name: text({ rule: portName }),
      containerPort: integer({ min: 1, max: 65535 }),
      protocol: text({ oneOf: ['TCP'], default: 'TCP' }),
      ...allRefused(
        ['hostPort', 'hostIP'],
        'pods listen on the port given in PORT; reach them through a Service',
      ),
    },
    ['containerPort'],
  ),
);

const container = named(
  'Container',
  struct(
    {
      name: text({ rule: dnsLabel }),
      image: text(),
      command: list(text()),
      args: list(text()),
      workingDir: text(),
      ports: list(port, { keys: ['containerPort', 'protocol'] }),
      env: environment,
      envFrom: environmentSources,
      resources: named(
        'ResourceRequirements',
        struct({
          limits,
          requests: map(quantity()),
          claims: refused('there are no devices to claim'),
        }),
      ),
      livenessProbe: probe(1),
      startupProbe: probe(1),
      readinessProbe: probe(1000),
      imagePullPolicy: text({ oneOf: ['Always', 'IfNotPresent', 'Never'] }),
      securityContext: securityContext(),
      terminationMessagePath: text({
        oneOf: ['/dev/termination-log'],
        default: '/dev/termination-log',
      }),
      terminationMessagePolicy: text({
        oneOf: ['File', 'FallbackToLogsOnError'],
        default: 'File',
      }),
      ...allRefused(['volumeMounts', 'volumeDevices'], NO_VOLUMES),
      ...allRefused(
        ['stdin', 'stdinOnce', 'tty'],
        'a pod has no terminal: its standard input is empty',
      ),
      lifecycle: refused(
        'end gracefully on SIGTERM; the Service stops sending requests before it comes',
      ),
      ...allRefused(
        ['resizePolicy', 'restartPolicy', 'restartPolicyRules'],
        "set the pod's restartPolicy",
      ),
    },
    ['name', 'image'],
  ),
);

const affinity = named(
  'Affinity',
  struct({
    nodeAffinity: struct({
      preferredDuringSchedulingIgnoredDuringExecution: anything(),
      requiredDuringSchedulingIgnoredDuringExecution: refused(
        'there is one node, `local`; use preferred... instead',
      ),
    }),
    podAffinity: struct({
      preferredDuringSchedulingIgnoredDuringExecution: anything(),
      requiredDuringSchedulingIgnoredDuringExecution: refused(
        'there is one node, `local`; use preferred... instead',
      ),
    }),
    podAntiAffinity: struct({
      preferredDuringSchedulingIgnoredDuringExecution: anything(),
      requiredDuringSchedulingIgnoredDuringExecution: refused(
        'there is one node, `local`: a second replica would never be scheduled; use preferred... instead',
      ),
    }),
  }),
);

const topologySpreadConstraint = named(
  'TopologySpreadConstraint',
  struct(
    {
      maxSkew: integer({ min: 1 }),
      topologyKey: text(),
      whenUnsatisfiable: text({ oneOf: ['DoNotSchedule', 'ScheduleAnyway'] }),
      labelSelector,
      minDomains: integer({ min: 1 }),
      nodeAffinityPolicy: text(),
      nodeTaintsPolicy: text(),
      matchLabelKeys: list(text()),
    },
    ['maxSkew', 'topologyKey', 'whenUnsatisfiable'],
  ),
);

const ONE_CONTAINER = {
  items: 1,
  hint: 'the local cluster runs one container a pod; make a Deployment of its own for each process',
};

/** Which of Kubernetes' pod fields mean what here: the README of this package has the same table in words. */
export const podSpec = named(
  'PodSpec',
  struct(
    {
      containers: list(container, { keys: ['name'] }, { max: ONE_CONTAINER }),
      restartPolicy: text({
        oneOf: ['Always', 'OnFailure', 'Never'],
        default: 'Always',
      }),
      terminationGracePeriodSeconds: integer({ min: 0, default: 30 }),
      nodeName: text({ oneOf: ['local'] }),
      nodeSelector: map(text()),
      affinity,
      tolerations: anything(),
      topologySpreadConstraints: list(topologySpreadConstraint, {
        keys: ['topologyKey', 'whenUnsatisfiable'],
      }),
      schedulerName: text({
        oneOf: ['default-scheduler'],
        default: 'default-scheduler',
      }),
      preemptionPolicy: text(),
      dnsPolicy: text({
        oneOf: ['ClusterFirst', 'Default'],
        default: 'ClusterFirst',
      }),
      securityContext: securityContext(),
      serviceAccountName: text(),
      serviceAccount: text(),
      automountServiceAccountToken: boolean(),
      imagePullSecrets: list(
        named('LocalObjectReference', struct({ name: text() }, ['name'])),
        {
          keys: ['name'],
        },
      ),
      os: struct({ name: text({ oneOf: ['linux'] }) }),
      enableServiceLinks: boolean({ default: true }),
      initContainers: refused(
        'do this work at the start of the process, or in the build command of ghostlight.yaml',
      ),
      ephemeralContainers: refused('debug the process itself: it runs here'),
      volumes: refused(NO_VOLUMES),
      activeDeadlineSeconds: refused('let the process end itself'),
      readinessGates: refused('use a readinessProbe'),
      ...allRefused(
        ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace'],
        'pods are local processes and share all of this anyway',
      ),
      hostUsers: boolean(),
      ...allRefused(
        ['hostname', 'subdomain', 'setHostnameAsFQDN', 'hostnameOverride'],
        'HOSTNAME is the name of the pod',
      ),
      ...allRefused(
        ['hostAliases', 'dnsConfig'],
        'name resolution is that of this machine; use the <NAME>_SERVICE_HOST and _PORT variables',
      ),
      ...allRefused(
        ['priority', 'priorityClassName'],
        'there is one node and nothing is preempted',
      ),
      ...allRefused(
        ['runtimeClassName', 'overhead', 'schedulingGates', 'resourceClaims'],
        'pods are plain local processes',
      ),
      resources: refused('set the resources of the container'),
    },
    ['containers'],
  ),
);
