import { CodeBlock } from '@ghostlight/plugin-ghostlight-react';

/** Advice in plain text, of which the lines in backquotes are meant to be copied. */
export function Hint(props: { text: string }) {
  return (
    <>
      {props.text.split('\n').map((line, i) => {
        const code = /^\s*`([^`]+)`\s*$/.exec(line)?.[1];
        return code ? (
          <CodeBlock key={i} label="To copy" code={code} />
        ) : (
          <p key={i}>{line}</p>
        );
      })}
    </>
  );
}
