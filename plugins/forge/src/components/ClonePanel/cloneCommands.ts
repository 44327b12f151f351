/** Commands that clone a repository; with a token they need nothing typed. */
export function cloneCommands(
  cloneUrl: string,
  access?: { username: string; token: string },
): string {
  const url = new URL(cloneUrl);
  if (access) {
    url.username = access.username;
    url.password = access.token;
  }
  const folder = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
  return `git clone ${url.href}\ncd ${folder.replace(/\.git$/, '')}`;
}

/** From a change to the running service. */
export const pushCommands = (branch: string) =>
  `git commit --all --message "Say what changes"\ngit push origin ${branch}`;
