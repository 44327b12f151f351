import { DEFAULT_NAMESPACE, Entity } from '@backstage/catalog-model';
import { IndexableDocument } from '@backstage/plugin-search-common';
import { DocumentReader } from './DocumentReader';
import { ForgeReader } from './ForgeReader';

/** A repository, as it is found. */
export type RepositoryDocument = IndexableDocument & { owner: string };

/** A Markdown file, as it is found. */
export type DocDocument = IndexableDocument & {
  repository: string;
  path: string;
};

export async function* repositoryDocuments(
  reader: Pick<ForgeReader, 'repositories'>,
): AsyncGenerator<RepositoryDocument> {
  for await (const {
    name,
    description,
    owner,
    head,
  } of reader.repositories()) {
    yield {
      title: name,
      text: [description, head?.message].filter(Boolean).join('\n'),
      location: `/forge/${encodeURIComponent(name)}`,
      owner,
    };
  }
}

/** Documents are read where they belong: on the Docs tab of the component, else in the repository. */
export async function* docDocuments(
  reader: Pick<ForgeReader, 'repositories' | 'components'>,
  documents: Pick<DocumentReader, 'read'>,
): AsyncGenerator<DocDocument> {
  const components = await reader.components();
  for await (const repository of reader.repositories()) {
    const { name } = repository;
    const component = components.get(name);
    for (const { path, title, text } of await documents.read(repository)) {
      yield {
        title: titleOf(name, path, title),
        text: plainText(text),
        location: component
          ? `${pageOf(component)}/documentation?page=${encodeURIComponent(
              path,
            )}`
          : `/forge/${encodeURIComponent(name)}/file/${path
              .split('/')
              .map(encodeURIComponent)
              .join('/')}`,
        repository: name,
        path,
      };
    }
  }
}

/** Many a README and overview are headed by the name of the component: then the path tells them apart. */
function titleOf(repository: string, path: string, heading: string): string {
  return heading.toLocaleLowerCase('en-US') ===
    repository.toLocaleLowerCase('en-US')
    ? `${repository}: ${path}`
    : `${repository}: ${heading}`;
}

function pageOf({ metadata }: Entity): string {
  const { name, namespace = DEFAULT_NAMESPACE } = metadata;
  return `/catalog/${namespace}/component/${name}`;
}

/** What a person reads of Markdown: the words, not the marks. */
function plainText(markdown: string): string {
  return (
    markdown
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      // Rules, and the lines between head and body of tables.
      .replace(/^[|\s:-]+$/gm, ' ')
      .replace(/^[#>\s-]+|[`*_|]/gm, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  );
}
