import { ButtonIcon } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useState } from 'react';
import styles from './CodeBlock.module.css';

export interface CodeBlockProps {
  /** What it is, for screen readers: "Annotation for catalog-info.yaml". */
  label: string;
  code: string;
}

/** Text to be copied as it is. */
export function CodeBlock(props: CodeBlockProps) {
  const { label, code } = props;
  const [copied, setCopied] = useState<string>();
  const isCopied = copied === code;
  return (
    <div className={styles.root} role="group" aria-label={label}>
      <pre className={styles.code}>
        <code>{code}</code>
      </pre>
      <ButtonIcon
        className={styles.copy}
        aria-label={isCopied ? 'Copied' : 'Copy'}
        size="small"
        variant="tertiary"
        icon={isCopied ? <RiCheckLine /> : <RiFileCopyLine />}
        onPress={async () => {
          await navigator.clipboard.writeText(code);
          setCopied(code);
        }}
      />
    </div>
  );
}
