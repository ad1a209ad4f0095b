import { assertApplied, StreamSettingRefused, streamOfKind } from './streams';

describe('stream settings', () => {
  const wanted = { name: 'EVENTS', subjects: ['evt.>'], deny_delete: true };

  it('pass when the server has all of them, whatever else it has', () => {
    expect(() => assertApplied(wanted, { ...wanted, max_msgs: -1 })).not.toThrow();
  });

  it('are refused by name when the server dropped one', () => {
    const dropped = () => assertApplied(wanted, { name: 'EVENTS', subjects: ['evt.>'] });
    expect(dropped).toThrow(StreamSettingRefused);
    expect(dropped).toThrow('stream EVENTS: deny_delete is undefined instead of true');
  });

  it('are refused when the server changed one', () => {
    expect(() => assertApplied(wanted, { ...wanted, subjects: ['evt.>', 'more.>'] })).toThrow('subjects');
  });
});

describe('the stream of a message', () => {
  it('follows its kind, and live messages have none', () => {
    expect([streamOfKind('in'), streamOfKind('out'), streamOfKind('evt')]).toEqual(['INBOUND', 'OUTBOUND', 'EVENTS']);
    expect(() => streamOfKind('live')).toThrow('not stored');
  });
});
