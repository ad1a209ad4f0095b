/** Personalization tags on the screen. What they become is the server's to say: nothing here resolves one. */
export { insertText } from './insert-text';
export { InsertTag } from './insert-tag';
export { previewReply, type ReplyPreview } from './preview-reply';
export { mayHaveTags } from './shown-tags';
export { TagMarks } from './tag-marks';
export { useReplyPreview } from './use-reply-preview';
