/** An image could not be made; the message is for the person who asked for it. */
export class ImageError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ImageError';
  }
}

/** What a failed write of a file means to the person. */
export function explainFileError(error: unknown, doing: string): ImageError {
  if (error instanceof ImageError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOSPC') {
    return new ImageError(
      `${doing}: the disk is full. Free some space and build again`,
      { cause: error },
    );
  }
  const words = error instanceof Error ? error.message : String(error);
  return new ImageError(`${doing}: ${words}`, { cause: error });
}
