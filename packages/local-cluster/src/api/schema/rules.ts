import type { TextRule } from './schema.ts';

/** RFC 1123 label: names of services, namespaces, containers. */
export const dnsLabel: TextRule = {
  matches: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  what: "a lowercase RFC 1123 label: lowercase letters, digits and '-', starting and ending with a letter or digit, at most 63 characters",
  maxLength: 63,
};

/** RFC 1035 label: Service names become environment variables and DNS names. */
export const serviceName: TextRule = {
  matches: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  what: "a DNS-1035 label: lowercase letters, digits and '-', starting with a letter and ending with a letter or digit, at most 63 characters",
  maxLength: 63,
};

/** RFC 1123 subdomain: names of most objects. */
export const dnsSubdomain: TextRule = {
  matches: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  what: "a lowercase RFC 1123 subdomain: lowercase letters, digits, '-' and '.', starting and ending with a letter or digit, at most 253 characters",
  maxLength: 253,
};

export const labelKey: TextRule = {
  matches:
    /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
  what: "a qualified name: at most 63 letters, digits, '-', '_' and '.', optionally after a DNS subdomain and '/'",
  maxLength: 317,
};

export const labelValue: TextRule = {
  matches: /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/,
  what: "a label value: at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit",
  maxLength: 63,
};

export const environmentName: TextRule = {
  matches: /^[-._a-zA-Z][-._a-zA-Z0-9]*$/,
  what: "an environment variable name: letters, digits, '_', '-' and '.', not starting with a digit",
};

export const dataKey: TextRule = {
  matches: /^[-._a-zA-Z0-9]+$/,
  what: "a key of letters, digits, '-', '_' and '.'",
  maxLength: 253,
};

export const portName: TextRule = {
  matches: /^(?=.*[a-z])[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
  what: "a port name: at most 15 lowercase letters, digits and '-', with at least one letter",
  maxLength: 15,
};

export const base64: TextRule = {
  matches: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  what: 'base64; write plain text under stringData instead',
};

export function breaks(rule: TextRule, value: string): boolean {
  return (
    value.length > (rule.maxLength ?? Number.MAX_SAFE_INTEGER) ||
    !rule.matches.test(value)
  );
}
