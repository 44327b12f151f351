import type { HttpExtension, ImageStore, Running } from '../types.ts';
import { imagesHttp } from './images-http.ts';
import { type ImageUse, LocalImageStore } from './local-image-store.ts';

export type { ImageUse } from './local-image-store.ts';

/** The image store of a data folder, and its HTTP door. */
export async function startImages(options: {
  dataDir: string;
  /** Default 10 minutes. */
  buildTimeoutMs?: number;
}): Promise<Running & ImageStore & ImageUse & { extension: HttpExtension }> {
  const store = new LocalImageStore(options);
  return {
    resolve: image => store.resolve(image),
    keepInUse: images => store.keepInUse(images),
    stop: () => store.stop(),
    extension: imagesHttp(store),
  };
}
