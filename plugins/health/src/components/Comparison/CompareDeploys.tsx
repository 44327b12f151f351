import {
  Button,
  Dialog,
  DialogBody,
  DialogHeader,
  DialogTrigger,
} from '@backstage/ui';
import { RiGitCommitLine } from '@remixicon/react';
import { ErrorState } from '@ghostlight/plugin-ghostlight-react';
import { useComparison } from '../../hooks';
import { Hint } from '../Hint';
import styles from './Comparison.module.css';
import { WorkloadCompared } from './WorkloadCompared';

export interface CompareDeploysProps {
  entityRef: string;
  name: string;
  environment: string;
}

/** Opens what was measured before and after the last deploy. */
export function CompareDeploys(props: CompareDeploysProps) {
  const { entityRef, name, environment } = props;
  return (
    <DialogTrigger>
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiGitCommitLine aria-hidden />}
      >
        Compare deploys
      </Button>
      <Dialog width="min(60rem, 100vw)" isDismissable>
        <DialogHeader>
          Last deploy of {name} in {environment}
        </DialogHeader>
        <DialogBody>
          <Compared
            entityRef={entityRef}
            name={name}
            environment={environment}
          />
        </DialogBody>
      </Dialog>
    </DialogTrigger>
  );
}

function Compared(props: CompareDeploysProps) {
  const { entityRef, name, environment } = props;
  const query = useComparison(entityRef, environment);
  const { data, error } = query;
  if (!data && error) {
    return (
      <ErrorState
        what={`Could not compare the deploys of ${name}`}
        error={error}
        onRetry={() => query.refetch()}
        isRetrying={query.isFetching}
      />
    );
  }
  if (!data) {
    return <p className={styles.quiet}>Comparing what was measured.</p>;
  }
  return (
    <div className={styles.compared}>
      {data.problem && (
        <div>
          <p>{data.problem.message}</p>
          {data.problem.hint && <Hint text={data.problem.hint} />}
        </div>
      )}
      {!data.problem && data.workloads.length === 0 && (
        <p className={styles.quiet}>
          Nothing was deployed to {environment} yet. After the second deploy
          this shows what changed with it.
        </p>
      )}
      {data.workloads.map(comparison => (
        <WorkloadCompared
          key={`${comparison.workload.kind}/${comparison.workload.namespace}/${comparison.workload.name}`}
          comparison={comparison}
          isOnly={data.workloads.length === 1}
        />
      ))}
    </div>
  );
}
