/** Names one object in the namespace of an environment. */
export type NamespacedRef = {
  apiVersion: string;
  kind: string;
  namespace: string;
  name: string;
};
