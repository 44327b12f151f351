import { Navigate, Route, Routes, useParams } from 'react-router-dom';
import { useForgePaths } from '../paths';
import { Branches } from './Branches';
import { ChangeRequest, ChangeRequests } from './ChangeRequests';
import { Commit } from './Commit';
import { File, Files } from './Files';
import { History } from './History';
import { Repositories } from './Repositories';
import { Repository } from './Repository';

/** Links from elsewhere name a file by its path below the repository. */
function AsFile() {
  const { name = '', '*': path = '' } = useParams();
  const paths = useForgePaths();
  return <Navigate to={paths.file(name, path)} replace />;
}

// Not read inside Files: at the top of a repository "*" would be what is left of the path the whole forge is mounted at.
function Folder() {
  return <Files path={useParams()['*']} />;
}

/** The pages of the forge. */
export function ForgePage() {
  return (
    <Routes>
      <Route index element={<Repositories />} />
      <Route path=":name" element={<Repository />}>
        <Route index element={<Files />} />
        <Route path="tree/*" element={<Folder />} />
        <Route path="file/*" element={<File />} />
        <Route path="commits" element={<History />} />
        <Route path="commit/:sha" element={<Commit />} />
        <Route path="branches" element={<Branches />} />
        <Route path="changes" element={<ChangeRequests />} />
        <Route path="changes/:number" element={<ChangeRequest />} />
        <Route path="*" element={<AsFile />} />
      </Route>
    </Routes>
  );
}
