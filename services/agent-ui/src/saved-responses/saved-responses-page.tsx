import { useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { Banner, Button, EmptyState, SkeletonRows } from '../design';
import { useText } from '../i18n';
import { LeaveGuard } from '../navigation/leave-guard';
import { useViewer } from '../session';
import { CategoryList } from './category-list';
import { NO_CATEGORY } from './no-category';
import { ResponseEditor } from './response-editor';
import { ResponseList } from './response-list';
import css from './saved-responses-page.module.css';
import { savedResponsesStore, useSavedResponses } from './saved-responses-store';
import { discardEdits, useUnsavedEdits } from './unsaved-edits';

/** Categories, their responses, and the one that is open; which ones is in the address. */
export function SavedResponsesPage() {
  const text = useText().savedResponses;
  const { agent } = useViewer();
  const view = useSavedResponses();
  const edits = useUnsavedEdits(agent.id);
  const query = new URLSearchParams(useSearch());
  const [, navigate] = useLocation();
  const [search, setSearch] = useState('');
  const category = query.get('category');
  const responseId = query.get('response');
  const go = (to: { category?: string | null; response?: string | null }) => {
    const next = new URLSearchParams();
    const wanted = { category, response: responseId, ...to };
    if (wanted.category !== null) next.set('category', wanted.category);
    if (wanted.response !== null) next.set('response', wanted.response);
    navigate(`/saved-responses${next.size === 0 ? '' : `?${next.toString()}`}`);
  };
  const canEdit = agent.role !== 'VIEWER';

  if (view.state !== 'ready')
    return (
      <div className={css.page}>
        <section className={css.lists} aria-label={text.title}>
          <h1 className={css.heading}>{text.title}</h1>
          {view.state === 'loading' ? (
            <SkeletonRows count={6} label={text.loading} />
          ) : (
            <div className={css.failed}>
              <Banner
                tone="danger"
                action={
                  <Button size="small" onClick={savedResponsesStore.retry}>
                    {text.tryAgain}
                  </Button>
                }
              >
                {text.unavailable}
              </Banner>
            </div>
          )}
        </section>
      </div>
    );
  return (
    <div className={responseId === null ? css.page : `${css.page ?? ''} ${css.withResponse ?? ''}`}>
      <section className={css.lists} aria-label={text.title}>
        <h1 className={css.heading}>{text.title}</h1>
        <CategoryList
          view={view}
          chosen={category}
          isAdmin={agent.role === 'ADMIN'}
          onChoose={(id) => {
            go({ category: id, response: null });
          }}
        />
        <ResponseList
          view={view}
          category={category}
          search={search}
          onSearch={setSearch}
          openId={responseId}
          unsaved={edits}
          canEdit={canEdit}
          onOpen={(id) => {
            go({ response: id });
          }}
        />
      </section>
      <section className={css.detail} aria-label={text.responses}>
        <h1 className={`only-read ${css.headingAlone ?? ''}`}>{text.title}</h1>
        {responseId === null ? (
          <div className={css.nothing}>
            <EmptyState icon="bolt" title={text.chooseOne} />
          </div>
        ) : (
          <ResponseEditor
            key={responseId}
            agentId={agent.id}
            responseId={responseId}
            view={view}
            edit={edits.get(responseId) ?? null}
            startCategory={category === NO_CATEGORY ? null : category}
            canEdit={canEdit}
            onClose={() => {
              go({ response: null });
            }}
            onCreated={(id) => {
              go({ response: id });
            }}
          />
        )}
      </section>
      <LeaveGuard
        unsaved={edits.size > 0}
        title={text.leaveTitle}
        leaveLabel={text.discard}
        danger
        onLeave={() => {
          discardEdits(agent.id);
        }}
      >
        {text.leave}
      </LeaveGuard>
    </div>
  );
}
