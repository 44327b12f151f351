import assert from 'node:assert/strict';
import { it } from 'node:test';
import { explainFileError, ImageError } from './image-error.ts';

it('a full disk is named, and what to do about it', () => {
  const full = Object.assign(new Error('write'), { code: 'ENOSPC' });
  assert.equal(
    explainFileError(full, 'Building shop:0123456789ab').message,
    'Building shop:0123456789ab: the disk is full. Free some space and build again',
  );
});

it('what was explained already stays as it is', () => {
  const explained = new ImageError('no ghostlight.yaml');
  assert.equal(explainFileError(explained, 'Building'), explained);
});
