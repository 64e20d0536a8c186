export { fileSystemBlobs } from "./file-system.ts";
