import {
  ClustersService,
  ImageBuildersService,
} from '@ghostlight/plugin-clusters-node';
import { SourceFile } from '../manifests/parseManifests';

/** What a deployment needs of `clusters-node`. */
export type Cluster = Pick<
  ClustersService,
  | 'environments'
  | 'environment'
  | 'apply'
  | 'get'
  | 'list'
  | 'delete'
  | 'waitForRollout'
>;

export type Builder = ImageBuildersService;

/** Reads repositories; the forge provides it. */
export interface Source {
  /** Newest commit of the default branch; undefined while there is none. */
  head(
    repository: string,
  ): Promise<{ branch: string; sha: string } | undefined>;
  /** `catalog-info.yaml` and the files of `k8s/` at a commit. */
  files(
    repository: string,
    sha: string,
    signal?: AbortSignal,
  ): Promise<SourceTree>;
  /** A URL to clone from and a short-lived secret for it. */
  readAccess(
    repository: string,
  ): Promise<{ url: string; authorization?: string }>;
}

/** What of a commit says what it is and how it runs. */
export type SourceTree = {
  catalogInfo: string | undefined;
  manifests: SourceFile[];
};
