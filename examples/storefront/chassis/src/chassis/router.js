/** An answer other than the usual one: `throw new HttpError(404, 'there is no such product')`. */
export class HttpError extends Error {
  constructor(status, message) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
  }
}

/** Finds the handler of a request among routes such as `GET /products/:id`. */
export class Router {
  #routes;

  constructor(routes) {
    this.#routes = Object.entries(routes).map(([route, handler]) => {
      const [method, path] = route.split(' ');
      return { method, path, parts: path.split('/'), handler };
    });
  }

  find(method, pathname) {
    const parts = pathname.split('/');
    for (const route of this.#routes) {
      if (route.method !== method || route.parts.length !== parts.length)
        continue;
      const params = match(route.parts, parts);
      if (params) return { ...route, params };
    }
    return undefined;
  }
}

function match(pattern, parts) {
  const params = {};
  for (const [i, part] of pattern.entries()) {
    if (!part.startsWith(':')) {
      if (part !== parts[i]) return undefined;
    } else {
      try {
        params[part.slice(1)] = decodeURIComponent(parts[i]);
      } catch {
        return undefined;
      }
    }
  }
  return params;
}
