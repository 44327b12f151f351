export { ChangeRequest } from './ChangeRequest';
export { ChangeRequests } from './ChangeRequests';
