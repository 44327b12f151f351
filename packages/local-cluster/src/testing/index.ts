export { startTestCluster, type TestCluster } from './start-test-cluster.ts';
export { Kubectl, kubectlMissing, Output, type Ran } from './kubectl.ts';
export { TINY_SERVER } from '../kubelet/cluster-fixture.ts';
