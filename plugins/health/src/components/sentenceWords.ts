/** The sentence without its leading status, which stands beside it with its icon. */
export function sentenceWords(sentence: string): string {
  return sentence.replace(/^(Healthy|Degraded|Failing|Unknown)[.:] +/, '');
}
