import {
  AuthService,
  DiscoveryService,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  createTemplateAction,
  serializeDirectoryContents,
} from '@backstage/plugin-scaffolder-node';
import {
  FileChange,
  ForgeClient,
  REPOSITORY_NAME_PATTERN,
} from '@ghostlight/plugin-forge-common';
import { callerOptions } from './callerOptions';
import { stepFailed } from './stepFailed';

/** What a dry run answers in place of a commit. */
const NO_COMMIT = '0'.repeat(40);

/**
 * `ghostlight:publish`: the files of the task become the first commit of a repository of the forge.
 *
 * @remarks
 * The task is the idempotency key: repeated by the same task it goes on with the repository it made; a repository of that
 * name from elsewhere is a conflict.
 */
export function createPublishAction(options: {
  auth: AuthService;
  discovery: DiscoveryService;
  forge: Pick<ForgeClient, 'createRepository'>;
  appUrl: string;
}) {
  const { auth, discovery, forge, appUrl } = options;
  return createTemplateAction({
    id: 'ghostlight:publish',
    description:
      'Creates a repository in the forge with the files of the task as its first commit.',
    examples: [
      {
        description: 'Publish what the template made',
        example: [
          'steps:',
          '  - id: publish',
          '    action: ghostlight:publish',
          '    input:',
          '      name: ${{ parameters.name }}',
          '      owner: ${{ parameters.owner }}',
        ].join('\n'),
      },
    ],
    supportsDryRun: true,
    schema: {
      input: {
        name: z =>
          z
            .string()
            .regex(
              REPOSITORY_NAME_PATTERN,
              'must be 2 to 50 characters: a to z, 0 to 9 and dashes, a letter first',
            )
            .describe('Name of the repository'),
        owner: z =>
          z
            .string()
            .min(1)
            .describe('Group or user that owns it, as entity reference'),
        description: z => z.string().optional(),
        sourcePath: z =>
          z
            .string()
            .optional()
            .describe(
              'Folder of the task to publish; all of it when not given',
            ),
      },
      output: {
        repository: z => z.string().describe('Name of the repository'),
        cloneUrl: z => z.string(),
        webUrl: z => z.string(),
        sha: z => z.string().describe('The first commit'),
      },
    },
    async handler(ctx) {
      const { name, owner, description, sourcePath } = ctx.input;
      const source = resolveSafeChildPath(ctx.workspacePath, sourcePath ?? '.');
      const files = await readFiles(source);
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Would create repository ${name}, owned by ${owner}, with ${files.length} files`,
        );
        const base = await discovery.getExternalBaseUrl('forge');
        ctx.output('repository', name);
        ctx.output('cloneUrl', `${base}/git/${name}.git`);
        ctx.output('webUrl', `${appUrl}/forge/${name}`);
        ctx.output('sha', NO_COMMIT);
        return;
      }
      ctx.logger.info(`Creating repository ${name} with ${files.length} files`);
      try {
        const repository = await forge.createRepository(
          {
            name,
            owner,
            ...(description ? { description } : {}),
            files,
            message: `Create ${name}`,
            idempotencyKey: `task:${ctx.task.id}`,
          },
          await callerOptions(ctx, auth, 'forge'),
        );
        if (!repository.head) {
          throw new Error('the forge made it without its first commit');
        }
        ctx.logger.info(
          `${repository.webUrl} is at ${repository.head.sha.slice(0, 12)}`,
        );
        ctx.output('repository', repository.name);
        ctx.output('cloneUrl', repository.cloneUrl);
        ctx.output('webUrl', repository.webUrl);
        ctx.output('sha', repository.head.sha);
      } catch (error) {
        throw stepFailed(`Could not create repository ${name}`, error);
      }
    },
  });
}

async function readFiles(folder: string): Promise<FileChange[]> {
  const files = await serializeDirectoryContents(folder);
  if (files.length === 0) {
    throw new InputError(
      'There are no files to publish; does the template have a step before that writes them?',
    );
  }
  const link = files.find(file => file.symlink);
  if (link) {
    throw new InputError(
      `${link.path} is a symbolic link; a template publishes plain files`,
    );
  }
  return files.map(({ path, content, executable }) => ({
    path,
    ...encode(content),
    mode: executable ? '100755' : '100644',
  }));
}

function encode(content: Buffer): Pick<FileChange, 'content' | 'encoding'> {
  const text = content.toString('utf8');
  return Buffer.from(text, 'utf8').equals(content)
    ? { content: text, encoding: 'utf8' }
    : { content: content.toString('base64'), encoding: 'base64' };
}
