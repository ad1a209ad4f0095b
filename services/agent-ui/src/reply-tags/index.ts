/** Personalization tags on the screen. What they become is the server's to say: nothing here resolves one. */
export { insertText } from './insert-text';
export { InsertTag } from './insert-tag';
export { mayHaveTags, previewReply, type ReplyPreview } from './preview-reply';
export { TagMarks } from './tag-marks';
export { type CheckedText, useReplyPreview } from './use-reply-preview';
