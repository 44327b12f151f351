/** Environment variables by which the processes of a cluster, and of one pod, are found again. */
export const CLUSTER_MARKER = 'LOCAL_CLUSTER_ID';
export const POD_MARKER = 'LOCAL_CLUSTER_POD';
