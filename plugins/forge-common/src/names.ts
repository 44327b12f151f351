/** What a repository may be called: 2 to 50 characters, a to z, 0 to 9 and "-", a letter first. */
export const REPOSITORY_NAME_PATTERN = /^[a-z][a-z0-9-]{1,49}$/;

/** Annotation of an entity that names the repository of the forge its source is in. */
export const ANNOTATION_REPOSITORY = 'ghostlight.dev/repository';
