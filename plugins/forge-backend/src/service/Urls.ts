import { DiscoveryService } from '@backstage/backend-plugin-api';

/** Where people and git find things. */
export class Urls {
  readonly #discovery: DiscoveryService;
  readonly #appUrl: string;

  constructor(options: { discovery: DiscoveryService; appUrl: string }) {
    this.#discovery = options.discovery;
    this.#appUrl = options.appUrl.replace(/\/$/, '');
  }

  async clone(name: string): Promise<string> {
    const base = await this.#discovery.getExternalBaseUrl('forge');
    return `${base}/git/${name}.git`;
  }

  web(name: string): string {
    return `${this.#appUrl}/forge/${name}`;
  }

  changeRequest(name: string, number: number): string {
    return `${this.web(name)}/changes/${number}`;
  }
}
