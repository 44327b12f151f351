import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { useQuery } from '@tanstack/react-query';

/** Who is signed in, what they are called and what they own through. */
export function useMe() {
  const identity = useApi(identityApiRef);
  return useQuery({
    queryKey: ['me'],
    staleTime: Infinity,
    queryFn: async () => {
      const [{ userEntityRef, ownershipEntityRefs }, { displayName }] =
        await Promise.all([
          identity.getBackstageIdentity(),
          identity.getProfileInfo(),
        ]);
      return {
        userRef: userEntityRef,
        claims: ownershipEntityRefs,
        name: displayName ?? userEntityRef.split('/')[1],
      };
    },
  });
}
