const lastDeploy = /(?:^| )(Last deploy .*)\.$/;

/**
 * The sentence of an environment in two: how it is, and what was deployed last,
 * which ends with the verdict where there is one.
 */
export function answerParts(
  sentence: string,
  verdict: string | undefined,
): { state: string; deploy: string | undefined } {
  const match = lastDeploy.exec(sentence);
  if (!match) {
    return {
      state: sentence,
      deploy: verdict && `Last deploy: ${verdict}.`,
    };
  }
  return {
    state: sentence.slice(0, match.index),
    deploy: verdict ? `${match[1]}: ${verdict}.` : `${match[1]}.`,
  };
}
