export {
  type ExtractedAttachments,
  extractAttachments,
  MAX_ATTACHMENT_BYTES,
  MAX_ATTACHMENTS,
} from "./extract-attachments.js";
