export { type RemoteOptions, remoteExecutor } from "./remote.ts";
