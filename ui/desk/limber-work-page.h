/* LimberWorkPage: the desk at work: search, the pages, what is selected, the way back. */
#pragma once

#include <gtk/gtk.h>

#include "limber-finding.h"
#include "limber-day.h"
#include "limber-staff-member.h"
#include "limber-store.h"
#include "limber-sync-words.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_WORK_PAGE (limber_work_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberWorkPage, limber_work_page, LIMBER, WORK_PAGE, GtkWidget)

void               limber_work_page_start        (LimberWorkPage *page, LimberStore *store, LimberStaffMember *member);
void               limber_work_page_set_site     (LimberWorkPage *page, const char *name);
void               limber_work_page_stop         (LimberWorkPage *page);
LimberStaffMember *limber_work_page_get_member   (LimberWorkPage *page);
LimberDay         *limber_work_page_get_day     (LimberWorkPage *page);
void               limber_work_page_focus_search (LimberWorkPage *page);
void               limber_work_page_set_asker    (LimberWorkPage *page, const LimberAsker *asker);
void               limber_work_page_show_sync    (LimberWorkPage *page, const LimberSyncFacts *facts, gint64 now);

/* Actions, in the window while the page is shown: desk.check-in, desk.did-not-attend, desk.undo, desk.undo-visit, desk.open,
 * desk.back, desk.go(s "PAGE" or "PAGE:ABOUT"), desk.say(is), desk.find, desk.show-visit(s appointment), desk.task-done(s task), desk.unmerge(s record). */

G_END_DECLS
