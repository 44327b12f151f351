import type { YAMLError } from 'yaml';

/** What people can do about the mistakes of syntax they make most. */
const HINTS: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'indent with spaces',
  DUPLICATE_KEY: 'each key may be there once; remove one of them',
  BAD_INDENT: 'keys of one map begin in the same column',
  MULTIPLE_DOCS: 'remove the line "---": the file is one document',
  BLOCK_AS_IMPLICIT_KEY: 'put the text in quotes if it has ": " in it',
  BAD_ALIAS: 'put texts that begin with * or & in quotes',
  UNEXPECTED_TOKEN: 'put texts with special characters in quotes',
  BAD_SCALAR_START: 'put texts that begin with a special character in quotes',
};

/** A syntax error in words. */
export function syntaxWords({ code, message }: YAMLError): {
  message: string;
  hint?: string;
} {
  const [first] = message.split('\n');
  const hint = HINTS[code];
  return {
    message: code === 'DUPLICATE_KEY' ? 'this key is there twice' : first,
    ...(hint && { hint }),
  };
}
